package responses_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/responses"
)

// sealedMethods are what every sealed type has: they print the word sealed, or
// fail.
var sealedMethods = []string{"Format", "GobEncode", "LogValue", "MarshalBinary", "MarshalJSON", "MarshalText", "String"}

// Types with raw answers have no exported field, and no exported method but those
// that seal them. Reflection reaches nothing else without unsafe.
func TestNothingRawIsExported(t *testing.T) {
	for _, test := range []struct {
		of    reflect.Type
		extra []string
	}{
		{reflect.TypeFor[*responses.Dataset](), []string{"Blank"}}, // a data set again
		{reflect.TypeFor[*responses.Source](), nil},
		{reflect.TypeFor[*responses.Response](), nil},
	} {
		var methods []string
		for method := range test.of.Methods() {
			methods = append(methods, method.Name)
		}
		want := slices.Sorted(slices.Values(slices.Concat(sealedMethods, test.extra)))
		if !slices.Equal(methods, want) {
			t.Errorf("%v has the methods %v, want %v", test.of, methods, want)
		}
		for field := range test.of.Elem().Fields() {
			if field.IsExported() && field.Name != "Seal" {
				t.Errorf("%v has the field %s", test.of, field.Name)
			}
		}
	}
	data := reflect.TypeFor[responses.Data]()
	for method := range data.Methods() {
		if method.IsExported() {
			t.Errorf("Data has the method %s", method.Name)
		}
	}
}

// No exported function speaks of a type by which this module opens answers, but
// the one that hands answers in.
func TestSeamIsNotExported(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			f, ok := declared.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() || f.Name.Name == "NewRemoteSource" || f.Recv != nil && !exportedReceiver(f) {
				continue
			}
			ast.Inspect(f.Type, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if from, ok := s.X.(*ast.Ident); ok && (from.Name == "intake" || from.Name == "stage") {
						t.Errorf("%s: %s speaks of %s.%s", name, f.Name.Name, from.Name, s.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// exportedReceiver reports whether a method is one of an exported type.
func exportedReceiver(f *ast.FuncDecl) bool {
	of := f.Recv.List[0].Type
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	name, ok := of.(*ast.Ident)
	return ok && name.IsExported()
}

// What another module may try to get at raw answers does not compile.
func TestForeignModulesCannotLookIn(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier: builds programs")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	write("go.mod", strings.Replace(string(module), "module maturitybench", "module example.com/foreign", 1)+
		"\nrequire maturitybench v0.0.0\nreplace maturitybench => "+root+"\n")
	write("go.sum", string(sums))
	const use = "import \"maturitybench/benchmark/responses\"\n\n"
	for name, test := range map[string]struct{ code, want string }{
		"names":   {"import \"maturitybench/benchmark/internal/intake\"\n\nvar Open = intake.Begin\n", "use of internal package maturitybench/benchmark/internal/intake not allowed"},
		"method":  {use + "func F(d *responses.Dataset) any { return d.raw() }\n", "d.raw undefined (cannot refer to unexported method raw)"},
		"field":   {use + "func F(s *responses.Source) any { return s.held }\n", "s.held undefined (cannot refer to unexported field held)"},
		"sheet":   {use + "func F(r responses.Response) any { return r.opened() }\n", "r.opened undefined (cannot refer to unexported method opened)"},
		"data":    {use + "func F(d responses.Data) any { return d.raw() }\n", "d.raw undefined (cannot refer to unexported method raw)"},
		"pretend": {use + "type mine struct{}\n\nfunc (mine) raw() {}\n\nvar F responses.Data = mine{}\n", "mine does not implement responses.Data (unexported method raw)"},
	} {
		write(name+"/"+name+".go", "package "+name+"\n\n"+test.code)
		command := exec.CommandContext(t.Context(), "go", "build", "-mod=mod", "./"+name)
		command.Dir = folder
		command.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
		out, err := command.CombinedOutput()
		if err == nil || !strings.Contains(strings.Join(strings.Fields(string(out)), " "), test.want) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
