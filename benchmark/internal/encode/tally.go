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
	dense  []*stratum          // by the number of the combination, if there are few
	sparse map[string]*stratum // by the attribute bytes: of many combinations
	strata []*stratum          // all, in the order of their first response
	key    []byte

	batch *batch
	order []grouped
}

// stratum is the sum of all responses with the same attributes.
type stratum struct {
	number        int
	values        []byte
	sums          []int64 // features, but for what the slots hold
	kept, rest    slots
	counts        [][]uint32 // of the states of every domain, of responses that are not clipped
	notStated     uint64     // weight of the attributes that are not stated
	notStatedNorm float64    // their part of the squared norm
	waiting       int        // responses of the block that is being added
}

// grouped is a response with its stratum.
type grouped struct {
	stratum *stratum
	at      int
}

// mostDense is the number of combinations up to which a table of them is kept.
const mostDense = 1 << 14

// NewTally returns an empty tally.
func (e *Encoding) NewTally() *Tally {
	shape := e.layout.shape
	s := &sums{
		key: make([]byte, len(shape.Attributes)), batch: newStateBatch(e),
	}
	combinations := 1
	for _, values := range shape.Attributes {
		combinations = min(combinations*(values+1), mostDense+1)
	}
	if combinations <= mostDense {
		s.dense = make([]*stratum, combinations)
	}
	return &Tally{encoding: e, box: seal.NewBox(s)}
}

// tallyBlock is how many responses are grouped by their strata: a stratum is large,
// so that it pays to add several to it at a time.
const tallyBlock = 4096

// Add adds responses.
//
// Privacy: each response adds one e(r) of norm at most [Sensitivity] to the
// totals, a blank sheet adds nothing.
func (t *Tally) Add(rows Rows) {
	s, e := t.box.Open(), t.encoding
	limit := tallyBlock * rows.Stride
	for first := 0; first+rows.Stride <= len(rows.Data); first += limit {
		block := rows
		block.Data = rows.Data[first:min(first+limit, len(rows.Data))]
		s.batch.data = block.Data
		for order := s.grouped(e, block); len(order) > 0; {
			c := order[0].stratum
			s.batch.at = s.batch.at[:0]
			for len(order) > 0 && order[0].stratum == c && len(s.batch.at) < batchRows {
				s.batch.at = append(s.batch.at, order[0].at+rows.Answers)
				order = order[1:]
			}
			e.kernel.add(e, c, s.batch)
		}
	}
	s.batch.data = nil
}

// grouped lists the responses of a block stratum by stratum.
func (s *sums) grouped(e *Encoding, block Rows) []grouped {
	n := 0
	s.order = slices.Grow(s.order[:0], 2*tallyBlock)[:2*tallyBlock]
	found, order := s.order[:tallyBlock], s.order[tallyBlock:]
	for at := 0; at+block.Stride <= len(block.Data); at += block.Stride {
		c := s.stratum(e, block.Data[at:][:block.Stride], block.Attributes)
		c.waiting++
		found[n] = grouped{c, at}
		n++
	}
	next := 0
	for _, c := range s.strata {
		next, c.waiting = next+c.waiting, next
	}
	for _, p := range found[:n] {
		order[p.stratum.waiting] = p
		p.stratum.waiting++
	}
	for _, c := range s.strata {
		c.waiting = 0
	}
	return order[:n]
}

// stratum is that of the attributes of a row.
func (s *sums) stratum(e *Encoding, row []byte, attributes []int) *stratum {
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
	return s.newStratum(e, number)
}

// newStratum adds an empty stratum for the attributes in key.
func (s *sums) newStratum(e *Encoding, number int) *stratum {
	c := &stratum{number: number, values: slices.Clone(s.key), sums: make([]int64, e.layout.length), counts: make([][]uint32, len(e.layout.shape.Domains))}
	for j, value := range s.key {
		if value == 0 {
			c.notStated = addUp(c.notStated, e.fixed.notStated[j])
		}
	}
	c.notStatedNorm = unit(c.notStated) * scoreUnit * scoreUnit
	if s.dense != nil {
		s.dense[number] = c
	} else {
		if s.sparse == nil {
			s.sparse = map[string]*stratum{}
		}
		s.sparse[string(s.key)] = c
	}
	s.strata = append(s.strata, c)
	return c
}

// keyed is the stratum with these attribute bytes.
func (s *sums) keyed(e *Encoding, key []byte) *stratum {
	columns := make([]int, len(key))
	for j := range columns {
		columns[j] = j
	}
	return s.stratum(e, key, columns)
}

// settled is the strata with sums that add.
func (t *Tally) settled() []*stratum {
	s := t.box.Open()
	for _, c := range s.strata {
		t.encoding.kernel.settle(c, s.batch)
	}
	return s.strata
}

// Merge adds the sums of another tally of the same encoding.
func (t *Tally) Merge(other Sum) {
	s := t.box.Open()
	for _, from := range other.(*Tally).settled() {
		to := s.keyed(t.encoding, from.values)
		for i, v := range from.sums {
			to.sums[i] += v
		}
	}
}

// AppendRaw appends the strata: their number, then each with its attributes, a
// byte each, and its sums.
func (t *Tally) AppendRaw(data []byte) []byte {
	strata := t.settled()
	data = binary.LittleEndian.AppendUint32(data, uint32(len(strata)))
	for _, stratum := range strata {
		data = appendInts(append(data, stratum.values...), stratum.sums)
	}
	return data
}

// MergeRaw adds strata that AppendRaw wrote.
func (t *Tally) MergeRaw(data []byte) ([]byte, error) {
	s, attributes := t.box.Open(), t.encoding.layout.shape.Attributes
	if len(data) < 4 {
		return nil, errRaw
	}
	strata := binary.LittleEndian.Uint32(data)
	data = data[4:]
	for range strata {
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

// NewSum returns an empty tally.
func (e *Encoding) NewSum() Sum { return e.NewTally() }
