package benchmark

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// The loss that a release states is at least what its plan was charged.
func TestLossOfRelease(t *testing.T) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		for _, companies := range []int{20, 100} {
			p, err := NewPlan(instrument.JSP(), PlanSpec{Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies})
			if err != nil {
				t.Fatal(err)
			}
			head, err := p.head(&measurement{Noise: publication.SecureNoise})
			if err != nil {
				t.Fatal(err)
			}
			stated := head.PublishedPrivacy().Loss.Total()
			if !stated.Covers(p.charge.loss) || stated.Delta > p.charge.loss.Delta+privacy.SamplerDelta || stated.MuSquared != p.charge.loss.MuSquared {
				t.Errorf("%s, %d companies: %+v stated, %+v charged", roster, companies, stated, p.charge.loss)
			}
		}
	}
}

// An earlier release says where the level was, and that to within its interval and a
// year's drift of a quarter of a level of a six-level scale, whatever the confidence of
// either. Distances are from the first level.
func TestPriorOfARelease(t *testing.T) {
	for _, c := range []struct {
		name             string
		first, unit      float64 // of the scale; its width over that of six levels
		value, low, high float64 // of the overall mean in the file
	}{
		{"profiles", 0, 1, 1.347681, 1.32268, 1.372681},
		{"public", 1, 1, 2.13735, 2.051021, 2.223679},
		{"hostile", 0, 0.2, 0.237059, 0.235804, 0.238314},
	} {
		data, err := os.ReadFile(filepath.Join("publication", "testdata", "releases", c.name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		data = []byte(strings.Replace(string(data), `"noise": "test"`, `"noise": "secure"`, 1))
		earlier, err := publication.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "last.json")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		in, err := instrument.New(earlier.Instrument)
		if err != nil {
			t.Fatal(err)
		}
		for _, companies := range []int{20, 100} {
			p, err := NewPlan(in, PlanSpec{
				Wave: "w", Account: "a", Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies, Confidence: 0.5, Prior: &Prior{Release: path},
			})
			if err != nil {
				t.Fatal(err)
			}
			deviation := (c.high - c.low) / 2 / (math.Sqrt2 * math.Erfinv(0.9)) // the releases' intervals have 90% confidence
			want := math.Hypot(deviation, 0.25*c.unit)
			if got := p.prior; !got.Known || math.Abs(got.Level-(c.value-c.first)) > 1e-9 || math.Abs(got.Spread/want-1) > 1e-6 || got.Companies != float64(companies) {
				t.Errorf("%s, %d companies: the prior is %+v, want the level %v ± %v", c.name, companies, got, c.value-c.first, want)
			}
		}
	}
}

// A figure is a prior as it is stated, from the first level on. A spread that says
// everything or nothing is bounded.
func TestPriorOfAFigure(t *testing.T) {
	in, err := instrument.Parse("i", []byte(`{id: i, version: "1", title: I, scale: [{level: 1, name: a}, {level: 2, name: b}, {level: 3, name: c}],
  domains: [{id: d, title: D, questions: [{id: q, text: Q}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for stated, want := range map[float64]float64{0.5: 0.5, 1e-9: 1e-6, 1e300: 1e6} {
		p, err := NewPlan(in, PlanSpec{
			Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, Prior: &Prior{Level: 2.25, Spread: stated},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.prior; !got.Known || got.Level != 1.25 || got.Spread != want {
			t.Errorf("a spread of %v: the prior is %+v", stated, got)
		}
	}
}
