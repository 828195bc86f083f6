package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"text/tabwriter"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
)

// changes are what -change takes: what happens before the last wave, beside a usual year, or that in no year
// anything does.
var changes = map[string]func(i *synthetic.Industry, question int){
	"none":     func(*synthetic.Industry, int) {},
	"still":    func(*synthetic.Industry, int) {},
	"domain":   func(i *synthetic.Industry, _ int) { i.MoveDomain(1, 1) },
	"question": func(i *synthetic.Industry, question int) { i.Move(1, question) },
	"panel":    func(i *synthetic.Industry, _ int) { i.Next(synthetic.Drift{Replaced: 1, Questions: 0.55}) },
}

// drifts are what a year is where it is no usual one.
var drifts = map[string]synthetic.Drift{"still": {Answers: 1}}

// waveScores are what became of a wave, by itself and leaning on the waves before.
type waveScores struct{ alone, leaning accuracy.Scores }

// measureWaves publishes industries wave by wave and prints what became of the questions
// that are asked in all of them.
func (s *settings) measureWaves(ctx context.Context, stdout, stderr io.Writer) error {
	p, err := s.panels()
	if err != nil {
		return err
	}
	waves := make([]waveScores, s.waves)
	var jumped struct{ alone, leaning accuracy.Scores }
	var trends trendScores
	for i := range s.trials {
		if err := s.industry(ctx, p, i, waves, &jumped.alone, &jumped.leaning, &trends); err != nil {
			return err
		}
		progress(stderr, i+1, s.trials)
	}
	fmt.Fprintf(stdout, "%d industries of %d synthetic companies, ε = %v a wave, δ = %v, %s roster; before the last wave: %s\n\n", s.trials, s.companies, s.epsilon, delta, s.roster, s.change)
	t := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "wave\tnumbers\tby itself\t%s\tleaning on earlier waves\t%s\n", scoreColumns, scoreColumns)
	row := func(wave string, what any, alone, leaning accuracy.Score) {
		if alone.Numbers > 0 {
			fmt.Fprintf(t, "%s\t%v\t\t%s\t\t%s\n", wave, what, scoreCells(alone), scoreCells(leaning))
		}
	}
	for w := range waves {
		for _, f := range []accuracy.Family{accuracy.QuestionMeans, accuracy.Extremes, accuracy.Shares} {
			row(fmt.Sprint(w+1), f, waves[w].alone.All[f], waves[w].leaning.All[f])
			row(fmt.Sprint(w+1), f.String()+" of segments", waves[w].alone.Segments[f], waves[w].leaning.Segments[f])
		}
	}
	row(fmt.Sprint(s.waves), "the question that jumps", jumped.alone.All[accuracy.QuestionMeans], jumped.leaning.All[accuracy.QuestionMeans])
	if err := t.Flush(); err != nil || !s.changes {
		return err
	}
	return trends.print(stdout)
}

// industry publishes the waves of one industry twice, on a ledger each, and follows the ones by themselves.
func (s *settings) industry(ctx context.Context, p *panels, number int, waves []waveScores, alone, leaning *accuracy.Scores, trends *trendScores) error {
	rng := rand.New(rand.NewPCG(p.seed, uint64(number)))
	panel := synthetic.NewPanel(p.size, rng.Uint64())
	panel.Shift = max(-0.8, min(0.8, 0.4*rng.NormFloat64()))
	question := rng.IntN(len(p.in.Spec().Questions()))
	industry, err := synthetic.NewIndustry(p.in, panel)
	if err != nil {
		return err
	}
	var samples []*synthetic.Sample
	var releases []*publication.Release
	first, second := privacy.NewMemoryLedger(), privacy.NewMemoryLedger()
	for w := range waves {
		if w == len(waves)-1 {
			changes[s.change](industry, question)
		}
		sample := industry.Sample()
		samples = append(samples, sample)
		for _, one := range []struct {
			ledger *privacy.MemoryLedger
			prior  *benchmark.Prior
			scores *accuracy.Scores
			jumped *accuracy.Scores
		}{{first, nil, &waves[w].alone, alone}, {second, &benchmark.Prior{Waves: []string{"all"}}, &waves[w].leaning, leaning}} {
			spec := s.planSpec(p)
			spec.Wave, spec.Prior = fmt.Sprint("w", w+1), one.prior
			release, err := publishWave(ctx, one.ledger, p.in, spec, sample)
			if err != nil {
				return err
			}
			one.scores.Add(release, sample)
			if one.prior == nil {
				releases = append(releases, release)
			}
			if w == len(waves)-1 && s.change == "question" {
				only(one.jumped, release, sample, question)
			}
		}
		drift, unusual := drifts[s.change]
		if !unusual {
			drift = synthetic.UsualDrift()
		}
		industry.Next(drift)
	}
	if !s.changes {
		return nil
	}
	if s.change != "question" {
		question = -1
	}
	return trends.add(releases, samples, question)
}

// only adds one question of all companies.
func only(scores *accuracy.Scores, release *publication.Release, sample *synthetic.Sample, question int) {
	score := &scores.All[accuracy.QuestionMeans]
	score.Numbers++
	if release.Cohorts[0].Status != publication.Published || release.Cohorts[0].Questions[question].Mean.Status != publication.Published {
		return
	}
	mean, exact := release.Cohorts[0].Questions[question].Mean, sample.Cohorts()[0].Questions[question].Mean
	score.Published++
	score.Squares += (mean.Value - exact) * (mean.Value - exact)
	score.Widths = append(score.Widths, mean.High-mean.Low)
	if mean.Low <= exact && exact <= mean.High {
		score.Covered++
	}
}

// publishWave makes the release of a wave on a ledger that has those before.
func publishWave(ctx context.Context, ledger *privacy.MemoryLedger, in *instrument.Instrument, spec benchmark.PlanSpec, sample *synthetic.Sample) (*publication.Release, error) {
	account := privacy.Account{ID: spec.Account, Unit: "company", Roster: spec.Roster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		return nil, err
	}
	plan, err := benchmark.NewPlan(in, spec)
	if err != nil {
		return nil, err
	}
	data, err := responses.NewDataset(ctx, in, sample.Responses())
	if err != nil {
		return nil, err
	}
	return benchmark.Publish(ctx, ledger, plan, data)
}

// changeNames lists what -change takes.
func changeNames() string {
	return strings.Join([]string{"none", "domain", "question", "panel", "still"}, ", ")
}
