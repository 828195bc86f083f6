package encode

import (
	"encoding/binary"
	"errors"

	"maturitybench/benchmark/internal/seal"
)

// Vector is a public function from one response to an integer vector of norm
// at most [Sensitivity], and to zero from a blank sheet: a [*Pilot], a [*Small]
// or an [*Encoding].
type Vector interface {
	// NewSum returns an empty sum.
	NewSum() Sum
	wire() wire
}

// Sum is the exact sum of the vectors of many responses. It is a sum of
// integers: independent of order, and the sums of parts merge by adding. It is
// not safe for concurrent use.
//
// Privacy: raw sums. They leave through Totals, to which noise is added before
// anything else is done, and through AppendRaw, to another machine that may see
// the responses as well.
type Sum interface {
	// Add adds responses.
	Add(Rows)
	// Merge adds a sum of the same vector.
	Merge(Sum)
	// AppendRaw appends the sum as bytes for MergeRaw.
	AppendRaw([]byte) []byte
	// MergeRaw adds a sum of the same vector that AppendRaw wrote, and returns
	// the bytes after it.
	MergeRaw([]byte) ([]byte, error)
	// Totals is the sum, coordinate by coordinate.
	Totals() []int64
}

// errRaw says that raw sums were cut short or are of another vector.
var errRaw = errors.New("encode: these are no raw sums of this vector")

// plainSum is the sum of a vector whose coordinates are added one by one.
type plainSum struct {
	seal.Seal
	box seal.Box[plainTotals]
}

// plainTotals are what a plainSum holds.
type plainTotals struct {
	totals []int64
	add    func(totals []int64, rows Rows)
}

func newPlainSum(coordinates int, add func(totals []int64, rows Rows)) *plainSum {
	return &plainSum{box: seal.NewBox(&plainTotals{make([]int64, coordinates), add})}
}

// Add adds responses.
func (p *plainSum) Add(rows Rows) {
	s := p.box.Open()
	s.add(s.totals, rows)
}

// Merge adds the sum of other responses.
func (p *plainSum) Merge(other Sum) {
	s := p.box.Open()
	for i, v := range other.(*plainSum).box.Open().totals {
		s.totals[i] += v
	}
}

// AppendRaw appends the totals.
func (p *plainSum) AppendRaw(data []byte) []byte { return appendInts(data, p.box.Open().totals) }

// MergeRaw adds totals.
func (p *plainSum) MergeRaw(data []byte) ([]byte, error) {
	return addInts(p.box.Open().totals, data)
}

// Totals is the sum.
func (p *plainSum) Totals() []int64 { return append([]int64(nil), p.box.Open().totals...) }

// appendInts appends integers of eight bytes.
func appendInts(data []byte, values []int64) []byte {
	for _, v := range values {
		data = binary.LittleEndian.AppendUint64(data, uint64(v))
	}
	return data
}

// addInts adds integers that appendInts wrote and returns the bytes after them.
func addInts(to []int64, data []byte) ([]byte, error) {
	if len(data) < 8*len(to) {
		return nil, errRaw
	}
	for i := range to {
		to[i] += int64(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return data[8*len(to):], nil
}

// totals is the sum of the vectors of all rows.
func totals(v Vector, rows Rows) []int64 {
	sum := v.NewSum()
	sum.Add(rows)
	return sum.Totals()
}
