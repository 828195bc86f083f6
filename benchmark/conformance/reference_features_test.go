package conformance_test

import (
	"fmt"
	"strings"

	"maturitybench/benchmark/internal/encode"
)

// The tiers, by number.
const (
	levelTier = iota
	offsetsTier
	segmentsTier
	tailTier
	tiers
)

// factors are f and r by tier.
type factors struct{ kept, rest [tiers]int64 }

// row is a group and a rank.
type row struct{ group, rank int }

// weight is that of a sheet with these values of the attributes.
func (r row) weight(values []int) int64 {
	switch {
	case r.group == 0:
		return 1
	case values[r.group-1] == 0:
		return 0
	}
	return weight(r.rank, values[r.group-1]-1)
}

// reference is a main vector.
type reference struct {
	shape             encode.Shape
	full              *encode.DescribedFull
	rows              []row
	s, c, p, cdf      int64 // the units
	norm, bound       int64
	domainOf, firstOf []int
}

func newReference(d encode.Description) *reference {
	r := &reference{
		shape: d.Shape, full: d.Full, rows: []row{{}},
		s: int64(d.Units["score"]), c: int64(d.Units["clip"]), p: int64(d.Units["shape"]), cdf: int64(d.Units["cdf"]),
		norm: int64(d.Units["norm"]), bound: int64(d.Units["bound"]),
	}
	for j, values := range d.Shape.Attributes {
		for rank := 1; rank < values; rank++ {
			r.rows = append(r.rows, row{j + 1, rank})
		}
	}
	for d, size := range d.Shape.Domains {
		r.firstOf = append(r.firstOf, len(r.domainOf))
		for range size {
			r.domainOf = append(r.domainOf, d)
		}
	}
	return r
}

// scores are those of the domains and the overall one.
func (r *reference) scores(s sheet) (list [][]answer) {
	return append(append(list, s.answers...), s.all(r.shape))
}

// overall is s.
func (r *reference) overall(s sheet) int64 { return score(s.all(r.shape), r.shape, r.s) }

func (r *reference) vector(s sheet) []int64 {
	f, ok := r.factors(s)
	out := []int64{}
	for _, feature := range r.full.Features {
		value := int64(0)
		if ok && !s.blank() {
			value = r.feature(feature.Block, feature.Index, s, f)
		}
		for i, scale := range feature.Scale {
			if scale != 0 {
				out = append(out, scale*r.rows[i].weight(s.values)*value)
			}
		}
	}
	for _, part := range []struct {
		scores encode.DescribedScores
		f      int64
	}{{r.full.Kept, f.kept[tailTier]}, {r.full.Rest, f.rest[tailTier]}} {
		v := r.distribution(part.scores, s)
		for i := range v {
			if v[i] *= part.f; !ok || s.blank() {
				v[i] = 0
			}
		}
		for _, g := range part.scores.Groups {
			scales := g.Scale
			for _, row := range r.rows {
				if row.group != g.Group {
					continue
				}
				for _, line := range g.Whitening {
					sum := int64(0)
					for i, w := range line {
						sum += w * v[i]
					}
					out = append(out, scales[0]*row.weight(s.values)*sum)
				}
				scales = scales[1:]
			}
		}
	}
	return out
}

// distribution is u.
func (r *reference) distribution(d encode.DescribedScores, s sheet) (u []int64) {
	num, den := step(r.shape)
	for a, answers := range r.scores(s) {
		w, _ := weights(answers)
		_, sum, _ := sums(answers, counted(r.shape))
		for t, quarter := range r.full.Quarters {
			x := int64(0)
			if w > 0 {
				if quarter*den*w >= 4*num*sum { // the threshold is not below the score
					x = r.cdf
				}
				x -= d.Centers[a][t]
			}
			u = append(u, x)
		}
	}
	return u
}

// offset is o_d.
func (r *reference) offset(s sheet, d int) int64 {
	all := r.overall(s)
	if count(s.answers[d]) == 0 {
		return r.full.Center - all
	}
	return score(s.answers[d], r.shape, r.s) - all
}

// met is S·[met] − profiles_p.
func (r *reference) met(s sheet, p int) int64 {
	levels := s.levels()
	for _, least := range r.shape.Profiles[p] {
		if levels[least.Question] < least.Level {
			return -r.full.Profiles[p]
		}
	}
	return r.s - r.full.Profiles[p]
}

// square is Q_a.
func (r *reference) square(s sheet, a int) int64 {
	answers := r.scores(s)[a]
	if count(answers) == 0 {
		return 0
	}
	distance := score(answers, r.shape, r.s) - r.full.Center
	return distance*distance/r.s - r.full.Squares[a]
}

// feature is the value of a feature of a sheet that is not blank.
func (r *reference) feature(block string, index int, s sheet, f factors) int64 {
	times := f.kept
	if of, ok := strings.CutPrefix(block, "rest_"); ok {
		block, times = of, f.rest
	}
	orders := max(len(r.full.Shapes), 1)
	switch block {
	case "companies":
		return r.s
	case "not_stated":
		if s.values[index] == 0 {
			return r.s
		}
		return 0
	case "unusable", "empty", "skips":
		return r.left(block, index, s)
	case "clipped_level":
		return r.c - f.kept[levelTier]
	case "clipped_offsets":
		return r.c - f.kept[offsetsTier]
	case "clipped_segments":
		return r.c - f.kept[segmentsTier]
	case "clipped_tail":
		return r.c - f.kept[tailTier]
	case "overall":
		return times[levelTier] * (r.overall(s) - r.full.Center) / r.c
	case "segments":
		return times[segmentsTier] * (r.overall(s) - r.full.Center) / r.c
	case "offsets":
		return times[offsetsTier] * r.offset(s, index) / r.c
	case "profiles":
		return times[offsetsTier] * r.met(s, index) / r.c
	case "squares":
		return times[tailTier] * r.square(s, index) / r.c
	case "contrasts":
		return r.contrast(s, index, times[tailTier], counted(r.shape), r.full.LevelCenter)
	case "question_shape":
		p := r.full.Shapes[index%orders]
		return r.contrast(s, index/orders, times[tailTier], p.Values, p.Center)
	case "domain_shape":
		d, p := index/orders, r.full.Shapes[index%orders]
		w, _ := weights(s.answers[d])
		_, sum, _ := sums(s.answers[d], p.Values)
		return r.kappa(s, d, times[tailTier]) * (r.p*sum - w*p.Center)
	}
	panic(fmt.Sprintf("block %s is not documented", block))
}

// left is a feature of the questions that are left out.
func (r *reference) left(block string, index int, s sheet) int64 {
	d := index
	if block == "skips" {
		d = r.domainOf[index]
	}
	m, n := count(s.answers[d]), int64(len(s.answers[d]))
	switch {
	case block == "empty" && m == 0:
		return r.s
	case block == "empty" || m == 0:
		return 0
	case block == "unusable":
		return r.s * (n - m) / n
	case s.levels()[index] == none:
		return m
	}
	return m - n
}

// kappa is κ.
func (r *reference) kappa(s sheet, d int, f int64) int64 {
	w, n := weights(s.answers[d])
	if w == 0 {
		return 0
	}
	return f * n / w
}

// contrast is the feature of one question under a polynomial with its centre.
func (r *reference) contrast(s sheet, q int, f int64, p []int64, center int64) int64 {
	d := r.domainOf[q]
	w, _ := weights(s.answers[d])
	_, sum, _ := sums(s.answers[d], p)
	if x := s.levels()[q]; x != none {
		return r.kappa(s, d, f) * r.p * (w*p[x] - sum)
	}
	return r.kappa(s, d, f) * (w*center - r.p*sum)
}
