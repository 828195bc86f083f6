package specfile

import "bytes"

// magics lists the first bytes of files that are handed in by mistake.
var magics = []struct{ magic, expected string }{
	{"\x1f\x8b", "an unpacked text file, not a gzip archive"},
	{"PK\x03\x04", "a text file, not a ZIP archive or a spreadsheet: export it as CSV in UTF-8"},
	{"\xd0\xcf\x11\xe0", "a text file, not a spreadsheet: export it as CSV in UTF-8"},
	{"\x28\xb5\x2f\xfd", "an unpacked text file, not a Zstandard archive"},
	{"BZh", "an unpacked text file, not a bzip2 archive"},
	{"\xfd7zXZ", "an unpacked text file, not an xz archive"},
	{"SQLite format 3\x00", "a text file, not an SQLite database"},
	{"PAR1", "a text file, not a Parquet file"},
	{"\xff\xfe", "text in UTF-8, not in UTF-16 or UTF-32"},
	{"\xfe\xff", "text in UTF-8, not in UTF-16"},
	{"\x00\x00\xfe\xff", "text in UTF-8, not in UTF-32"},
}

// NotText says what is expected in place of data that begin as no text does, and
// is empty for all others.
func NotText(data []byte) (expected string) {
	for _, kind := range magics {
		if bytes.HasPrefix(data, []byte(kind.magic)) {
			return kind.expected
		}
	}
	return ""
}
