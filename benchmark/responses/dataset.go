package responses

import (
	"errors"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/internal/stage"
)

// A Dataset is the answer sheets of one wave: one response a company. It is
// made by [Load] and [NewDataset], published by benchmark.Publish, immutable and
// safe for concurrent use. It may be walked any number of times and needs one
// byte an answer and an attribute, and 16 bytes a company. A Dataset must not be
// copied.
//
// Privacy: a Dataset is raw data. It prints as sealed, refuses every encoder,
// and has no exported accessor: not even the number of companies, which is
// private under a secret roster. What leaves it is a measurement with noise,
// and the keyed digest by which a ledger recognises it.
type Dataset struct {
	seal.Seal
	_ seal.NoCopy
	held
	in  *instrument.Instrument
	box seal.Box[packed]
}

// packed is what a Dataset holds.
//
// A row is one byte an attribute (0 not stated, else the number of the value
// from 1) and one byte a question (0 no answer, else 1 + the index of the
// level), in the order of the instrument.
type packed struct {
	chunks []stage.Chunk // all but the last of chunkCompanies companies
}

// chunkCompanies is how many companies share a piece of memory: a large data
// set grows without being copied.
const chunkCompanies = 1 << 15

// identity stands for a company.
type identity = stage.Identity

// identify is the identity of a company, however it is spelt.
func identify(company string) identity { return stage.Identify(fold.Name(nil, []byte(company))) }

// maxCompanies is the number of companies that a publication stays below.
const maxCompanies = stage.MaxCompanies

// newDataset seals rows, which must not change any more.
func newDataset(in *instrument.Instrument, p *packed) *Dataset {
	begin := func() stage.Panel { return stage.Memory(p.chunks) }
	return &Dataset{in: in, held: intake.Hold(in, false, begin), box: seal.NewBox(p)}
}

// errUnknownCompany is what Blank returns.
var errUnknownCompany = errors.New("responses: no response of this company in the data set")

// Blank is a copy of the data set in which a company has handed in a blank
// sheet: its answers are gone, its attributes are still stated. The company is
// spelt as in the responses, white space around it aside. Audits publish both
// data sets: under a public or counted roster they are neighbours, and under a
// secret one too, since a blank sheet adds nothing to any sum that is measured. It is still
// one company where companies are counted: in the sizes that a threshold looks
// at, by all and by cohort, and in the exact sizes that the others show.
// Under a secret roster the noise of the threshold covers one company more or
// less. An unknown company is an error, which does not name it.
//
// Privacy: raw data in, raw data out.
func (d *Dataset) Blank(company string) (*Dataset, error) {
	chunks, book := slices.Clone(d.box.Open().chunks), bookOf(d.in)
	answers := len(book.Attributes)
	stride := answers + len(book.Questions)
	for c, chunk := range chunks {
		if i := slices.Index(chunk.Companies, identify(company)); i >= 0 {
			rows := slices.Clone(chunk.Rows)
			clear(rows[i*stride+answers : (i+1)*stride])
			chunks[c].Rows = rows
			return newDataset(d.in, &packed{chunks}), nil
		}
	}
	return nil, errUnknownCompany
}
