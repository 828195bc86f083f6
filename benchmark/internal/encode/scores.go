package encode

import (
	"fmt"
	"math"

	"maturitybench/benchmark/internal/model"
)

// scoreBlock is the block of whitened distribution functions. Of a response
// it needs only the place of every score among the thresholds: score a at
// place i stands for the vector cdfUnit·1{threshold ≥ score} − F0, and the
// whitening mixes the vectors of all scores.
type scoreBlock struct {
	scores, thresholds int
	centers            [][]int64 // F0 in cdfUnit, scores × thresholds
	groups             []scoreGroup
	pairs              []int64 // squared norm by pairs of (score, place), in units of λ²
}

// scoreGroup is a measured row group: its integer whitening and the integer
// scale of its rows.
type scoreGroup struct {
	group     int
	whitening [][]int64
	rows      []row
	scale     []int64 // one a row
	unit      []float64
}

func newScoreBlock(l layout, rows []row, design Design) (scoreBlock, error) {
	b := scoreBlock{scores: l.shape.Scores(), thresholds: l.thresholds}
	for _, f0 := range design.Public.CDF {
		center := make([]int64, len(f0))
		for j, v := range f0 {
			center[j] = round(v * cdfUnit)
		}
		b.centers = append(b.centers, center)
	}
	for group := 0; group <= len(l.shape.Attributes); group++ {
		if sigma, ok := design.sigma(model.ScoreCDF, group); ok {
			if g := newScoreGroup(group, rows, design, sigma); len(g.rows) > 0 {
				b.groups = append(b.groups, g)
			}
		}
	}
	return b, b.newPairs(l.shape.Attributes)
}

// newScoreGroup rounds the whitening once. The rows of one attribute differ
// in norm; small integer scales bring them close together.
func newScoreGroup(group int, rows []row, design Design, sigma float64) scoreGroup {
	g := scoreGroup{group: group}
	longest := 0.0
	for _, r := range rows {
		if r.group == group {
			g.rows = append(g.rows, r)
			longest = max(longest, r.norm())
		}
	}
	precision := 1.0
	if len(g.rows) > 1 {
		precision = 2
	}
	mean := 0.0
	for _, r := range g.rows {
		scale := round(precision * longest / r.norm())
		g.scale = append(g.scale, scale)
		mean += float64(scale) * r.norm() / float64(len(g.rows))
	}
	natural := float64(Sensitivity) / (design.Mu * sigma * clipUnit * cdfUnit * mean)
	n, _ := design.Public.Whitening.Dims()
	g.whitening = make([][]int64, n)
	for i := range n {
		g.whitening[i] = make([]int64, n)
		for j := range n {
			g.whitening[i][j] = round(natural * design.Public.Whitening.At(i, j))
		}
	}
	for i, r := range g.rows {
		g.unit = append(g.unit, natural*clipUnit*cdfUnit*float64(g.scale[i])*r.norm())
	}
	return g
}

// coordinates is the number of measured coordinates.
func (b *scoreBlock) coordinates() int {
	n := 0
	for _, g := range b.groups {
		n += len(g.rows) * len(g.whitening)
	}
	return n
}

// vector is the integer vector of score a at a place: one entry a threshold.
func (b *scoreBlock) vector(a, place int) []int64 {
	v := make([]int64, b.thresholds)
	for j := range v {
		if j >= place {
			v[j] = cdfUnit
		}
		v[j] -= b.centers[a][j]
	}
	return v
}

// newPairs tabulates vᵀ·Γ·v' for all pairs of (score, place), where Γ is the
// sum over the row groups of WᵀW times the largest squared norm of the row
// weights of one company.
func (b *scoreBlock) newPairs(attributes []int) error {
	gamma, err := b.gram(attributes)
	if err != nil {
		return err
	}
	n, places := b.scores*b.thresholds, b.thresholds+1
	vectors := make([][]int64, b.scores*places)
	for at := range vectors {
		vectors[at] = b.vector(at/places, at%places)
	}
	b.pairs = make([]int64, len(vectors)*len(vectors))
	half := make([]int64, n)
	for at, v := range vectors {
		clear(half)
		for t, x := range v {
			for j, w := range gamma[(at/places*b.thresholds+t)*n:][:n] {
				half[j] += x * w
			}
		}
		for to, u := range vectors {
			sum := int64(0)
			for t, x := range u {
				sum += x * half[to/places*b.thresholds+t]
			}
			b.pairs[at*len(vectors)+to] = sum
		}
	}
	return nil
}

// gram is Γ, checked to keep every sum of norm exact.
func (b *scoreBlock) gram(attributes []int) ([]int64, error) {
	n := b.scores * b.thresholds
	gamma := make([]int64, n*n)
	for _, g := range b.groups {
		weight := g.rowWeight(attributes)
		for i := range n {
			for _, w := range g.whitening {
				if w[i] == 0 {
					continue
				}
				for j, x := range w {
					gamma[i*n+j] += weight * w[i] * x
				}
			}
		}
	}
	size := 0.0
	for _, x := range gamma {
		size += math.Abs(float64(x))
	}
	if size*cdfUnit*cdfUnit > 1<<62 {
		return nil, fmt.Errorf("encode: the score distributions are measured too precisely for exact integers")
	}
	return gamma, nil
}

// rowWeight is the largest squared norm that the attribute's values give to
// the group's row scales.
func (g *scoreGroup) rowWeight(attributes []int) int64 {
	values := 1
	if g.group > 0 {
		values = attributes[g.group-1]
	}
	largest := int64(0)
	for v := 1; v <= values; v++ {
		sum := int64(0)
		for i, r := range g.rows {
			w := g.scale[i] * r.weight(v)
			sum += w * w
		}
		largest = max(largest, sum)
	}
	return largest
}

// norm is the squared norm of the block with λ = 1, in units of 2²⁰: exactly
// clipUnit² of the table's units. A negative bin says that the score does not
// exist.
func (b *scoreBlock) norm(bins []int) uint64 {
	if len(b.groups) == 0 {
		return 0
	}
	places := b.thresholds + 1
	sum := int64(0)
	for a, i := range bins {
		if i < 0 {
			continue
		}
		line := b.pairs[(a*places+i)*len(bins)*places:]
		sum += line[a*places+i]
		for c := range a {
			if bins[c] >= 0 {
				sum += 2 * line[c*places+bins[c]]
			}
		}
	}
	return uint64(sum)
}
