package publication

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

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

// layout breaks and indents a JSON text that [decimal.CompactJSON] wrote, and spells its
// numbers in full.
func layout(compact []byte) ([]byte, error) {
	w := layouter{in: compact, out: make([]byte, 0, 2*len(compact))}
	w.value(0)
	return append(w.out, '\n'), w.err
}

// layouter copies one JSON text without white space.
type layouter struct {
	in, out []byte // what is left to be read, and what is written
	err     error
}

// value writes the next value, of a line that is indented by so many levels.
func (w *layouter) value(level int) {
	switch {
	case w.in[0] != '{' && w.in[0] != '[':
		w.scalar()
	case !w.oneLine():
		w.lines(level)
	}
}

// oneLine writes the next object or list on one line, if it holds scalars only and fits.
func (w *layouter) oneLine() bool {
	in, start := w.in, len(w.out)
	w.copy(1)
	for w.in[0] != '}' && w.in[0] != ']' {
		if w.in[0] == ',' {
			w.copy(1)
			w.out = append(w.out, ' ')
		}
		w.key(in[0])
		if w.in[0] == '{' || w.in[0] == '[' || len(w.out)-start > lineWidth {
			w.in, w.out = in, w.out[:start]
			return false
		}
		w.scalar()
	}
	w.copy(1)
	if len(w.out)-start > lineWidth {
		w.in, w.out = in, w.out[:start]
		return false
	}
	return true
}

// lines writes the next object or list with one member a line.
func (w *layouter) lines(level int) {
	open := w.in[0]
	w.copy(1)
	for {
		w.newLine(level + 1)
		w.key(open)
		w.value(level + 1)
		if w.in[0] != ',' {
			break
		}
		w.copy(1)
	}
	w.newLine(level)
	w.copy(1)
}

func (w *layouter) newLine(level int) {
	w.out = append(w.out, '\n')
	for range level {
		w.out = append(w.out, "  "...)
	}
}

// copy writes the next bytes as they are.
func (w *layouter) copy(n int) { w.out, w.in = append(w.out, w.in[:n]...), w.in[n:] }

// key writes the key of the next member of an object; a list has none.
func (w *layouter) key(open byte) {
	if open == '{' {
		w.scalar()
		w.copy(1)
		w.out = append(w.out, ' ')
	}
}

// scalar writes a value that is neither object nor list.
func (w *layouter) scalar() {
	if w.in[0] == '"' {
		w.text()
		return
	}
	end := bytes.IndexAny(w.in, ",]}")
	if end < 0 {
		end = len(w.in)
	}
	if c := w.in[0]; c != '-' && (c < '0' || c > '9') || !bytes.ContainsAny(w.in[:end], "eE") {
		w.copy(end)
		return
	}
	x, err := strconv.ParseFloat(string(w.in[:end]), 64)
	w.err = errors.Join(w.err, err)
	w.out, w.in = append(w.out, decimal.Spell(x)...), w.in[end:]
}

// text writes a text, with the escapes that its characters need: what is no UTF-8 has
// become a character by now, which needs none.
func (w *layouter) text() {
	end, escaped := 1, false
	for ; w.in[end] != '"'; end++ {
		if w.in[end] == '\\' {
			end, escaped = end+1, true
		}
	}
	end++
	if !escaped {
		w.copy(end)
		return
	}
	var text string
	err := json.Unmarshal(w.in[:end], &text)
	data, wrong := decimal.CompactJSON(text)
	w.err = errors.Join(w.err, err, wrong)
	w.out, w.in = append(w.out, data...), w.in[end:]
}
