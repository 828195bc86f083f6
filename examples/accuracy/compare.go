package main

import (
	"context"
	"errors"
	"io"
	"math"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/synthetic"
)

// trial is one panel with everything a method may know.
type trial struct {
	spec     instrument.Spec
	sample   *synthetic.Sample
	cohorts  []synthetic.Cohort // exact, for all and every value of every attribute
	epsilon  float64
	expected float64 // planning figure
	level    float64 // prior level
	number   int
}

// method is a way to publish a panel.
type method struct {
	name    string
	publish func(trial) []statistics
	scores  scores
}

// compare publishes every panel by every method and prints the table.
func (s *settings) compare(ctx context.Context, stdout, stderr io.Writer) error {
	p, err := s.panels()
	if err != nil {
		return err
	}
	if p.in.Spec().Several() {
		return errors.New("the simpler methods know one scale: an instrument of several is measured with -panel")
	}
	plan, err := benchmark.NewPlan(p.in, s.planSpec(p))
	if err != nil {
		return err
	}
	ours := &method{name: "maturitybench"}
	others := []*method{
		{name: "dpagg by family", publish: naive(byFamily)},
		{name: "dpagg by statistic", publish: naive(byStatistic)},
		{name: "joint histogram", publish: jointHistogram},
		{name: "prior alone", publish: priorAlone},
	}
	for i := range s.trials {
		if err := ctx.Err(); err != nil {
			return err
		}
		sample, err := p.trial(i)
		if err != nil {
			return err
		}
		t := trial{
			spec: p.in.Spec(), sample: sample, cohorts: sample.Cohorts(plan.Spec().Cohorts...), epsilon: s.epsilon,
			expected: float64(s.expectedCompanies()), level: s.priorLevel(p), number: i,
		}
		exact := make([]statistics, len(t.cohorts))
		for g, c := range t.cohorts {
			exact[g] = truth(c)
		}
		for _, m := range others {
			m.scores.add(exact, m.publish(t), nil, nil)
		}
		if err := ours.release(ctx, plan, p.in, t, exact); err != nil {
			return err
		}
		progress(stderr, i+1, s.trials)
	}
	return s.print(stdout, ours, others)
}

// planSpec is the plan of a trial.
func (s *settings) planSpec(p *panels) benchmark.PlanSpec {
	spec := benchmark.PlanSpec{
		Wave: "trial", Account: "trial", Roster: s.roster, Epsilon: s.epsilon, Delta: delta,
		ExpectedCompanies: s.expectedCompanies(), Override: true, Statistics: s.statistics,
	}
	if s.prior && s.panel == "" && p.pool == nil {
		spec.Prior = &benchmark.Prior{Level: s.priorLevel(p), Spread: 0.5}
	}
	if s.cohorts {
		for _, a := range p.in.Spec().Attributes {
			spec.Cohorts = append(spec.Cohorts, a.ID)
		}
	}
	return spec
}

// priorLevel is the published level of synthetic industries, three tenths up
// the scale, and the middle of the scale for panels from a file.
func (s *settings) priorLevel(p *panels) float64 {
	scale := p.in.Spec().Scale
	share := 0.3
	if p.pool != nil || !s.prior {
		share = 0.5
	}
	return float64(scale[0].Level) + share*float64(len(scale)-1)
}

// release publishes through the library, with its own noise and threshold.
func (m *method) release(ctx context.Context, plan *benchmark.Plan, in *instrument.Instrument, t trial, exact []statistics) error {
	release, err := publish(ctx, plan, in, t.sample)
	if err != nil {
		return err
	}
	values := func(pick func(publication.Estimate) float64) []statistics {
		list := make([]statistics, len(release.Cohorts))
		for g, c := range release.Cohorts {
			if c.Status == publication.Published {
				list[g] = published(c, pick)
			}
		}
		return list
	}
	m.scores.add(exact,
		values(func(e publication.Estimate) float64 { return shown(e, e.Value) }),
		values(func(e publication.Estimate) float64 { return shown(e, e.Low) }),
		values(func(e publication.Estimate) float64 { return shown(e, e.High) }))
	return nil
}

// shown is x if the estimate is published.
func shown(e publication.Estimate, x float64) float64 {
	if e.Status != publication.Published {
		return math.NaN()
	}
	return x
}
