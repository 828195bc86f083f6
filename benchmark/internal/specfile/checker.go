package specfile

import (
	"fmt"
	"strings"

	"maturitybench/benchmark/input"
)

// place is a line and a column, counted from 1 in characters.
type place struct{ line, column int }

// Checker collects the problems of one specification, read from a file or made
// in Go. Fields are named by the path of their keys.
type Checker struct {
	file     string
	tag      string // of the fields of structs
	forms    Forms  // of types
	fields   map[formOf]fields
	lines    [][]rune         // of a YAML file
	data     []byte           // of a JSON file
	places   map[string]place // of every value that the file gives; nil for a specification made in Go
	faulty   map[string]bool  // paths that could not be read: what they hold is not judged again
	problems []input.Problem
}

// at notes a problem at a place of the file.
func (c *Checker) at(where place, path, expected string) {
	c.problems = append(c.problems, input.Problem{Line: where.line, Column: where.column, Field: path, Expected: expected})
}

// unreadable notes a problem of reading, after which the field at path has no
// value.
func (c *Checker) unreadable(where place, at *spot, expected string) {
	path := at.String()
	c.at(where, path, expected)
	c.faulty[path] = true
}

// placeOf is where a value begins.
func (c *Checker) placeOf(n *node) place {
	if c.data != nil {
		return position(c.data, n.offset)
	}
	return n.place
}

// placeOfKey is where a key begins.
func (c *Checker) placeOfKey(e *entry) place {
	if c.data != nil {
		return position(c.data, e.offset)
	}
	return e.place
}

// Expect notes that the value at path is not what the format wants. It stays
// silent about values that could not be read in the first place.
func (c *Checker) Expect(path, format string, args ...any) {
	for p := path; ; p = parent(p) {
		if c.faulty[p] {
			return
		}
		if p == "" {
			break
		}
	}
	where := c.places[path]
	for p := path; where == (place{}) && p != ""; {
		p = parent(p)
		where = c.places[p]
	}
	c.at(where, path, fmt.Sprintf(format, args...))
}

// Given reports whether the file spells out the value at path. A specification
// made in Go gives every value that is not zero.
func (c *Checker) Given(path string) bool {
	_, ok := c.places[path]
	return ok
}

// FromFile reports whether the specification was read from a file.
func (c *Checker) FromFile() bool { return c.places != nil }

// Unread reports whether the value at path could not be read.
func (c *Checker) Unread(path string) bool { return c.faulty[path] }

// Err is the problems that were collected, as an *input.Error, or nil.
func (c *Checker) Err() error { return input.NewError(c.file, c.problems) }

// parent is the path that holds path: a.b[2] → a.b → a → "".
func parent(path string) string {
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}

// Join is the path of a key inside the value at path.
func Join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Element is the path of a list's element.
func Element(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

const idForm = "an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first"

// IsID reports whether s matches [A-Za-z0-9][A-Za-z0-9._-]{0,63}.
func IsID(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z':
		case i > 0 && (c == '.' || c == '_' || c == '-'):
		default:
			return false
		}
	}
	return true
}

// ID expects an id at path.
func (c *Checker) ID(path, id string) bool {
	if !IsID(id) {
		c.Expect(path, idForm)
		return false
	}
	return true
}
