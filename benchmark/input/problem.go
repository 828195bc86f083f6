package input

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// MaxProblems is how many problems of one input an Error lists.
const MaxProblems = 20

// Problem is one thing that is wrong with an input: where, and what was
// expected there. It never holds an answer or the name of a company.
type Problem struct {
	Line, Column int    // place in the file, counted from 1 in characters; 0: no place
	Field        string // column, or path of keys such as domains[1].questions[0].id; may be empty
	Expected     string // what was expected, and the reason where it is not obvious
	File         string // where the input is a directory: the name of the file in it; else empty
}

// String is the problem on one line: "3:7: epsilon: expected a number above 0".
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
		if p.Line == 0 {
			b.WriteByte(' ')
		}
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, "%d:", p.Column)
		}
		b.WriteByte(' ')
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString("expected " + p.Expected)
	return b.String()
}

// Error says everything that is wrong with one file, table or
// specification.
type Error struct {
	File     string    // name of the file; empty for a specification made in Go
	Problems []Problem // the first 20, in the order of the file
	More     int       // how many problems follow those
}

// Error lists the problems, one a line, as file:line:column: field: expected ….
func (e *Error) Error() string {
	lines := make([]string, 0, len(e.Problems)+1)
	for _, p := range e.Problems {
		line := p.String()
		switch {
		case e.File != "" && p.File != "":
			line = strings.TrimSuffix(e.File, "/") + "/" + line
		case e.File != "" && p.Line > 0:
			line = e.File + ":" + line
		case e.File != "":
			line = e.File + ": " + line
		}
		lines = append(lines, line)
	}
	if e.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", e.More))
	}
	return strings.Join(lines, "\n")
}

// NewError sorts problems by place and keeps the first 20. It returns nil if
// there are none.
func NewError(file string, problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	listed := min(len(problems), MaxProblems)
	return &Error{File: file, Problems: problems[:listed:listed], More: len(problems) - listed}
}

// FileError is the problem of a file as a whole.
func FileError(path, expected string) error {
	return &Error{File: path, Problems: []Problem{{Expected: expected}}}
}
