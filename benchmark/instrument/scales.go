package instrument

import (
	"slices"

	"maturitybench/benchmark/internal/specfile"
)

// NamedScale is one of several scales of an instrument, such as frequency, agreement, and
// yes or no. Every domain names its own. A mean is always that of answers on one scale:
// there is no overall score, as nothing says how much agreement a yes is worth.
//
// The lowest levels of all scales and their highest ones are each in one place, and the
// levels between them where their values put them. These places, those of all scales
// together, are the axis of the instrument.
type NamedScale struct {
	ID     string  `yaml:"id" json:"id"`                           // its own among the scales
	Title  string  `yaml:"title,omitempty" json:"title,omitempty"` // default: the id
	Levels []Level `yaml:"levels" json:"levels"`                   // 2 to 11 consecutive levels, ascending
}

// maxScales limits the scales of an instrument.
const maxScales = 10

// Several says whether the instrument has several scales.
func (s Spec) Several() bool { return len(s.Scales) > 0 }

// On is the specification with the scale of a domain, by its number, as its only one, for
// whatever is said of levels, values and ends. Where there is one scale it is the
// specification itself.
func (s Spec) On(domain int) Spec {
	if !s.Several() {
		return s
	}
	s.Scale = s.Scales[s.scaleAt(domain)].Levels
	s.Scales = nil
	return s
}

// OnQuestion is [Spec.On] for the domain of a question, by its number.
func (s Spec) OnQuestion(question int) Spec { return s.On(s.DomainOf(question)) }

// DomainOf is the number of the domain that a question is in, both counted from 0.
func (s Spec) DomainOf(question int) int {
	for d, domain := range s.Domains {
		if question -= len(domain.Questions); question < 0 {
			return d
		}
	}
	return len(s.Domains) - 1
}

// OnFunction is [Spec.On] for the domains of a function, by its number.
func (s Spec) OnFunction(function int) Spec {
	if !s.Several() {
		return s
	}
	return s.On(s.FunctionDomains()[function][0])
}

// scaleAt is the number of the scale that a domain names.
func (s Spec) scaleAt(domain int) int {
	return slices.IndexFunc(s.Scales, func(n NamedScale) bool { return n.ID == s.Domains[domain].Scale })
}

// scales are the levels of all scales.
func (s Spec) scales() [][]Level {
	if !s.Several() {
		return [][]Level{s.Scale}
	}
	var list [][]Level
	for _, n := range s.Scales {
		list = append(list, n.Levels)
	}
	return list
}

// Axis is where the levels of every domain are among the places of the axis, ascending
// from 0, and what these places count above the first, in the largest step of which all
// are whole multiples; nil if they are equally far apart. With one scale the places are
// its levels.
func (s Spec) Axis() (levels [][]int, places int, steps []int) {
	if !s.Several() {
		own := make([]int, len(s.Scale))
		for i := range own {
			own[i] = i
		}
		for range s.Domains {
			levels = append(levels, own)
		}
		return levels, len(s.Scale), s.Steps()
	}
	counts, top := s.common()
	all := slices.Concat(counts...)
	slices.Sort(all)
	all = slices.Compact(all)
	for d := range s.Domains {
		var own []int
		for _, count := range counts[s.scaleAt(d)] {
			at, _ := slices.BinarySearch(all, count)
			own = append(own, at)
		}
		levels = append(levels, own)
	}
	if len(all) == top+1 {
		return levels, len(all), nil
	}
	return levels, len(all), all
}

// common is what the levels of every scale count above their lowest, in the largest step
// that divides all of them, with the highest levels of all scales at one count, top; none
// where that is more than maxSteps.
func (s Spec) common() (counts [][]int, top int) {
	top = 1
	for _, levels := range s.scales() {
		own := Spec{Scale: levels}.counts()
		counts = append(counts, own)
		if top = top / gcd(top, own[len(own)-1]) * own[len(own)-1]; top > maxSteps {
			return nil, top
		}
	}
	for _, own := range counts {
		unit := top / own[len(own)-1]
		for i := range own {
			own[i] *= unit
		}
	}
	return counts, top
}

// gcd is the greatest common divisor.
func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// checkScales checks the scales, and that every domain has one.
func (s Spec) checkScales(c *specfile.Checker) {
	if !s.Several() {
		checkLevels(c, "scale", s.Scale)
		for d, domain := range s.Domains {
			if domain.Scale != "" {
				c.Expect(specfile.Join(specfile.Element("domains", d), "scale"), "none: the instrument has one scale (scales: has several)")
			}
		}
		return
	}
	if len(s.Scale) > 0 {
		c.Expect("scale", "none beside scales")
	}
	if len(s.Scales) < 2 || len(s.Scales) > maxScales {
		c.Expect("scales", "2 to %d scales, not %d: a single one is scale", maxScales, len(s.Scales))
	}
	known := names{}
	for i, n := range s.Scales {
		at := specfile.Element("scales", i)
		expectName(c, specfile.Join(at, "id"), n.ID, known)
		optionalText(c, specfile.Join(at, "title"), n.Title)
		checkLevels(c, specfile.Join(at, "levels"), n.Levels)
	}
	used := map[string]bool{}
	for d, domain := range s.Domains {
		used[domain.Scale] = true
		if s.scaleAt(d) < 0 {
			c.Expect(specfile.Join(specfile.Element("domains", d), "scale"), "the id of one of the scales")
		}
	}
	for i, n := range s.Scales {
		if specfile.IsID(n.ID) && !used[n.ID] {
			c.Expect(specfile.Join(specfile.Element("scales", i), "id"), "a scale that a domain names")
		}
	}
	if s.Scores != nil {
		c.Expect("scores", "none beside scales: the scores of a domain are on its own scale")
	}
}

// checkAxis checks that all scales fit on one axis. It is for scales that are right by themselves.
func (s Spec) checkAxis(c *specfile.Checker) {
	counts, top := s.common()
	all := slices.Concat(counts...)
	slices.Sort(all)
	if top > maxSteps {
		c.Expect("scales", "levels at multiples of a step, and at most %d of them from the lowest to the highest, the ends of all scales being the same ones", maxSteps)
	} else if n := len(slices.Compact(all)); n > maxLevels {
		c.Expect("scales", "levels at no more than %d places, the ends of all scales being the same ones: these are at %d", maxLevels, n)
	}
}
