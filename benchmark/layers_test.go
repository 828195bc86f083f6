package benchmark_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers are the packages of this module, the lowest first. A package imports
// packages of lower layers only, in its tests as well, unless these are a package
// of their own. A path that ends in /... stands for a folder.
var layers = [][]string{
	{"stats", "privacy/internal/...", "benchmark/internal/garbage"},
	{"privacy"},
	{"privacy/audit", "privacy/privacytest", "privacy/ledger"},
	{"privacy/ledger/internal/ledgertest", "privacy/ledger/postgres/postgrestest"},
	{"privacy/ledger/..."},
	{"benchmark/input", "benchmark/internal/rehearsal", "benchmark/internal/decimal", "benchmark/internal/seal", "benchmark/internal/eigen", "benchmark/internal/fold", "benchmark/internal/statistic"},
	{"benchmark/internal/inputtest", "benchmark/internal/table"},
	{"benchmark/internal/specfile", "benchmark/internal/codebook", "benchmark/internal/model", "benchmark/internal/smooth"},
	{"benchmark/instrument", "benchmark/internal/encode", "benchmark/mapping"},
	{"benchmark/publication", "benchmark/internal/stage", "benchmark/internal/estimate", "benchmark/internal/translate", "benchmark/internal/derived", "benchmark/internal/workbook"},
	{"benchmark/internal/intake", "benchmark/internal/draft", "benchmark/internal/earlier"},
	{"benchmark/internal/fixture", "benchmark/internal/exact", "benchmark/internal/family"},
	{"benchmark/responses"},
	{"benchmark/compare", "benchmark/synthetic", "benchmark/exports"},
	{"benchmark", "benchmark/report", "benchmark/synthetic/accuracy", "benchmark/xlsx"},
	{"benchmark/synthetic/fixture", "benchmark/cmd/program", "benchmark/certificate", "benchmark/conformance", "benchmark/internal/outside"},
	{"benchmark/synthetic/fixture/gen", "benchmark/cmd/command", "benchmark/cmd/output"},
	{"benchmark/cmd/internal/forecast"},
	{"benchmark/cmd/internal/..."},
	{"benchmark/cmd/maturitybench"},
	{"examples/..."},
}

// confined are packages that give away raw answers, and the packages of this
// module that may import them.
var confined = map[string][]string{
	"benchmark/internal/intake":    {"benchmark", "benchmark/responses", "benchmark/compare", "benchmark/internal/fixture"},
	"benchmark/internal/table":     {"benchmark/responses", "benchmark/internal/translate", "benchmark/exports", "benchmark/xlsx"},
	"benchmark/internal/translate": {"benchmark/responses", "benchmark/exports", "benchmark/xlsx"},
	"benchmark/internal/stage":     {"benchmark", "benchmark/responses", "benchmark/internal/intake", "benchmark/internal/fixture"},
}

// linked are modules that programs should not have for nothing, and the packages that may
// import them, as README.md says.
var linked = map[string][]string{
	"github.com/xuri/excelize":    {"benchmark/xlsx"},
	"gonum.org/v1/plot":           {"benchmark/report"},
	"modernc.org/sqlite":          {"privacy/ledger/sqlite", "examples/backend"},
	"github.com/jackc/pgx":        {"privacy/ledger/postgres", "privacy/ledger/postgres/postgrestest"},
	"github.com/parquet-go":       nil,
	"github.com/apache/beam":      nil,
	"github.com/santhosh-tekuri/": nil,
}

// layerOf is the number of the layer of a package, −1 if it has none.
func layerOf(path string) int {
	folder, at := -1, 0
	for i, layer := range layers {
		for _, name := range layer {
			if name == path {
				return i
			}
			if prefix, ok := strings.CutSuffix(name, "..."); ok && strings.HasPrefix(path+"/", prefix) && len(prefix) > at {
				folder, at = i, len(prefix)
			}
		}
	}
	return folder
}

// importsOf is what the packages of this module import of each other, by path.
// Black-box tests are left out: they may import what their package does not.
func importsOf(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "..":
			_, nested := os.Stat(filepath.Join(path, "go.mod"))
			if nested == nil || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			return nil
		case filepath.Ext(path) != ".go":
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil || strings.HasSuffix(file.Name.Name, "_test") {
			return err
		}
		from := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
		imports[from] = append(imports[from], "")
		for _, spec := range file.Imports {
			for module, users := range linked {
				if strings.HasPrefix(strings.Trim(spec.Path.Value, `"`), module) && !strings.HasSuffix(path, "_test.go") && !slices.Contains(users, from) {
					t.Errorf("%s imports %s, which %q alone may", path, spec.Path.Value, users)
				}
			}
			if to, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "maturitybench/"); ours {
				imports[from] = append(imports[from], to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// Dependencies point down: an import that runs up or sideways fails, and so does
// a package that nobody gave a layer.
func TestLayers(t *testing.T) {
	for path, imports := range importsOf(t) {
		layer := layerOf(path)
		if layer < 0 {
			t.Errorf("%s has no layer", path)
			continue
		}
		slices.Sort(imports)
		for _, imported := range slices.Compact(imports)[1:] {
			if users := confined[imported]; users != nil && !slices.Contains(users, path) {
				t.Errorf("%s imports %s, from which raw answers come", path, imported)
			}
			if to := layerOf(imported); to >= layer {
				t.Errorf("%s (layer %d) imports %s (layer %d): dependencies point down", path, layer, imported, to)
			}
		}
	}
}
