package publication_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// A document with a number over several scales is no release, whatever else is right, and nothing
// that is drafted is one: an overall score that somebody hands in is withheld.
func TestNoOverallOfScales(t *testing.T) {
	in := fixture.Several().Spec()
	c := fixture.Panel{In: in, Random: rand.New(rand.NewPCG(7, 9)), Error: 0.2}.Cohort(90, 4, 0)
	c.Profiles = []draft.Number{fixture.Around(0.3, 0.1)}
	c.Overall = c.Domains[0]
	c.Unshrunken = &draft.Unshrunken{Overall: c.Domains[0].Mean}
	c.Unshrunken.Functions = append(c.Unshrunken.Functions, c.Functions...)
	for _, d := range c.Domains {
		c.Unshrunken.Domains = append(c.Unshrunken.Domains, d.Mean)
	}
	for _, q := range c.Questions {
		c.Unshrunken.Questions = append(c.Unshrunken.Questions, q.Mean)
	}
	c.Unshrunken.Profiles = c.Profiles
	r := fixture.Make(t, fixture.Head(in, privacy.SecretRoster), []draft.Cohort{c, {Suppressed: true}, {Suppressed: true}})
	if all := r.Cohorts[0]; all.Overall.Mean.Status == publication.Published || all.Overall.Percentiles.Of("median").Status == publication.Published || all.Unshrunken.Overall.Status == publication.Published {
		t.Errorf("an overall score: %+v, %+v", all.Overall, all.Unshrunken.Overall)
	}
	if all := r.Cohorts[0]; all.Unshrunken.Domains[1].Value <= 1 || all.Unshrunken.Domains[2].Value >= 1 {
		t.Errorf("unshrunken means %+v are not on their scales", all.Unshrunken.Domains)
	}
	if problems := fixture.Contract(r.Bytes()); len(problems) > 0 {
		t.Errorf("the document breaks its contract: %v", problems)
	}
	for name, put := range map[string]func(cohort map[string]any, number any){
		"mean": func(cohort map[string]any, number any) { object(cohort, "overall")["mean"] = number },
		"percentile": func(cohort map[string]any, number any) {
			object(cohort, "overall", "percentiles")["p10"] = number
			object(cohort, "overall", "percentiles")["p90"] = number
		},
		"unshrunken": func(cohort map[string]any, number any) { object(cohort, "unshrunken")["overall"] = number },
	} {
		var root map[string]any
		if err := json.Unmarshal(r.Bytes(), &root); err != nil {
			t.Fatal(err)
		}
		put(object(root, "cohorts", 0), object(root, "cohorts", 0, "domains", 0)["mean"])
		data, err := json.MarshalIndent(root, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, '\n')
		if _, err := publication.Parse(data); err == nil || !strings.Contains(err.Error(), "withheld is expected: the instrument has several scales") {
			t.Errorf("%s: %v", name, err)
		}
		if problems := fixture.Contract(data); len(problems) == 0 {
			t.Errorf("%s: the contract holds", name)
		}
	}
}
