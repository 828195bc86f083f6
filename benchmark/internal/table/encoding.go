package table

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// encodings are the encodings of text files, by the names of the Encoding
// Standard (WHATWG). UTF-8 needs no decoder.
var encodings = map[string]encoding.Encoding{
	"utf-8":        nil,
	"utf-16":       unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16le":     unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251,
	"windows-1252": charmap.Windows1252,
	"windows-1253": charmap.Windows1253,
	"windows-1254": charmap.Windows1254,
	"iso-8859-1":   charmap.Windows1252, // as the standard has it
	"iso-8859-2":   charmap.ISO8859_2,
	"iso-8859-15":  charmap.ISO8859_15,
	"macintosh":    charmap.Macintosh,
	"ibm850":       charmap.CodePage850,
}

// otherNames are further names of encodings.
var otherNames = map[string]string{
	"": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "utf16": "utf-16", "unicode": "utf-16",
	"cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252", "cp1253": "windows-1253", "cp1254": "windows-1254",
	"ansi": "windows-1252", "latin1": "iso-8859-1", "latin-1": "iso-8859-1", "latin2": "iso-8859-2", "latin9": "iso-8859-15",
	"mac": "macintosh", "cp850": "ibm850", "ascii": "utf-8", "us-ascii": "utf-8",
}

// Encodings are the names of the encodings, in order.
func Encodings() []string { return slices.Sorted(maps.Keys(encodings)) }

// EncodingName is the name of an encoding, however it is spelt; empty if it is
// not known.
func EncodingName(name string) string {
	name = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(name, "_", "-")))
	if standard, ok := otherNames[name]; ok {
		return standard
	}
	if _, ok := encodings[name]; ok {
		return name
	}
	return ""
}

// decoded is a text file in UTF-8. A byte order mark goes before the encoding
// that is stated. It returns what is expected of a file that is no text.
func decoded(r io.Reader, name string) (text *bufio.Reader, recoded bool, expected string) {
	b := bufio.NewReaderSize(r, 64<<10)
	start, _ := b.Peek(512)
	if expected := check(start); expected != "" {
		return nil, false, expected
	}
	enc := encodings[EncodingName(name)]
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		enc = nil
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case enc == nil && bytes.IndexByte(start, 0) >= 0:
		return nil, false, "text, not a binary format; UTF-16 without a byte order mark has to be stated (encoding: utf-16le)"
	}
	if enc != nil {
		b = bufio.NewReaderSize(enc.NewDecoder().Reader(b), 64<<10)
	}
	if start, _ = b.Peek(4096); bytes.IndexByte(start, '\r') >= 0 && bytes.IndexByte(start, '\n') < 0 {
		b = bufio.NewReaderSize(&oldLines{b}, 64<<10)
	}
	return b, enc != nil, ""
}

// oldLines makes LF of the line ends CR, which old spreadsheets write.
type oldLines struct{ r io.Reader }

func (o *oldLines) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
