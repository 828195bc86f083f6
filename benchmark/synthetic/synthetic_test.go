package synthetic

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// sampleOf draws a sample of the built-in instrument. Seeds are fixed: the
// bounds below hold for these panels, not with a probability.
func sampleOf(t *testing.T, panel Panel) *Sample {
	t.Helper()
	sample, err := NewSample(instrument.JSP(), panel)
	if err != nil {
		t.Fatal(err)
	}
	return sample
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.3f, want %.3f ± %.3f", what, got, want, tolerance)
	}
}

// The domain means are those of the 2022 report: 1.68, 1.47, 1.42, 1.47. Over
// 60 panels the spread of a domain of 0.08 leaves a standard error of 0.01.
func TestDomainMeans(t *testing.T) {
	means := make([]float64, 4)
	for seed := range uint64(60) {
		for d, domain := range sampleOf(t, NewPanel(400, seed)).Cohorts()[0].Domains {
			means[d] += domain.Mean / 60
		}
	}
	for d, want := range []float64{1.68, 1.47, 1.42, 1.47} {
		near(t, "domain mean", means[d], want, 0.04)
	}
}

// correlation is the mean correlation between answers of a company in different
// domains, of complete sheets.
func correlation(s *Sample) float64 {
	total, pairs := 0.0, 0
	for q := range 10 {
		for r := 19; r < 34; r++ { // organizational structure and design control
			total += pearson(column(s, q), column(s, r))
			pairs++
		}
	}
	return total / float64(pairs)
}

func column(s *Sample, q int) []float64 {
	xs := make([]float64, len(s.Levels))
	for i, levels := range s.Levels {
		xs[i] = float64(levels[q])
	}
	return xs
}

func pearson(xs, ys []float64) float64 {
	mx, my := sum(xs)/float64(len(xs)), sum(ys)/float64(len(ys))
	var xx, yy, xy float64
	for i := range xs {
		xx += (xs[i] - mx) * (xs[i] - mx)
		yy += (ys[i] - my) * (ys[i] - my)
		xy += (xs[i] - mx) * (ys[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}

func TestCorrelation(t *testing.T) {
	for _, test := range []struct {
		name        string
		change      func(*Panel)
		least, most float64
	}{
		// Segments add to the correlation, cutting at the end of the scale takes from it.
		{"usual", func(*Panel) {}, 0.36, 0.48},
		{"low", func(p *Panel) { p.Correlation, p.SegmentSpread = 0.1, 0 }, 0.06, 0.13},
		{"high", func(p *Panel) { p.Correlation, p.SegmentSpread = 0.8, 0 }, 0.7, 0.82},
		{"none", func(p *Panel) { p.Correlation, p.DomainCorrelation, p.SegmentSpread = 0, 0, 0 }, -0.01, 0.01},
	} {
		panel := NewPanel(3000, 1)
		panel.Missing = 0
		test.change(&panel)
		if got := correlation(sampleOf(t, panel)); got < test.least || got > test.most {
			t.Errorf("%s: correlation %.3f, want %.2f to %.2f", test.name, got, test.least, test.most)
		}
	}
}

// missing is the share of unanswered questions in columns from ≤ q < to.
func missing(s *Sample, from, to int) float64 {
	n := 0
	for _, levels := range s.Levels {
		for _, level := range levels[from:to] {
			if level == none {
				n++
			}
		}
	}
	return float64(n) / float64(len(s.Levels)*(to-from))
}

// 2,000 companies: a share p of one question has a standard error of at most
// 0.011, of a domain or the panel far less.
func TestMissing(t *testing.T) {
	panel := NewPanel(2000, 2)
	near(t, "missing", missing(sampleOf(t, panel), 0, 44), 0.05, 0.005)
	panel.MissingDomains = map[string]float64{"rm": 0.4}
	panel.MissingQuestions = map[string]float64{"rm-01": 0, "ch-10": 0.6}
	s := sampleOf(t, panel)
	near(t, "missing in a domain", missing(s, 11, 19), 0.4, 0.02)
	near(t, "missing beside it", missing(s, 0, 10), 0.05, 0.01)
	near(t, "missing a question", missing(s, 10, 11), 0, 0)
	near(t, "missing a question", missing(s, 43, 44), 0.6, 0.05)
	panel = NewPanel(2000, 2)
	panel.MissingSpread = 0.5
	near(t, "missing with a spread", missing(sampleOf(t, panel), 0, 44), 0.05+0.25, 0.1)
	panel = NewPanel(2000, 2)
	panel.Missing = 1
	near(t, "missing but one", missing(sampleOf(t, panel), 0, 44), 43.0/44, 0)
}

func TestAttributes(t *testing.T) {
	for companies, want := range map[int][]int{17: {9, 5, 3}, 120: {60, 36, 24}, 1: {1, 0, 0}} {
		counts := make([]int, 3)
		for _, values := range sampleOf(t, NewPanel(companies, 3)).Attributes {
			counts[values[0]]++
		}
		if !slices.Equal(counts, want) {
			t.Errorf("%d companies: sizes %v, want %v of .5, .3, .2", companies, counts, want)
		}
	}
	panel := NewPanel(1000, 3)
	panel.Shares = map[string][]float64{"size": {0.1, 0.9, 0}}
	panel.NotStated = 0.2
	counts := map[int8]int{}
	for _, values := range sampleOf(t, panel).Attributes {
		counts[values[0]]++
	}
	near(t, "share not stated", float64(counts[none])/1000, 0.2, 0.05)
	near(t, "share of the second value", float64(counts[1])/1000, 0.9*0.8, 0.05)
	if counts[2] != 0 {
		t.Errorf("%d companies have a value of share 0", counts[2])
	}
}

// Every switch moves what it is there to move.
func TestSwitches(t *testing.T) {
	base := NewPanel(1500, 4)
	plain := sampleOf(t, base).Cohorts("size")
	with := func(change func(*Panel)) []Cohort {
		panel := base
		change(&panel)
		return sampleOf(t, panel).Cohorts("size")
	}
	if got := with(func(p *Panel) { p.Shift = 1.5 })[0].Overall.Mean - plain[0].Overall.Mean; got < 1 || got > 1.6 {
		t.Errorf("a shift of 1.5 levels moves the mean by %.2f", got)
	}
	if got := with(func(p *Panel) { p.DomainMeans = []float64{4, 4, 4, 4} })[0].Overall.Mean; got < 3.7 || got > 4.3 {
		t.Errorf("domain means of 4 give a mean of %.2f", got)
	}
	spread := func(cohorts []Cohort) float64 {
		return cohorts[0].Overall.Percentile("q3") - cohorts[0].Overall.Percentile("q1")
	}
	if got := spread(with(func(p *Panel) { p.Reversed = 2 })); got > 0.6*spread(plain) {
		t.Errorf("reversed questions leave quartiles %.2f apart", got)
	}
	ends := func(cohorts []Cohort) (share float64) {
		for _, question := range cohorts[0].Questions {
			share += (question.Shares[0] + question.Shares[5]) / 44
		}
		return share
	}
	if got := ends(with(func(p *Panel) { p.Bimodal = 1.3 })); got < ends(plain)+0.05 {
		t.Errorf("two camps put a share of %.2f at the ends of the scale", got)
	}
	if got := ends(with(func(p *Panel) { p.Style = 0.45 })); got < ends(plain)+0.01 {
		t.Errorf("styles put a share of %.2f at the ends of the scale", got)
	}
	extremes := func(cohorts []Cohort) (n int) {
		for _, question := range cohorts[0].Questions {
			if question.Mean < 0.5 || question.Mean > 2.7 {
				n++
			}
		}
		return n
	}
	if got := extremes(with(func(p *Panel) { p.Extreme = 8 })); got < extremes(plain)+3 {
		t.Errorf("%d of 44 questions are extreme", got)
	}
	segments := func(cohorts []Cohort) float64 { return math.Abs(cohorts[1].Overall.Mean - cohorts[3].Overall.Mean) }
	if got := segments(with(func(p *Panel) { p.SegmentSpread = 0 })); got > 0.2 {
		t.Errorf("without a spread of segments they are %.2f apart", got)
	}
}

// Panels work for scales of any length and start.
func TestOtherInstruments(t *testing.T) {
	for _, test := range []struct{ first, levels, questions int }{{1, 2, 1}, {-5, 11, 3}, {0, 4, 40}} {
		spec := instrument.Spec{ID: "other", Version: "1", Title: "Other"}
		for level := range test.levels {
			spec.Scale = append(spec.Scale, instrument.Level{Level: test.first + level, Name: "Level"})
		}
		for d := range 2 {
			domain := instrument.Domain{ID: "d" + string(rune('a'+d)), Title: "Domain"}
			for q := range test.questions {
				domain.Questions = append(domain.Questions, instrument.Question{ID: domain.ID + strings.Repeat("q", q+1), Text: "Question"})
			}
			spec.Domains = append(spec.Domains, domain)
		}
		in, err := instrument.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		panel := NewPanel(500, 5)
		panel.Missing = 0.6
		sample, err := NewSample(in, panel)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := responses.NewDataset(context.Background(), in, sample.Responses()); err != nil {
			t.Errorf("%d levels from %d: %v", test.levels, test.first, err)
		}
		want := float64(test.first) + 0.3*float64(test.levels-1)
		near(t, "mean", sample.Cohorts()[0].Overall.Mean, want, 0.25*float64(test.levels-1)/5+0.05)
	}
}

// Three companies by hand: the second skips the first domain, the third answers
// one question. Percentiles of type 7 of {a ≤ b}: a + p·(b − a).
func TestCohorts(t *testing.T) {
	in, err := instrument.New(instrument.Spec{
		ID: "small", Version: "1", Title: "Small",
		Scale: []instrument.Level{{Level: 1, Name: "Low"}, {Level: 2, Name: "Middle"}, {Level: 3, Name: "High"}},
		Domains: []instrument.Domain{
			{ID: "a", Title: "A", Questions: []instrument.Question{{ID: "a1", Text: "A1"}, {ID: "a2", Text: "A2"}}},
			{ID: "b", Title: "B", Questions: []instrument.Question{{ID: "b1", Text: "B1"}}},
		},
		Attributes: []instrument.Attribute{{ID: "size", Values: []instrument.Value{{ID: "s"}, {ID: "l"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	sample, err := NewSample(in, NewPanel(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	sample.Levels = [][]int8{{0, 2, 1}, {none, none, 2}, {0, none, none}}
	sample.Attributes = [][]int8{{1}, {none}, {1}}
	nan := math.NaN()
	even := func(a, b float64) []float64 {
		return []float64{a + 0.1*(b-a), a + 0.25*(b-a), a + 0.5*(b-a), a + 0.75*(b-a), a + 0.9*(b-a)}
	}
	want := []Cohort{
		{
			ID: "all", Companies: 3,
			Overall: Score{3, 2, []float64{1.2, 1.5, 2, 2.5, 2.8}}, // 2, 3, 1
			Domains: []Score{{2, 1.5, even(1, 2)}, {2, 2.5, even(2, 3)}},
			Questions: []Question{
				{2, 1, []float64{1, 0, 0}, []float64{0, 0}},
				{1, 3, []float64{0, 0, 1}, []float64{1, 1}},
				{2, 2.5, []float64{0, 0.5, 0.5}, []float64{1, 0.5}},
			},
		},
		{
			ID:      "size=s",
			Overall: Score{0, nan, []float64{nan, nan, nan, nan, nan}},
			Domains: []Score{{0, nan, []float64{nan, nan, nan, nan, nan}}, {0, nan, []float64{nan, nan, nan, nan, nan}}},
			Questions: []Question{
				{0, nan, []float64{nan, nan, nan}, []float64{nan, nan}},
				{0, nan, []float64{nan, nan, nan}, []float64{nan, nan}},
				{0, nan, []float64{nan, nan, nan}, []float64{nan, nan}},
			},
		},
		{
			ID: "size=l", Companies: 2,
			Overall: Score{2, 1.5, even(1, 2)},
			Domains: []Score{{2, 1.5, even(1, 2)}, {1, 2, []float64{2, 2, 2, 2, 2}}},
			Questions: []Question{
				{2, 1, []float64{1, 0, 0}, []float64{0, 0}},
				{1, 3, []float64{0, 0, 1}, []float64{1, 1}},
				{1, 2, []float64{0, 1, 0}, []float64{1, 0}},
			},
		},
	}
	equal := cmp.Comparer(func(a, b float64) bool { return a == b || a != a && b != b })
	if diff := cmp.Diff(want, sample.Cohorts("size"), equal); diff != "" {
		t.Errorf("cohorts (-want +got):\n%s", diff)
	}
}

func TestWrongPanels(t *testing.T) {
	for name, change := range map[string]func(*Panel){
		"companies":        func(p *Panel) { p.Companies = -1 },
		"spread":           func(p *Panel) { p.Spread = math.NaN() },
		"correlation":      func(p *Panel) { p.Correlation = 0.95 },
		"shift":            func(p *Panel) { p.Shift = math.Inf(1) },
		"means":            func(p *Panel) { p.DomainMeans = []float64{1} },
		"missing":          func(p *Panel) { p.Missing = 1.1 },
		"unknown domain":   func(p *Panel) { p.MissingDomains = map[string]float64{"x": 0.1} },
		"unknown question": func(p *Panel) { p.MissingQuestions = map[string]float64{"x": 0.1} },
		"shares":           func(p *Panel) { p.Shares = map[string][]float64{"size": {0.5, 0.4, 0.2}} },
		"number of shares": func(p *Panel) { p.Shares = map[string][]float64{"size": {0.5, 0.5}} },
		"unknown shares":   func(p *Panel) { p.Shares = map[string][]float64{"x": {1}} },
	} {
		panel := NewPanel(10, 1)
		change(&panel)
		steps := 0
		for _, err := range panel.Responses(instrument.JSP()) {
			if steps++; err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if steps != 1 || WriteCSV(new(bytes.Buffer), instrument.JSP(), panel) == nil {
			t.Errorf("%s: %d steps, or a file; want one error", name, steps)
		}
	}
}
