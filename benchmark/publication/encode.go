package publication

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"maturitybench/benchmark/internal/decimal"
)

// lineWidth is the longest object or list without inner ones that is written
// on one line.
const lineWidth = 140

// MarshalJSON writes the document of the format "maturitybench.release/1".
func (r *Release) MarshalJSON() ([]byte, error) {
	type plain Release
	return decimal.CompactJSON(struct {
		Format string `json:"format"`
		*plain
	}{Format, (*plain)(r)})
}

// UnmarshalJSON reads a document as [Parse] does.
func (r *Release) UnmarshalJSON(data []byte) error {
	parsed, err := Parse(data)
	if err != nil {
		return err
	}
	*r = *parsed
	return nil
}

// Encode checks a release that was put together by hand, as [Release.Check]
// does, and writes the document as it is stored: two spaces of indent, one
// estimate a line, LF at the end. It is a function of the contents.
func (r *Release) Encode() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	data, err := decimal.CompactJSON(r)
	if err != nil {
		return nil, err
	}
	return layout(data)
}

// layout breaks and indents a JSON text and spells its numbers in full.
func layout(data []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var w layouter
	first, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	w.value(decoder, first, "")
	if w.err != nil {
		return nil, w.err
	}
	return append(w.out.Bytes(), '\n'), nil
}

// layouter copies one JSON text.
type layouter struct {
	out bytes.Buffer
	err error
}

// value writes the value that starts with the token first.
func (w *layouter) value(d *json.Decoder, first json.Token, indent string) {
	if open, ok := first.(json.Delim); ok {
		w.container(d, open, indent)
		return
	}
	w.out.Write(w.scalar(first))
}

// container writes an object or a list: on one line if it holds scalars only
// and fits, else one member a line.
func (w *layouter) container(d *json.Decoder, open json.Delim, indent string) {
	inner := indent + "  "
	var members []string
	width, flat := 0, true
	for d.More() && w.err == nil {
		start := w.out.Len()
		if open == '{' {
			w.out.Write(w.scalar(w.token(d)))
			w.out.WriteString(": ")
		}
		first := w.token(d)
		if _, nested := first.(json.Delim); nested {
			flat = false
		}
		w.value(d, first, inner)
		member := string(w.out.Bytes()[start:])
		w.out.Truncate(start)
		members = append(members, member)
		width += len(member) + len(", ")
	}
	closing, _ := w.token(d).(json.Delim)
	if w.err != nil {
		return
	}
	w.out.WriteString(open.String())
	if flat && width <= lineWidth {
		w.out.WriteString(strings.Join(members, ", "))
	} else {
		w.out.WriteString("\n" + inner + strings.Join(members, ",\n"+inner) + "\n" + indent)
	}
	w.out.WriteString(closing.String())
}

// token reads on. The text was written by json.Marshal, so it goes on.
func (w *layouter) token(d *json.Decoder) json.Token {
	token, err := d.Token()
	w.err = errors.Join(w.err, err)
	return token
}

// scalar writes a token that is neither bracket nor brace.
func (w *layouter) scalar(token json.Token) []byte {
	switch token := token.(type) {
	case json.Number:
		if !strings.ContainsAny(token.String(), "eE") {
			return []byte(token)
		}
		x, err := token.Float64()
		w.err = errors.Join(w.err, err)
		return []byte(decimal.Spell(x))
	case string:
		if !strings.ContainsFunc(token, needsEscape) {
			return []byte(`"` + token + `"`)
		}
	}
	data, err := decimal.CompactJSON(token)
	w.err = errors.Join(w.err, err)
	return data
}

// needsEscape reports whether a character of a text may need an escape in
// JSON.
func needsEscape(c rune) bool { return c < ' ' || c > '~' || c == '"' || c == '\\' }
