package report

import (
	"cmp"
	"slices"

	"maturitybench/benchmark/publication"
)

// summary is the report in three sentences, made of the numbers of the cohort
// of all companies.
func (b *builder) summary() [3]rich {
	if b.all.Status != publication.Published {
		return [3]rich{b.rich("summary.nothing"), b.rich("summary.no-cohort"), b.rich("summary.protected")}
	}
	return [3]rich{b.overallSentence(), b.domainSentence(), b.practiceSentence()}
}

func (b *builder) overallSentence() rich {
	levels := b.release.Instrument.Scale
	first, last := levels[0], levels[len(levels)-1]
	scale := b.rich("summary.scale", "low", first.Level, "lowname", first.Name, "high", last.Level, "highname", last.Name)
	who := "summary.exactly"
	if b.all.Companies.Low != b.all.Companies.High {
		who = "summary.about"
	}
	companies := b.rich(who, "companies", b.estimate(b.all.Companies))
	mean := b.all.Overall.Mean
	if mean.Status != publication.Published {
		return b.rich("summary.overall-withheld", "who", companies, "scale", scale)
	}
	return b.rich("summary.overall", "who", companies, "scale", scale, "mean", b.estimate(mean), "place", b.names.place(mean.Value))
}

// namedMean is a mean with the name of what it is of.
type namedMean struct {
	name rich
	mean publication.Estimate
}

// domainMeans are the published ones, the highest first.
func (b *builder) domainMeans() []namedMean {
	var shown []namedMean
	for i, d := range b.all.Domains {
		if d.Mean.Status == publication.Published {
			shown = append(shown, namedMean{foreign(b.release.Instrument.Domains[i].Title), d.Mean})
		}
	}
	slices.SortStableFunc(shown, func(a, b namedMean) int { return cmp.Compare(b.mean.Value, a.mean.Value) })
	return shown
}

func (b *builder) domainSentence() rich {
	shown, total := b.domainMeans(), len(b.all.Domains)
	switch len(shown) {
	case 0:
		return b.rich("summary.domains-withheld", "total", total)
	case 1:
		return b.rich("summary.one-domain", "domain", shown[0].name, "mean", b.estimate(shown[0].mean), "total", total)
	}
	first, last := shown[0], shown[len(shown)-1]
	if overlap(first.mean, last.mean) {
		return b.rich("summary.domains-tied", "shown", len(shown), "total", total, "low", b.estimate(last.mean), "high", b.estimate(first.mean))
	}
	return b.rich("summary.domains",
		"first", first.name, "firstmean", b.estimate(first.mean), "firsttied", b.tied(first, shown[1:]),
		"last", last.name, "lastmean", b.estimate(last.mean), "lasttied", b.tied(last, shown[:len(shown)-1]))
}

// tied says which others cannot be told apart from one that was named.
func (b *builder) tied(one namedMean, others []namedMean) rich {
	var near []rich
	for _, d := range others {
		if overlap(d.mean, one.mean) {
			near = append(near, d.name)
		}
	}
	if len(near) == 0 {
		return rich{}
	}
	return b.rich("summary.tied", "others", join(near, ", "))
}

func (b *builder) practiceSentence() rich {
	places := ranking(b.all)
	total := len(b.all.Questions)
	if len(places) == 0 {
		return b.rich("summary.practices-withheld", "total", total)
	}
	sentence := b.rich("summary.practices", "total", total, "shown", len(places))
	low, high := lowest(places).places, highest(places).places
	if len(low) > 0 {
		sentence = append(sentence, b.rich("summary.lowest", "practice", b.named(low[0]))...)
	} else {
		sentence = append(sentence, b.rich("summary.no-lowest")...)
	}
	if len(high) > 0 {
		return append(sentence, b.rich("summary.highest", "practice", b.named(high[0]))...)
	}
	return append(sentence, b.rich("summary.no-highest")...)
}

// named is a practice with its mean and the ranks that the noise leaves.
func (b *builder) named(p place) rich {
	key := "summary.practice"
	if p.best != p.worst {
		key = "summary.practice-tied"
	}
	return b.rich(key, "practice", b.names.practice(p.id), "mean", b.estimate(p.mean), "ranks", p.rank())
}
