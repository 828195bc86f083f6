package responses

import (
	"bytes"
	"encoding/json"
)

// jsonCursor walks over one line of JSON without decoding what the answer
// sheets do not need. Its methods return false, and leave the cursor near the
// fault, where the line is not well-formed JSON.
type jsonCursor struct {
	line []byte
	at   int
	text []byte // the last string with escapes
}

// space skips white space.
func (c *jsonCursor) space() {
	for c.at < len(c.line) {
		switch c.line[c.at] {
		case ' ', '\t', '\r', '\n':
			c.at++
		default:
			return
		}
	}
}

// peek is the next byte; 0 at the end of the line.
func (c *jsonCursor) peek() byte {
	if c.at < len(c.line) {
		return c.line[c.at]
	}
	return 0
}

// take steps over a byte, and the white space before it.
func (c *jsonCursor) take(b byte) bool {
	c.space()
	if c.peek() != b {
		return false
	}
	c.at++
	return true
}

// object walks over an object. It calls member for each of its members, with
// the byte at which the key starts, the key, and the cursor at the value;
// member must step over the value.
func (c *jsonCursor) object(member func(at int, key []byte) bool) bool {
	if !c.take('{') {
		return false
	}
	if c.take('}') {
		return true
	}
	for {
		c.space()
		at := c.at
		key, ok := c.string()
		if !ok || !c.take(':') {
			return false
		}
		c.space()
		if !member(at, key) {
			return false
		}
		if c.take('}') {
			return true
		}
		if !c.take(',') {
			return false
		}
	}
}

// string steps over a string and returns its text, valid until the next call.
func (c *jsonCursor) string() ([]byte, bool) {
	if c.peek() != '"' {
		return nil, false
	}
	for i := c.at + 1; i < len(c.line); i++ {
		switch b := c.line[i]; {
		case b == '"':
			text := c.line[c.at+1 : i]
			c.at = i + 1
			return text, true
		case b == '\\':
			return c.escaped()
		case b < ' ':
			c.at = i
			return nil, false
		}
	}
	c.at = len(c.line)
	return nil, false
}

// escaped is string for one with escapes, which are rare.
func (c *jsonCursor) escaped() ([]byte, bool) {
	end := c.at + 1
	for end < len(c.line) && c.line[end] != '"' {
		if c.line[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(c.line) {
		c.at = len(c.line)
		return nil, false
	}
	var text string
	if json.Unmarshal(c.line[c.at:end+1], &text) != nil {
		return nil, false
	}
	c.at = end + 1
	c.text = append(c.text[:0], text...)
	return c.text, true
}

// integer steps over a number if it is spelt as an integer, and returns its
// text. Otherwise the cursor stays where it is.
func (c *jsonCursor) integer() ([]byte, bool) {
	end := c.at
	for end < len(c.line) && bytes.IndexByte([]byte("+-.0123456789Ee"), c.line[end]) >= 0 {
		end++
	}
	text := c.line[c.at:end]
	if !isInteger(text) {
		return nil, false
	}
	c.at = end
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

// skip steps over a value of any type.
func (c *jsonCursor) skip() bool {
	if bytes.HasPrefix(c.line[c.at:], []byte("null")) {
		c.at += len("null")
		return true
	}
	decoder := json.NewDecoder(bytes.NewReader(c.line[c.at:]))
	var value json.RawMessage
	if decoder.Decode(&value) != nil {
		return false
	}
	c.at += int(decoder.InputOffset())
	return true
}
