package benchmark

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"

	"maturitybench/benchmark/internal/seal"
)

// A Dataset is the answer sheets of one wave: one response a company. It is
// made by [LoadDataset] and [NewDataset], published by [Publish], immutable and
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
	*packed
}

// packed is what a Dataset holds; see sheet for why it is behind a pointer.
//
// A row is one byte an attribute (0 not stated, else the number of the value
// from 1) and one byte a question (0 no answer, else 1 + the index of the
// level), in the order of the instrument.
type packed struct {
	in        *Instrument
	companies []identity
	slab      []byte // the rows, one after the other, in the order of companies
}

// identity stands for a company: the first half of the SHA-256 of its text.
//
// It has a fixed size, and no name is kept. Two of n different names have the
// same identity with probability n²/2¹²⁹, below 2⁻⁶⁶ for the largest data set;
// the second would be reported as a second response of its company. It is not
// secrecy: names can be guessed and hashed, so identities are sealed as well.
type identity [16]byte

func identify(company string) identity {
	sum := sha256.Sum256([]byte(company))
	return identity(sum[:16])
}

// maxCompanies is the number of companies that a Dataset stays below: sums of
// bounded vectors fit into 64 bits because of it.
const maxCompanies = 1 << 31

// len is the number of companies.
//
// Privacy: private under a secret roster. Only measurements and the raw side of
// the threshold use it.
func (p *packed) len() int { return len(p.companies) }

// stride is the length of a row.
func (p *packed) stride() int { return len(p.in.spec.Attributes) + len(p.in.questions) }

// rows is all rows, one after the other, not to be changed: raw data.
func (p *packed) rows() []byte { return p.slab }

// row is the row of company i.
func (p *packed) row(i int) []byte {
	stride := p.stride()
	return p.slab[i*stride : (i+1)*stride : (i+1)*stride]
}

// errUnknownCompany is what Blank returns.
var errUnknownCompany = errors.New("benchmark: no response of this company in the data set")

// Blank is a copy of the data set in which a company has handed in a blank
// sheet: its answers are gone, its attributes are still stated. The company is
// spelt as in the responses, white space around it aside. Audits publish both
// data sets: under a public roster they are neighbours, and under a secret one
// too, since a blank sheet adds nothing to any sum that is measured. An unknown
// company is an error, which does not name it.
//
// Privacy: raw data in, raw data out.
func (d *Dataset) Blank(company string) (*Dataset, error) {
	i := slices.Index(d.companies, identify(string(bytes.TrimSpace([]byte(company)))))
	if i < 0 {
		return nil, errUnknownCompany
	}
	blank := &packed{in: d.in, companies: d.companies, slab: slices.Clone(d.slab)}
	clear(blank.row(i)[len(d.in.spec.Attributes):])
	return &Dataset{packed: blank}, nil
}
