package table

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Documents are the files of a directory that hold one JSON object each, as web
// services store answers.
type Documents struct {
	dir   string
	names []string // in order
	size  int64    // of all, in bytes
}

// OpenDocuments lists the files of a directory whose names end in .json. None is
// opened. It returns what is expected of a directory without any.
func OpenDocuments(dir string) (d *Documents, expected string, err error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, "", err
	}
	d = &Documents{dir: dir}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || strings.HasPrefix(name, ".") || !strings.EqualFold(filepath.Ext(name), ".json") {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			return nil, "", err
		}
		d.names, d.size = append(d.names, name), d.size+info.Size()
	}
	if len(d.names) == 0 {
		return nil, "a file, or a directory with files that end in .json, one answer sheet each", nil
	}
	return d, "", nil
}

// Size is the length of all documents, in bytes.
func (d *Documents) Size() int64 { return d.size }

// Open returns a text with one document a line, which [JSON] reads.
func (d *Documents) Open() io.ReadCloser { return &documentReader{documents: d} }

// lineWords are the words by which a problem names another row.
var lineWords = regexp.MustCompile(`\bline ([0-9]+)\b`)

// Name puts the names of documents in place of the lines that they were read as.
func (d *Documents) Name(problems []Problem) {
	name := func(line int) string {
		if line < 1 || line > len(d.names) {
			return fmt.Sprintf("line %d", line)
		}
		return d.names[line-1]
	}
	for i := range problems {
		p := &problems[i]
		p.Expected = lineWords.ReplaceAllStringFunc(p.Expected, func(text string) string {
			line, _ := strconv.Atoi(text[len("line "):])
			return name(line)
		})
		if p.Line >= 1 && p.Line <= len(d.names) {
			p.File, p.Line, p.Column = d.names[p.Line-1], 0, 0
		}
	}
}

// documentReader reads one document after the other.
type documentReader struct {
	documents *Documents
	read      int // documents so far
	text      []byte
}

func (r *documentReader) Read(p []byte) (int, error) {
	for len(r.text) == 0 {
		if r.read == len(r.documents.names) {
			return 0, io.EOF
		}
		text, err := r.document(r.documents.names[r.read])
		if err != nil {
			return 0, err
		}
		r.read, r.text = r.read+1, text
	}
	n := copy(p, r.text)
	r.text = r.text[n:]
	return n, nil
}

// document is a document as one line: JSON has no line end within a text. Of one
// that is too long, so much is read that the table says so.
func (r *documentReader) document(name string) ([]byte, error) {
	file, err := os.Open(filepath.Join(r.documents.dir, name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, MaxLine+2))
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	for i, b := range text {
		if b == '\n' || b == '\r' {
			text[i] = ' '
		}
	}
	return append(text, '\n'), nil
}

func (r *documentReader) Close() error { return nil }
