package instrument

import (
	"strconv"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/specfile"
)

// ScoreScale is what scores are printed on: the lowest level becomes From and the
// highest To, and what lies between them accordingly.
type ScoreScale struct {
	From Decimal `yaml:"from" json:"from"`
	To   Decimal `yaml:"to" json:"to"` // above From
}

// Limits of values and weights: an encoded answer sheet stays in exact whole numbers.
const (
	maxSteps  = 100    // of which all values are multiples, from the lowest to the highest
	maxWeight = 100    // of a question or a domain
	maxTotal  = 20_000 // weight of all questions, each times that of its domain
)

// LevelValue is what a level counts in means and scores, by its place on the scale from 0.
func (s Spec) LevelValue(level int) float64 { return s.value(level).Float() }

func (s Spec) value(level int) Decimal {
	if v := s.Scale[level].Value; v != "" {
		return v
	}
	return Decimal(strconv.Itoa(s.Scale[level].Level))
}

// Ends are what the lowest and the highest level count: between them lie the means of
// questions.
func (s Spec) Ends() (low, high float64) { return s.LevelValue(0), s.LevelValue(len(s.Scale) - 1) }

// ScoreEnds are the ends of the scale that scores are printed on.
func (s Spec) ScoreEnds() (low, high float64) {
	if s.Scores != nil {
		return s.Scores.From.Float(), s.Scores.To.Float()
	}
	return s.Ends()
}

// Units are how far apart a level is from the next on the scale of scores, and on that of
// answers, on average: 1 where levels are one apart.
func (s Spec) Units() (score, answer float64) {
	from, to := s.ScoreEnds()
	low, high := s.Ends()
	steps := float64(len(s.Scale) - 1)
	return (to - from) / steps, (high - low) / steps
}

// ScoreAt is the score of a company with all answers at a level.
func (s Spec) ScoreAt(level int) float64 {
	if s.Scores == nil {
		return s.LevelValue(level)
	}
	low, high := s.Ends()
	from, to := s.ScoreEnds()
	return from + (s.LevelValue(level)-low)*(to-from)/(high-low)
}

// Valued says whether levels count something else than their numbers, or scores are
// printed on another scale.
func (s Spec) Valued() bool {
	valued := s.Scores != nil
	for _, levels := range s.scales() {
		valued = valued || levels[0].Value != ""
	}
	return valued
}

// Steps are what the levels count above the lowest, in the largest step of which all are
// whole multiples; nil if they are equally far apart.
func (s Spec) Steps() []int {
	whole, equal := s.counts(), true
	for i, v := range whole {
		equal = equal && v == i
	}
	if equal {
		return nil
	}
	return whole
}

// counts are the steps of all scales.
func (s Spec) counts() []int {
	steps, divisor := make([]int64, len(s.Scale)), int64(0)
	for i := range steps {
		steps[i] = s.value(i).micro() - s.value(0).micro()
		for a, b := divisor, steps[i]; ; a, b = b, a%b {
			if divisor = a; b == 0 {
				break
			}
		}
	}
	whole := make([]int, len(steps))
	for i, v := range steps {
		whole[i] = int(v / max(divisor, 1))
	}
	return whole
}

// FunctionDomains are the domains of every function, by their number.
func (s Spec) FunctionDomains() [][]int {
	at, list := map[string]int{}, [][]int(nil)
	for d, domain := range s.Domains {
		at[domain.ID] = d
	}
	for _, f := range s.Functions {
		var of []int
		for _, id := range f.Domains {
			of = append(of, at[id])
		}
		list = append(list, of)
	}
	return list
}

// Weights are those of all questions, nil if each is 1, and of all domains, likewise.
func (s Spec) Weights() (questions, domains []int) {
	some, others := false, false
	for _, d := range s.Domains {
		domains = append(domains, max(d.Weight, 1))
		others = others || d.Weight > 1
		for _, q := range d.Questions {
			questions = append(questions, max(q.Weight, 1))
			some = some || q.Weight > 1
		}
	}
	if !some {
		questions = nil
	}
	if !others {
		domains = nil
	}
	return questions, domains
}

// MeanOfShares is the mean of what the answers count under shares of all levels, in
// millionths that sum to a million: to the nearest millionth, halves up, and exact where
// levels count whole numbers.
func (s Spec) MeanOfShares(shares []decimal.Micro) decimal.Micro {
	low, sum := s.value(0).micro(), int64(0)
	for i, share := range shares {
		sum += int64(share) * (s.value(i).micro() - low)
	}
	const unit = int64(decimal.Unity)
	return decimal.Micro(low + (sum+unit/2)/unit)
}

// Scorer computes the scores of one answer sheet as the instrument defines them: a domain
// score is the mean of what the answers there count, each by its question's weight; in
// the overall score every answer has that times the weight of its domain. Questions
// without an answer do not count. Of several scales there is no overall score.
type Scorer struct {
	on                 []scoring // by domain
	questions, domains []int
	first              []int   // of every domain: its first question; then the number of questions
	functions          [][]int // their domains
	several            bool
}

// scoring is how answers on one scale count.
type scoring struct {
	values              []int64 // of the levels
	unit                float64 // of a value
	scaled              bool
	low, high, from, to float64
}

// Scorer is that of the instrument.
func (s Spec) Scorer() *Scorer {
	c := &Scorer{first: []int{0}, several: s.Several(), functions: s.FunctionDomains()}
	c.questions, c.domains = s.Weights()
	for d, domain := range s.Domains {
		c.first = append(c.first, c.first[len(c.first)-1]+len(domain.Questions))
		c.on = append(c.on, s.On(d).scoring())
	}
	return c
}

func (s Spec) scoring() scoring {
	c, divisor := scoring{scaled: s.Scores != nil}, int64(1_000_000)
	for level := range s.Scale {
		for divisor > 1 && s.value(level).micro()%divisor != 0 {
			divisor /= 10
		}
	}
	for level := range s.Scale {
		c.values = append(c.values, s.value(level).micro()/divisor)
	}
	c.unit = 1e6 / float64(divisor)
	c.low, c.high = s.Ends()
	c.from, c.to = s.ScoreEnds()
	return c
}

// Question is what a level counts in a domain, by its place on the scale.
func (c *Scorer) Question(domain, level int) float64 {
	return float64(c.on[domain].values[level]) / c.on[domain].unit
}

// Mean is the mean of what answers in a domain count, given how many are at every level.
func (c *Scorer) Mean(domain int, counts []int) float64 {
	sum, n := int64(0), 0
	for level, count := range counts {
		sum += c.on[domain].values[level] * int64(count)
		n += count
	}
	return float64(sum) / float64(n) / c.on[domain].unit
}

// Domain is a domain score, and whether there is any answer. level is the place of the answer
// to a question on the scale, less than 0 without one.
func (c *Scorer) Domain(domain int, level func(question int) int) (score float64, ok bool) {
	sum, weight := c.sum(domain, level)
	return c.on[domain].score(sum, weight)
}

// Overall is the overall score; there is none of several scales.
func (c *Scorer) Overall(level func(question int) int) (score float64, ok bool) {
	if c.several {
		return 0, false
	}
	all := make([]int, len(c.first)-1)
	for d := range all {
		all[d] = d
	}
	return c.of(all, level)
}

// Function is the score of a function: that of its domains as if there were no others.
func (c *Scorer) Function(function int, level func(question int) int) (score float64, ok bool) {
	return c.of(c.functions[function], level)
}

// of is the score of all answers in domains, each by its weight in the overall score.
func (c *Scorer) of(domains []int, level func(question int) int) (score float64, ok bool) {
	sum, weight := int64(0), int64(0)
	for _, d := range domains {
		s, w := c.sum(d, level)
		if c.domains != nil {
			s, w = s*int64(c.domains[d]), w*int64(c.domains[d])
		}
		sum += s
		weight += w
	}
	return c.on[domains[0]].score(sum, weight)
}

func (c *Scorer) sum(domain int, level func(question int) int) (sum, weight int64) {
	for q := c.first[domain]; q < c.first[domain+1]; q++ {
		if at := level(q); at >= 0 {
			w := int64(1)
			if c.questions != nil {
				w = int64(c.questions[q])
			}
			sum += w * c.on[domain].values[at]
			weight += w
		}
	}
	return sum, weight
}

func (c *scoring) score(sum, weight int64) (float64, bool) {
	if weight == 0 {
		return 0, false
	}
	x := float64(sum) / float64(weight) / c.unit
	if c.scaled {
		x = c.from + (x-c.low)*(c.to-c.from)/(c.high-c.low)
	}
	return x, true
}

// checkScores checks values, weights and the scale of scores.
func (s Spec) checkScores(c *specfile.Checker) {
	for i, levels := range s.scales() {
		path := "scale"
		if s.Several() {
			path = specfile.Join(specfile.Element("scales", i), "levels")
		}
		if of := (Spec{Scale: levels}); !of.checkValues(c, path) {
			return
		}
	}
	if s.Several() && c.Err() == nil {
		s.checkAxis(c)
	}
	if r := s.Scores; r != nil {
		switch {
		case c.Unread("scores.from") || c.Unread("scores.to"):
		case r.From.check() != nil:
			c.Expect("scores.from", "%s", errDecimal)
		case r.To.check() != nil:
			c.Expect("scores.to", "%s", errDecimal)
		case r.To.micro() <= r.From.micro():
			c.Expect("scores.to", "more than %s", r.From)
		case len(s.Scale) == 2:
			c.Expect("scores", "a scale of more than two levels: scores of two are printed in percent")
		}
	}
	total := 0
	for d, domain := range s.Domains {
		at := specfile.Element("domains", d)
		expectWeight(c, specfile.Join(at, "weight"), domain.Weight)
		for q, question := range domain.Questions {
			expectWeight(c, specfile.Join(specfile.Element(specfile.Join(at, "questions"), q), "weight"), question.Weight)
			total += max(domain.Weight, 1) * max(question.Weight, 1)
		}
	}
	if total > maxTotal {
		c.Expect("domains", "weights of at most %d together, those of questions times those of their domains", maxTotal)
	}
}

// checkValues checks the values of the only scale, at path, and reports whether they could be
// read.
func (s Spec) checkValues(c *specfile.Checker, path string) bool {
	given := 0
	for i, level := range s.Scale {
		at := specfile.Join(specfile.Element(path, i), "value")
		switch {
		case c.Unread(at):
			return false
		case level.Value == "":
			continue
		case level.Value.check() != nil:
			c.Expect(at, "%s", errDecimal)
			return false
		}
		given++
		if i > 0 && s.Scale[i-1].Value != "" && level.Value.micro() <= s.Scale[i-1].Value.micro() {
			c.Expect(at, "more than %s: values ascend", s.Scale[i-1].Value)
			return false
		}
	}
	switch {
	case given > 0 && len(s.Scale) == 2:
		c.Expect(path, "no values of two levels: their means are printed in percent of the upper one")
	case given > 0 && given < len(s.Scale):
		c.Expect(path, "a value of every level, or of none")
	case given > 1:
		if steps := s.Steps(); steps != nil && steps[len(steps)-1] > maxSteps {
			c.Expect(path, "values that are multiples of a step, and at most %d of them from the lowest to the highest", maxSteps)
		}
	}
	return true
}

// expectWeight expects a weight, or none.
func expectWeight(c *specfile.Checker, path string, weight int) {
	if weight < 0 || weight > maxWeight || weight == 0 && c.Given(path) {
		c.Expect(path, "a whole number from 1 to %d", maxWeight)
	}
}

// checkFunctions expects every domain in one function, and those of a function on one scale.
func (s Spec) checkFunctions(c *specfile.Checker, taken names) {
	if len(s.Functions) == 0 {
		return
	}
	left, scale := map[string]bool{}, map[string]string{}
	for _, d := range s.Domains {
		left[d.ID], scale[d.ID] = true, d.Scale
	}
	for i, f := range s.Functions {
		at := specfile.Element("functions", i)
		expectName(c, specfile.Join(at, "id"), f.ID, taken)
		expectText(c, specfile.Join(at, "title"), f.Title)
		if len(f.Domains) == 0 {
			c.Expect(specfile.Join(at, "domains"), "at least one domain")
		}
		for j, id := range f.Domains {
			if !left[id] {
				c.Expect(specfile.Element(specfile.Join(at, "domains"), j), "the id of a domain that is in no other function")
			} else if first := f.Domains[0]; scale[id] != scale[first] {
				c.Expect(specfile.Element(specfile.Join(at, "domains"), j), "a domain on the scale of %s: a function is the mean of its domains", specfile.Shown(first))
			}
			delete(left, id)
		}
	}
	for _, d := range s.Domains {
		if left[d.ID] {
			c.Expect("functions", "every domain in one of them: %s is in none", specfile.Shown(d.ID))
		}
	}
}

// checkSource expects the texts of a source.
func (s Spec) checkSource(c *specfile.Checker) {
	if s.Source != nil {
		expectText(c, "source.name", s.Source.Name)
		expectText(c, "source.license", s.Source.License)
		optionalText(c, "source.attribution", s.Source.Attribution)
	}
}
