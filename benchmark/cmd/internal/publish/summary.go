package publish

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// newLedger says what a ledger that was just made is for.
const newLedger = "It is a new one. Keep it for the next waves, apart from the report, and its key apart from its back-ups.\n"

// summarize prints where the files are and the headline of the release. Under
// a secret roster it prints no number of companies, not even the noisy one:
// what a terminal or a log of CI shows is best kept free of counts.
func summarize(w io.Writer, r *publication.Release, kept custody, o options) error {
	s := kept.standing
	var b strings.Builder
	p := r.Privacy
	loss := fmt.Sprintf("ε = %v for the presence of a company's answers, %v between two answers", p.Epsilon, p.Between)
	if p.Roster == privacy.CountedRoster {
		loss = fmt.Sprintf("ε = %v for which of two companies with the same attributes took part, and with which answers", p.Epsilon)
	}
	fmt.Fprintf(&b, "Wave %s of account %s: %s, δ = %v, %s roster.\n", r.Wave, r.Account, loss, p.Delta, p.Roster)
	ever, delta := s.Lost()
	fmt.Fprintf(&b, "Its publications of the last %s have lost ε = %v of the %v that it allows; all since it was opened ε = %v at δ = %v", s.Account.Window, s.Spent(), s.Account.Epsilon, ever, delta)
	if s.Account.Lifetime > 0 {
		fmt.Fprintf(&b, ", of the %v of its lifetime", s.Account.Lifetime)
	}
	fmt.Fprintf(&b, ". About ε = %v is left.\n", s.Left())
	if o.responses == "" {
		b.WriteString("The answers are synthetic: no company stands behind these numbers.\n")
	}
	if err := r.Usable(); err != nil {
		fmt.Fprintf(&b, "Note: %v.\n", err)
	}
	headline(&b, r)
	b.WriteByte('\n')
	for _, name := range []string{"report.html", "standing.html", "report.md", "tables.csv", "datapackage.json", "release.xlsx", "release.json"} {
		fmt.Fprintln(&b, filepath.Join(o.out, name))
	}
	fmt.Fprintf(&b, "\nThe ledger, which remembers what was charged: %s\n", o.ledger)
	fmt.Fprintf(&b, "Its head, to be kept elsewhere; -since holds it against one: %s\n", kept.head)
	if kept.fresh {
		b.WriteString(newLedger)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// headline prints the overall mean and the domain means of all companies.
func headline(b *strings.Builder, r *publication.Release) {
	all, _ := r.Cohort("all")
	if all.Status != publication.Published {
		b.WriteString("Every cohort is suppressed: the report shows no figures.\n")
		return
	}
	if r.Privacy.Roster.ExactSizes() {
		fmt.Fprintf(b, "%v companies answered.\n", all.Companies)
	}
	fmt.Fprintf(b, "Means of all companies, with intervals of %v%% confidence:\n", 100*r.Confidence)
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	if !r.Instrument.Several() {
		fmt.Fprintf(t, "  Overall\t%s\n", shown(r.Instrument, all.Overall.Mean))
	}
	for i, d := range all.Domains {
		on := ""
		if of := r.Instrument.Domains[i]; r.Instrument.Several() {
			on = " (" + scaleTitle(r.Instrument, of.Scale) + ")"
		}
		fmt.Fprintf(t, "  %s%s\t%s\n", r.Instrument.Domains[i].Title, on, shown(r.Instrument.On(i), d.Mean))
	}
	t.Flush()
}

// shown is a mean on a scale: of two levels, such as yes and no, the percentage of the upper one.
func shown(on instrument.Spec, e publication.Estimate) string {
	if len(on.Scale) != 2 {
		return e.String()
	}
	low, _ := on.Ends()
	e.Value, e.Low, e.High = e.Value-low, e.Low-low, e.High-low
	return e.Percent()
}

// scaleTitle is the title of one of several scales.
func scaleTitle(in instrument.Spec, id string) string {
	for _, scale := range in.Scales {
		if scale.ID == id {
			return cmp.Or(scale.Title, scale.ID)
		}
	}
	return id
}
