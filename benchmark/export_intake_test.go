package benchmark

import "bytes"

// Records is the canonical records of a data set, for tests outside the
// package.
func Records(d *Dataset) [][]byte {
	var records [][]byte
	for record := range d.records() {
		records = append(records, bytes.Clone(record))
	}
	return records
}

// Rows is the packed rows of a data set and their length.
func Rows(d *Dataset) (rows []byte, stride int) { return d.rows(), d.stride() }

// Memory is the bytes that a data set holds on to, its rows and companies.
func Memory(d *Dataset) int {
	bytes := 0
	for _, chunk := range d.box.Open().chunks {
		bytes += cap(chunk.Rows) + cap(chunk.Companies)*len(identity{})
	}
	return bytes
}
