package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"maturitybench/benchmark/internal/table"

	"github.com/xuri/excelize/v2"
)

// Limits of a workbook.
const (
	maxFile  = 256 << 20 // bytes of the file
	maxParts = 1 << 30   // bytes of its parts, unpacked
)

// errDamaged says that a workbook contradicts itself.
var errDamaged = errors.New("xlsx: damaged workbook")

// workbook is an open workbook.
//
// Privacy: raw data, in memory alone: no part of it is unpacked to disk.
type workbook struct {
	file     *excelize.File
	sheets   []string // visible ones, in order
	date1904 bool
}

// guard calls a function of the library, which panics on some damaged files.
func guard(call func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errDamaged
		}
	}()
	return call()
}

// open opens a workbook. What is expected of a file that is none comes as an
// error of package table.
func open(r io.ReaderAt, size int64) (*workbook, error) {
	if size > maxFile {
		return nil, unreadable(fmt.Sprintf("a workbook of at most %d MiB: export a larger one as CSV", maxFile>>20))
	}
	start := make([]byte, min(size, 64<<10))
	if _, err := r.ReadAt(start, 0); err != nil && err != io.EOF {
		return nil, err
	}
	if expected := notWorkbook(start); expected != "" {
		return nil, unreadable(expected)
	}
	w := &workbook{}
	err := guard(func() (err error) {
		w.file, err = excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
			UnzipSizeLimit: maxParts, UnzipXMLSizeLimit: maxParts, // never to a temporary file
		})
		return err
	})
	switch {
	case err != nil && strings.Contains(err.Error(), "size exceeds"):
		return nil, unreadable(fmt.Sprintf("a workbook of at most %d MiB when it is unpacked: export a larger one as CSV", maxParts>>20))
	case err != nil:
		return nil, unreadable("a workbook of the format .xlsx that is not damaged")
	}
	return w, guard(w.list)
}

func unreadable(expected string) error {
	return &table.Unreadable{Problem: table.Problem{Expected: expected}}
}

// list lists the sheets that are not hidden.
func (w *workbook) list() error {
	for _, name := range w.file.GetSheetList() {
		visible, err := w.file.GetSheetVisible(name)
		if err != nil {
			return errDamaged
		}
		if visible && w.part(name) != "" {
			w.sheets = append(w.sheets, name)
		}
	}
	props, err := w.file.GetWorkbookProps()
	w.date1904 = err == nil && props.Date1904 != nil && *props.Date1904
	if len(w.sheets) == 0 {
		return unreadable("a workbook with a sheet that is not hidden")
	}
	return nil
}

func (w *workbook) close() { _ = guard(w.file.Close) }

// part is the name of the part that holds a sheet; empty for a chart and the
// like.
func (w *workbook) part(sheet string) string {
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if xml.Unmarshal(w.bytes("xl/workbook.xml"), &book) != nil || xml.Unmarshal(w.bytes("xl/_rels/workbook.xml.rels"), &relations) != nil {
		return ""
	}
	for _, s := range book.Sheets {
		for _, r := range relations.List {
			if s.Name == sheet && r.ID == s.ID && strings.HasSuffix(r.Type, "/worksheet") {
				if after, ok := strings.CutPrefix(r.Target, "/"); ok {
					return after
				}
				return path.Join("xl", r.Target)
			}
		}
	}
	return ""
}

// bytes are the bytes of a part.
func (w *workbook) bytes(part string) []byte {
	data, _ := w.file.Pkg.Load(part)
	text, _ := data.([]byte)
	return text
}

// place is the place of a cell.
type place struct{ row, column int }

// formulas looks through a sheet for formulas whose values were never stored,
// as programs write them that cannot calculate, and makes sure that the sheet is
// whole: the library takes a fault for the end.
func (w *workbook) formulas(sheet string) (map[place]bool, error) {
	const most = 100_000
	found := map[place]bool{}
	decoder := xml.NewDecoder(bytes.NewReader(w.bytes(w.part(sheet))))
	decoder.Strict = true
	var cell string
	var formula, value bool
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return nil, errDamaged
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "c":
				cell, formula, value = "", false, false
				for _, a := range t.Attr {
					if a.Name.Local == "r" {
						cell = a.Value
					}
				}
			case "f":
				formula = true
			case "v", "is":
				value = true
			}
		case xml.EndElement:
			if t.Name.Local == "c" && formula && !value && len(found) < most {
				if column, row, err := excelize.CellNameToCoordinates(cell); err == nil {
					found[place{row, column}] = true
				}
			}
		}
	}
}
