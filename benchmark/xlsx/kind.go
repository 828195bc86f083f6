package xlsx

import (
	"bytes"
	"unicode/utf16"
)

// notWorkbook says what is expected of a file that is no workbook that can be
// read, by its first bytes; empty for one that may be.
func notWorkbook(start []byte) (expected string) {
	has := func(text string) bool { return bytes.Contains(start, []byte(text)) }
	switch {
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if bytes.Contains(start, wide("EncryptedPackage")) || bytes.Contains(start, wide("EncryptionInfo")) {
			return "a workbook without a password: save it without one, or export it as CSV"
		}
		return "a workbook of the format .xlsx, not .xls of Excel 97 to 2003: save it as .xlsx, or export it as CSV"
	case !bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return "a workbook of the format .xlsx"
	case has("mimetypeapplication/vnd.oasis.opendocument"):
		return "a workbook of the format .xlsx, not .ods of OpenDocument: save it as .xlsx, or export it as CSV"
	}
	return ""
}

// wide is a text as the directory of an old file spells it.
func wide(text string) []byte {
	var b []byte
	for _, c := range utf16.Encode([]rune(text)) {
		b = append(b, byte(c), byte(c>>8))
	}
	return b
}
