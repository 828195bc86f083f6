package stage

import "encoding/binary"

// Records says how rows are spelt as records, by which a ledger recognises
// data: they depend on who answered what, and neither on the order, version or
// wording of the instrument nor on the questions and attributes that nobody
// answered.
//
// A record is the identity of the company (16 bytes); the number of attributes
// stated, and for each its id and its value's id; the number of answers, and for
// each its question's id and its level (not its index). Both lists are sorted by
// id. A number is four bytes, a level eight, big endian, in two's complement; an
// id is a byte of length and its text. Every part thus says where it ends, so
// that different sheets have different records.
type Records struct{ Attributes, Questions []Field }

// Field is an attribute or a question as records spell it.
type Field struct {
	At    int      // its place in a row
	Codes [][]byte // what a record says for every byte of a row but 0
}

// Append appends the record of a row.
//
// Privacy: raw data, for a digest under a secret key alone.
func (r *Records) Append(record []byte, company *Identity, row []byte) []byte {
	record = append(record, company[:]...)
	record = appendFields(record, r.Attributes, row)
	return appendFields(record, r.Questions, row)
}

// appendFields appends one list of a record: its length and its entries.
func appendFields(record []byte, fields []Field, row []byte) []byte {
	at, n := len(record), uint32(0)
	record = append(record, 0, 0, 0, 0)
	for i := range fields {
		if code := row[fields[i].At]; code != 0 {
			record = append(record, fields[i].Codes[code-1]...)
			n++
		}
	}
	binary.BigEndian.PutUint32(record[at:], n)
	return record
}
