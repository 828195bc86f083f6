package intake

import (
	"encoding/binary"
	"slices"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/stage"
)

// Records says how the rows of the instrument are spelt as the records by which
// a ledger recognises data.
func Records(in *instrument.Instrument) *stage.Records {
	r, spec := &stage.Records{}, in.Spec()
	questions := spec.Questions()
	levels, places, _ := spec.Axis()
	for _, a := range sorted(spec.Attributes, func(a instrument.Attribute) string { return a.ID }) {
		attribute := spec.Attributes[a]
		f := stage.Field{At: a}
		for _, value := range attribute.Values {
			f.Codes = append(f.Codes, appendID(appendID(nil, attribute.ID), value.ID))
		}
		r.Attributes = append(r.Attributes, f)
	}
	for _, q := range sorted(questions, func(q instrument.Question) string { return q.ID }) {
		question := questions[q]
		f := stage.Field{At: len(spec.Attributes) + q}
		domain := spec.DomainOf(q)
		f.Codes = make([][]byte, places)
		for i, level := range spec.On(domain).Scale {
			f.Codes[levels[domain][i]] = binary.BigEndian.AppendUint64(appendID(nil, question.ID), uint64(level.Level))
		}
		r.Questions = append(r.Questions, f)
	}
	return r
}

// sorted is the places in a list, sorted by id.
func sorted[T any](list []T, id func(T) string) []int {
	places := make([]int, len(list))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int { return strings.Compare(id(list[a]), id(list[b])) })
	return places
}

// appendID appends an id, which has at most 64 bytes.
func appendID(record []byte, id string) []byte {
	return append(append(record, byte(len(id))), id...)
}
