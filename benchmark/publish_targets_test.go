package benchmark_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// kind is a family of statistics whose errors are averaged.
type kind int

const (
	questionMean kind = iota
	domainMean
	overallMean
	quartile
	share
	atLeast
	size
	extreme // question means of the five highest and five lowest questions
	kinds
)

var kindNames = [kinds]string{"question mean", "domain mean", "overall mean", "quartile", "share", "at least", "companies", "extreme question mean"}

// record sums squared errors and hits of the intervals, before anything is
// suppressed or withheld.
type record struct{ squares, covered, width, count float64 }

func (r *record) add(n estimate.Number, exact float64) {
	if math.IsNaN(exact) {
		return
	}
	r.count++
	r.width += (n.High - n.Low) / 2
	r.squares += (n.Value - exact) * (n.Value - exact)
	if n.Low-1e-9 <= exact && exact <= n.High+1e-9 {
		r.covered++
	}
}

func (r record) rmse() float64     { return math.Sqrt(r.squares / r.count) }
func (r record) half() float64     { return r.width / r.count }
func (r record) coverage() float64 { return r.covered / r.count }

// cohortRecords are the records of all companies, or of the segments.
type cohortRecords [kinds]record

// records are those of all companies and of the segments.
type records struct{ all, segments cohortRecords }

// add compares the estimates of one panel with its exact statistics.
func (r *records) add(estimates []estimate.Cohort, exact []synthetic.Cohort) {
	for g, e := range estimates {
		into := &r.segments
		if g == 0 {
			into = &r.all
		}
		into[size].add(e.Companies, float64(exact[g].Companies))
		into[overallMean].add(e.Overall.Mean, exact[g].Overall.Mean)
		into.quartiles(e.Overall, exact[g].Overall)
		for d := range e.Domains {
			into[domainMean].add(e.Domains[d].Mean, exact[g].Domains[d].Mean)
			into.quartiles(e.Domains[d], exact[g].Domains[d])
		}
		into.questions(e.Questions, exact[g].Questions)
	}
}

func (r *cohortRecords) quartiles(e estimate.Score, exact synthetic.Score) {
	numbers := statistic.Members(statistic.Quartiles, e.Percentiles)
	for i, x := range statistic.Members(statistic.Quartiles, exact.Percentiles) {
		r[quartile].add(numbers[i], x)
	}
}

func (r *cohortRecords) questions(e []estimate.Question, exact []synthetic.Question) {
	order := make([]int, len(e))
	for q := range e {
		order[q] = q
		r[questionMean].add(e[q].Mean, exact[q].Mean)
		for l, s := range e[q].Shares {
			r[share].add(s, exact[q].Shares[l])
		}
		for l, s := range e[q].AtLeast {
			r[atLeast].add(s, exact[q].AtLeast[l])
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if exact[a].Mean < exact[b].Mean {
			return -1
		}
		return 1
	})
	for _, q := range append(order[:5:5], order[len(order)-5:]...) {
		r[extreme].add(e[q].Mean, exact[q].Mean)
	}
}

// studied are the attributes of the built-in instrument that are studied, with so
// many values each.
var studied = []struct {
	id     string
	values int
}{{"size", 3}, {"kind", 2}, {"region", 4}}

// studyPlan is a plan for the built-in instrument with the studied attributes as
// cohorts, under a secret roster, with the prior 1.5 ± 0.5.
func studyPlan(t *testing.T, companies int, epsilon float64) (*instrument.Instrument, *benchmark.Plan) {
	t.Helper()
	spec := instrument.JSP().Spec()
	var cohorts []string
	for a, attribute := range studied {
		spec.Attributes[a].Values = spec.Attributes[a].Values[:attribute.values]
		cohorts = append(cohorts, attribute.id)
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "study", Account: "study", Roster: privacy.SecretRoster, Epsilon: epsilon, Delta: 1e-6,
		ExpectedCompanies: companies, Cohorts: cohorts, Prior: &benchmark.Prior{Level: 1.5, Spread: 0.5},
	})
	if err != nil {
		t.Fatal(err)
	}
	return in, plan
}

// study measures synthetic panels with [studyPlan]; the industry's level differs
// from panel to panel. Seeds are fixed and public: the outcome is the same in every
// run.
func study(t *testing.T, companies int, epsilon float64, trials int, change func(*synthetic.Panel)) *records {
	t.Helper()
	in, plan := studyPlan(t, companies, epsilon)
	var attributes []string
	for _, attribute := range studied {
		attributes = append(attributes, attribute.id)
	}
	var r records
	for trial := range trials {
		rng := rand.New(rand.NewPCG(uint64(companies), uint64(trial)))
		panel := synthetic.NewPanel(companies, rng.Uint64())
		panel.Shift = max(-0.8, min(0.8, 0.4*rng.NormFloat64()))
		if change != nil {
			change(&panel)
		}
		sample, err := synthetic.NewSample(in, panel)
		if err != nil {
			t.Fatal(err)
		}
		data, err := responses.NewDataset(t.Context(), in, sample.Responses())
		if err != nil {
			t.Fatal(err)
		}
		estimates, err := plan.EstimateSynthetic(data, rng.Uint64())
		if err != nil {
			t.Fatal(err)
		}
		r.add(estimates, sample.Cohorts(attributes...))
	}
	return &r
}

// TestAccuracy holds the root mean square errors, all companies / segments,
// to limits that a straightforward use of a differential-privacy library
// misses by a factor of ten and more (examples/accuracy compares). A zero is
// no limit. Forty panels tell an error that has one number a panel to about
// 12 %, which the limits allow for.
func TestAccuracy(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	type limits struct{ all, segments float64 }
	tests := []struct {
		companies int
		epsilon   float64
		limits    map[kind]limits
	}{
		{50, 4, map[kind]limits{questionMean: {0.28, 0.43}, domainMean: {0.11, 0.26}, overallMean: {0.09, 0}, quartile: {0.17, 0}}},
		{100, 4, map[kind]limits{questionMean: {0.18, 0.29}, domainMean: {0.066, 0.185}, overallMean: {0.053, 0.16}, quartile: {0.135, 0.25}, share: {0, 0.083}}},
		{300, 4, map[kind]limits{questionMean: {0.08, 0.15}, domainMean: {0.031, 0.09}, overallMean: {0.027, 0}, quartile: {0.105, 0.155}, share: {0, 0.045}}},
		{1000, 4, map[kind]limits{questionMean: {0.033, 0.071}}},
		{100, 1, map[kind]limits{questionMean: {0.36, 0.46}, domainMean: {0.15, 0.29}}},
		{300, 1, map[kind]limits{questionMean: {0.19, 0.27}, domainMean: {0.072, 0.18}}},
	}
	const allowance = 1.12
	for _, tt := range tests {
		r := study(t, tt.companies, tt.epsilon, 40, nil)
		for k, limit := range tt.limits {
			if got := r.all[k].rmse(); limit.all > 0 && !(got <= allowance*limit.all) {
				t.Errorf("%d companies, ε = %v: %s of all: error %.4f, expected at most %v", tt.companies, tt.epsilon, kindNames[k], got, limit.all)
			}
			if got := r.segments[k].rmse(); limit.segments > 0 && !(got <= allowance*limit.segments) {
				t.Errorf("%d companies, ε = %v: %s of segments: error %.4f, expected at most %v", tt.companies, tt.epsilon, kindNames[k], got, limit.segments)
			}
		}
	}
}

// TestCoverage holds the 90 % intervals to a coverage of 0.85 in every
// family, of 0.80 for the extreme questions, on panels that the model does
// not expect.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	for name, change := range map[string]func(*synthetic.Panel){
		"as expected":             nil,
		"level off by 1.5":        func(p *synthetic.Panel) { p.Shift += 1.5 },
		"correlation 0.15":        func(p *synthetic.Panel) { p.Correlation = 0.15 },
		"correlation 0.7":         func(p *synthetic.Panel) { p.Correlation = 0.7 },
		"spread 0.8":              func(p *synthetic.Panel) { p.Spread = 0.8 },
		"spread 1.7":              func(p *synthetic.Panel) { p.Spread = 1.7 },
		"segments differ by 0.6":  func(p *synthetic.Panel) { p.SegmentSpread = 0.6 },
		"40 % missing":            func(p *synthetic.Panel) { p.Missing = 0.4 },
		"every third reversed":    func(p *synthetic.Panel) { p.Reversed = 3 },
		"eight extreme questions": func(p *synthetic.Panel) { p.Extreme = 8 },
	} {
		r := study(t, 100, 4, 16, change)
		for k := range kinds {
			least := 0.85
			if k == extreme {
				least = 0.8
			}
			for where, c := range map[string]*cohortRecords{"all": &r.all, "segments": &r.segments} {
				// One number a panel is too few to tell 0.85 from 0.9.
				if c[k].count >= 60 && !(c[k].coverage() >= least) {
					t.Errorf("%s: intervals of %s, %s, hold in %.2f of the cases, expected %.2f", name, kindNames[k], where, c[k].coverage(), least)
				}
			}
		}
	}
}
