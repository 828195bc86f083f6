package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
)

// everyKind and fileKind are names that -panel takes beside those of the kinds.
const (
	everyKind = "all"
	fileKind  = "file"
)

// kinds lists the kinds of -panel.
func (s *settings) kinds() ([]synthetic.Kind, error) {
	if s.panel == everyKind {
		return synthetic.Kinds(), nil
	}
	var list []synthetic.Kind
	for name := range strings.SplitSeq(s.panel, ",") {
		kind, ok := synthetic.FindKind(name)
		if name == fileKind && s.responses != "" {
			kind, ok = synthetic.Kind{Name: fileKind, Doc: "companies of " + s.responses}, true
		}
		if !ok {
			return nil, fmt.Errorf("-panel: no kind of panel is called %q; the kinds are %s", name, strings.Join(kindNames(), ", "))
		}
		list = append(list, kind)
	}
	return list, nil
}

func kindNames() []string {
	var names []string
	for _, kind := range synthetic.Kinds() {
		names = append(names, kind.Name)
	}
	return names
}

// listKinds is the part of the help about -panel.
func listKinds() string {
	var b strings.Builder
	for _, kind := range synthetic.Kinds() {
		fmt.Fprintf(&b, "  %-20s %s\n", kind.Name, kind.Doc)
	}
	return b.String()
}

// measureKinds publishes panels of every kind of -panel and prints what became of
// every family of numbers.
func (s *settings) measureKinds(ctx context.Context, stdout, stderr io.Writer) error {
	kinds, err := s.kinds()
	if err != nil {
		return err
	}
	p, err := s.panels()
	if err != nil {
		return err
	}
	plan, err := benchmark.NewPlan(p.in, s.planSpec(p))
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d panels of %d companies of every kind, ε = %v, δ = %v, %s roster\n", s.trials, s.companies, s.epsilon, delta, s.roster)
	results := make([]result, len(kinds))
	for i, kind := range kinds {
		scores, err := s.measureKind(ctx, plan, p, kind)
		if err != nil {
			return err
		}
		results[i] = result{kind, scores}
		if err := results[i].print(stdout); err != nil {
			return err
		}
		fmt.Fprintf(stderr, "\r%d of %d kinds", i+1, len(kinds))
	}
	fmt.Fprintln(stderr)
	return summary(stdout, results)
}

// measureKind publishes panels of one kind, -parallel at a time. Sums are added
// up in the order of the panels.
func (s *settings) measureKind(ctx context.Context, plan *benchmark.Plan, p *panels, kind synthetic.Kind) (*accuracy.Scores, error) {
	trials, errs := make([]accuracy.Scores, s.trials), make([]error, s.trials)
	next := make(chan int)
	var all sync.WaitGroup
	for range s.parallel {
		all.Go(func() {
			for i := range next {
				errs[i] = measureTrial(ctx, plan, p, kind, i, &trials[i])
			}
		})
	}
	for i := range s.trials {
		next <- i
	}
	close(next)
	all.Wait()
	scores := new(accuracy.Scores)
	for i := range trials {
		if errs[i] != nil {
			return nil, errs[i]
		}
		scores.Merge(&trials[i])
	}
	return scores, nil
}

// measureTrial publishes panel i of a kind.
func measureTrial(ctx context.Context, plan *benchmark.Plan, p *panels, kind synthetic.Kind, i int, scores *accuracy.Scores) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	draw := func() (*synthetic.Sample, error) {
		return kind.Panel(p.in, p.size, rand.New(rand.NewPCG(p.seed, uint64(i))))
	}
	if kind.Name == fileKind {
		draw = func() (*synthetic.Sample, error) { return p.trial(i) }
	}
	sample, err := draw()
	if err != nil {
		return err
	}
	release, err := publish(ctx, plan, p.in, sample)
	if err != nil {
		return err
	}
	scores.Add(release, sample)
	return nil
}

// publish makes a release through the library, with its own noise and threshold.
func publish(ctx context.Context, plan *benchmark.Plan, in *instrument.Instrument, sample *synthetic.Sample) (*publication.Release, error) {
	data, err := responses.NewDataset(ctx, in, sample.Responses())
	if err != nil {
		return nil, err
	}
	ledger := privacy.NewMemoryLedger()
	account := privacy.Account{ID: "trial", Unit: "company", Roster: plan.Spec().Roster, Epsilon: 20, Delta: delta, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		return nil, err
	}
	return benchmark.Publish(ctx, ledger, plan, data)
}
