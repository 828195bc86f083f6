package encode

import "maturitybench/benchmark/internal/model"

// The integer weights of squared features in the squared norm of e(r) follow from
// A = rows ⊗ features:
//
//	‖e(r)‖² = Σ over features f of (Σ over rows of (scale·weight of r's value)²) · f(c(r))²
//
// and the inner sum is replaced by its largest value over the values that
// r's attributes may have.

// fixedWeights are those of what is never clipped.
type fixedWeights struct {
	companies uint64
	notStated []uint64
	domains   []answerWeights
	clipped   [model.Tiers]uint64
}

// answerWeights are those of what a company answers in a domain.
type answerWeights struct{ unusable, empty, skip uint64 }

// partWeights are those of what clipping scales, or of its rests.
type partWeights struct {
	overall  uint64
	segments uint64
	domains  []domainWeights
	profiles []uint64
	squares  []uint64 // one a score
	scores   scoreBlock
}

// domainWeights are the weights of one domain; features of its questions
// share theirs.
type domainWeights struct {
	offset        uint64
	contrast      uint64
	questionShape []uint64 // orders 2..levels−1
	domainShape   []uint64
}

// domainTable is what the features of a domain are made with.
type domainTable struct {
	size           int64
	values         []int64   // of the levels, in steps
	polynomials    [][]int64 // orders 2..levels−1
	levelCenter    int64     // public centre of the level, in shapeUnit of a step
	centers        []int64   // those of the polynomials
	contrastFactor []uint64  // by m: κ²·m for f = 1, in 1/2⁸, rounded up; not where there are weights
	domainFactor   []uint64  // by W: κ² for f = 1, in 1/2⁸, rounded up
}

// rowWeight is the largest squared norm that one company's attributes give
// to integer row scales, saturating: a scale that is too large clips every
// response to nothing and bounds it all the same.
func rowWeight(attributes []int, rows []row, scale []int64) uint64 {
	total := uint64(0)
	for group := 0; group <= len(attributes); group++ {
		values := 1
		if group > 0 {
			values = attributes[group-1]
		}
		largest := uint64(0)
		for v := 1; v <= values; v++ {
			sum := uint64(0)
			for r, row := range rows {
				if row.group == group {
					sum = addUp(sum, squareUp(scale[r]*row.weight(v)))
				}
			}
			largest = max(largest, sum)
		}
		total = addUp(total, largest)
	}
	return total
}

// newWeights fills in the weights of the features.
func (e *Encoding) newWeights() {
	shape := e.layout.shape
	e.fixed = fixedWeights{notStated: make([]uint64, len(shape.Attributes)), domains: make([]answerWeights, len(shape.Domains))}
	for _, p := range []*partWeights{&e.kept, &e.rest} {
		p.profiles, p.squares = make([]uint64, len(shape.Profiles)), make([]uint64, shape.Scores())
		for range shape.Domains {
			p.domains = append(p.domains, domainWeights{
				questionShape: make([]uint64, shape.Levels-2), domainShape: make([]uint64, shape.Levels-2),
			})
		}
	}
	for _, f := range e.features {
		weight := rowWeight(shape.Attributes, e.rows, f.scale)
		if f.block.Tier() == model.Tiers {
			e.fixed.set(e.layout, f, weight)
			continue
		}
		if of, ok := f.block.RestOf(); ok {
			f.block = of
			e.rest.set(e.layout, f, weight)
		} else {
			e.kept.set(e.layout, f, weight)
		}
	}
}

func (w *fixedWeights) set(l layout, f feature, weight uint64) {
	switch f.block {
	case model.Companies:
		w.companies = weight
	case model.NotStated:
		w.notStated[f.index] = weight
	case model.Unusable:
		w.domains[f.index].unusable = weight
	case model.Empty:
		w.domains[f.index].empty = weight
	case model.Skips:
		w.domains[l.domainOf[f.index]].skip = weight
	default:
		w.clipped[f.block-model.ClippedOverall] = weight
	}
}

func (w *partWeights) set(l layout, f feature, weight uint64) {
	orders := l.shape.Levels - 2
	switch f.block {
	case model.Overall:
		w.overall = weight
	case model.Segments:
		w.segments = weight
	case model.Offsets:
		w.domains[f.index].offset = weight
	case model.Profiles:
		w.profiles[f.index] = weight
	case model.Contrasts:
		w.domains[l.domainOf[f.index]].contrast = weight
	case model.QuestionShape:
		w.domains[l.domainOf[f.index/orders]].questionShape[f.index%orders] = weight
	case model.DomainShape:
		w.domains[f.index/orders].domainShape[f.index%orders] = weight
	case model.Squares:
		w.squares[f.index] = weight
	}
}

// newDomainTables are those of the domains, with public centres of the level, in
// scoreUnit, and of the shape polynomials, in shapeUnit.
func newDomainTables(shape model.Shape, center int64, centers []int64) []domainTable {
	var tables []domainTable
	num, den := shape.Step()
	values, polynomials, sizes := make([]int64, shape.Levels), shape.Polynomials(), shape.Sizes()
	for level := range values {
		values[level] = int64(shape.Value(level))
	}
	for d, size := range shape.Domains {
		n := uint64(sizes[d])
		t := domainTable{
			size: int64(size), values: values, polynomials: polynomials,
			levelCenter: divRound(center*int64(den), scoreUnit/shapeUnit*int64(num)), centers: centers,
			domainFactor: make([]uint64, n+1),
		}
		const unit = clipUnit * clipUnit << 8
		for m := uint64(1); m <= n; m++ {
			t.domainFactor[m] = (unit*n*n + m*m - 1) / (m * m)
		}
		if !shape.Weighted() {
			t.contrastFactor = make([]uint64, n+1)
			for m := uint64(1); m <= n; m++ {
				t.contrastFactor[m] = (unit*n*n + m - 1) / m
			}
		}
		tables = append(tables, t)
	}
	return tables
}
