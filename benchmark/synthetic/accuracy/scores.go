package accuracy

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/synthetic"
	"maturitybench/stats"
)

// Family is a family of numbers that are judged together.
type Family int

// The families, in the order of a release. Extremes are the means of the five
// questions with the highest and of the five with the lowest exact means, which
// are those that are read first; they are QuestionMeans as well.
const (
	Companies Family = iota
	OverallMean
	FunctionMeans
	DomainMeans
	QuestionMeans
	Extremes
	Quartiles
	OuterPercentiles
	Shares
	AtLeast
	ProfileShares
	Families int = iota // how many there are
)

// String names the family.
func (f Family) String() string {
	return [...]string{
		"companies", "overall mean", "function means", "domain means", "question means", "extreme question means",
		"quartiles", "outer percentiles", "shares", "at or above", "profile shares",
	}[f]
}

// Scores compares releases with the exact numbers of their panels: for all
// companies and for the segments together. The zero value is empty.
type Scores struct {
	All, Segments [Families]Score
}

// Score is what became of the numbers of one family.
type Score struct {
	Numbers   int     // that exist: somebody answered
	Published int     // of these
	Covered   int     // of the published ones: the interval holds the exact number
	Off       int     // likewise: further than three half-widths from the exact number
	Few       int     // published, but fewer than k companies answered, or nobody
	Squares   float64 // sum of the squared errors of the published ones; of several scales in mean steps of each, as widths are
	Widths    []float64
	Panels    [][2]int // of every release with published numbers: how many, and how many are covered
}

// rounding is how far a number that is printed with six decimals may be off.
const rounding = 1e-6

// Add compares a release with the panel that it was made of.
func (s *Scores) Add(release *publication.Release, sample *synthetic.Sample) {
	all := comparison{k: release.Privacy.MinCompanies, asked: release.Instrument}
	segments := all
	exact := sample.Cohorts(attributes(release)...)
	for g, cohort := range release.Cohorts {
		if g == 0 {
			all.cohort(cohort, exact[g])
		} else {
			segments.cohort(cohort, exact[g])
		}
	}
	for f := range Families {
		s.All[f].add(all.families[f])
		s.Segments[f].add(segments.families[f])
	}
}

// attributes are those that the release has cohorts of, in its order.
func attributes(release *publication.Release) []string {
	var ids []string
	for _, cohort := range release.Cohorts[1:] {
		id, _, _ := strings.Cut(cohort.ID, "=")
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Merge adds the comparisons of other scores.
func (s *Scores) Merge(o *Scores) {
	for f := range Families {
		s.All[f].merge(o.All[f])
		s.Segments[f].merge(o.Segments[f])
	}
}

func (s *Score) merge(o Score) {
	s.Numbers += o.Numbers
	s.Published += o.Published
	s.Covered += o.Covered
	s.Off += o.Off
	s.Few += o.Few
	s.Squares += o.Squares
	s.Widths = append(s.Widths, o.Widths...)
	s.Panels = append(s.Panels, o.Panels...)
}

// add adds the numbers of one release.
func (s *Score) add(one Score) {
	if one.Published > 0 {
		one.Panels = [][2]int{{one.Published, one.Covered}}
	}
	s.merge(one)
}

// RMSE is the root mean square error of the published numbers; NaN if there are
// none.
func (s Score) RMSE() float64 { return math.Sqrt(s.Squares / float64(s.Published)) }

// Shown is the part of the numbers that is published, from 0 to 1; NaN if there
// are no numbers.
func (s Score) Shown() float64 { return float64(s.Published) / float64(s.Numbers) }

// Coverage is the part of the published numbers whose interval holds the exact
// one, from 0 to 1; NaN if there are none.
func (s Score) Coverage() float64 { return float64(s.Covered) / float64(s.Published) }

// Width is the median width of the intervals; NaN if there are none.
func (s Score) Width() float64 {
	if len(s.Widths) == 0 {
		return math.NaN()
	}
	return stats.Quantiles(s.Widths, 0.5)[0]
}

// MeanWidth is the mean width of the intervals; NaN if there are none.
func (s Score) MeanWidth() float64 { return stat.Mean(s.Widths, nil) }

// CoverageLimits are how low and how high the expected coverage may be, z
// standard errors away, by Wilson's interval. The numbers of one release depend
// on each other: the number of independent ones is taken from how much the
// coverage varies between releases, between the number of releases and that of
// numbers. Without published numbers the limits are 0 and 1.
func (s Score) CoverageLimits(z float64) (low, high float64) {
	n, p := s.independent(), s.Coverage()
	if n == 0 {
		return 0, 1
	}
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(middle-half, 0), min(middle+half, 1)
}

// independent is the number of independent published numbers: the variance of
// one of them over the variance of their mean, which is estimated as that of a
// ratio with the releases as clusters (Cochran, Sampling Techniques, 1977,
// section 11.7).
func (s Score) independent() float64 {
	clusters, p := float64(len(s.Panels)), s.Coverage()
	if clusters < 2 {
		return clusters
	}
	squares := 0.0
	for _, panel := range s.Panels {
		residual := float64(panel[1]) - p*float64(panel[0])
		squares += residual * residual
	}
	if squares == 0 {
		return clusters // all agree: nothing tells that numbers of a release do not
	}
	n := float64(s.Published)
	variance := clusters / (clusters - 1) * squares / (n * n)
	return min(max(p*(1-p)/variance, clusters), n)
}

// comparison compares one release with its panel.
type comparison struct {
	k        int
	asked    instrument.Spec
	domain   int // whose scale the numbers at hand are on, of several
	families [Families]Score
}

// cohort compares a cohort, which may be suppressed.
func (c *comparison) cohort(r publication.Cohort, exact synthetic.Cohort) {
	if r.Status == publication.Suppressed {
		r = publication.Cohort{
			Domains: make([]publication.CohortDomain, len(exact.Domains)), Questions: make([]publication.CohortQuestion, len(exact.Questions)),
			Profiles: make([]publication.CohortProfile, len(exact.Profiles)), Functions: make([]publication.CohortFunction, len(exact.Functions)),
		}
	}
	c.number(Companies, r.Companies, float64(exact.Companies), exact.Companies)
	if !c.asked.Several() {
		c.score(OverallMean, r.Overall, exact.Overall)
	}
	for i, of := range r.Functions {
		c.domain = c.asked.FunctionDomains()[i][0]
		c.number(FunctionMeans, of.Mean, exact.Functions[i], exact.Companies)
	}
	for d, of := range r.Domains {
		c.domain = d
		c.score(DomainMeans, of.CohortScore, exact.Domains[d])
	}
	extreme := extremes(c.placed(exact.Questions))
	for q, of := range r.Questions {
		x := exact.Questions[q]
		c.domain = c.asked.DomainOf(q)
		c.number(QuestionMeans, of.Mean, x.Mean, x.Answers)
		if slices.Contains(extreme, q) {
			c.number(Extremes, of.Mean, x.Mean, x.Answers)
		}
		c.list(Shares, of.Shares, x.Shares, x.Answers)
		c.list(AtLeast, of.AtLeast, x.AtLeast, x.Answers)
	}
	for p, of := range r.Profiles {
		c.number(ProfileShares, of.Share, exact.Profiles[p], exact.Companies)
	}
}

// score compares a mean and the percentiles.
func (c *comparison) score(mean Family, r publication.CohortScore, exact synthetic.Score) {
	c.number(mean, r.Mean, exact.Mean, exact.Companies)
	for i, p := range statistic.Percentiles() {
		family := OuterPercentiles
		if p.Family == statistic.Quartiles {
			family = Quartiles
		}
		e := publication.Estimate{}
		if i < len(r.Percentiles) {
			e = r.Percentiles[i]
		}
		c.number(family, e, exact.Percentiles[i], exact.Companies)
	}
}

// list compares numbers about the same companies. Where the cohort is suppressed
// there are none.
func (c *comparison) list(f Family, r []publication.Estimate, exact []float64, companies int) {
	for i, x := range exact {
		e := publication.Estimate{}
		if i < len(r) {
			e = r[i]
		}
		c.number(f, e, x, companies)
	}
}

// number compares an estimate with the exact number, which is NaN where nobody
// answered.
func (c *comparison) number(f Family, e publication.Estimate, exact float64, companies int) {
	s, published := &c.families[f], e.Status == publication.Published
	if published && companies < c.k {
		s.Few++
	}
	if math.IsNaN(exact) {
		return
	}
	s.Numbers++
	if !published {
		return
	}
	miss, unit := math.Abs(e.Value-exact), c.unit(f)
	s.Published++
	s.Squares += miss * miss / (unit * unit)
	s.Widths = append(s.Widths, (e.High-e.Low)/unit)
	if e.Low-rounding <= exact && exact <= e.High+rounding {
		s.Covered++
	}
	if miss > 3*(e.High-e.Low)/2+rounding {
		s.Off++
	}
}

// unit is what errors and widths of a family are stated in: of several scales in the mean step
// between the levels of each.
func (c *comparison) unit(f Family) float64 {
	switch f {
	case Companies, Shares, AtLeast, ProfileShares:
		return 1
	}
	if !c.asked.Several() {
		return 1
	}
	on := c.asked.On(c.domain)
	low, high := on.Ends()
	return (high - low) / float64(len(on.Scale)-1)
}

// placed are the questions with their means as shares of their scales, if there are several.
func (c *comparison) placed(questions []synthetic.Question) []synthetic.Question {
	if !c.asked.Several() {
		return questions
	}
	questions = slices.Clone(questions)
	for q := range questions {
		low, high := c.asked.OnQuestion(q).Ends()
		questions[q].Mean = (questions[q].Mean - low) / (high - low)
	}
	return questions
}

// extremes are the five questions with the lowest means and the five with the
// highest ones, or all of ten and fewer.
func extremes(questions []synthetic.Question) []int {
	var order []int
	for q, x := range questions {
		if x.Answers > 0 {
			order = append(order, q)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if questions[a].Mean < questions[b].Mean {
			return -1
		}
		if questions[a].Mean > questions[b].Mean {
			return 1
		}
		return 0
	})
	if len(order) <= 10 {
		return order
	}
	return append(order[:5:5], order[len(order)-5:]...)
}
