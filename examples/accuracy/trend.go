package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
)

// trendScores are what became of the changes and of the means as they are seen from the last wave.
type trendScores struct {
	last, whole, jumped accuracy.Changes // from the last wave but one, and from the first; of the question that jumps
	seen                accuracy.Series  // of all waves
}

// add compares the trend of an industry whose question, by its number, jumps, −1 for none.
func (s *trendScores) add(releases []*publication.Release, samples []*synthetic.Sample, question int) error {
	changes, err := compare.Trend(releases...)
	if err != nil {
		return err
	}
	end := len(samples) - 1
	last := changes.Steps[end-1]
	s.last.Add(last, samples[end-1], samples[end])
	if changes.Whole != nil {
		s.whole.Add(*changes.Whole, samples[0], samples[end])
	}
	for w, sample := range samples {
		s.seen.Add(changes.Series, last.Instrument, w, sample)
	}
	if question < 0 {
		return nil
	}
	one, id := last, last.Instrument.Questions()[question].ID
	one.Changes = nil
	for _, c := range last.Changes {
		if c.Item == id {
			one.Changes = append(one.Changes, c)
		}
	}
	s.jumped.Add(one, samples[end-1], samples[end])
	return nil
}

// print writes a row for every kind of means.
func (s *trendScores) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(what string, f accuracy.Family, plain, joint accuracy.Scores) {
		for _, of := range []struct {
			name         string
			plain, joint accuracy.Score
		}{{"", plain.All[f], joint.All[f]}, {" of segments", plain.Segments[f], joint.Segments[f]}} {
			if of.plain.Numbers > 0 {
				fmt.Fprintf(t, "%s\t%v%s\t\t%s\t\t%s\n", what, f, of.name, scoreCells(of.plain), scoreCells(of.joint))
			}
		}
	}
	means := []accuracy.Family{accuracy.OverallMean, accuracy.FunctionMeans, accuracy.DomainMeans, accuracy.QuestionMeans}
	fmt.Fprintf(t, "\nchange\tof\tdifference\t%s\tfrom all waves\t%s\n", scoreColumns, scoreColumns)
	for _, f := range means {
		row("in the last step", f, s.last.Difference, s.last.Change)
		row("from first to last", f, s.whole.Difference, s.whole.Change)
	}
	row("of the question that jumps", accuracy.QuestionMeans, s.jumped.Difference, s.jumped.Change)
	fmt.Fprintf(t, "\nmeans\t\tas published\t%s\tas seen from the last wave\t%s\n", scoreColumns, scoreColumns)
	for _, f := range means {
		row("of all waves", f, s.seen.Published, s.seen.Smoothed)
	}
	return t.Flush()
}
