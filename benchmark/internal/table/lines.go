package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// MaxLine is the largest length of a line, in bytes without its end. A CSV row
// that spans several lines, by quoted line ends, is held to it as a whole.
const MaxLine = 1 << 20

// What is expected of a line.
const (
	ExpectShort  = "a line of at most 1 MiB"
	ExpectUTF8   = "text in UTF-8"
	expectStated = "text in the encoding that is stated"
)

// ErrLongLine is returned for a line over MaxLine; the next call of Next
// returns the line after it.
var ErrLongLine = errors.New("table: line over 1 MiB")

// Lines reads a text line by line: it numbers the physical lines, drops a byte
// order mark and the line ends (LF or CRLF), and never holds more than one line.
type Lines struct {
	r      *bufio.Reader // nil: lines of text
	text   []byte        // what is left of it
	Number int           // of the line returned last, from 1
	long   []byte        // a line that does not fit into the buffer of r
}

// NewLines reads lines from a text in UTF-8.
func NewLines(r io.Reader) *Lines { return &Lines{r: bufio.NewReaderSize(r, 64<<10)} }

// Next returns the next line, valid until the next call; io.EOF after the last
// one; ErrLongLine; or the error of the reader.
func (l *Lines) Next() ([]byte, error) {
	line, err := l.whole()
	if err != nil && (err != io.EOF || len(line) == 0) {
		if err == ErrLongLine {
			l.Number++
		}
		return nil, err
	}
	l.Number++
	if l.Number == 1 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	line = bytes.TrimSuffix(line, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) > MaxLine {
		return nil, ErrLongLine
	}
	return line, nil
}

// whole is the next line with its end.
func (l *Lines) whole() ([]byte, error) {
	if l.r == nil {
		if len(l.text) == 0 {
			return nil, io.EOF
		}
		end := bytes.IndexByte(l.text, '\n') + 1
		if end == 0 {
			end = len(l.text)
		}
		line := l.text[:end]
		l.text = l.text[end:]
		return line, nil
	}
	line, err := l.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		return l.rest(line)
	}
	return line, err
}

// Peek is the first bytes, before the first line is read.
func (l *Lines) Peek(n int) []byte {
	start, _ := l.r.Peek(n)
	return start
}

// rest gathers a line that is longer than the buffer, and reads past one that
// is over the limit.
func (l *Lines) rest(start []byte) ([]byte, error) {
	const room = MaxLine + len("\xef\xbb\xbf\r\n") // what Next drops may come on top
	l.long = append(l.long[:0], start...)
	for {
		part, err := l.r.ReadSlice('\n')
		if len(l.long) <= room {
			l.long = append(l.long, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if len(l.long) > room && (err == nil || err == io.EOF) {
			return nil, ErrLongLine
		}
		return l.long, err
	}
}

// Blank reports whether a line holds nothing but white space.
func Blank(line []byte) bool {
	return len(line) == 0 || (line[0] <= ' ' || line[0] >= utf8.RuneSelf) && len(bytes.TrimSpace(line)) == 0
}
