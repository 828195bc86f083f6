package table

import (
	"bytes"
	"encoding/json"
)

// Cursor walks over one object of JSON without decoding what is not needed. Its methods return false, and leave the cursor near the
// fault, where the text is not well-formed JSON.
type Cursor struct {
	Line []byte // the text
	At   int    // the byte that is next
	text []byte // the last string with escapes
}

// Begin begins with an object.
func (c *Cursor) Begin(text []byte) { c.Line, c.At = text, 0 }

// Space skips white space.
func (c *Cursor) Space() {
	for c.At < len(c.Line) {
		switch c.Line[c.At] {
		case ' ', '\t', '\r', '\n':
			c.At++
		default:
			return
		}
	}
}

// Peek is the next byte; 0 at the end of the line.
func (c *Cursor) Peek() byte {
	if c.At < len(c.Line) {
		return c.Line[c.At]
	}
	return 0
}

// Take steps over a byte, and the white space before it.
func (c *Cursor) Take(b byte) bool {
	c.Space()
	if c.Peek() != b {
		return false
	}
	c.At++
	return true
}

// Object walks over an object. It calls member for each of its members, with
// the byte at which the key starts, the key, and the cursor at the value;
// member must step over the value.
func (c *Cursor) Object(member func(at int, key []byte) bool) bool {
	if !c.Take('{') {
		return false
	}
	if c.Take('}') {
		return true
	}
	for {
		c.Space()
		at := c.At
		key, ok := c.String()
		if !ok || !c.Take(':') {
			return false
		}
		c.Space()
		if !member(at, key) {
			return false
		}
		if c.Take('}') {
			return true
		}
		if !c.Take(',') {
			return false
		}
	}
}

// String steps over a string and returns its text, valid until the next call.
func (c *Cursor) String() ([]byte, bool) {
	if c.Peek() != '"' {
		return nil, false
	}
	for i := c.At + 1; i < len(c.Line); i++ {
		switch b := c.Line[i]; {
		case b == '"':
			text := c.Line[c.At+1 : i]
			c.At = i + 1
			return text, true
		case b == '\\':
			return c.escaped()
		case b < ' ':
			c.At = i
			return nil, false
		}
	}
	c.At = len(c.Line)
	return nil, false
}

// escaped is string for one with escapes, which are rare.
func (c *Cursor) escaped() ([]byte, bool) {
	end := c.At + 1
	for end < len(c.Line) && c.Line[end] != '"' {
		if c.Line[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(c.Line) {
		c.At = len(c.Line)
		return nil, false
	}
	var text string
	if json.Unmarshal(c.Line[c.At:end+1], &text) != nil {
		return nil, false
	}
	c.At = end + 1
	c.text = append(c.text[:0], text...)
	return c.text, true
}

// Integer steps over a number if it is spelt as an integer, and returns its
// text. Otherwise the cursor stays where it is.
func (c *Cursor) Integer() ([]byte, bool) {
	end := c.At
	for end < len(c.Line) && bytes.IndexByte([]byte("+-.0123456789Ee"), c.Line[end]) >= 0 {
		end++
	}
	text := c.Line[c.At:end]
	if !isInteger(text) {
		return nil, false
	}
	c.At = end
	return text, true
}

// isInteger reports whether text matches -?(0|[1-9][0-9]*).
func isInteger(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte("-"))
	if len(text) == 0 || text[0] == '0' && len(text) > 1 {
		return false
	}
	for _, b := range text {
		if b < '0' || b > '9' {
			return false
		}
	}
	return true
}

// Skip steps over a value of any type.
func (c *Cursor) Skip() bool {
	if bytes.HasPrefix(c.Line[c.At:], []byte("null")) {
		c.At += len("null")
		return true
	}
	decoder := json.NewDecoder(bytes.NewReader(c.Line[c.At:]))
	var value json.RawMessage
	if decoder.Decode(&value) != nil {
		return false
	}
	c.At += int(decoder.InputOffset())
	return true
}
