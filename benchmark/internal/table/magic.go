package table

import "bytes"

// notText lists the first bytes of files that are handed in by mistake.
var notText = []struct{ magic, expected string }{
	{"\x1f\x8b", "an unpacked text file, not a gzip archive"},
	{"PK\x03\x04", "a text file, not a ZIP archive or a workbook"},
	{"\xd0\xcf\x11\xe0", "a text file, not a spreadsheet"},
	{"\x28\xb5\x2f\xfd", "an unpacked text file, not a Zstandard archive"},
	{"BZh", "an unpacked text file, not a bzip2 archive"},
	{"\xfd7zXZ", "an unpacked text file, not an xz archive"},
	{"SQLite format 3\x00", "a text file, not an SQLite database"},
	{"PAR1", "a text file, not a Parquet file"},
	{"\x00\x00\xfe\xff", "text in UTF-8 or UTF-16, not in UTF-32"},
	{"\xff\xfe\x00\x00", "text in UTF-8 or UTF-16, not in UTF-32"},
}

// check returns what is expected of a file that is no text at all, by its first
// bytes, or the empty string.
func check(start []byte) (expected string) {
	for _, kind := range notText {
		if bytes.HasPrefix(start, []byte(kind.magic)) {
			return kind.expected
		}
	}
	return ""
}
