package publication_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/benchmark/internal/fixture"
)

func TestFixtures(t *testing.T) {
	schema := releaseValidator(t)
	for _, f := range fixture.Releases {
		t.Run(f.Name, func(t *testing.T) {
			data := f.Make(t).Bytes()
			for _, problem := range fixture.Contract(data) {
				t.Error(problem)
			}
			if err := validate(schema, data); err != nil {
				t.Error(err)
			}
			path := filepath.Join("testdata", "releases", f.Name+".json")
			if *update {
				if err := os.WriteFile(path, data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			stored, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(stored, data) {
				t.Errorf("%s is another release; -update rewrites it", path)
			}
		})
	}
}
