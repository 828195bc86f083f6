package workbook

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Limits of spreadsheet programs, in units of UTF-16.
const (
	longestName = 31
	longestText = 32767
)

// xml is the part of a sheet.
func (s Sheet) xml() (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, `<worksheet %s><sheetViews><sheetView workbookViewId="0">`, main)
	if s.Header {
		b.WriteString(`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`)
	}
	b.WriteString(`</sheetView></sheetViews>`)
	if len(s.Widths) > 0 {
		b.WriteString(`<cols>`)
		for i, width := range s.Widths {
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="%v" customWidth="1"/>`, i+1, i+1, width)
		}
		b.WriteString(`</cols>`)
	}
	b.WriteString(`<sheetData>`)
	for y, row := range s.Rows {
		fmt.Fprintf(&b, `<row r="%d">`, y+1)
		for x, value := range row {
			if err := s.cell(&b, x, y, value); err != nil {
				return "", err
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	return b.String(), nil
}

// cell writes a cell; an empty one is left out.
func (s Sheet) cell(b *strings.Builder, x, y int, value any) error {
	at, style := column(x)+strconv.Itoa(y+1), plain
	if s.Header && y == 0 {
		style = bold
	}
	switch v := value.(type) {
	case nil:
	case float64:
		fmt.Fprintf(b, `<c r="%s" s="%d"><v>%s</v></c>`, at, style, strconv.FormatFloat(v, 'g', -1, 64))
	case string:
		if style == plain {
			style = wrapped
		}
		fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, style, escaped(cut(v, longestText)))
	default:
		return fmt.Errorf("cell %s is a %T, not a number or a text", at, value)
	}
	return nil
}

// column is the name of a column, from 0: A to Z, then AA.
func column(x int) string {
	name := ""
	for x++; x > 0; x = (x - 1) / 26 {
		name = string(rune('A'+(x-1)%26)) + name
	}
	return name
}

// names are those of the sheets, fit for a workbook and each once.
func names(sheets []Sheet) []string {
	used := map[string]bool{}
	list := make([]string, len(sheets))
	for i, s := range sheets {
		base := strings.Trim(strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\`, r) {
				return ' '
			}
			return r
		}, s.Name), " '")
		name := cut(base, longestName)
		for n := 2; name == "" || used[strings.ToLower(name)]; n++ {
			end := fmt.Sprintf(" %d", n)
			name = strings.TrimSpace(cut(base, longestName-len(end)) + end)
		}
		used[strings.ToLower(name)] = true
		list[i] = name
	}
	return list
}

// cut is the beginning of a text that has at most so many units of UTF-16.
func cut(text string, units int) string {
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return text[:i]
		}
	}
	return text
}

// escaped is a text within XML; characters that XML does not know are replaced.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder does not fail
	return b.String()
}
