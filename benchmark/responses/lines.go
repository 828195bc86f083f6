package responses

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"maturitybench/benchmark/internal/specfile"
)

// maxLine is the largest length of a line, in bytes without its end. A CSV row
// that spans several lines, by quoted line ends, is held to it as a whole.
const maxLine = 1 << 20

const (
	expectShort = "a line of at most 1 MiB"
	expectUTF8  = "text in UTF-8"
)

// errLongLine is returned for a line over maxLine; the next call of next
// returns the line after it.
var errLongLine = errors.New("benchmark: line over 1 MiB")

// lines reads a text line by line: it numbers the physical lines, drops a byte
// order mark and the line ends (LF or CRLF), and never holds more than one line.
type lines struct {
	r      *bufio.Reader
	number int    // of the line returned last, from 1
	long   []byte // a line that does not fit into the buffer of r
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 64<<10)} }

// next returns the next line, valid until the next call; io.EOF after the last
// one; errLongLine; or the error of the reader.
func (l *lines) next() ([]byte, error) {
	line, err := l.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line, err = l.rest(line)
	}
	if err != nil && (err != io.EOF || len(line) == 0) {
		if err == errLongLine {
			l.number++
		}
		return nil, err
	}
	l.number++
	if l.number == 1 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	line = bytes.TrimSuffix(line, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) > maxLine {
		return nil, errLongLine
	}
	return line, nil
}

// rest gathers a line that is longer than the buffer, and reads past one that
// is over the limit.
func (l *lines) rest(start []byte) ([]byte, error) {
	const room = maxLine + len("\xef\xbb\xbf\r\n") // what next drops may come on top
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
			return nil, errLongLine
		}
		return l.long, err
	}
}

// check looks at the first bytes before the first line is read and returns what
// is expected of a file that is no text at all, or the empty string. Errors of
// the reader are left to next.
func (l *lines) check() (expected string) {
	start, _ := l.r.Peek(512)
	if expected := specfile.NotText(start); expected != "" {
		return expected
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return "text in UTF-8, not in UTF-16 or a binary format"
	}
	return ""
}

// blank reports whether a line holds nothing but white space.
func blank(line []byte) bool {
	return len(line) == 0 || (line[0] <= ' ' || line[0] >= utf8.RuneSelf) && len(bytes.TrimSpace(line)) == 0
}

// readError is the error of a reader that failed.
func readError(err error) error { return fmt.Errorf("benchmark: reading answer sheets: %w", err) }
