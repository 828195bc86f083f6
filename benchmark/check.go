package benchmark

import (
	"fmt"
	"strings"
)

// place is a line and a column, counted from 1 in characters.
type place struct{ line, column int }

// checker collects the problems of one specification, read from a file or made
// in Go. Fields are named by the path of their keys.
type checker struct {
	file     string
	lines    [][]rune         // of the file
	places   map[string]place // of every value that the file gives; nil for a specification made in Go
	faulty   map[string]bool  // paths that could not be read: what they hold is not judged again
	problems []Problem
}

// at notes a problem at a place of the file.
func (c *checker) at(where place, path, expected string) {
	c.problems = append(c.problems, Problem{Line: where.line, Column: where.column, Field: path, Expected: expected})
}

// unreadable notes a problem of reading, after which the field at path has no
// value.
func (c *checker) unreadable(where place, path, expected string) {
	c.at(where, path, expected)
	c.faulty[path] = true
}

// expect notes that the value at path is not what the format wants. It stays
// silent about values that could not be read in the first place.
func (c *checker) expect(path, format string, args ...any) {
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

// given reports whether the file spells the value at path out. A specification
// made in Go gives what is not zero.
func (c *checker) given(path string) bool {
	_, ok := c.places[path]
	return ok
}

// err is the InputError of what was collected, or nil.
func (c *checker) err() error { return newInputError(c.file, c.problems) }

// parent is the path that holds path: a.b[2] → a.b → a → "".
func parent(path string) string {
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}

// join is the path of a key inside the value at path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// element is the path of a list's element.
func element(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

const idForm = "an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first"

// isID reports whether s matches [A-Za-z0-9][A-Za-z0-9._-]{0,63}.
func isID(s string) bool {
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

// id expects an id at path.
func (c *checker) id(path, id string) bool {
	if !isID(id) {
		c.expect(path, idForm)
		return false
	}
	return true
}
