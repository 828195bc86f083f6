package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// scoreBlock is the block of whitened distribution functions. Of a response
// it needs only the place of every score among the thresholds: score a at
// place i stands for the vector cdfUnit·1{threshold ≥ score} − F0, and the
// whitening mixes the vectors of all scores.
type scoreBlock struct {
	scores, thresholds int
	centers            [][]int64 // F0 in cdfUnit, scores × thresholds
	groups             []scoreGroup
	pairs              []int64 // squared norm by pairs of (score, place), in units of f²
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

// newScoreBlock compiles the block. It has no way to fail: the design follows
// the pilot's noisy numbers, and a publication must not depend on them.
func newScoreBlock(l layout, rows []row, design Design, block model.Block) scoreBlock {
	b := scoreBlock{scores: l.shape.Scores(), thresholds: l.thresholds}
	for _, f0 := range design.Public.CDF {
		center := make([]int64, len(f0))
		for j, v := range f0 {
			center[j] = round(v * cdfUnit)
		}
		b.centers = append(b.centers, center)
	}
	for group := 0; group <= len(l.shape.Attributes); group++ {
		if sigma, ok := design.sigma(block, group); ok {
			if g := newScoreGroup(group, rows, design, sigma, l.shape.Attributes); len(g.rows) > 0 && g.invertible() {
				b.groups = append(b.groups, g)
			}
		}
	}
	b.newPairs(l.shape.Attributes)
	return b
}

// mostSize bounds Σ|Γ|, the sum over the entries of the Gram matrix of all
// groups: with vectors of entries up to cdfUnit every sum of norms is then
// below 2⁶² and exact.
const mostSize = 1 << 62 / (cdfUnit * cdfUnit)

// newScoreGroup rounds the whitening once. The rows of one attribute differ
// in norm; small integer scales bring them close together. A whitening too fine
// for exact norms is halved until it fits, which adds noise.
func newScoreGroup(group int, rows []row, design Design, sigma float64, attributes []int) scoreGroup {
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
	g.whitening = rounded(natural, design.Public.Whitening)
	for groups := float64(1 + len(attributes)); g.size(attributes) > mostSize/groups; {
		natural /= 2
		g.whitening = rounded(natural, design.Public.Whitening)
	}
	for i, r := range g.rows {
		g.unit = append(g.unit, natural*clipUnit*cdfUnit*float64(g.scale[i])*r.norm())
	}
	return g
}

// rounded is factor·m in whole numbers; what no int64 can hold is cut, and
// then still too large for mostSize.
func rounded(factor float64, m *mat.Dense) [][]int64 {
	n, _ := m.Dims()
	whole := make([][]int64, n)
	for i := range n {
		whole[i] = make([]int64, n)
		for j := range n {
			whole[i][j] = round(min(max(factor*m.At(i, j), -1<<62), 1<<62))
		}
	}
	return whole
}

// size is an upper bound of the sum over the entries of the group's part of Γ.
func (g *scoreGroup) size(attributes []int) float64 {
	total := 0.0
	for _, line := range g.whitening {
		sum := 0.0
		for _, x := range line {
			sum += math.Abs(float64(x))
		}
		total += sum * sum
	}
	return total * float64(g.rowWeight(attributes))
}

// worstCondition is the condition number up to which a rounded whitening can
// be undone. That of the whitening itself is below a few hundred.
const worstCondition = 1e8

// invertible says whether the whitening survived its rounding. With hundreds
// of values an attribute its integers may be too coarse; the group is then not
// measured.
func (g *scoreGroup) invertible() bool {
	var lu mat.LU
	lu.Factorize(g.dense())
	return lu.Cond() <= worstCondition
}

// dense is the whitening as a matrix.
func (g *scoreGroup) dense() *mat.Dense {
	n := len(g.whitening)
	w := mat.NewDense(n, n, nil)
	for i, line := range g.whitening {
		for j, x := range line {
			w.Set(i, j, float64(x))
		}
	}
	return w
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
func (b *scoreBlock) newPairs(attributes []int) {
	gamma := b.gram(attributes)
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
}

// gram is Γ. It is exact, and so is every sum of norm: see mostSize.
func (b *scoreBlock) gram(attributes []int) []int64 {
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
	return gamma
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

// norm is the squared norm of the block with f = 1, in units of 2²⁰: exactly
// clipUnit² of the table's units. A negative bin says that the score does not
// exist.
func (b *scoreBlock) norm(bins []int) uint64 {
	if len(b.groups) == 0 {
		return 0
	}
	places, width := b.thresholds+1, len(bins)*(b.thresholds+1)
	sum := int64(0)
	for a, i := range bins {
		if i < 0 {
			continue
		}
		at := a*places + i
		line := b.pairs[at*width:][:at+1]
		twice := int64(0)
		for c, j := range bins[:a] {
			if j >= 0 {
				twice += line[c*places+j]
			}
		}
		sum += line[at] + 2*twice
	}
	return uint64(sum)
}
