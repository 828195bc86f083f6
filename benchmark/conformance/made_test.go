package conformance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/conformance"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// made is how a case is made.
type made struct {
	name, about string
	levels      int
	domains     []int // questions of each
	attributes  []int // values of each
	profile     bool
	counts      []instrument.Decimal // what the levels count
	weights     []int                // of the questions, one after the other
	domain      []int                // weights of the domains
	spec        benchmark.PlanSpec
	companies   int
	skip        float64 // probability of a question left out
}

// cases are all of them: what levels count and weights, every roster with the full vector and with that of
// small panels, two to six levels, domains of one to four questions.
var cases = []made{
	{"secret", "a secret roster; a profile, two attributes, every sixth answer left out", 4, []int{4, 2}, []int{2, 3}, true, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.SecretRoster, Epsilon: 8, ExpectedCompanies: 200}, 170, 0.16},
	{"secret-clipped", "a secret roster and six levels; a plan for far more companies than there are, so that much is clipped", 6, []int{3, 1}, []int{2}, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.SecretRoster, Epsilon: 8, ExpectedCompanies: 1000}, 260, 0.1},
	{"public", "a public roster; a cohort below the minimum", 3, []int{2, 3, 1}, []int{3}, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.PublicRoster, Epsilon: 6, ExpectedCompanies: 60}, 64, 0.1},
	{"counted", "a counted roster and two levels", 2, []int{3, 3}, []int{2}, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.CountedRoster, Epsilon: 8, ExpectedCompanies: 90}, 90, 0.05},
	{"valued", "levels that count 0, 0.5, 2 and 3, and weights of questions and domains", 4, []int{3, 2}, []int{2}, false,
		[]instrument.Decimal{"0", "0.5", "2", "3"}, []int{1, 3, 2, 5, 1}, []int{2, 1},
		benchmark.PlanSpec{Roster: privacy.SecretRoster, Epsilon: 8, ExpectedCompanies: 300}, 220, 0.15},
	{"weighted", "weights of domains alone, five levels", 5, []int{2, 2}, nil, false, nil, nil, []int{1, 4},
		benchmark.PlanSpec{Roster: privacy.PublicRoster, Epsilon: 4, ExpectedCompanies: 50}, 50, 0.1},
	{"small-valued", "a small panel, levels that count 0, 1 and 4, and weights", 3, []int{2, 2}, nil, false,
		[]instrument.Decimal{"0", "1", "4"}, []int{1, 2, 1, 1}, []int{1, 3},
		benchmark.PlanSpec{Roster: privacy.PublicRoster, Epsilon: 4, ExpectedCompanies: 24}, 24, 0.15},
	{"small-secret", "a small panel under a secret roster", 5, []int{2, 2, 3}, []int{2}, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.SecretRoster, Epsilon: 6, ExpectedCompanies: 30}, 38, 0.2},
	{"small-public", "a small panel under a public roster", 6, []int{3, 2}, nil, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.PublicRoster, Epsilon: 3, ExpectedCompanies: 17}, 17, 0.1},
	{"small-counted", "a small panel under a counted roster, one domain", 4, []int{4}, nil, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.CountedRoster, Epsilon: 4, ExpectedCompanies: 25}, 25, 0.1},
	{"small-cohorts", "scores alone, of cohorts as well, under a counted roster", 4, []int{2, 3}, []int{3, 2}, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.CountedRoster, Epsilon: 8, ExpectedCompanies: 40, Statistics: []string{"scores"}}, 40, 0.1},
	{"small-unmarked", "a small panel with too many domains to count the answers of each", 3, []int{1, 1, 2, 1, 1, 1, 1}, nil, false, nil, nil, nil,
		benchmark.PlanSpec{Roster: privacy.PublicRoster, Epsilon: 4, ExpectedCompanies: 17}, 17, 0.1},
}

func (m made) instrument(t *testing.T) *instrument.Instrument {
	t.Helper()
	spec := instrument.Spec{ID: m.name, Version: "1", Title: "Made up for a test: " + m.about}
	for l := range m.levels {
		level := instrument.Level{Level: l, Name: fmt.Sprint("Level ", l)}
		if m.counts != nil {
			level.Value = m.counts[l]
		}
		spec.Scale = append(spec.Scale, level)
	}
	asked := 0
	for d, size := range m.domains {
		domain := instrument.Domain{ID: string(rune('a' + d)), Title: "Domain " + string(rune('A'+d))}
		if m.domain != nil {
			domain.Weight = m.domain[d]
		}
		for q := range size {
			question := instrument.Question{ID: fmt.Sprint(domain.ID, q+1), Text: fmt.Sprint("Practice ", q+1)}
			if m.weights != nil {
				question.Weight = m.weights[asked]
			}
			domain.Questions = append(domain.Questions, question)
			asked++
		}
		spec.Domains = append(spec.Domains, domain)
	}
	for j, values := range m.attributes {
		a := instrument.Attribute{ID: fmt.Sprint("attribute", j+1), Title: fmt.Sprint("Attribute ", j+1)}
		for v := range values {
			a.Values = append(a.Values, instrument.Value{ID: fmt.Sprint("v", v+1), Title: fmt.Sprint("Value ", v+1)})
		}
		spec.Attributes = append(spec.Attributes, a)
	}
	if m.profile {
		spec.Profiles = []instrument.Profile{{ID: "badge", Title: "Badge", Minimum: map[string]int{"a1": 2, "b1": 1}}}
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// sheets are those of odd companies first, then drawn ones: a level of the company's
// own, and answers around it.
func (m made) sheets() (texts []string) {
	random := rand.New(rand.NewPCG(uint64(m.levels), uint64(m.companies)))
	all := func(answer func(q int) int) []int {
		var answers []int
		for _, size := range m.domains {
			for range size {
				answers = append(answers, answer(len(answers)))
			}
		}
		return answers
	}
	odd := [][]int{
		all(func(int) int { return none }),
		all(func(int) int { return 0 }),
		all(func(int) int { return m.levels - 1 }),
		all(func(q int) int { return q % 2 * (m.levels - 1) }),
		all(func(q int) int { return (q + 1) % 2 * (m.levels - 1) }),
		all(func(q int) int { return max(none, (m.levels+1)*(q%2)-2) }),
		all(func(q int) int { return (m.levels * (1 - min(q, 1))) - 1 }),
	}
	last := m.domains[len(m.domains)-1]
	empty := all(func(q int) int { return q % m.levels })
	for q := len(empty) - last; len(m.domains) > 1 && q < len(empty); q++ {
		empty[q] = none
	}
	odd = append(odd, empty)
	for i := range m.companies {
		own := random.NormFloat64()*0.2 + 0.45
		answers := all(func(int) int {
			if random.Float64() < m.skip {
				return none
			}
			return int(min(max(math.Round((own+0.2*random.NormFloat64())*float64(m.levels-1)), 0), float64(m.levels-1)))
		})
		if i < len(odd) {
			answers = odd[i]
		}
		var b strings.Builder
		for _, values := range m.attributes {
			v := 1 + min(int(math.Abs(random.NormFloat64())*float64(values)*m.spread()), values-1)
			if random.Float64() < 0.05 || i == 2 {
				v = 0
			}
			b.WriteByte(digits[v])
		}
		b.WriteByte(':')
		for d, size := range m.domains {
			if d > 0 {
				b.WriteByte(' ')
			}
			for _, x := range answers[:size] {
				if x == none {
					b.WriteByte('.')
				} else {
					b.WriteByte(digits[x])
				}
			}
			answers = answers[size:]
		}
		texts = append(texts, b.String())
	}
	return texts
}

// spread says how many companies state the later values of an attribute.
func (m made) spread() float64 {
	if m.spec.Roster == privacy.PublicRoster {
		return 0.35 // the last one is below the minimum
	}
	return 0.8
}

// packed are sheets as the library holds them.
func packed(sheets []string) (rows []byte) {
	for _, text := range sheets {
		s := parseSheet(text, encode.Shape{})
		for _, v := range s.values {
			rows = append(rows, byte(v))
		}
		for _, x := range s.levels() {
			rows = append(rows, byte(x+1))
		}
	}
	return rows
}

// rowsOf are packed sheets for the sum of a vector.
func rowsOf(d encode.Description, sheets []string) encode.Rows {
	first := parseSheet(sheets[0], d.Shape)
	rows := encode.Rows{Data: packed(sheets), Stride: len(first.values) + len(first.levels()), Answers: len(first.values)}
	for j := range d.Shape.Attributes {
		rows.Attributes = append(rows.Attributes, j)
	}
	return rows
}

// publish publishes sheets with the noise of a seed.
func publish(t *testing.T, in *instrument.Instrument, plan *benchmark.Plan, sheets []string, seed uint64) *fixture.Keeper {
	t.Helper()
	ctx := privacytest.At(t, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	chunk := stage.Chunk{Rows: packed(sheets)}
	for i := range sheets {
		chunk.Companies = append(chunk.Companies, stage.Identify(fmt.Append(nil, "company ", i)))
	}
	k := &fixture.Keeper{Ledger: privacytest.NewLedger(t, seed)}
	s := plan.Spec()
	account := privacy.Account{ID: s.Account, Unit: "company", Roster: s.Roster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := k.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	if _, err := benchmark.Publish(ctx, k, plan, fixture.Pack(in, stage.Memory{chunk})); err != nil {
		t.Fatal(err)
	}
	return k
}

// make makes a case anew.
func (m made) make(t *testing.T, seed uint64) conformance.Case {
	t.Helper()
	in := m.instrument(t)
	spec := m.spec
	spec.Wave, spec.Account, spec.Delta = "2026", "made-up", 1e-6
	for j := range m.attributes {
		spec.Cohorts = append(spec.Cohorts, fmt.Sprint("attribute", j+1))
	}
	plan, err := benchmark.NewPlan(in, spec)
	if err != nil {
		t.Fatal(err)
	}
	c := conformance.Case{Format: conformance.Format, About: m.about, Estimator: benchmark.Estimator, Seed: seed, Sheets: m.sheets()}
	k := publish(t, in, plan, c.Sheets, seed)
	c.Plan, c.Measurement, c.Release = k.Plan, k.Record.Measurement, k.Record.Release
	release, err := publication.Parse(c.Release)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := benchmark.Derive(c.Plan, c.Measurement, release)
	if err != nil {
		t.Fatal(err)
	}
	c.Mechanisms, c.First = facts.Mechanisms, encode.Describe(facts.Vectors[0])
	c.Totals.First = sumOf(facts.Vectors[0], c.First, c.Sheets)
	if len(facts.Vectors) > 1 {
		main := encode.Describe(facts.Vectors[1])
		c.Main, c.Totals.Main = &main, sumOf(facts.Vectors[1], main, c.Sheets)
	}
	for i := range 10 {
		v := conformance.Vector{Sheet: i, First: sumOf(facts.Vectors[0], c.First, c.Sheets[i:i+1])}
		if c.Main != nil {
			v.Main = sumOf(facts.Vectors[1], *c.Main, c.Sheets[i:i+1])
		}
		c.Vectors = append(c.Vectors, v)
	}
	c.Counts = countsOf(c)
	return c
}

// sumOf is the sum of the vectors of some sheets, by the library.
func sumOf(v encode.Vector, d encode.Description, sheets []string) []int64 {
	sum := v.NewSum()
	sum.Add(rowsOf(d, sheets))
	return sum.Totals()
}

// countsOf counts the measured cohorts: all of them in a full plan and in one for scores
// alone, and all companies in another small one. A blank sheet is of a company that answered nothing: it is counted.
func countsOf(c conformance.Case) []int64 {
	shape := c.First.Shape
	counts := []int64{int64(len(c.Sheets))}
	for j, values := range shape.Attributes {
		for v := 1; v <= values; v++ {
			n := int64(0)
			for _, text := range c.Sheets {
				if parseSheet(text, shape).values[j] == v {
					n++
				}
			}
			counts = append(counts, n)
		}
	}
	return counts
}

// write writes a case: a key a line, and of lists of lists an entry a line.
func write(t *testing.T, path string, c conformance.Case) {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	decoder := json.NewDecoder(bytes.NewReader(text))
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &members); err != nil {
		t.Fatal(err)
	}
	for depth := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		if delim, ok := token.(json.Delim); ok {
			if delim == '{' || delim == '[' {
				depth++
			} else {
				depth--
			}
		} else if key, ok := token.(string); ok && depth == 1 && members[key] != nil && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	var b strings.Builder
	for i, key := range keys {
		start := ",\n"
		if i == 0 {
			start = "{\n"
		}
		fmt.Fprintf(&b, "%s%q: %s", start, key, members[key])
	}
	b.WriteString("\n}\n")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
