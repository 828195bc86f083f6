package family_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/family"
	"maturitybench/benchmark/internal/fixture"
)

// Every scale has families of its own, in its unit and with the numbers of its domains only;
// none is of all of them together.
func TestListOfSeveralScales(t *testing.T) {
	spec := fixture.Several().Spec()
	for i := range spec.Scales[0].Levels { // a level is 25
		spec.Scales[0].Levels[i].Value = instrument.Decimal(strconv.Itoa(25 * i))
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	cohort := fixture.Panel{In: in.Spec(), Random: rand.New(rand.NewPCG(3, 4)), Error: 0.2}.Cohort(90, 4, 0)
	cohort.Profiles = []draft.Number{fixture.Around(0.3, 0.1)}
	listed := map[string]family.Family{}
	for _, f := range family.List(in.Spec(), nil, cohort) {
		if strings.Contains(f.Name, "overall") {
			t.Errorf("there is a family %q", f.Name)
		}
		listed[f.Name] = f
	}
	for _, scale := range []struct {
		name                          string
		functions, domains, questions int
		unit                          float64
	}{{"How often", 1, 2, 9, 25}, {"Agreement", 1, 1, 5, 1}, {"Done or not", 1, 2, 8, 1}} {
		for name, want := range map[string]int{
			"function means": scale.functions, "domain means": scale.domains, "domain quartiles": 3 * scale.domains,
			"domain outer percentiles": 2 * scale.domains, "question means": scale.questions,
		} {
			f, ok := listed[name+" ("+scale.name+")"]
			if !ok || len(f.Numbers) != want || math.Abs(f.Unit-scale.unit) > 1e-12 {
				t.Errorf("%s (%s): %d numbers in units of %v, want %d of %v", name, scale.name, len(f.Numbers), f.Unit, want, scale.unit)
			}
		}
	}
	if got := len(listed["shares"].Numbers); got != 9*5+5*7+8*2 {
		t.Errorf("%d shares", got)
	}
	if got := len(listed["profile shares"].Numbers); got != 1 {
		t.Errorf("%d profile shares", got)
	}
}

// One scale has the families of old, the overall score among them.
func TestListOfOneScale(t *testing.T) {
	in := instrument.JSP()
	cohort := fixture.Panel{In: in.Spec(), Random: rand.New(rand.NewPCG(3, 4)), Error: 0.2}.Cohort(90, 4, 0)
	var names []string
	for _, f := range family.List(in.Spec(), nil, cohort) {
		names = append(names, f.Name)
	}
	want := "companies, overall mean, overall quartiles, overall outer percentiles, domain means, domain quartiles, domain outer percentiles, question means, shares, at least"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("the families are %s, want %s", got, want)
	}
}
