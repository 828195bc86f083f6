package synthetic

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
)

// shaped is an instrument with so many levels from first, questions in each
// domain and values of each attribute.
func shaped(t *testing.T, first, levels int, domains, attributes []int) *instrument.Instrument {
	t.Helper()
	spec := instrument.Spec{ID: "shaped", Version: "1", Title: "Shaped"}
	for l := range levels {
		spec.Scale = append(spec.Scale, instrument.Level{Level: first + l, Name: "Level"})
	}
	for d, questions := range domains {
		domain := instrument.Domain{ID: fmt.Sprint("d", d), Title: "Domain"}
		for q := range questions {
			domain.Questions = append(domain.Questions, instrument.Question{ID: fmt.Sprint("d", d, "q", q), Text: "Question"})
		}
		spec.Domains = append(spec.Domains, domain)
	}
	for a, values := range attributes {
		attribute := instrument.Attribute{ID: fmt.Sprint("a", a)}
		for v := range values {
			attribute.Values = append(attribute.Values, instrument.Value{ID: fmt.Sprint("v", v)})
		}
		spec.Attributes = append(spec.Attributes, attribute)
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// Every kind makes panels of any instrument and size that a data set takes, with
// an answer of every company, and the same from the same state.
func TestKindsFitEveryInstrument(t *testing.T) {
	if testing.Short() {
		t.Skip("large tier")
	}
	for _, in := range []*instrument.Instrument{
		shaped(t, 0, 2, []int{1}, nil),
		shaped(t, -1, 3, []int{4}, []int{2}),
		shaped(t, 1, 4, []int{1, 1, 1}, nil),
		shaped(t, 0, 11, []int{1, 9, 30}, []int{3, 2}),
		instrument.JSP(),
		fixture.Several(),
	} {
		numbers := levelNumbers(in.Spec())
		for _, kind := range Kinds() {
			for _, companies := range []int{0, 1, 40} {
				sample, err := kind.Panel(in, companies, rand.New(rand.NewPCG(7, 8)))
				if err != nil {
					t.Fatal(err)
				}
				again, err := kind.Panel(in, companies, rand.New(rand.NewPCG(7, 8)))
				if err != nil || !cmp.Equal(sample.Levels, again.Levels) || !cmp.Equal(sample.Attributes, again.Attributes) {
					t.Errorf("%s: another panel from the same state, error %v", kind.Name, err)
				}
				for _, answers := range sample.Levels {
					if slices.Max(answers) == none || slices.Min(answers) < none {
						t.Fatalf("%s: a company answers %v", kind.Name, answers)
					}
					for q, a := range answers {
						if int(a) >= len(numbers[q]) {
							t.Fatalf("%s: a company answers question %d with level %d", kind.Name, q, a)
						}
					}
				}
				if companies == 0 {
					continue // a data set needs one
				}
				if _, err := responses.NewDataset(context.Background(), in, sample.Responses()); err != nil {
					t.Errorf("%s, %d companies: %v", kind.Name, companies, err)
				}
			}
		}
	}
	if _, err := Kinds()[0].Panel(instrument.JSP(), -1, rand.New(rand.NewPCG(1, 1))); err == nil {
		t.Error("no error for a negative number of companies")
	}
}

func TestKindNames(t *testing.T) {
	seen := map[string]bool{}
	for _, kind := range Kinds() {
		if seen[kind.Name] || kind.Name == "" || strings.ContainsAny(kind.Name, " ,") || kind.Doc == "" || strings.HasSuffix(kind.Doc, ".") {
			t.Errorf("%q: %q", kind.Name, kind.Doc)
		}
		seen[kind.Name] = true
		if found, ok := FindKind(kind.Name); !ok || found.Doc != kind.Doc {
			t.Errorf("%q is found as %q", kind.Name, found.Name)
		}
	}
	if _, ok := FindKind("nothing"); ok {
		t.Error("a kind without a name is found")
	}
}

// portrait counts what tells kinds apart.
type portrait struct {
	ends       float64 // share of companies with one domain at the top and all else at the bottom
	same       float64 // share of companies with the most frequent sheet
	lines      float64 // share of companies with one level throughout
	levels     []float64
	blank      float64 // share of answers that are left out
	noDomain   float64 // share of domains that are left out as a whole by those who answer anything
	fewest     int     // answers to the question with the fewest
	spread     float64 // standard deviation of the companies' scores, as a share of the scale
	apart      float64 // mean range of a company's domain scores, as a share of the scale
	blankLevel float64 // correlation between a company's score and what it leaves out
}

func portrayed(s *Sample) (p portrait) {
	m := newMaking(s, nil)
	sheets, best := map[string]int{}, 0
	p.levels, p.fewest = make([]float64, m.top+1), len(s.Levels)
	var scores, blanks []float64
	answered := make([]int, m.questions())
	n := float64(len(s.Levels))
	for _, answers := range s.Levels {
		key := fmt.Sprint(answers)
		sheets[key]++
		best = max(best, sheets[key])
		low, high, tops, bottoms, left := 1.0, 0.0, 0, 0, 0
		for d := range m.domains() {
			of := m.domain(answers, d)
			if slices.Max(of) == none {
				p.noDomain += 1 / n / float64(m.domains())
				continue
			}
			x := m.score(of)
			low, high = min(low, x), max(high, x)
			if x == 1 {
				tops++
			}
			if x == 0 {
				bottoms++
			}
		}
		if tops == 1 && bottoms == m.domains()-1 {
			p.ends += 1 / n
		}
		if slices.Min(answers) == slices.Max(answers) {
			p.lines += 1 / n
		}
		p.apart += max(high-low, 0) / n
		for q, a := range answers {
			if a == none {
				left++
				continue
			}
			answered[q]++
			p.levels[a] += 1 / n / float64(len(answers))
		}
		scores, blanks = append(scores, m.score(answers)), append(blanks, float64(left))
		p.blank += float64(left) / n / float64(len(answers))
	}
	p.same, p.fewest = float64(best)/n, slices.Min(answered)
	mean := sum(scores) / n
	for _, x := range scores {
		p.spread += (x - mean) * (x - mean) / n
	}
	p.spread = math.Sqrt(p.spread)
	p.blankLevel = pearson(scores, blanks)
	return p
}

// Every kind has what its description says, in five panels of 400 companies with
// fixed seeds.
func TestKindsAreWhatTheySay(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	holds := map[string]func(p portrait) bool{
		"usual":             func(p portrait) bool { return p.blank > 0.03 && p.blank < 0.07 },
		"complete":          func(p portrait) bool { return p.blank == 0 },
		"bottom":            func(p portrait) bool { return p.levels[0] > 0.4 },
		"top":               func(p portrait) bool { return p.levels[5] > 0.25 },
		"unrelated":         func(p portrait) bool { return p.spread < 0.1 },
		"uniform-companies": func(p portrait) bool { return p.spread > 0.17 },
		"specialists":       func(p portrait) bool { return p.ends > 0.05 && p.ends < 0.36 },
		"mild-specialists":  func(p portrait) bool { return p.apart > 0.22 && p.ends < 0.01 },
		"one-strength":      func(p portrait) bool { return p.apart > 0.45 && p.spread < 0.15 },
		"one-weakness":      func(p portrait) bool { return p.apart > 0.4 && p.spread < 0.15 },
		"alike":             func(p portrait) bool { return p.same > 0.8 && p.same < 0.98 },
		"identical":         func(p portrait) bool { return p.same == 1 },
		"camps":             func(p portrait) bool { return p.spread > 0.15 },
		"top-tenth":         func(p portrait) bool { return p.levels[0] > 0.6 && p.levels[5] > 0.02 && p.levels[2]+p.levels[3] == 0 },
		"bottom-tenth":      func(p portrait) bool { return p.levels[5] > 0.6 && p.levels[0] > 0.02 && p.levels[2]+p.levels[3] == 0 },
		"straight-lines":    func(p portrait) bool { return p.lines > 0.15 && p.lines < 0.7 },
		"outliers":          func(p portrait) bool { return p.lines > 0.002 && p.lines < 0.1 },
		"group-levels":      func(p portrait) bool { return p.spread > 0.2 },
		"group-strengths":   func(p portrait) bool { return p.apart > 0.15 },
		"j-shapes":          func(p portrait) bool { return p.levels[0] > p.levels[3] && p.levels[5] > p.levels[4] },
		"u-shapes":          func(p portrait) bool { return min(p.levels[0], p.levels[5]) > max(p.levels[2], p.levels[3]) },
		"mostly-zero":       func(p portrait) bool { return p.levels[0] > 0.5 },
		"three-answers":     func(p portrait) bool { return p.levels[1]+p.levels[3]+p.levels[4] == 0 },
		"comb": func(p portrait) bool {
			return min(p.levels[0]+p.levels[2]+p.levels[4], p.levels[1]+p.levels[3]+p.levels[5]) == 0
		},
		"flat":                func(p portrait) bool { return slices.Min(p.levels) > 0.14 },
		"items-at-ends":       func(p portrait) bool { return p.levels[0]+p.levels[5] > 0.65 },
		"scattered-blanks":    func(p portrait) bool { return p.blank > 0.08 && p.blank < 0.62 && p.fewest > 100 },
		"lowest-blank":        func(p portrait) bool { return p.blank > 0.02 && p.blankLevel < -0.3 },
		"highest-blank":       func(p portrait) bool { return p.blank > 0.005 && p.blankLevel > 0 },
		"weak-leave-domain":   func(p portrait) bool { return p.noDomain > 0.02 && p.blankLevel < -0.2 },
		"strong-leave-domain": func(p portrait) bool { return p.noDomain > 0.02 && p.blankLevel > 0.1 },
		"worst-domain-blank":  func(p portrait) bool { return p.noDomain > 0.04 && p.noDomain < 0.16 },
		"routed":              func(p portrait) bool { return p.blank > 0.05 && p.noDomain == 0 },
		"blocks":              func(p portrait) bool { return p.noDomain > 0.2 },
		"stops":               func(p portrait) bool { return p.blank > 0.05 && math.Abs(p.blankLevel) < 0.3 },
		"weak-stop":           func(p portrait) bool { return p.blank > 0.05 && p.blankLevel < -0.2 },
		"company-skips":       func(p portrait) bool { return p.blank > 0.05 && math.Abs(p.blankLevel) > 0.4 },
		"skippers":            func(p portrait) bool { return p.blank > 0.03 && p.blankLevel < -0.05 },
		"few-answers":         func(p portrait) bool { return p.blank > 0.8 },
		"one-domain-only":     func(p portrait) bool { return p.noDomain > 0.01 && p.noDomain < 0.13 },
		"nobody":              func(p portrait) bool { return p.fewest <= 8 },
		"rare-question":       func(p portrait) bool { return p.fewest < 80 },
		"group-domain":        func(p portrait) bool { return p.noDomain > 0.1 && p.noDomain < 0.25 },
		"group-left-out":      func(p portrait) bool { return p.noDomain > 0.02 && p.noDomain < 0.16 },
		"group-blanks":        func(p portrait) bool { return p.blank > 0.2 && p.blank < 0.6 },
		"not-stated":          func(p portrait) bool { return p.blank == 0 },
	}
	for _, kind := range Kinds() {
		for seed := range uint64(5) {
			sample, err := kind.Panel(instrument.JSP(), 400, rand.New(rand.NewPCG(1, seed)))
			if err != nil {
				t.Fatal(err)
			}
			if p := portrayed(sample); holds[kind.Name] != nil && !holds[kind.Name](p) {
				t.Errorf("%s, panel %d: %+v", kind.Name, seed, p)
			}
		}
	}
}

// What a kind of panel draws is drawn anew for each panel.
func TestKindsVary(t *testing.T) {
	for _, kind := range Kinds() {
		means := map[float64]bool{}
		for seed := range uint64(5) {
			sample, err := kind.Panel(instrument.JSP(), 200, rand.New(rand.NewPCG(2, seed)))
			if err != nil {
				t.Fatal(err)
			}
			means[sample.Cohorts()[0].Overall.Mean] = true
		}
		if len(means) < 3 {
			t.Errorf("%s: panels with the same mean", kind.Name)
		}
	}
}
