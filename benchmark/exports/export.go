package exports

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/mapping"
)

// Export is a file of a survey tool, which can be read again.
//
// Privacy: a handle to raw data. Nothing of it is kept.
type Export struct {
	path string
	rows func(m *mapping.Mapping) table.Rows
}

// Path is the path of the file.
func (e *Export) Path() string { return e.path }

// Open returns the export in a text file: separated values (.csv, .tsv, .tab,
// .txt) or JSON (.json, .jsonl, .ndjson). Another extension is an error. The
// file is opened when it is read. Package xlsx has the same for workbooks.
func Open(path string) (*Export, error) {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson":
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			return nil, input.FileError(path, "a file, not a directory")
		}
		return New(path, func(m *mapping.Mapping) table.Rows {
			return text(path, strings.HasPrefix(ext, ".json") || ext == ".ndjson", m)
		}), nil
	}
	return nil, input.FileError(path, "a file name that ends in .csv, .tsv, .txt, .json or .jsonl; package xlsx reads workbooks")
}

// New returns an export of rows that are read through a mapping. It is for
// packages of this module, which alone can name a table.
func New(path string, rows func(m *mapping.Mapping) table.Rows) *Export { return &Export{path, rows} }

// text reads a text file.
func text(path string, objects bool, m *mapping.Mapping) table.Rows {
	return func(yield func(*table.Row, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		read(file, objects, m)(yield)
	}
}

func read(r io.Reader, objects bool, m *mapping.Mapping) table.Rows {
	if objects {
		return table.JSON(r, m.Encoding)
	}
	return table.CSV(r, table.DialectOf(m.Delimiter, m.Encoding, m.TitleRows))
}
