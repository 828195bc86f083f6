package report

import (
	"math"
	"strconv"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// sure says how well the numbers are known, and how to read intervals.
func (b *builder) sure() []block {
	confidence := b.percentage(b.release.Confidence)
	out := []block{bullets{[]rich{
		b.rich("sure.intervals", "confidence", confidence), b.rich("sure.target"), b.rich("sure.differences"), b.rich("sure.findings"),
	}}}
	var known []block
	for _, v := range b.views() {
		if said := v.said(v.precision()); len(said) > 0 {
			known = append(known, paragraph{said})
		}
	}
	out = append(known, out...)
	return out
}

// methods say what the numbers are, and which release they are from.
func (b *builder) methods() []block {
	r := b.release
	list := append([]rich{b.rich("methods.sheets"), b.scoring(), b.skipped()}, b.sheets()...)
	if waves := b.earlier(); waves != nil {
		list = append(list, waves)
	}
	if b.anyPercentiles(b.all) {
		list = append(list, b.rich("methods.percentiles"))
	}
	list = append(list, b.rich("methods.cohorts", "companies", r.Privacy.MinCompanies), b.rich("methods.noise"), b.rich("methods.rounding"))
	about := b.rich("methods.release", "id", rich{{Text: r.ID, Kind: code}}, "account", r.Account, "instrument", r.Instrument.ID, "version", r.Instrument.Version)
	if s := r.Instrument.Source; s != nil {
		about = join([]rich{about, b.rich("methods.source", "source", s.Name, "license", s.License)}, " ")
		if s.Attribution != "" {
			about = join([]rich{about, foreign(s.Attribution)}, " ")
		}
	}
	if b.options.Contact != "" {
		about = join([]rich{about, b.rich("methods.contact", "contact", b.options.Contact)}, " ")
	}
	if b.options.License != "" {
		about = join([]rich{about, b.rich("methods.license", "license", b.options.License)}, " ")
	}
	return []block{bullets{append(list, about)}}
}

// scoring says how scores are made of answers.
func (b *builder) scoring() rich {
	in := b.release.Instrument
	if b.several() {
		return b.scoringByScale()
	}
	out := b.rich("methods.scores")
	if questions, domains := in.Weights(); questions != nil || domains != nil {
		out = b.rich("methods.scores-weighted")
	}
	if values := b.values(); values != nil {
		out = join([]rich{out, values}, " ")
	}
	if in.Scores != nil {
		out = join([]rich{out, b.rich("methods.scale", "from", b.spelt(string(in.Scores.From)), "to", b.spelt(string(in.Scores.To)))}, " ")
	}
	return out
}

// values say what the levels count, if it is not their numbers.
func (b *builder) values() rich {
	in := b.release.Instrument
	if in.Scale[0].Value == "" {
		return nil
	}
	var values []rich
	for i, l := range in.Scale {
		values = append(values, b.rich("methods.value", "name", l.Name, "value", b.number(in.LevelValue(i))))
	}
	return b.rich("methods.values", "values", join(values, ", "))
}

// scoringByScale says how scores are made of answers where there are several scales.
func (b *builder) scoringByScale() rich {
	out := b.rich("methods.scores-several")
	if questions, domains := b.release.Instrument.Weights(); questions != nil || domains != nil {
		out = b.rich("methods.scores-several-weighted")
	}
	for _, v := range b.views() {
		if values := v.values(); values != nil {
			out = join([]rich{out, v.said(values)}, " ")
		}
	}
	return out
}

// weights says what a mean hides.
func (b *builder) weights() rich {
	if questions, _ := b.release.Instrument.Weights(); questions != nil {
		return b.rich("silent.weighted")
	}
	return b.rich("silent.weights")
}

// skipped says what a question without an answer counts as.
func (b *builder) skipped() rich {
	if b.release.Instrument.Blank != instrument.LowestBlank {
		return b.rich("methods.skipped")
	}
	if b.several() {
		return b.rich("methods.blank-several")
	}
	lowest := b.release.Instrument.Scale[0]
	return b.rich("methods.blank", "level", lowest.Level, "name", lowest.Name)
}

// earlier names the waves that numbers lean on, if there are any.
func (b *builder) earlier() rich {
	var waves []rich
	for _, e := range b.release.Earlier {
		waves = append(waves, foreign(e.Wave))
	}
	if waves == nil {
		return nil
	}
	return b.rich("methods.earlier", "waves", join(waves, ", "))
}

// sheets say what became of the answer sheets, as far as it is shown.
func (b *builder) sheets() (list []rich) {
	of := b.release.Sheets
	if of == nil {
		return nil
	}
	if of.LeftOut.Status == publication.Published && b.release.Instrument.Blank != instrument.LowestBlank {
		list = append(list, b.rich("methods.left", "share", b.share(of.LeftOut)))
	}
	if of.ScaledDown.Status == publication.Published {
		list = append(list, b.rich("methods.scaled", "share", b.share(of.ScaledDown)))
	}
	return list
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
	for _, d := range b.seen() {
		widen(&scores, d.Mean)
	}
	for _, q := range b.seenQuestions(b.all) {
		widen(&practices, q.Mean)
	}
	confidence := b.percentage(b.release.Confidence)
	switch {
	case scores > 0 && practices > 0 && b.partial():
		return b.rich("sure.widest-several", "domain", b.within(scores), "practice", b.within(practices), "confidence", confidence)
	case scores > 0 && b.partial():
		return b.rich("sure.domains-several", "domain", b.within(scores), "confidence", confidence)
	case scores > 0 && practices > 0:
		return b.rich("sure.widest", "domain", b.within(scores), "practice", b.within(practices), "confidence", confidence)
	case scores > 0:
		return b.rich("sure.domains", "domain", b.within(scores), "confidence", confidence)
	}
	return nil
}

// within is a half-width, rounded up to two decimals.
func (t texts) within(half float64) string { return t.number(math.Ceil(half*100-1e-9) / 100) }

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
	out := b.withNotAsked([]block{paragraph{b.rich("hidden.count", "shown", shown, "withheld", withheld)}})
	if len(suppressed) > 0 {
		out = append(out, paragraph{b.rich("hidden.cohorts", "cohorts", join(suppressed, "; "))})
	}
	return append(out, bullets{[]rich{b.rich("hidden.withheld"), b.rich("hidden.suppressed")}})
}

// silent says what the numbers do not say.
func (b *builder) silent() []block {
	return []block{bullets{[]rich{
		b.rich("silent.industry"), b.rich("silent.truth"), b.rich("silent.company"), b.rich("silent.cause"), b.weights(),
		b.rich("silent.security"),
	}}}
}

// privacy says how the companies were protected, and what is not.
func (b *builder) privacy() []block {
	p := b.release.Privacy
	var out []block
	if p.Noise == publication.TestNoise {
		out = append(out, warning{b.rich("privacy.test")})
	}
	return append(out,
		paragraph{b.rich(b.rostered("privacy.method", "privacy.method-public", "privacy.method-counted"), "delta", b.number(p.Delta))},
		paragraph{b.rich("privacy.bound")},
		b.odds(table{
			Texts: 1, Header: []rich{b.rich("odds.question"), b.rich("odds.loss"), b.rich("odds.before", "percent", digits(b.whole(1))), b.rich("odds.before", "percent", digits(b.whole(10))), b.rich("odds.before", "percent", digits(b.whole(50)))},
		}, oddsRow{b.rostered("privacy.presence", "privacy.presence-public", "privacy.presence-counted"), p.Epsilon}, oddsRow{"privacy.between", p.Between}),
		paragraph{b.rich(b.rostered("privacy.against", "privacy.against", "privacy.against-counted"))},
		paragraph{b.rich("privacy.minimum", "companies", p.MinCompanies)},
		subheading{Text: b.rich("unprotected")},
		bullets{b.unprotected()})
}

// rostered is the key of the text in the words of the release's roster.
func (b *builder) rostered(secret, public, counted string) string {
	return map[privacy.Roster]string{
		privacy.SecretRoster: secret, privacy.PublicRoster: public, privacy.CountedRoster: counted,
	}[b.release.Privacy.Roster]
}

// oddsRow is a question that a reader may ask, and the loss that bounds the
// answer.
type oddsRow struct {
	key     string
	epsilon float64
}

// odds says how sure a reader may become at most.
func (b *builder) odds(t table, rows ...oddsRow) table {
	t.Caption = b.rich("odds")
	for _, r := range rows {
		t.Rows = append(t.Rows, []rich{
			b.rich(r.key), digits(b.number(r.epsilon)), digits(b.spelt(belief(0.01, r.epsilon))), digits(b.spelt(belief(0.1, r.epsilon))), digits(b.spelt(belief(0.5, r.epsilon))),
		})
	}
	return t
}

// belief is how likely a reader may hold at most, after the report, what it
// held for likely with probability p before: the odds grow by a factor of e^ε
// at most. It is rounded up, to as many digits as tell it from certainty.
func belief(p, epsilon float64) string {
	doubt := (1 - p) / (1 - p + p*math.Exp(epsilon)) // of the opposite, at least
	for decimals := range 6 {
		unit := math.Pow(10, -float64(decimals))
		if percent := math.Ceil((1-doubt)*100/unit-1e-9) * unit; percent < 100 {
			return strconv.FormatFloat(percent, 'f', decimals, 64) + "%"
		}
	}
	return "100%"
}

// statement is that of the release, point by point.
func (b *builder) statement() []block {
	t := table{Caption: b.rich("statement.points"), Header: []rich{b.rich("statement.point"), b.rich("statement.sentence")}, Texts: 2}
	for key, sentence := range b.release.Privacy.Statement.All() {
		said := foreign(sentence)
		said[0].Lang = "en" // as it is stored
		t.Rows = append(t.Rows, []rich{b.rich("statement." + key), said})
	}
	return []block{paragraph{b.rich("statement.lead")}, t}
}

// unprotected lists what the promise does not cover.
func (b *builder) unprotected() []rich {
	list := []rich{b.rich("unprotected.general"), b.rich("unprotected.own"), b.rich("unprotected.groups"), b.rich("unprotected.sum")}
	if public := b.rostered("", "unprotected.public", "unprotected.counted"); public != "" {
		list = append([]rich{b.rich(public)}, list...)
	}
	return list
}
