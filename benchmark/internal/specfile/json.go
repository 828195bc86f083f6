package specfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// deepest is more than the deepest nesting of a document.
const deepest = 16

// ReadJSON reads one JSON value into what v points to, by its json tags and as
// strictly as ReadYAML: unlike encoding/json it refuses unknown, missing and
// doubled keys, null, and texts that are not UTF-8. forms says more about some
// types. The error is an input.Error with all problems. file is its name for
// them.
func ReadJSON(file string, data []byte, v any, forms Forms) error {
	c := &Checker{file: file, tag: "json", forms: forms, data: data, faulty: map[string]bool{}}
	switch {
	case !utf8.Valid(data):
		valid := bytes.ToValidUTF8(data, []byte{0})
		c.at(position(data, bytes.IndexByte(valid, 0)), "", "text in UTF-8")
	case !json.Valid(data):
		c.syntaxJSON(data)
	}
	if c.problems != nil {
		return c.Err()
	}
	root, ok := c.nextJSON(new(int), deepest)
	if !ok {
		return c.Err()
	}
	c.decode(&root, reflect.ValueOf(v).Elem(), nil)
	return c.Err()
}

// syntaxJSON notes where a text is no JSON.
func (c *Checker) syntaxJSON(data []byte) {
	var raw json.RawMessage
	err, where := json.Unmarshal(data, &raw), len(data)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && len(data) > 0 {
		where = int(syntax.Offset) - 1
	}
	c.at(position(data, where), "", "JSON; "+onOneLine(fmt.Sprint(err)))
}

// nextJSON reads the next value of a text that is JSON, from *at on; levels is
// how deeply it may nest.
func (c *Checker) nextJSON(at *int, levels int) (n node, ok bool) {
	c.skip(at)
	n.offset = *at
	switch first := c.data[*at]; first {
	case '{', '[':
		if levels == 0 {
			c.at(position(c.data, *at), "", fmt.Sprintf("at most %d levels of nesting", deepest))
			return n, false
		}
		if n.kind = kindList; first == '{' {
			n.kind = kindMapping
		}
		return n, c.membersJSON(at, &n, levels-1)
	case '"':
		n.kind, n.text = kindText, c.textJSON(at)
		return n, true
	case 't', 'f':
		n.kind = kindBoolean
	case 'n':
		n.kind = kindNull
	default:
		n.kind = kindNumber
	}
	for *at < len(c.data) && strings.IndexByte(" \t\r\n,:]}", c.data[*at]) < 0 {
		*at++
	}
	if n.kind != kindNull {
		n.text = string(c.data[n.offset:*at])
	}
	return n, true
}

// membersJSON reads a list or an object to its end.
func (c *Checker) membersJSON(at *int, n *node, levels int) bool {
	*at++
	for {
		c.skip(at)
		if c.data[*at] == ']' || c.data[*at] == '}' {
			*at++
			return true
		}
		if n.kind == kindList {
			value, ok := c.nextJSON(at, levels)
			if !ok {
				return false
			}
			n.items = append(n.items, value)
			continue
		}
		e := entry{offset: *at}
		e.key = c.textJSON(at)
		value, ok := c.nextJSON(at, levels)
		if !ok {
			return false
		}
		e.value = value
		n.keys = append(n.keys, e)
	}
}

// skip goes on to the next token that is no separator.
func (c *Checker) skip(at *int) {
	for strings.IndexByte(" \t\r\n,:", c.data[*at]) >= 0 {
		*at++
	}
}

// textJSON reads a string.
func (c *Checker) textJSON(at *int) string {
	start, escaped := *at, false
	for *at++; c.data[*at] != '"'; *at++ {
		if c.data[*at] == '\\' {
			escaped = true
			*at++
		}
	}
	*at++
	if !escaped {
		return string(c.data[start+1 : *at-1])
	}
	var text string
	_ = json.Unmarshal(c.data[start:*at], &text) // it is a string, or the text were no JSON
	return text
}
