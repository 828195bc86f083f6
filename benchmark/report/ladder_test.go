package report

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// climbing has two ladders of three rungs and, if asked for, a profile apart; that of
// the second domain is not shown at its top.
func climbing(t *testing.T, apart bool) *publication.Release {
	in := demo(12, 2, plainText)
	for d, domain := range in.Domains {
		minimum := map[string]int{}
		for rung := range 3 {
			minimum[domain.Questions[2*rung].ID], minimum[domain.Questions[2*rung+1].ID] = 3, 3
			in.Profiles = append(in.Profiles, instrument.Profile{ID: fmt.Sprintf("p%d-%d", d, rung), Title: fmt.Sprintf("Domain %d at MIL%d", d, rung+1), Minimum: maps.Clone(minimum)})
		}
	}
	if apart {
		in.Profiles = append(in.Profiles, instrument.Profile{ID: "badge", Title: "A badge", Minimum: map[string]int{in.Domains[0].Questions[0].ID: 1, in.Domains[1].Questions[0].ID: 1}})
	}
	r := made(t, in)
	for i, p := range in.Profiles {
		r.Cohorts[0].Profiles = append(r.Cohorts[0].Profiles, publication.CohortProfile{ID: p.ID, Share: shareOf(700_000 - 100_000*i)})
	}
	r.Cohorts[0].Profiles[5].Share = publication.NoEstimate()
	return r
}

// The rungs of a domain stand together, with what each asks for beyond the one below it;
// the figure of all profiles is left out where it would say nothing more.
func TestLadder(t *testing.T) {
	for _, apart := range []bool{false, true} {
		r := climbing(t, apart)
		figures := figuresOf(t, r, Options{})
		ladder, ok := figures["ladder"]
		if !ok {
			t.Fatal("there is no ladder")
		}
		if _, rows := ladder.Table(); len(rows) != 6 {
			t.Errorf("the table of the ladder has %d rows", len(rows))
		}
		var drawing bytes.Buffer
		if err := ladder.WriteSVG(&drawing); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"70% · 60% · 50%", "40% · 30% · –", "MIL1", "MIL3", "A domain with number 1", "not shown"} {
			if !strings.Contains(drawing.String(), ">"+text+"<") {
				t.Errorf("the drawing does not say %q", text)
			}
		}
		if _, ok := figures["profiles"]; ok != apart {
			t.Errorf("a profile apart is %v, the figure of all profiles is there: %v", apart, ok)
		}
		var page bytes.Buffer
		if err := Markdown(&page, r); err != nil {
			t.Fatal(err)
		}
		if want := "Domain 0 at MIL1, and d0-04 ≥ 3, d0-06 ≥ 3"; !strings.Contains(page.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
		for _, p := range r.Instrument.Profiles {
			if !strings.Contains(page.String(), p.Title) {
				t.Errorf("the page does not name %s", p.Title)
			}
		}
	}
	hidden := climbing(t, false)
	for i := range hidden.Cohorts[0].Profiles {
		hidden.Cohorts[0].Profiles[i].Share = publication.NoEstimate()
	}
	if _, ok := figuresOf(t, hidden, Options{})["ladder"]; ok {
		t.Error("a ladder without a share is drawn")
	}
}

// Rungs that have no word in common are numbered.
func TestRungNames(t *testing.T) {
	r := climbing(t, false)
	r.Instrument.Profiles[1].Title = "Something else"
	b, err := newBuilder(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := r.Instrument.Ladders()
	var got []string
	for rung := range 3 {
		got = append(got, b.rungName(all, rung))
	}
	if !slices.Equal(got, []string{"MIL1", "step 2", "MIL3"}) {
		t.Errorf("%v", got)
	}
}
