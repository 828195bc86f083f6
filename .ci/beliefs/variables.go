package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// belief is a number, or a list of numbers, that a package declares in its beliefs.go.
type belief struct {
	name     string // package and name: estimate.rare
	value    string // as it is written
	variable bool   // in the overlay
}

func (b belief) packageName() string { name, _, _ := strings.Cut(b.name, "."); return name }

func (b belief) file() string { return folder(b.packageName()) + "/beliefs.go" }

func folder(name string) string { return "benchmark/internal/" + name }

// helpers is what the overlay adds to a package: the factor of a belief, from the
// environment, before any other variable of the package is set.
const helpers = `
func believed(name string, value float64) float64 {
	if moved, factor, ok := strings.Cut(os.Getenv("BELIEF"), "*"); ok && moved == name {
		f, err := strconv.ParseFloat(factor, 64)
		if err != nil {
			panic(err)
		}
		return value * f
	}
	return value
}

func believedInt(name string, value int) int {
	moved := believed(name, float64(value))
	switch {
	case moved > float64(value):
		return int(math.Ceil(moved))
	case moved < float64(value):
		return int(math.Floor(moved))
	}
	return value
}
`

// variables puts a beliefs.go into the overlay in which as many beliefs as possible
// are variables, and lists all of them.
func (l *lab) variables(name string) ([]belief, error) {
	p, err := open(name)
	if err != nil {
		return nil, err
	}
	var found []belief
	kinds := map[string]string{} // of the variables: float64 or int
	for _, c := range p.beliefs() {
		b := belief{name: name + "." + c.name, value: c.value, variable: true}
		if !c.list {
			kinds[c.name] = p.kind(c)
			if b.variable = kinds[c.name] != ""; !b.variable {
				delete(kinds, c.name)
			}
		}
		found = append(found, b)
	}
	text, err := p.rewritten(kinds)
	if err != nil {
		return nil, err
	}
	if err := p.check(text); err != nil {
		return nil, fmt.Errorf("all beliefs as variables: %w", err)
	}
	return found, l.replace(folder(name)+"/beliefs.go", text)
}

// source is a package with the types of what it imports.
type source struct {
	name    string
	fset    *token.FileSet
	others  []*ast.File // its files but beliefs.go
	text    []byte      // beliefs.go
	imports types.Importer
}

// open reads a package.
func open(name string) (*source, error) {
	command := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export,GoFiles", "./"+folder(name), "math", "os", "strconv", "strings")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, err
	}
	p, exports := &source{name: name, fset: token.NewFileSet()}, map[string]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var one struct {
			ImportPath, Export string
			GoFiles            []string
		}
		if err := decoder.Decode(&one); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		exports[one.ImportPath] = one.Export
		if !strings.HasSuffix(one.ImportPath, "/"+folder(name)) {
			continue
		}
		for _, file := range one.GoFiles {
			if err := p.read(file); err != nil {
				return nil, err
			}
		}
	}
	p.imports = importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	return p, nil
}

func (p *source) read(file string) error {
	text, err := os.ReadFile(filepath.Join(folder(p.name), file))
	if err != nil || file == "beliefs.go" {
		p.text = text
		return err
	}
	parsed, err := parser.ParseFile(p.fset, file, text, parser.SkipObjectResolution)
	p.others = append(p.others, parsed)
	return err
}

// check type-checks the package with another beliefs.go.
func (p *source) check(text []byte) error {
	first, err := parser.ParseFile(p.fset, "beliefs.go", text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	config := types.Config{Importer: p.imports}
	_, err = config.Check("p", p.fset, append([]*ast.File{first}, p.others...), nil)
	return err
}

// declared is a constant or a list of a beliefs.go.
type declared struct {
	name, value string
	list        bool
	integer     bool // written without a point
}

// beliefs lists what the file declares, in its order.
func (p *source) beliefs() []declared {
	var list []declared
	file, err := parser.ParseFile(token.NewFileSet(), "beliefs.go", p.text, parser.SkipObjectResolution)
	if err != nil {
		panic(err) // it was compiled a moment ago
	}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range g.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok {
				continue
			}
			for i, name := range v.Names {
				if i < len(v.Values) {
					list = append(list, declared{name.Name, written(v.Values[i]), g.Tok == token.VAR, integer(v.Values[i])})
				}
			}
		}
	}
	return list
}

// integer reports whether an expression has no literal with a fraction.
func integer(e ast.Expr) bool {
	whole := true
	ast.Inspect(e, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.FLOAT {
			whole = false
		}
		return true
	})
	return whole
}

func written(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		panic(err)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// kind is the type that a constant can have as a variable, or empty.
func (p *source) kind(c declared) string {
	if ast.IsExported(c.name) {
		return "" // other packages may need a constant
	}
	kinds := []string{"float64"}
	if c.integer {
		kinds = []string{"int", "float64"}
	}
	for _, kind := range kinds {
		text, err := p.rewritten(map[string]string{c.name: kind})
		if err == nil && p.check(text) == nil {
			return kind
		}
	}
	return ""
}

// rewritten is beliefs.go with some constants, and all lists, as variables.
func (p *source) rewritten(kinds map[string]string) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "beliefs.go", p.text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "package %s\nimport (\n\"math\"\n\"os\"\n\"strconv\"\n\"strings\"\n)\n", file.Name.Name)
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok == token.IMPORT {
			return nil, fmt.Errorf("beliefs.go: expected constants and variables only")
		}
		for _, s := range g.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok || len(v.Names) != len(v.Values) {
				return nil, fmt.Errorf("beliefs.go: expected a value for every name")
			}
			for i, name := range v.Names {
				full := p.name + "." + name.Name
				switch kind := kinds[name.Name]; {
				case g.Tok == token.VAR:
					fmt.Fprintf(&out, "var %s = %s\n", name.Name, eachBelieved(full, v.Values[i]))
				case kind == "float64":
					fmt.Fprintf(&out, "var %s = believed(%q, %s)\n", name.Name, full, written(v.Values[i]))
				case kind == "int":
					fmt.Fprintf(&out, "var %s = believedInt(%q, %s)\n", name.Name, full, written(v.Values[i]))
				default:
					fmt.Fprintf(&out, "const %s = %s\n", name.Name, written(v.Values[i]))
				}
			}
		}
	}
	out.WriteString(helpers)
	return out.Bytes(), nil
}

// eachBelieved is a list, or a list of structs, of which every number is multiplied.
func eachBelieved(name string, e ast.Expr) string {
	list, ok := e.(*ast.CompositeLit)
	if !ok {
		return written(e)
	}
	return written(list.Type) + "{" + elementsBelieved(name, list) + "}"
}

func elementsBelieved(name string, list *ast.CompositeLit) string {
	var elements []string
	for _, element := range list.Elts {
		key, value := "", element
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			key, value = written(pair.Key)+": ", pair.Value
		}
		if inner, ok := value.(*ast.CompositeLit); ok {
			elements = append(elements, key+"{"+elementsBelieved(name, inner)+"}")
			continue
		}
		elements = append(elements, fmt.Sprintf("%sbelieved(%q, %s)", key, name, written(value)))
	}
	return strings.Join(elements, ", ")
}

// moved is the file of the overlay with a constant of it multiplied.
func (b belief) moved(path string, factor float64) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	_, name, _ := strings.Cut(b.name, ".")
	value, err := strconv.ParseFloat(b.value, 64)
	if err != nil {
		return nil, err
	}
	moved := value * factor
	if value == math.Trunc(value) && !strings.Contains(b.value, ".") {
		if moved > value {
			moved = math.Ceil(moved)
		} else {
			moved = math.Floor(moved)
		}
	}
	before, after := fmt.Sprintf("const %s = %s\n", name, b.value), fmt.Sprintf("const %s = %v\n", name, moved)
	if bytes.Count(text, []byte(before)) != 1 {
		return nil, fmt.Errorf("the overlay does not have %q once", before)
	}
	return bytes.Replace(text, []byte(before), []byte(after), 1), nil
}
