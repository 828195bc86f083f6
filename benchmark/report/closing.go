package report

import (
	"math"

	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// sure says how well the numbers are known, and how to read intervals.
func (b *builder) sure() []block {
	confidence := percentage(b.release.Confidence)
	return []block{
		paragraph{b.precision()},
		bullets{[]rich{
			b.rich("sure.intervals", "confidence", confidence), b.rich("sure.target"), b.rich("sure.differences"),
		}},
	}
}

// methods say what the numbers are.
func (b *builder) methods() []block {
	return []block{bullets{[]rich{
		b.rich("methods.sheets"), b.rich("methods.scores"), b.rich("methods.skipped"), b.rich("methods.percentiles"),
		b.rich("methods.cohorts", "companies", b.release.Privacy.MinCompanies), b.rich("methods.noise"), b.rich("methods.rounding"),
	}}}
}

// precision says how far the means of all companies may be off.
func (b *builder) precision() rich {
	scores, practices := 0.0, 0.0
	widen := func(most *float64, e publication.Estimate) {
		if e.Status == publication.Published {
			*most = max(*most, e.High-e.Value, e.Value-e.Low)
		}
	}
	widen(&scores, b.all.Overall.Mean)
	for _, d := range b.all.Domains {
		widen(&scores, d.Mean)
	}
	for _, q := range b.all.Questions {
		widen(&practices, q.Mean)
	}
	confidence := percentage(b.release.Confidence)
	switch {
	case scores > 0 && practices > 0:
		return b.rich("sure.widest", "domain", within(scores), "practice", within(practices), "confidence", confidence)
	case scores > 0:
		return b.rich("sure.domains", "domain", within(scores), "confidence", confidence)
	}
	return b.rich("sure.nothing")
}

// within is a half-width, rounded up to two decimals.
func within(half float64) string { return number(math.Ceil(half*100-1e-9) / 100) }

// hidden says what is suppressed and withheld, and what that means.
func (b *builder) hidden() []block {
	var suppressed []rich
	shown, withheld := 0, 0
	for cell := range b.release.Cells() {
		switch cell.Status {
		case publication.Suppressed:
			suppressed = append(suppressed, b.names.cohort(cell.Cohort))
		case publication.Withheld:
			withheld++
		default:
			shown++
		}
	}
	out := []block{paragraph{b.rich("hidden.count", "shown", shown, "withheld", withheld)}}
	if len(suppressed) > 0 {
		out = append(out, paragraph{b.rich("hidden.cohorts")}, bullets{suppressed})
	} else {
		out = append(out, paragraph{b.rich("hidden.none")})
	}
	return append(out, paragraph{b.rich("hidden.legend")}, bullets{[]rich{b.rich("hidden.suppressed"), b.rich("hidden.withheld")}})
}

// silent says what the numbers do not say.
func (b *builder) silent() []block {
	return []block{bullets{[]rich{
		b.rich("silent.industry"), b.rich("silent.truth"), b.rich("silent.company"), b.rich("silent.cause"), b.rich("silent.weights"),
		b.rich("silent.security"), b.rich("silent.differences"), b.rich("silent.withheld"),
	}}}
}

// privacy says how the companies were protected, and what is not.
func (b *builder) privacy() []block {
	p := b.release.Privacy
	var out []block
	if p.Noise == publication.TestNoise {
		out = append(out, warning{b.rich("privacy.test")})
	}
	method, presence := "privacy.method", "privacy.presence"
	if p.Roster == privacy.PublicRoster {
		method, presence = "privacy.method-public", "privacy.presence-public"
	}
	out = append(out,
		paragraph{b.rich("privacy.plain")},
		paragraph{b.rich(method, "delta", number(p.Delta))},
		paragraph{b.rich(presence, "epsilon", number(p.Epsilon), "factor", b.factor(p.Epsilon))},
		paragraph{b.rich("privacy.between", "epsilon", number(p.Between), "factor", b.factor(p.Between))},
		paragraph{b.rich("privacy.against")},
		paragraph{b.rich("privacy.minimum", "companies", p.MinCompanies)},
		subheading{b.rich("unprotected")},
		bullets{b.unprotected()},
		subheading{b.rich("statement")},
		paragraph{b.rich("statement.lead")})
	t := table{Caption: b.rich("statement.points"), Header: []rich{b.rich("statement.point"), b.rich("statement.sentence")}, Texts: 2}
	for key, sentence := range p.Statement.All() {
		t.Rows = append(t.Rows, []rich{b.rich("statement." + key), foreign(sentence)})
	}
	return append(out, t)
}

// unprotected lists what the promise does not cover.
func (b *builder) unprotected() []rich {
	list := []rich{b.rich("unprotected.general"), b.rich("unprotected.own"), b.rich("unprotected.groups"), b.rich("unprotected.sum")}
	if b.release.Privacy.Roster == privacy.PublicRoster {
		list = append([]rich{b.rich("unprotected.public")}, list...)
	}
	return list
}

// percentage is a confidence in percent, without needless digits.
func percentage(confidence float64) string {
	return number(math.Round(confidence*1e8) / 1e6)
}

// factor is e^ε in words with two significant digits, rounded up.
func (t texts) factor(epsilon float64) string {
	f := math.Exp(epsilon)
	unit := math.Pow(10, max(0, math.Floor(math.Log10(f))-1))
	f = math.Ceil(f/unit) * unit
	switch {
	case epsilon < math.Log(10):
		return number(math.Ceil(math.Exp(epsilon)*10) / 10)
	case f < 1e6:
		return number(f)
	case f < 1e9:
		return t.say("factor.million", "n", number(f/1e6))
	}
	return t.say("factor.billion")
}
