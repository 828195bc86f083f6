package benchmark

import (
	"encoding/binary"
	"iter"
	"slices"
	"strings"
)

// records walks over the companies of the data set, in no particular order, in
// a form by which a ledger recognises data: it depends on who answered what,
// and neither on the order, version or wording of the instrument nor on the
// questions and attributes that nobody answered. The slice is used again for
// the next record.
//
// A record is the identity of the company (16 bytes); the number of attributes
// stated, and for each its id and its value's id; the number of answers, and for
// each its question's id and its level (not its index). Both lists are sorted by
// id. A number is four bytes, a level eight, big endian, in two's complement; an
// id is a byte of length and its text. Every part thus says where it ends, so
// that different sheets have different records.
//
// Privacy: records are raw data, for a digest under a secret key alone.
func (d *Dataset) records() iter.Seq[[]byte] {
	fields, attributes := d.in.recordFields(), len(d.in.spec.Attributes)
	return func(yield func([]byte) bool) {
		var record []byte
		rows, stride := d.rows(), d.stride()
		for i, company := range d.box.Open().companies {
			row := rows[i*stride:][:stride]
			record = append(record[:0], company[:]...)
			record = appendFields(record, fields[:attributes], row)
			record = appendFields(record, fields[attributes:], row)
			if !yield(record) {
				return
			}
		}
	}
}

// recordField is an attribute or a question as records spell it.
type recordField struct {
	id    string
	at    int      // its place in a row
	codes [][]byte // what a record says for every byte of a row but 0
}

// recordFields lists the attributes, then the questions, each sorted by id.
func (in *Instrument) recordFields() []recordField {
	var attributes, questions []recordField
	for i, attribute := range in.spec.Attributes {
		f := recordField{id: attribute.ID, at: i}
		for _, value := range attribute.Values {
			f.codes = append(f.codes, appendID(appendID(nil, attribute.ID), value.ID))
		}
		attributes = append(attributes, f)
	}
	for i, question := range in.questions {
		f := recordField{id: question.ID, at: len(attributes) + i}
		for _, level := range in.spec.Scale {
			f.codes = append(f.codes, binary.BigEndian.AppendUint64(appendID(nil, question.ID), uint64(level.Level)))
		}
		questions = append(questions, f)
	}
	byID := func(a, b recordField) int { return strings.Compare(a.id, b.id) }
	slices.SortFunc(attributes, byID)
	slices.SortFunc(questions, byID)
	return append(attributes, questions...)
}

// appendFields appends one list of a record: its length and its entries.
func appendFields(record []byte, fields []recordField, row []byte) []byte {
	at, n := len(record), uint32(0)
	record = append(record, 0, 0, 0, 0)
	for i := range fields {
		if code := row[fields[i].at]; code != 0 {
			record = append(record, fields[i].codes[code-1]...)
			n++
		}
	}
	binary.BigEndian.PutUint32(record[at:], n)
	return record
}

// appendID appends an id, which has at most 64 bytes.
func appendID(record []byte, id string) []byte {
	return append(append(record, byte(len(id))), id...)
}
