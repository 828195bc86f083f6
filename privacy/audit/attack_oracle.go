package audit

import (
	"bytes"
	"context"

	"maturitybench/privacy"
)

// Reprints is what came of publishing the same data again and again.
type Reprints struct {
	Times    int          // publications that were asked for
	Distinct int          // different artefacts
	Charges  int          // publications that were charged
	Loss     privacy.Loss // sum of the charges
}

// Violation reports whether noise was given away: more artefacts than charges.
// A publisher that returns what it stored has one of each.
func (r Reprints) Violation() bool { return r.Distinct > r.Charges }

// Averaging asks one ledger for the same publication many times. If every
// answer had fresh noise, its average would be exact: μ grows with the square
// root of the number of different artefacts.
func Averaging[D any](ctx context.Context, s Setup[D], data D, times int) (Reprints, error) {
	ledger, err := s.fresh(ctx)
	if err != nil {
		return Reprints{}, err
	}
	different := map[string]bool{}
	for range times {
		artefact, err := s.Publish(ctx, ledger, data)
		if err != nil {
			return Reprints{}, err
		}
		different[string(artefact)] = true
	}
	return Reprints{Times: times, Distinct: len(different), Charges: len(ledger.charged), Loss: ledger.loss()}, nil
}

// PlanLeak publishes different data under what should be one plan and counts
// how many plans the ledger was told: a roll-up of small cohorts, a bound or a
// centre that is chosen from the raw data shows there. 1 is right. The artefacts'
// layouts are reduced by layout to what must not depend on the data, such as
// the list of cohorts; nil leaves them out.
func PlanLeak[D any](ctx context.Context, s Setup[D], data []D, layout func([]byte) string) (plans int, err error) {
	different := map[string]bool{}
	for _, d := range data {
		artefacts, ledger, err := s.publish(ctx, d)
		if err != nil {
			return 0, err
		}
		var told bytes.Buffer
		for _, entry := range ledger.charged {
			told.Write(entry.Plan)
		}
		if layout != nil {
			told.WriteString("\x00" + layout(artefacts[0]))
		}
		different[told.String()] = true
	}
	return len(different), nil
}

// ImpossibleOutputs looks for something that is published with a company and
// never without it, or without it and never with it: events reads the features
// of an artefact that could betray it, such as the last bits of numbers, their
// signs or the form of the document. Every event that the first half of the
// trials suggests is tested on the second half, against [Power]; the outcome is
// that of the worst event, with the false alarms shared among them.
func ImpossibleOutputs[D any](ctx context.Context, s Setup[D], with, without D, events func([]byte) []string, trials int) (Outcome, error) {
	if trials < 1 {
		return Outcome{}, errTrials
	}
	var claim privacy.Loss
	count := func(data D) (map[string]int, error) {
		counts := map[string]int{}
		for range trials {
			artefacts, charged, err := s.publish(ctx, data)
			if err != nil {
				return nil, err
			}
			claim = s.claim(charged)
			for _, event := range distinct(events(artefacts[0])) {
				counts[event]++
			}
		}
		return counts, nil
	}
	var counts [4]map[string]int // with and without, learned and tested
	for i, data := range []D{with, without, with, without} {
		var err error
		if counts[i], err = count(data); err != nil {
			return Outcome{}, err
		}
	}
	worst := Outcome{Attack: "impossible outputs", Trials: trials, Bound: 1}
	for way := range 2 {
		learned, other := counts[way], counts[1-way]
		for event, n := range learned {
			if n <= 2*other[event]+2 {
				continue
			}
			o := compare(counts[2+way][event], counts[3-way][event], trials, claim, Alarm/float64(2*len(learned)+2))
			if o.Low-o.Bound > worst.Low-worst.Bound {
				worst = o
			}
		}
	}
	return worst, nil
}

// compare tests one event.
func compare(hits, alarms, trials int, claim privacy.Loss, alarm float64) Outcome {
	low, _ := Limits(hits, trials, alarm/2)
	_, high := Limits(alarms, trials, alarm/2)
	return Outcome{
		Attack: "impossible outputs", Trials: trials, Rate: float64(hits) / float64(trials),
		Low: low, Bound: Power(claim, high), Chance: float64(alarms) / float64(trials),
	}
}

func distinct(events []string) []string {
	seen, list := map[string]bool{}, []string(nil)
	for _, event := range events {
		if !seen[event] {
			seen[event] = true
			list = append(list, event)
		}
	}
	return list
}
