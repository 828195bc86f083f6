package stage

import (
	"encoding/binary"
	"errors"
	"slices"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/seal"
	"maturitybench/privacy"
)

// Part is the result of a walk over some of the responses: exact integers,
// independent of order. It is not safe for concurrent use.
//
// Privacy: raw sums, sealed. They leave through the accessors, whose callers
// add noise or hand them to the ledger's digest, and through AppendRaw, to
// another machine that may see the responses as well.
type Part struct {
	seal.Seal
	walk *Walk
	box  seal.Box[gathered]
}

// gathered is what a Part holds.
type gathered struct {
	companies int64
	check     uint64
	counts    []int64
	recorder  *Recorder         // nil: records are not gathered
	multiset  *privacy.Multiset // of the records; nil as well
	sum       encode.Sum
	columns   []int    // of the cohorts
	record    []byte   // scratch
	marks     []uint64 // scratch
}

// NewPart returns an empty part.
func (w *Walk) NewPart() *Part {
	g := &gathered{counts: make([]int64, len(w.Cohorts)), sum: w.Vector.NewSum()}
	for _, c := range w.Cohorts {
		if c.Column >= 0 && !slices.Contains(g.columns, c.Column) {
			g.columns = append(g.columns, c.Column)
		}
	}
	if w.Records != nil {
		g.recorder, g.multiset = w.Records.Under(w.Gather), privacy.NewMultiset(w.Gather)
	}
	return &Part{walk: w, box: seal.NewBox(g)}
}

// Add adds responses: rows one after the other, in the order of companies.
// Companies may be nil for a walk without Records and Key.
func (p *Part) Add(companies []Identity, rows []byte) {
	g, w := p.box.Open(), p.walk
	if w.Key == (Key{}) {
		p.AddMarked(companies, nil, rows)
		return
	}
	g.marks = g.marks[:0]
	for i := range companies {
		g.marks = append(g.marks, w.Key.Mark(companies[i][:]))
	}
	p.AddMarked(companies, g.marks, rows)
}

// AddMarked is Add for companies with marks under the walk's key, which takes less time than to
// identify them: companies may be nil for a walk without Records, marks for one without Key, and
// for rows that both walks have from the same reading.
func (p *Part) AddMarked(companies []Identity, marks []uint64, rows []byte) {
	g, w := p.box.Open(), p.walk
	g.companies += int64(len(rows) / w.Stride)
	g.count(w, rows)
	if g.multiset != nil {
		for i := range companies {
			g.record = g.recorder.Append(g.record[:0], &companies[i], rows[i*w.Stride:][:w.Stride])
			g.multiset.Add(g.record)
		}
	}
	for i, mark := range marks {
		g.check += w.Key.sum(mark, rows[i*w.Stride:][:w.Stride])
	}
	g.sum.Add(encode.Rows{Data: rows, Stride: w.Stride, Attributes: w.Attributes, Answers: w.Answers})
}

// count counts the companies of every cohort.
//
// Privacy: raw counts. One company changes each of the 1 + attributes
// cohorts that it is in by one. Under the secret roster the only use is the
// noisy test of [privacy.Draws.Threshold]; where the roster gives them away the counts
// are common knowledge.
func (g *gathered) count(w *Walk, rows []byte) {
	for _, column := range g.columns {
		var counts, others [256]int64 // by value: of every second row, so that a row need not wait for an equal one before it
		at := column
		for ; at+w.Stride < len(rows); at += 2 * w.Stride {
			counts[rows[at]]++
			others[rows[at+w.Stride]]++
		}
		if at < len(rows) {
			counts[rows[at]]++
		}
		for i, c := range w.Cohorts {
			if c.Column == column {
				g.counts[i] += counts[c.Value] + others[c.Value]
			}
		}
	}
	for i, c := range w.Cohorts {
		if c.Column < 0 {
			g.counts[i] += int64(len(rows) / w.Stride)
		}
	}
}

// Merge adds a part of the same walk over other responses.
func (p *Part) Merge(other *Part) {
	g, o := p.box.Open(), other.box.Open()
	g.companies += o.companies
	g.check += o.check
	for i, n := range o.counts {
		g.counts[i] += n
	}
	if g.multiset != nil {
		g.multiset.Merge(o.multiset)
	}
	g.sum.Merge(o.sum)
}

// Companies is the number of responses.
//
// Privacy: raw, and private under a secret roster.
func (p *Part) Companies() int64 { return p.box.Open().companies }

// Counts is the number of companies of every cohort of the walk.
//
// Privacy: raw, see [Part.Add].
func (p *Part) Counts() []int64 { return p.box.Open().counts }

// Totals is the sum of the vectors.
//
// Privacy: raw; the caller must add noise before looking.
func (p *Part) Totals() []int64 { return p.box.Open().sum.Totals() }

// Multiset is the records, nil if the walk gathers none.
//
// Privacy: raw, for the ledger's keyed digest alone.
func (p *Part) Multiset() *privacy.Multiset { return p.box.Open().multiset }

// Check is the checksum under the walk's key of the rows that were added with marks. Two
// walks with the same key over the same responses have the same one.
func (p *Part) Check() uint64 { return p.box.Open().check }

// AppendRaw appends the part as bytes for MergeRaw.
//
// Privacy: raw sums; what carries them must be encrypted and authenticated.
func (p *Part) AppendRaw(data []byte) []byte {
	g := p.box.Open()
	data = binary.LittleEndian.AppendUint64(data, uint64(g.companies))
	data = binary.LittleEndian.AppendUint64(data, g.check)
	for _, n := range g.counts {
		data = binary.LittleEndian.AppendUint64(data, uint64(n))
	}
	if g.multiset != nil {
		data = g.multiset.AppendRaw(data)
	}
	return g.sum.AppendRaw(data)
}

// errRaw says that bytes are no part of the walk.
var errRaw = errors.New("stage: these bytes are not a part of this walk")

// MergeRaw adds a part of the same walk that AppendRaw wrote. After an error the
// part must not be used.
func (p *Part) MergeRaw(data []byte) error {
	g := p.box.Open()
	if len(data) < 16+8*len(g.counts) {
		return errRaw
	}
	g.companies += int64(binary.LittleEndian.Uint64(data))
	g.check += binary.LittleEndian.Uint64(data[8:])
	data = data[16:]
	for i := range g.counts {
		g.counts[i] += int64(binary.LittleEndian.Uint64(data[8*i:]))
	}
	data = data[8*len(g.counts):]
	var err error
	if g.multiset != nil {
		if data, err = g.multiset.MergeRaw(data); err != nil {
			return err
		}
	}
	if data, err = g.sum.MergeRaw(data); err == nil && len(data) > 0 {
		err = errRaw
	}
	return err
}
