package table

import (
	"bytes"
	"io"
	"slices"
	"unicode"
)

// Blocks cuts the rest of a text into blocks of whole rows, so that rows can be
// split on several cores: the rows of the blocks, one after the other, are those
// of the text, faults and numbers of lines included.
type Blocks struct {
	lines     *Lines
	delimiter byte
	size      int

	text   []byte // of the next block, so far
	looked int    // bytes of it that were looked at: whole lines
	cut    int    // of them, those up to the end of a row
	open   bool   // a quoted cell is open after them
	row    int    // the length of the open row, as quotedRow counts it
	err    error  // of the reader
}

// Block is some rows of a text.
type Block struct {
	Text   []byte
	Before int // the lines of the file before it
	Ends   int // the line ends in it: it has no more rows than these and one
}

// Lines reads the block line by line.
func (b Block) Lines() *Lines { return &Lines{text: b.Text, Number: b.Before} }

// Blocks cuts what was not read so far into blocks of about so many bytes. In a
// text of separated values a row with an open quote goes on in the next line; the
// delimiter 0 is for texts with a row a line.
func (l *Lines) Blocks(delimiter byte, size int) *Blocks {
	return &Blocks{lines: l, delimiter: delimiter, size: size}
}

// Skip leaves out what comes first: so many bytes, which are the text of whole blocks, with
// so many line ends. It is called before Next, and returns io.EOF if there is less, or the
// error of the reader.
func (b *Blocks) Skip(text int64, ends int) error {
	b.lines.Number += ends
	_, err := io.CopyN(io.Discard, b.lines.r, text)
	return err
}

// Next returns the next block, in the memory of text; io.EOF after the last one, or
// the error of the reader, whose rows before it have been returned.
func (b *Blocks) Next(text []byte) (Block, error) {
	b.text = append(text[:0], b.text...)
	for b.err == nil && (b.cut == 0 || len(b.text) < b.size) {
		b.read()
	}
	whole := b.cut
	if b.err == io.EOF {
		whole = len(b.text)
	}
	if whole == 0 {
		return Block{}, b.err
	}
	block := Block{b.text[:whole], b.lines.Number, bytes.Count(b.text[:whole], []byte("\n"))}
	b.lines.Number += block.Ends
	b.text = bytes.Clone(b.text[whole:]) // the rest is short: part of a row
	b.looked, b.cut = b.looked-min(b.looked, whole), 0
	return block, nil
}

// read reads on, and looks for ends of rows.
func (b *Blocks) read() {
	start := len(b.text)
	room := max(b.size-start, 1+b.size/4)
	b.text = slices.Grow(b.text, room)
	n, err := b.lines.r.Read(b.text[start:][:room])
	b.text, b.err = b.text[:start+n], err
	fresh := b.text[b.looked:]
	if !b.open && (b.delimiter == 0 || bytes.IndexByte(fresh, '"') < 0) {
		b.looked += bytes.LastIndexByte(fresh, '\n') + 1
		b.cut = b.looked
	} else {
		for end := bytes.IndexByte(fresh, '\n'); end >= 0; end = bytes.IndexByte(fresh, '\n') {
			b.look(fresh[:end])
			fresh, b.looked = fresh[end+1:], b.looked+end+1
			if !b.open {
				b.cut = b.looked
			}
		}
	}
	b.shorten()
}

// look looks at a line.
func (b *Blocks) look(line []byte) {
	line = bytes.TrimSuffix(line, []byte("\r"))
	quotes := bytes.Count(line, []byte(`"`))
	switch {
	case len(line) > MaxLine, b.open && b.row+len(line) > MaxLine:
		b.open = false // the row ends with a problem
	case !b.open && quotes%2 == 0:
	case b.open && quotes%2 == 1:
		b.open = false // as it is closed, or by a quote that is wrong
	case quotes > 0:
		b.open = opens(bytes.TrimSuffix(line, []byte("\r")), b.open, b.delimiter)
	}
	if b.row += len(line) + 1; !b.open {
		b.row = 0
	}
}

// shorten takes bytes out of a line that is too long: no more than that is seen
// of it.
func (b *Blocks) shorten() {
	const most = 2 * MaxLine
	if line := b.text[b.looked:]; len(line) > most {
		b.text = b.text[:b.looked+most-1]
		if line[len(line)-1] == '\r' { // of a line end, maybe
			b.text = append(b.text, '\r')
		}
	}
}

// opens reports whether a quoted cell is open at the end of a line: as
// encoding/csv reads it, which gives up a row at a quote that is wrong. open says
// whether one was at its beginning.
func opens(line []byte, open bool, delimiter byte) bool {
	for {
		if !open {
			if line = bytes.TrimLeftFunc(line, unicode.IsSpace); len(line) == 0 || line[0] != '"' {
				cell, rest, more := bytes.Cut(line, []byte{delimiter})
				if !more || bytes.IndexByte(cell, '"') >= 0 {
					return false
				}
				line = rest
				continue
			}
			line = line[1:]
		}
		quote := bytes.IndexByte(line, '"')
		if quote < 0 {
			return true
		}
		line = line[quote+1:]
		if len(line) == 0 || line[0] != '"' && line[0] != delimiter {
			return false
		}
		open, line = line[0] == '"', line[1:]
	}
}
