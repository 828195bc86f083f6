package table

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
)

const (
	expectObjects = "JSON objects, one an answer sheet, one after the other or in an array"
	expectOneList = "nothing behind the object with the list of answer sheets; objects that are answer sheets hold no lists of objects"
	expectSmall   = "an object of at most 1 MiB: is a brace missing?"
)

// objects splits a text into JSON objects: those of an array, those that follow
// each other, or those of an array that is a member of one object.
type objects struct {
	r       *bufio.Reader
	line    int    // of the next byte, from 1
	column  int    // bytes before the next one on its line
	text    []byte // the object
	wrapped bool   // the array is a member of an object
}

// wrapper is the beginning of an object that has an array of objects behind texts
// and numbers, or as its first member.
var wrapper = regexp.MustCompile(`^\s*\{(?:` + jsonKey + `(?:"(?:[^"\\]|\\.)*"|[-+.0-9eE]+|true|false|null)\s*,)*` + jsonKey + `\[\s*\{`)

const jsonKey = `\s*"[^"\\]*"\s*:\s*`

func newObjects(r *bufio.Reader) *objects {
	o := &objects{r: r, line: 1}
	start, _ := r.Peek(4096)
	if in := wrapper.FindIndex(start); in != nil {
		o.wrapped = true
		for range in[1] - 1 {
			_, _ = o.byte()
		}
	}
	return o
}

func (o *objects) byte() (byte, error) {
	b, err := o.r.ReadByte()
	if err != nil {
		return 0, err
	}
	if o.column++; b == '\n' {
		o.line, o.column = o.line+1, 0
	}
	return b, nil
}

// next finds the next object, and says on which line and behind how many bytes
// it starts. It returns io.EOF after the last one, a problem where no object is,
// after which there is no further one, or the error of the reader.
func (o *objects) next() (line, column int, problem Problem, err error) {
	for {
		b, err := o.byte()
		switch {
		case err != nil:
			return 0, 0, Problem{}, err
		case b == '{':
			line, column = o.line, o.column-1
			problem, err = o.object(MaxLine)
			return line, column, problem, err
		case b == ']' && o.wrapped:
			problem, err = o.end()
			return problem.Line, problem.Column, problem, err
		case b == ']' || b == '}': // the end of the array
			_, err = io.Copy(io.Discard, o.r)
			if err == nil {
				err = io.EOF
			}
			return 0, 0, Problem{}, err
		case bytes.IndexByte([]byte(" \t\r\n,[\x1e"), b) < 0:
			return 0, 0, Problem{Line: o.line, Column: o.column, Expected: expectObjects}, nil
		}
	}
}

// end reads what a wrapper holds behind its array, which is no sheet, and returns
// io.EOF. Behind the wrapper there must be nothing: where every company has an object
// with a list in it, the list of the first one would pass for all answer sheets.
func (o *objects) end() (Problem, error) {
	if problem, err := o.object(0); problem.Expected != "" || err != nil {
		return problem, err
	}
	for {
		b, err := o.byte()
		if err != nil {
			return Problem{}, err
		}
		if bytes.IndexByte([]byte(" \t\r\n\x1e"), b) < 0 {
			return Problem{Line: o.line, Column: o.column, Expected: expectOneList}, nil
		}
	}
}

// object reads an object up to its closing brace. It keeps the text of one that has
// at most so many bytes; with 0 it keeps nothing, however long the object is.
func (o *objects) object(most int) (Problem, error) {
	line, column := o.line, o.column
	o.text = append(o.text[:0], '{')
	for depth, quoted := 1, false; depth > 0; {
		b, err := o.byte()
		switch {
		case err == io.EOF:
			return Problem{Line: line, Column: column, Expected: "a closing brace before the end of the file"}, nil
		case err != nil:
			return Problem{}, err
		case most > 0 && len(o.text) == most:
			return Problem{Line: line, Column: column, Expected: expectSmall}, nil
		}
		o.keep(b, most)
		switch {
		case quoted && b == '\\':
			if b, err = o.byte(); err == nil {
				o.keep(b, most)
			}
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '{':
			depth++
		case b == '}':
			depth--
		}
	}
	return Problem{}, nil
}

func (o *objects) keep(b byte, most int) {
	if most > 0 {
		o.text = append(o.text, b)
	}
}
