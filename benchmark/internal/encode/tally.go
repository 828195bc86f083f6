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
	dense  []*cell          // by the number of the combination, if there are few
	sparse map[string]*cell // by the attribute bytes: of many combinations
	cells  []*cell          // all, in the order of their first response
	key    []byte

	response *response
	order    []placed
}

// cell is the sum of all responses with the same attributes, as a [kernel]
// spells it.
type cell struct {
	number        int
	values        []byte
	sums          []int64
	notStated     uint64  // weight of the attributes that are not stated
	notStatedNorm float64 // their part of the squared norm
	waiting       int     // responses of the block that is being added
}

// placed is a response and its cell.
type placed struct {
	cell *cell
	at   int
}

// mostDense is the number of combinations up to which a table of them is kept.
const mostDense = 1 << 14

// NewTally returns an empty tally.
func (e *Encoding) NewTally() *Tally {
	shape := e.layout.shape
	s := &sums{
		key: make([]byte, len(shape.Attributes)), response: newResponse(e),
	}
	combinations := 1
	for _, values := range shape.Attributes {
		combinations = min(combinations*(values+1), mostDense+1)
	}
	if combinations <= mostDense {
		s.dense = make([]*cell, combinations)
	}
	return &Tally{encoding: e, box: seal.NewBox(s)}
}

// tallyBlock is how many responses are grouped by their cells: a cell is large,
// so that it pays to add several to it at a time.
const tallyBlock = 1024

// Add adds responses.
//
// Privacy: each response adds one e(r) of norm at most [Sensitivity] to the
// totals, a blank sheet adds nothing.
func (t *Tally) Add(rows Rows) {
	s, e := t.box.Open(), t.encoding
	questions, limit := e.layout.shape.Questions(), tallyBlock*rows.Stride
	for first := 0; first+rows.Stride <= len(rows.Data); first += limit {
		block := rows
		block.Data = rows.Data[first:min(first+limit, len(rows.Data))]
		for _, p := range s.grouped(e, block) {
			e.kernel.add(e, p.cell, s.response, block.Data[p.at+rows.Answers:][:questions])
		}
	}
}

// grouped lists the responses of a block cell by cell.
func (s *sums) grouped(e *Encoding, block Rows) []placed {
	n := 0
	s.order = slices.Grow(s.order[:0], 2*tallyBlock)[:2*tallyBlock]
	found, order := s.order[:tallyBlock], s.order[tallyBlock:]
	for at := 0; at+block.Stride <= len(block.Data); at += block.Stride {
		c := s.cell(e, block.Data[at:][:block.Stride], block.Attributes)
		c.waiting++
		found[n] = placed{c, at}
		n++
	}
	next := 0
	for _, c := range s.cells {
		next, c.waiting = next+c.waiting, next
	}
	for _, p := range found[:n] {
		order[p.cell.waiting] = p
		p.cell.waiting++
	}
	for _, c := range s.cells {
		c.waiting = 0
	}
	return order[:n]
}

// cell is the cell of a row.
func (s *sums) cell(e *Encoding, row []byte, attributes []int) *cell {
	number := 0
	for j, values := range e.layout.shape.Attributes {
		number = number*(values+1) + int(row[attributes[j]])
	}
	if s.dense != nil && s.dense[number] != nil {
		return s.dense[number]
	}
	for j, column := range attributes {
		s.key[j] = row[column]
	}
	if c, ok := s.sparse[string(s.key)]; ok {
		return c
	}
	return s.newCell(e, number)
}

// newCell adds an empty cell for the attributes in key.
func (s *sums) newCell(e *Encoding, number int) *cell {
	c := &cell{number: number, values: slices.Clone(s.key), sums: make([]int64, e.kernel.length)}
	for j, value := range s.key {
		if value == 0 {
			c.notStated = addUp(c.notStated, e.weights.notStated[j])
		}
	}
	c.notStatedNorm = unit(c.notStated) * scoreUnit * scoreUnit
	if s.dense != nil {
		s.dense[number] = c
	} else {
		if s.sparse == nil {
			s.sparse = map[string]*cell{}
		}
		s.sparse[string(s.key)] = c
	}
	s.cells = append(s.cells, c)
	return c
}

// keyed is the cell of attribute bytes.
func (s *sums) keyed(e *Encoding, key []byte) *cell {
	columns := make([]int, len(key))
	for j := range columns {
		columns[j] = j
	}
	return s.cell(e, key, columns)
}

// settled is the cells with sums that add. It comes before a merge on both sides:
// the number of responses that says when to flush jumps there.
func (t *Tally) settled() []*cell {
	cells := t.box.Open().cells
	for _, c := range cells {
		t.encoding.kernel.settle(c.sums)
	}
	return cells
}

// Merge adds the sums of another tally of the same encoding.
func (t *Tally) Merge(other Sum) {
	s := t.box.Open()
	t.settled()
	for _, from := range other.(*Tally).settled() {
		to := s.keyed(t.encoding, from.values)
		for i, v := range from.sums {
			to.sums[i] += v
		}
	}
}

// AppendRaw appends the cells: their number, then each with its attributes, a
// byte each, and its sums.
func (t *Tally) AppendRaw(data []byte) []byte {
	cells := t.settled()
	data = binary.LittleEndian.AppendUint32(data, uint32(len(cells)))
	for _, cell := range cells {
		data = appendInts(append(data, cell.values...), cell.sums)
	}
	return data
}

// MergeRaw adds cells that AppendRaw wrote.
func (t *Tally) MergeRaw(data []byte) ([]byte, error) {
	s, attributes := t.box.Open(), t.encoding.layout.shape.Attributes
	if len(data) < 4 {
		return nil, errRaw
	}
	t.settled()
	cells := binary.LittleEndian.Uint32(data)
	data = data[4:]
	for range cells {
		if len(data) < len(attributes) {
			return nil, errRaw
		}
		key := data[:len(attributes)]
		for j, value := range key {
			if int(value) > attributes[j] {
				return nil, errRaw
			}
		}
		var err error
		if data, err = addInts(s.keyed(t.encoding, key).sums, data[len(key):]); err != nil {
			return nil, err
		}
	}
	return data, nil
}
