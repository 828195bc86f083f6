package benchmark_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

type family struct{ sq, n, cover, pub, err2, half, info, big, bias float64 }

func (f *family) add(e estimate.Number, truth float64, limit float64) {
	if math.IsNaN(truth) {
		return
	}
	f.n++
	f.bias += e.Value - truth
	f.err2 += e.Error * e.Error
	f.half += (e.High - e.Low) / 2
	f.info += e.Information
	if e.Error > limit {
		f.big++
	}
	f.sq += (e.Value - truth) * (e.Value - truth)
	if truth >= e.Low-1e-9 && truth <= e.High+1e-9 {
		f.cover++
	}
	if e.Error <= limit && e.Information >= .5 {
		f.pub++
	}
}
func (f family) String() string {
	return fmt.Sprintf("%.3f[cov %.2f pub %.2f err %.3f half %.3f info %.2f big %.2f bias %.3f]\n    ", math.Sqrt(f.sq/f.n), f.cover/f.n, f.pub/f.n, math.Sqrt(f.err2/f.n), f.half/f.n, f.info/f.n, f.big/f.n, f.bias/f.n)
}

var names = []string{"QM", "DM", "OM", "H", "A", "QT", "OQT", "n", "ext", "ans"}

func TestTable(t *testing.T) {
	trials, _ := strconv.Atoi(os.Getenv("TRIALS"))
	if trials == 0 {
		t.Skip()
	}
	var cfg struct {
		n   int
		eps float64
	}
	cfg.n, _ = strconv.Atoi(os.Getenv("N"))
	cfg.eps, _ = strconv.ParseFloat(os.Getenv("EPS"), 64)
	in := jspTable(t)
	roster := privacy.SecretRoster
	if os.Getenv("ROSTER") == "public" {
		roster = privacy.PublicRoster
	}
	exp := cfg.n
	if v, err := strconv.Atoi(os.Getenv("EXP")); err == nil {
		exp = v
	}
	if roster == privacy.SecretRoster && exp == 17 {
		exp = 20
	}
	spec := benchmark.PlanSpec{Wave: "2026", Account: "jsp", Roster: roster, Epsilon: cfg.eps, Delta: 1e-6, ExpectedCompanies: exp, Override: true}
	if os.Getenv("PRIOR") != "none" {
		spec.Prior = &benchmark.Prior{Level: 1.5, Spread: .5}
	}
	if os.Getenv("COHORTS") != "none" {
		spec.Cohorts = []string{"size", "kind", "region"}
	}
	plan, err := benchmark.NewPlan(in, spec)
	if err != nil {
		t.Fatal(err)
	}
	var all, seg [10]family
	for trial := range trials {
		panel := synthetic.NewPanel(cfg.n, uint64(1000+trial))
		panel.Shift = []float64{-.4, 0, .4, .2, -.2, .6, -.6}[trial%7]
		switch os.Getenv("PANEL") {
		case "miss40":
			panel.Missing = .4
		case "icc.15":
			panel.Correlation = .15
		case "icc.7":
			panel.Correlation = .7
		case "rev":
			panel.Reversed = 3
		case "lev":
			panel.Shift += 1.5
		case "bimodal":
			panel.Bimodal = 1.3
		case "extreme":
			panel.Extreme = 8
		case "seg.6":
			panel.SegmentSpread = .6
		case "sd.8":
			panel.Spread = .8
		case "sd1.7":
			panel.Spread = 1.7
		case "missq":
			panel.MissingSpread = .5
		case "style":
			panel.Style = .45
		case "missdom":
			panel.MissingDomains = map[string]float64{"rm": .4}
		}
		sample, err := synthetic.NewSample(in, panel)
		if err != nil {
			t.Fatal(err)
		}
		data, err := benchmark.NewDataset(context.Background(), in, sample.Responses())
		if err != nil {
			t.Fatal(err)
		}
		est, err := plan.EstimateSynthetic(data, uint64(trial))
		if err != nil {
			t.Fatal(err)
		}
		truth := sample.Cohorts(spec.Cohorts...)
		for g, c := range est {
			f := &seg
			if g == 0 {
				f = &all
			}
			score(f, c, truth[g])
		}
	}
	fmt.Printf("%s N=%d eps=%g %s\n all ", os.Getenv("PANEL"), cfg.n, cfg.eps, roster)
	for i, n := range names {
		fmt.Print(n, " ", all[i], "  ")
	}
	fmt.Print("\n seg ")
	for i, n := range names {
		fmt.Print(n, " ", seg[i], "  ")
	}
	fmt.Println()
}

func score(f *[10]family, e estimate.Cohort, c synthetic.Cohort) {
	f[7].add(e.Companies, float64(c.Companies), 1e9)
	f[2].add(e.Overall.Mean, c.Overall.Mean, .25)
	for i := range 3 {
		f[6].add(e.Overall.Quartiles[i], c.Overall.Quartiles[i], .25)
		f[5].add(e.Overall.Quartiles[i], c.Overall.Quartiles[i], .25)
	}
	for d := range e.Domains {
		f[1].add(e.Domains[d].Mean, c.Domains[d].Mean, .25)
		for i := range 3 {
			f[5].add(e.Domains[d].Quartiles[i], c.Domains[d].Quartiles[i], .25)
		}
	}
	order := make([]int, len(e.Questions))
	for q := range e.Questions {
		order[q] = q
		f[0].add(e.Questions[q].Mean, c.Questions[q].Mean, .25)
		f[9].add(e.Questions[q].Answers, float64(c.Questions[q].Answers), 1e9)
		for l := range e.Questions[q].Shares {
			f[3].add(e.Questions[q].Shares[l], c.Questions[q].Shares[l], .1)
		}
		for l := range e.Questions[q].AtLeast {
			f[4].add(e.Questions[q].AtLeast[l], c.Questions[q].AtLeast[l], .1)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if c.Questions[a].Mean < c.Questions[b].Mean {
			return -1
		}
		return 1
	})
	for i, q := range order {
		if i < 5 || i >= len(order)-5 {
			f[8].add(e.Questions[q].Mean, c.Questions[q].Mean, .25)
		}
	}
}

// jspTable is the JSP instrument with attributes of 3, 2 and 4 values.
func jspTable(t *testing.T) *benchmark.Instrument {
	spec := benchmark.JSP().Spec()
	for a, k := range []int{3, 2, 4} {
		spec.Attributes[a].Values = spec.Attributes[a].Values[:k]
	}
	in, err := benchmark.NewInstrument(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}
