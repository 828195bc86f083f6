package stage

import (
	"encoding/binary"

	"maturitybench/privacy"
)

// Records says how rows are spelt as records, by which a ledger recognises
// data: they depend on who answered what, and neither on the order, version or
// wording of the instrument nor on the questions and attributes that nobody
// answered.
//
// A record has 32 bytes: the identity of the company, and a sum of what is on its
// sheet. Each attribute stated, with its value, and each answer, with its level,
// has a number of 128 bits under the ledger's key, the first half of
// HMAC-SHA-256 of its spelling; their sum is by exclusive or. (Carter & Wegman,
// New hash functions and their use in authentication and set equality, 1981:
// a random number for every element hashes sets universally.)
//
// Two different sheets have different spellings in them, whose numbers look random
// and independent to whoever has chosen the sheets without the key; so they have
// the same sum with probability 2⁻¹²⁸. With one sheet a company, two data sets of
// n companies have other records unless that happens to a company in both,
// with probability n·2⁻¹²⁸, below 2⁻⁹⁷ for the largest data set.
type Records struct{ Attributes, Questions []Field }

// Field is an attribute or a question as records spell it.
type Field struct {
	At    int      // its place in a row
	Codes [][]byte // the spelling of every byte of a row but 0, by which no other field has
}

// The kinds of fields: an attribute and a question may have the same id.
const (
	attributeDomain = "maturitybench/record/attribute/3\x00"
	questionDomain  = "maturitybench/record/question/3\x00"
)

// Recorder spells rows under a key.
type Recorder struct {
	fields  []numbered
	numbers [][2]uint64
}

// numbered is a field whose numbers start somewhere, with 0 for a blank.
type numbered struct{ at, start int }

// Under is the records under the key of a ledger.
func (r *Records) Under(key privacy.GatherKey) *Recorder {
	made := &Recorder{}
	made.add(key, attributeDomain, r.Attributes)
	made.add(key, questionDomain, r.Questions)
	return made
}

// add adds the numbers of fields of a kind.
func (r *Recorder) add(key privacy.GatherKey, domain string, fields []Field) {
	for _, field := range fields {
		r.fields = append(r.fields, numbered{field.At, len(r.numbers)})
		r.numbers = append(r.numbers, [2]uint64{})
		for _, code := range field.Codes {
			number := key.Derive(domain + string(code))
			r.numbers = append(r.numbers, [2]uint64{binary.LittleEndian.Uint64(number[:]), binary.LittleEndian.Uint64(number[8:])})
		}
	}
}

// Append appends the record of a row.
//
// Privacy: raw data, for a digest under the same key alone.
func (r *Recorder) Append(record []byte, company *Identity, row []byte) []byte {
	var low, high uint64
	for _, field := range r.fields {
		number := &r.numbers[field.start+int(row[field.at])]
		low, high = low^number[0], high^number[1]
	}
	record = append(record, company[:]...)
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(record, low), high)
}
