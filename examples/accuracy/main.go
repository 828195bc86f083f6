// Accuracy measures how accurate releases are: on synthetic panels, or on
// panels drawn from the companies of a given file, it publishes many times and
// compares every published number with the exact one, side by side with
// simpler methods that spend the same privacy budget.
//
//	go run ./examples/accuracy -companies 100 -epsilon 4 -trials 40
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/privacy"
)

const help = `Accuracy publishes panels with known answers and compares every published
number with the exact one: root mean square error over what is published, the
part that is published, and how often the 90 % intervals hold the exact number.

Beside it, with the same budget: the differential-privacy library used directly
(dpagg: a count per level, a mean per question and score, quantiles per score, in
the better of two budget splits), one joint histogram with one joint Gaussian, and
no measurement at all (the prior printed as it is).

Without -responses the panels are synthetic. With it, every panel is drawn with
replacement from the companies of the file.

With -panel, only maturitybench is measured, without a prior, on panels of kinds
that its model does not expect, by family of numbers and for all companies and
segments: the error, how often the intervals hold the exact number, what is
published, the median width of the intervals, how many numbers are off by more
than three half-widths, and how many are about fewer than k answers.

With -waves, synthetic industries are published wave by wave, by themselves and leaning
on the waves before ("prior: {waves: all}"): a third of the companies is replaced every
year, the questions drift by 0.1 and their level by 0.15. With -change something more happens before the
last wave: a domain or a question moves up by a level, or the panel is another one;
with still, nothing happens in any year. With -changes the waves by themselves are
followed, too: changes of means as differences of two waves and as estimated from
all, and the means of all waves as published and as seen from the last.

The kinds of -panel:

`

func main() { command.Main(run) }

// settings are the flags.
type settings struct {
	companies  int
	epsilon    float64
	trials     int
	roster     privacy.Roster
	prior      bool
	cohorts    bool
	statistics []string
	responses  string
	instrument string
	seed       uint64
	panel      string
	parallel   int
	waves      int
	change     string
	changes    bool
}

// delta is the δ of all methods.
const delta = 1e-6

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var s settings
	flags := flag.NewFlagSet("accuracy", flag.ContinueOnError)
	flags.IntVar(&s.companies, "companies", 100, "companies in a panel")
	flags.Float64Var(&s.epsilon, "epsilon", 4, "privacy loss ε of a publication")
	flags.IntVar(&s.trials, "trials", 40, "panels to publish")
	flags.StringVar((*string)(&s.roster), "roster", "secret", "secret, public or counted")
	flags.BoolVar(&s.prior, "prior", true, "plan with the published level 1.5 ± 0.5 (only without -responses)")
	flags.BoolVar(&s.cohorts, "cohorts", true, "report cohorts of every attribute")
	flags.Func("statistics", "`kinds` to pay for, separated by commas: scores, quartiles, questions, shares, profiles (default all)", func(text string) error {
		s.statistics = command.List(text)
		return nil
	})
	flags.StringVar(&s.responses, "responses", "", "CSV file to draw companies from (default: synthetic companies)")
	flags.StringVar(&s.instrument, "instrument", "", "instrument of the file (default: the built-in one)")
	flags.Uint64Var(&s.seed, "seed", 1, "seed of the panels; the noise of the publications is never seeded")
	flags.StringVar(&s.panel, "panel", "", "kinds of panels, separated by commas; all: every kind; file: the one of -responses")
	flags.IntVar(&s.parallel, "parallel", 1, "panels that are published at a time (only with -panel)")
	flags.IntVar(&s.waves, "waves", 0, "publish industries in so many waves, 2 to 10")
	flags.StringVar(&s.change, "change", "none", "what happens before the last of -waves: "+changeNames())
	flags.BoolVar(&s.changes, "changes", false, "follow the changes over -waves, too")
	if code, done := command.Parse(flags, help+listKinds(), args, stdout, stderr); done {
		return code
	}
	if problem := s.problem(); problem != "" {
		fmt.Fprintf(stderr, "accuracy: %s; -h explains the flags\n", problem)
		return command.Usage
	}
	measure := s.compare
	if s.panel != "" {
		measure = s.measureKinds
	}
	if s.waves > 0 {
		measure = s.measureWaves
	}
	if err := measure(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "accuracy: "+command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// problem says what is wrong with the flags.
func (s *settings) problem() string {
	switch {
	case s.companies < 5 || s.companies > 100_000:
		return "-companies must lie between 5 and 100000"
	case s.trials < 1:
		return "-trials must be at least 1"
	case !(s.epsilon > 0 && s.epsilon <= 20):
		return "-epsilon must lie above 0 and at most at 20"
	case s.parallel < 1:
		return "-parallel must be at least 1"
	case s.waves != 0 && (s.waves < 2 || s.waves > 10 || s.panel != "" || s.responses != ""):
		return "-waves must lie between 2 and 10, without -panel and -responses"
	case changes[s.change] == nil:
		return "-change must be one of " + changeNames()
	case !s.roster.Valid():
		return "-roster must be secret, public or counted"
	}
	return ""
}

// expectedCompanies is the number of companies that the plan expects: under the
// secret roster with one significant digit, as plans demand.
func (s *settings) expectedCompanies() int {
	if s.roster.ExactSizes() {
		return s.companies
	}
	step := math.Pow(10, math.Floor(math.Log10(float64(s.companies))))
	return int(math.Round(float64(s.companies)/step) * step)
}
