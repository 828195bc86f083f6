package exports

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
	"maturitybench/benchmark/mapping"
)

// Export is a file of a survey tool, which can be read again.
//
// Privacy: a handle to raw data. Nothing of it is kept.
type Export struct {
	path      string
	rows      func(m *mapping.Mapping) table.Rows
	documents *table.Documents // of a directory; else nil
	sheets    Sheets           // of a workbook; else nil
}

// Sheets choose a sheet of a workbook.
type Sheets interface {
	Largest() (string, error)                      // the one with most cells; empty if there is one alone
	Choose(rules *translate.Rules) (string, error) // the one that publication reads
}

// Path is the path of the file.
func (e *Export) Path() string { return e.path }

// Open returns the export in a text file: separated values (.csv, .tsv, .tab,
// .txt) or JSON (.json, .jsonl, .ndjson), or in a directory whose files that end
// in .json hold one answer sheet each. Another extension is an error. The
// file is opened when it is read. Package xlsx has the same for workbooks.
func Open(path string) (*Export, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return directory(path)
	}
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson":
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
		return New(path, func(m *mapping.Mapping) table.Rows {
			return text(path, strings.HasPrefix(ext, ".json") || ext == ".ndjson", m)
		}), nil
	}
	return nil, input.FileError(path, "a file name that ends in .csv, .tsv, .txt, .json or .jsonl; package xlsx reads workbooks")
}

// directory is the export in the JSON documents of a directory.
func directory(path string) (*Export, error) {
	documents, expected, err := table.OpenDocuments(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("exports: %w", err)
	case expected != "":
		return nil, input.FileError(path, expected)
	}
	e := New(path, func(m *mapping.Mapping) table.Rows { return table.JSON(documents.Open(), m.Encoding) })
	e.documents = documents
	return e, nil
}

// New returns an export of rows that are read through a mapping. It is for
// packages of this module, which alone can name a table.
func New(path string, rows func(m *mapping.Mapping) table.Rows) *Export {
	return &Export{path: path, rows: rows}
}

// NewWorkbook is New for a workbook with sheets.
func NewWorkbook(path string, rows func(m *mapping.Mapping) table.Rows, sheets Sheets) *Export {
	return &Export{path: path, rows: rows, sheets: sheets}
}

// named is an error of a table as one of the file.
func (e *Export) named(err error) error {
	if bad, ok := errors.AsType[*table.Unreadable](err); ok {
		return input.NewError(e.path, []input.Problem{bad.Problem})
	}
	return err
}

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
