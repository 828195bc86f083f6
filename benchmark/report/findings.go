package report

import (
	"fmt"
	"math"
	"slices"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
	"maturitybench/stats"
)

// mostFindings is how many findings the first page has.
const mostFindings = 3

// findings are the first of a list of rules that have something to say. A rule
// that compares several numbers looks at intervals that are widened for their
// number, so that all of them hold together with the confidence that each has by
// itself: the extremes of many noisy numbers are told apart by chance
// otherwise.
func (b *builder) findings() []rich {
	rules := []func(*builder) rich{
		(*builder).changeFinding, (*builder).domainFinding, (*builder).lowFinding, (*builder).cohortFinding, (*builder).reachFinding, (*builder).highFinding,
		(*builder).percentileFinding, (*builder).alikeFinding, (*builder).sameFinding, (*builder).levelFinding,
	}
	if b.several() { // nothing that is said of the overall score
		rules = []func(*builder) rich{(*builder).domainFinding, (*builder).lowFinding, (*builder).reachFinding, (*builder).highFinding, (*builder).alikeFinding}
	}
	var list []rich
	for _, rule := range rules {
		for _, v := range b.views() {
			if found := v.said(rule(v)); len(found) > 0 && len(list) < mostFindings {
				list = append(list, found)
			}
		}
	}
	return list
}

// widened stretches the intervals of m numbers so that all hold together
// (Bonferroni): by the ratio of the critical values of the noise, which is
// normal, or that of the Laplace distribution at most where the loss is pure.
func (b *builder) widened(e publication.Estimate, m int) publication.Estimate {
	if m <= 1 || e.Status != publication.Published {
		return e
	}
	miss := 1 - b.release.Confidence
	factor := stats.NormalCritical(1-miss/float64(m)) / stats.NormalCritical(b.release.Confidence)
	if b.release.Privacy.Loss.PureEpsilon > 0 {
		factor = math.Log(float64(m)/miss) / math.Log(1/miss)
	}
	e.Low, e.High = e.Value-factor*(e.Value-e.Low), e.Value+factor*(e.High-e.Value)
	return e
}

// overallChange is the change of the overall mean since the last wave.
func (b *builder) overallChange() (step compare.TrendStep, change compare.Change, ok bool) {
	if b.changes == nil {
		return step, change, false
	}
	step = b.changes.Steps[len(b.changes.Steps)-1]
	i := slices.IndexFunc(step.Changes, func(c compare.Change) bool {
		return c.Cohort == publication.AllCohort && c.Item == publication.OverallItem && c.Statistic == publication.StatisticMean
	})
	if i < 0 {
		return step, change, false
	}
	return step, step.Changes[i], true
}

// changeFinding: the overall mean moved since the last wave.
func (b *builder) changeFinding() rich {
	step, c, ok := b.overallChange()
	if !ok || c.Verdict != compare.Up && c.Verdict != compare.Down {
		return nil
	}
	return b.rich("findings.change."+string(c.Verdict), "from", step.From, "change", b.delta(c.Change, b.binary()))
}

// sameFinding: nothing says that the overall mean moved.
func (b *builder) sameFinding() rich {
	step, c, ok := b.overallChange()
	if !ok || c.Verdict != compare.Indistinguishable {
		return nil
	}
	return b.rich("findings.change.same", "from", step.From, "change", b.delta(c.Change, b.binary()))
}

// domainFinding: the highest domain is above the lowest.
func (b *builder) domainFinding() rich {
	shown := b.domainMeans()
	if len(shown) < 2 {
		return nil
	}
	first, last, looked := shown[0], shown[len(shown)-1], len(b.entire().domainMeans())
	if b.widened(first.mean, looked).Low <= b.widened(last.mean, looked).High {
		return nil
	}
	return b.rich("findings.domains", "first", first.name, "firstmean", b.level(first.mean), "last", last.name, "lastmean", b.level(last.mean))
}

// alikeFinding: no two domains can be told apart.
func (b *builder) alikeFinding() rich {
	shown := b.domainMeans()
	if len(shown) < 2 || len(shown) < len(b.seen()) {
		return nil
	}
	for i, d := range shown {
		for _, other := range shown[i+1:] {
			if !overlap(d.mean, other.mean) {
				return nil
			}
		}
	}
	return b.rich("findings.alike", "low", b.level(shown[len(shown)-1].mean), "high", b.level(shown[0].mean))
}

// wideRanking ranks the practices by intervals that hold together.
func (b *builder) wideRanking() []place {
	c := b.all
	c.Questions = slices.Clone(b.seenQuestions(c))
	for i := range c.Questions {
		c.Questions[i].Mean = b.widened(c.Questions[i].Mean, len(ranking(b.all)))
	}
	return ranking(c)
}

// lowFinding: the lowest practice is surely in the lower half.
func (b *builder) lowFinding() rich {
	return b.practiceFinding(b.yes("findings.low"), lowest(b.wideRanking()))
}

// highFinding: the highest practice is surely in the upper half.
func (b *builder) highFinding() rich {
	return b.practiceFinding(b.yes("findings.high"), highest(b.wideRanking()))
}

func (b *builder) practiceFinding(key string, end ends) rich {
	if len(end.places) == 0 {
		return nil
	}
	q, _ := b.all.Question(end.places[0].id)
	return b.rich(key, "practice", foreign(b.names.practice(q.ID)), "mean", b.level(q.Mean), "name", b.top().Name)
}

// cohortFinding: of two cohorts of an attribute, one is above the other.
func (b *builder) cohortFinding() rich {
	var means [][]namedMean
	total := 0
	for _, a := range b.release.Instrument.Attributes {
		var list []namedMean
		for _, c := range published(b.siblings(a)) {
			if c.Overall.Mean.Status == publication.Published {
				list = append(list, namedMean{b.names.cohort(c.ID), c.Overall.Mean})
			}
		}
		means = append(means, list)
		total += len(list)
	}
	var high, low namedMean
	best := 0.0
	for _, list := range means {
		for _, x := range list {
			for _, y := range list {
				apart := b.widened(x.mean, total).Low > b.widened(y.mean, total).High
				if difference := x.mean.Value - y.mean.Value; apart && difference > best {
					high, low, best = x, y, difference
				}
			}
		}
	}
	if best == 0 {
		return nil
	}
	return b.rich("findings.cohorts", "high", high.name, "highmean", b.level(high.mean), "low", low.name, "lowmean", b.level(low.mean))
}

// reachFinding: in many practices fewer than half of the companies, or more,
// are at the middle of the scale or above.
func (b *builder) reachFinding() rich {
	scale := b.release.Instrument.Scale
	middle := len(scale) / 2
	questions := b.seenQuestions(b.all)
	fewer, more, total := 0, 0, len(questions)
	for _, q := range questions {
		e := b.widened(q.AtLeast[middle-1], len(b.all.Questions))
		switch {
		case e.Status != publication.Published:
		case e.High < 0.5:
			fewer++
		case e.Low > 0.5:
			more++
		}
	}
	key, n := b.yes("findings.fewer"), fewer
	if more > fewer {
		key, n = b.yes("findings.more"), more
	}
	if n < 2 {
		return nil
	}
	level := scale[middle]
	return b.rich(key, "n", fmt.Sprint(n), "total", total, "level", level.Level, "name", level.Name)
}

// percentileFinding: the companies differ.
func (b *builder) percentileFinding() rich {
	q := b.all.Overall.Percentiles.Quartiles()
	if q[0].Status != publication.Published || b.widened(q[0], len(q)).High >= b.widened(q[2], len(q)).Low {
		return nil
	}
	return b.rich("findings.spread", "low", b.level(q[0]), "high", b.level(q[2]))
}

// levelFinding: between which levels the overall mean lies.
func (b *builder) levelFinding() rich {
	mean := b.all.Overall.Mean
	if mean.Status != publication.Published || b.binary() {
		return nil
	}
	scale := b.release.Instrument.Scale
	for i, l := range scale[1:] {
		if below := scale[i]; mean.Low > b.release.Instrument.ScoreAt(i) && mean.High < b.release.Instrument.ScoreAt(i+1) {
			return b.rich("findings.level", "low", below.Level, "lowname", below.Name, "high", l.Level, "highname", l.Name, "mean", b.level(mean))
		}
	}
	return nil
}
