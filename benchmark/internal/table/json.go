package table

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// JSON reads a table of JSON objects, one a row: JSON Lines, an array of
// objects, objects that follow each other, or one object with an array of them, its
// first member or behind texts and numbers. A key is a column; an object in an object has columns named by
// all keys on the way. An object whose only key is a number, which holds the
// object of a row, is left out (LimeSurvey writes the number of the response so).
// A text, a number, true and false are what a cell holds,
// null is an empty one, and the elements of a list stand with semicolons between
// them. After text that is no JSON the table ends.
func JSON(r io.Reader, encoding string) Rows {
	return func(yield func(*Row, error) bool) {
		text, _, expected := decoded(r, encoding)
		if expected != "" {
			yield(nil, &Unreadable{Problem{Line: 1, Expected: expected}})
			return
		}
		if start, _ := text.Peek(3); string(start) == "\ufeff" {
			_, _ = text.Discard(3)
		}
		t := &jsonTable{objects: newObjects(text), columns: map[string]int{}}
		t.row.lineOf = func(i int) int { line, _ := t.place(t.starts[i]); return line }
		t.row.column = func(i int) int { _, column := t.place(t.starts[i]); return column }
		for {
			line, column, problem, err := t.objects.next()
			switch {
			case err == io.EOF:
				return
			case err != nil:
				yield(nil, err)
				return
			case problem.Expected != "":
				yield(nil, &Unreadable{problem})
				return
			}
			t.row.Line, t.column = line, column
			if problem = t.read(); problem.Expected != "" {
				err = &Unreadable{problem}
				if !yield(nil, err) {
					return
				}
			} else if !yield(&t.row, nil) {
				return
			}
		}
	}
}

// jsonTable makes rows of objects.
type jsonTable struct {
	objects *objects
	columns map[string]int // by their keys, with a zero byte between them
	pending []Name         // columns of objects that could not be read
	row     Row
	column  int    // bytes before the object on its line
	starts  []int  // of the values, in the object
	seen    []bool // columns of this object
	text    []byte // of the cells
	cursor  Cursor
	path    []string
	fault   Problem
	began   bool // the first object was read
	inner   bool // the row is the only member of the object
}

const maxColumns = 10_000

// read reads an object into the row.
func (t *jsonTable) read() Problem {
	text := t.objects.text
	if !utf8.Valid(text) {
		return Problem{Line: t.row.Line, Expected: ExpectUTF8}
	}
	t.fault, t.text, t.path = Problem{}, t.text[:0], t.path[:0]
	t.row.New = t.pending
	for i := range t.row.Cells {
		t.row.Cells[i], t.seen[i] = nil, false
	}
	if !t.began && isSideways(text) {
		t.note(0, expectRecords)
	}
	t.began = true
	t.inner = isNumbered(text)
	t.cursor.Begin(text)
	if !t.cursor.Object(t.member) && t.fault.Expected == "" {
		t.note(t.cursor.At, "well-formed JSON")
	}
	if t.pending = nil; t.fault.Expected != "" {
		t.pending = t.row.New
	}
	return t.fault
}

// note notes the first problem of an object.
func (t *jsonTable) note(at int, expected string) {
	if t.fault.Expected == "" {
		line, column := t.place(at)
		t.fault = Problem{Line: line, Column: column, Expected: expected}
	}
}

// place is the line and the character of a byte of the object.
func (t *jsonTable) place(at int) (line, column int) {
	before := t.objects.text[:min(at, len(t.objects.text))]
	line = t.row.Line + bytes.Count(before, []byte("\n"))
	if last := bytes.LastIndexByte(before, '\n'); last >= 0 {
		return line, utf8.RuneCount(before[last+1:]) + 1
	}
	return line, t.column + utf8.RuneCount(before) + 1
}

// member reads a member of an object.
func (t *jsonTable) member(at int, key []byte) bool {
	if t.inner {
		t.inner = false
		return t.value(at)
	}
	if len(t.path) == 16 {
		t.note(at, "objects in objects, 16 deep at most")
		return false
	}
	t.path = append(t.path, string(key))
	ok := t.value(at)
	t.path = t.path[:len(t.path)-1]
	return ok
}

// value reads the value of the path.
func (t *jsonTable) value(at int) bool {
	c := &t.cursor
	start := c.At
	if c.Peek() == '{' {
		return c.Object(t.member)
	}
	from := len(t.text)
	if !t.scalars() {
		return false
	}
	i := t.columnOf(at)
	if i < 0 {
		return false
	}
	t.row.Cells[i], t.starts[i] = t.text[from:len(t.text):len(t.text)], start
	return true
}

// scalars appends a value that is no object to the text.
func (t *jsonTable) scalars() bool {
	c := &t.cursor
	start := c.At
	switch b := c.Peek(); b {
	case '"':
		text, ok := c.String()
		t.text = append(t.text, text...)
		return ok
	case '[':
		c.At++
		if c.Take(']') {
			return true
		}
		for first := true; ; first = false {
			if c.Space(); c.Peek() == '{' || c.Peek() == '[' {
				t.note(c.At, "a list of texts and numbers; rows that are lists have no names: write an object for every row, or CSV")
				return false
			}
			if !first {
				t.text = append(t.text, ';')
			}
			if !t.scalars() {
				return false
			}
			if c.Take(']') {
				return true
			}
			if !c.Take(',') {
				return false
			}
		}
	default:
		if !c.Skip() {
			return false
		}
		if b != 'n' {
			t.text = append(t.text, c.Line[start:c.At]...)
		}
		return true
	}
}

// columnOf is the column of the path, or -1 if it is there already, or one too
// many.
func (t *jsonTable) columnOf(at int) int {
	key := strings.Join(t.path, "\x00")
	i, known := t.columns[key]
	switch {
	case !known && len(t.columns) == maxColumns:
		t.note(at, "objects with the same keys; there are more than 10,000")
		return -1
	case !known:
		i = len(t.columns)
		t.columns[key] = i
		t.row.New = append(t.row.New, append(Name(nil), t.path...))
		t.row.Cells, t.starts, t.seen = append(t.row.Cells, nil), append(t.starts, 0), append(t.seen, false)
	case t.seen[i]:
		t.note(at, "every key once")
		return -1
	}
	t.seen[i] = true
	return i
}
