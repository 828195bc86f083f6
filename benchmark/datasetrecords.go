package benchmark

import (
	"encoding/binary"
	"slices"
	"strings"

	"maturitybench/benchmark/internal/stage"
)

// records says how the rows of the instrument are spelt as the records by which
// a ledger recognises data.
func (in *Instrument) records() *stage.Records {
	r := &stage.Records{}
	for _, attribute := range sorted(in.spec.Attributes, func(a Attribute) string { return a.ID }) {
		f := stage.Field{At: in.attributeAt[attribute.ID]}
		for _, value := range attribute.Values {
			f.Codes = append(f.Codes, appendID(appendID(nil, attribute.ID), value.ID))
		}
		r.Attributes = append(r.Attributes, f)
	}
	for _, question := range sorted(in.questions, func(q Question) string { return q.ID }) {
		f := stage.Field{At: len(in.spec.Attributes) + in.questionAt[question.ID]}
		for _, level := range in.spec.Scale {
			f.Codes = append(f.Codes, binary.BigEndian.AppendUint64(appendID(nil, question.ID), uint64(level.Level)))
		}
		r.Questions = append(r.Questions, f)
	}
	return r
}

// sorted is a list sorted by id.
func sorted[T any](list []T, id func(T) string) []T {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b T) int { return strings.Compare(id(a), id(b)) })
	return list
}

// appendID appends an id, which has at most 64 bytes.
func appendID(record []byte, id string) []byte {
	return append(append(record, byte(len(id))), id...)
}
