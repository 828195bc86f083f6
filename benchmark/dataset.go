package benchmark

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"

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
	_   seal.NoCopy
	in  *Instrument
	box seal.Box[packed]
}

// packed is what a Dataset holds.
//
// A row is one byte an attribute (0 not stated, else the number of the value
// from 1) and one byte a question (0 no answer, else 1 + the index of the
// level), in the order of the instrument.
type packed struct {
	companies []identity
	rows      []byte // one after the other, in the order of companies
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

// newDataset seals rows, which must not change any more.
func newDataset(in *Instrument, p *packed) *Dataset {
	return &Dataset{in: in, box: seal.NewBox(p)}
}

// len is the number of companies.
//
// Privacy: private under a secret roster. Only measurements and the raw side of
// the threshold use it.
func (d *Dataset) len() int { return len(d.box.Open().companies) }

// stride is the length of a row.
func (d *Dataset) stride() int { return len(d.in.spec.Attributes) + len(d.in.questions) }

// rows is all rows, one after the other, not to be changed: raw data.
func (d *Dataset) rows() []byte { return d.box.Open().rows }

// errUnknownCompany is what Blank returns.
var errUnknownCompany = errors.New("benchmark: no response of this company in the data set")

// Blank is a copy of the data set in which a company has handed in a blank
// sheet: its answers are gone, its attributes are still stated. The company is
// spelt as in the responses, white space around it aside. Audits publish both
// data sets: under a public roster they are neighbours, and under a secret one
// too, since a blank sheet adds nothing to any sum that is measured. It is still
// one company where companies are counted: in the sizes that a threshold looks
// at, by all and by cohort, and in the exact sizes that a public roster shows.
// Under a secret roster the noise of the threshold covers one company more or
// less. An unknown company is an error, which does not name it.
//
// Privacy: raw data in, raw data out.
func (d *Dataset) Blank(company string) (*Dataset, error) {
	companies, stride := d.box.Open().companies, d.stride()
	i := slices.Index(companies, identify(strings.TrimSpace(company)))
	if i < 0 {
		return nil, errUnknownCompany
	}
	rows := slices.Clone(d.rows())
	clear(rows[i*stride+len(d.in.spec.Attributes) : (i+1)*stride])
	return newDataset(d.in, &packed{companies, rows}), nil
}
