package benchmark

import (
	"context"
	"encoding/json"
	"math"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// table is what an attacker knows of a release: for every shown cohort the
// number of companies and, of every question, the number at every level. Under
// noise these are estimates, and zero where nothing is published.
type table map[string]tableCohort

type tableCohort struct {
	N      float64
	Counts [][]float64 // of every question, of every level
}

// publishExactly is the release that differential privacy replaces: exact
// numbers of every cohort of at least five companies, and nothing of smaller
// ones. The attacks must succeed on it.
func publishExactly(_ context.Context, _ privacy.Ledger, p wavePanel) ([]byte, error) {
	const k = 5
	spec, released := p.plan.in.Spec(), table{}
	questions := len(spec.Questions())
	rows := p.plan.rows(fixture.Rows(p.data))
	for _, c := range p.plan.cohorts {
		cell := tableCohort{Counts: make([][]float64, questions)}
		for q := range cell.Counts {
			cell.Counts[q] = make([]float64, len(spec.Scale))
		}
		for at := 0; at < len(rows.Data); at += rows.Stride {
			row := rows.Data[at:][:rows.Stride]
			if !c.has(row) {
				continue
			}
			cell.N++
			for q, a := range row[rows.Answers:] {
				if a > 0 {
					cell.Counts[q][a-1]++
				}
			}
		}
		if cell.N >= k {
			released[c.id] = cell
		}
	}
	return json.Marshal(released)
}

// readExact reads what publishExactly wrote.
func readExact(artefact []byte) (t table) {
	if err := json.Unmarshal(artefact, &t); err != nil {
		panic(err)
	}
	return t
}

// readTable reads a release the same way.
func readTable(artefact []byte) table {
	release, err := publication.Parse(artefact)
	if err != nil {
		panic(err)
	}
	t := table{}
	for _, c := range release.Cohorts {
		if c.Status != publication.Published {
			continue
		}
		cell := tableCohort{N: c.Companies.Value}
		for _, q := range c.Questions {
			counts := make([]float64, len(q.Shares))
			for l, share := range q.Shares {
				if share.Status == publication.Published {
					counts[l] = share.Value * cell.N
				}
			}
			cell.Counts = append(cell.Counts, counts)
		}
		t[c.ID] = cell
	}
	return t
}

// counts is the numbers of a question in a cohort, zeros where there are none.
func (t table) counts(cohort string, question, levels int) []float64 {
	if c, ok := t[cohort]; ok {
		return c.Counts[question]
	}
	return make([]float64, levels)
}

// minus is a difference of cohorts.
func minus(a []float64, others ...[]float64) []float64 {
	rest := append([]float64(nil), a...)
	for _, other := range others {
		for i, v := range other {
			rest[i] -= v
		}
	}
	return rest
}

// largest is the number of the largest value.
func largest(values []float64) int {
	at := 0
	for i, v := range values {
		if v > values[at] {
			at = i
		}
	}
	return at
}

// only is the number of the only value that is not zero, −1 if there is none
// or there are several.
func only(values []float64) int {
	at, sum := largest(values), 0.0
	for _, v := range values {
		sum += math.Abs(v)
	}
	if values[at] > 0 && sum == values[at] {
		return at
	}
	return -1
}
