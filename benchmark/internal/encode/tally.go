package encode

import (
	"encoding/binary"
	"slices"

	"maturitybench/benchmark/internal/seal"
)

// Tally is the exact sum of the features of many responses, by combination
// of their attributes. It is a sum of integers: independent of order, and
// two tallies merge by adding.
//
// Privacy: raw sums. They leave the package only through [Encoding.Totals],
// to which noise is added before anything else is done.
type Tally struct {
	seal.Seal
	encoding *Encoding
	box      seal.Box[sums]
}

// sums are what a tally holds, with the scratch space of one response.
type sums struct {
	cells   map[string]*cell
	key     []byte
	values  []int
	sheet   *sheet
	bins    []int
	feature []int64
}

// cell is the sum of all responses with the same attributes.
type cell struct {
	values []int
	sums   []int64
}

// NewTally returns an empty tally.
func (e *Encoding) NewTally() *Tally {
	shape := e.layout.shape
	return &Tally{encoding: e, box: seal.NewBox(&sums{
		cells: make(map[string]*cell),
		key:   make([]byte, len(shape.Attributes)), values: make([]int, len(shape.Attributes)),
		sheet: newSheet(shape), bins: make([]int, shape.Scores()), feature: make([]int64, e.layout.length),
	})}
}

// Add adds responses.
//
// Privacy: each response adds one e(r) of norm at most [Sensitivity] to the
// totals, a blank sheet adds nothing.
func (t *Tally) Add(rows Rows) {
	s, questions := t.box.Open(), t.encoding.layout.shape.Questions()
	for at := 0; at+rows.Stride <= len(rows.Data); at += rows.Stride {
		row := rows.Data[at:][:rows.Stride]
		for j, offset := range rows.Attributes {
			s.key[j], s.values[j] = row[offset], int(row[offset])
		}
		clear(s.feature)
		if !t.encoding.fill(s.feature, s.sheet, s.bins, s.values, row[rows.Answers:][:questions]) {
			continue
		}
		to := s.cell().sums
		for i, v := range s.feature {
			to[i] += v
		}
	}
}

// cell is the cell of the attributes in key and values.
func (s *sums) cell() *cell {
	c, ok := s.cells[string(s.key)]
	if !ok {
		c = &cell{values: slices.Clone(s.values), sums: make([]int64, len(s.feature))}
		s.cells[string(s.key)] = c
	}
	return c
}

// Merge adds the sums of another tally of the same encoding.
func (t *Tally) Merge(other Sum) {
	s := t.box.Open()
	for key, from := range other.(*Tally).box.Open().cells {
		copy(s.key, key)
		copy(s.values, from.values)
		to := s.cell()
		for i, v := range from.sums {
			to.sums[i] += v
		}
	}
}

// AppendRaw appends the cells: their number, then each with its attributes, a
// byte each, and its sums.
func (t *Tally) AppendRaw(data []byte) []byte {
	cells := t.box.Open().cells
	data = binary.LittleEndian.AppendUint32(data, uint32(len(cells)))
	for key, cell := range cells {
		data = appendInts(append(data, key...), cell.sums)
	}
	return data
}

// MergeRaw adds cells that AppendRaw wrote.
func (t *Tally) MergeRaw(data []byte) ([]byte, error) {
	s := t.box.Open()
	if len(data) < 4 {
		return nil, errRaw
	}
	cells := binary.LittleEndian.Uint32(data)
	data = data[4:]
	for range cells {
		if len(data) < len(s.key) {
			return nil, errRaw
		}
		data = data[copy(s.key, data):]
		for j, v := range s.key {
			s.values[j] = int(v)
		}
		var err error
		if data, err = addInts(s.cell().sums, data); err != nil {
			return nil, err
		}
	}
	return data, nil
}
