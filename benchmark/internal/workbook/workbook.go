// Package workbook writes small workbooks of Office Open XML (ECMA-376, .xlsx): sheets
// of texts and numbers. Programs that print a report need no library for that; package
// benchmark/xlsx, which reads the workbooks of others, does.
package workbook

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
)

// Sheet is a sheet of a workbook.
type Sheet struct {
	Name   string    // letters that a name cannot have become spaces, and it is cut to 31
	Widths []float64 // of the first columns, in characters; others: the usual one
	Header bool      // the first row heads the columns: it is bold and stays in sight
	Rows   [][]any   // float64, string, or nil for an empty cell
}

// Write writes a workbook of one sheet or more. The same sheets give the same bytes. A
// text stays a text, whatever it begins with. The error is the writer's, or about a
// cell of another type.
func Write(w io.Writer, sheets []Sheet) error {
	z := zip.NewWriter(w)
	put := func(name, text string) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(f, xmlHead+text)
		}
		return err
	}
	names := names(sheets)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes(len(sheets))},
		{"_rels/.rels", relations([][2]string{{"officeDocument", "xl/workbook.xml"}})},
		{"xl/workbook.xml", book(names)},
		{"xl/_rels/workbook.xml.rels", relations(parts(len(sheets)))},
		{"xl/styles.xml", styles},
	} {
		if err := put(part.name, part.text); err != nil {
			return err
		}
	}
	for i, s := range sheets {
		text, err := s.xml()
		if err != nil {
			return fmt.Errorf("sheet %s: %w", names[i], err)
		}
		if err := put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), text); err != nil {
			return err
		}
	}
	return z.Close()
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	office  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// The styles of cells.
const (
	plain   = 0 // of numbers
	wrapped = 1 // of texts
	bold    = 2 // of heads
)

const styles = `<styleSheet ` + main + `><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
	`<cellXfs count="3"><xf xfId="0"/><xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf xfId="0" fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

// contentTypes says of what kind the parts are.
func contentTypes(sheets int) string {
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`)
	override := func(part, of string) {
		fmt.Fprintf(&b, `<Override PartName="/xl/%s.xml" ContentType="%s%s+xml"/>`, part, kind, of)
	}
	override("workbook", "sheet.main")
	override("styles", "styles")
	for i := range sheets {
		override(fmt.Sprintf("worksheets/sheet%d", i+1), "worksheet")
	}
	return b.String() + `</Types>`
}

// parts are what the workbook consists of, the sheets first.
func parts(sheets int) (list [][2]string) {
	for i := range sheets {
		list = append(list, [2]string{"worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)})
	}
	return append(list, [2]string{"styles", "styles.xml"})
}

// relations numbers parts, each with its kind and its name.
func relations(parts [][2]string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, p := range parts {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i+1, office, p[0], p[1])
	}
	return b.String() + `</Relationships>`
}

// book lists the sheets.
func book(names []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<workbook %s xmlns:r="%s"><sheets>`, main, office)
	for i, name := range names {
		fmt.Fprintf(&b, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(name), i+1, i+1)
	}
	return b.String() + `</sheets></workbook>`
}
