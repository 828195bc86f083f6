package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// checked is a package with its types.
type checked struct {
	path  string
	fset  *token.FileSet
	files []*ast.File
	info  *types.Info
	types *types.Package
}

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Dir        string
	Export     string // file of the types that it exports
	GoFiles    []string
	CgoFiles   []string
	DepOnly    bool
}

// load checks the packages of patterns as go list takes them; none mean all of
// the module.
func load(patterns []string) ([]checked, error) {
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	command := exec.Command("go", append([]string{"list", "-export", "-deps",
		"-json=ImportPath,Dir,Export,GoFiles,CgoFiles,DepOnly", "--"}, patterns...)...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	var all []listed
	for decoder := json.NewDecoder(out); ; {
		var p listed
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return nil, errors.Join(err, command.Wait())
		}
		all = append(all, p)
	}
	if err := command.Wait(); err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	fset := token.NewFileSet()
	from := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		file, ok := exports[path]
		if !ok {
			return nil, fmt.Errorf("go list names no package %q", path)
		}
		return os.Open(file)
	})
	var packages []checked
	for _, p := range all {
		if p.DepOnly || len(p.GoFiles) == 0 {
			continue
		}
		if len(p.CgoFiles) > 0 {
			return nil, fmt.Errorf("%s uses cgo", p.ImportPath)
		}
		sources := map[string][]byte{}
		for _, name := range p.GoFiles {
			if sources[name], err = os.ReadFile(filepath.Join(p.Dir, name)); err != nil {
				return nil, err
			}
		}
		c, err := check(p.ImportPath, fset, p.GoFiles, sources, from)
		if err != nil {
			return nil, err
		}
		packages = append(packages, c)
	}
	return packages, nil
}

// check parses and type-checks a package. In the set, files have their bare names.
func check(path string, fset *token.FileSet, names []string, sources map[string][]byte, from types.Importer) (checked, error) {
	c := checked{path: path, fset: fset, info: &types.Info{
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
	}}
	for _, name := range names {
		file, err := parser.ParseFile(fset, name, sources[name], parser.SkipObjectResolution)
		if err != nil {
			return c, fmt.Errorf("%s: %w", path, err)
		}
		c.files = append(c.files, file)
	}
	config := types.Config{Importer: from}
	var err error
	if c.types, err = config.Check(path, fset, c.files, c.info); err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}
