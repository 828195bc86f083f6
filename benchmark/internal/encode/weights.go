package encode

import (
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// normWeights are the integer weights of squared features in the squared norm of
// e(r): with A = rows ⊗ features,
//
//	‖e(r)‖² = Σ over features f of (Σ over rows of (scale·weight of r's value)²) · f(c(r))²
//
// and the inner sum is replaced by its largest value over the values that
// r's attributes may have.
type normWeights struct {
	companies uint64
	notStated []uint64
	overall   uint64
	domains   []domainWeights
	squares   []uint64 // one a score
	clipped   uint64
	profiles  []profileWeight
}

// profileWeight is the weight of a profile's feature, with the public centre
// that the feature subtracts, in scoreUnit.
type profileWeight struct {
	weight uint64
	center int64
}

// domainWeights are the weights of one domain; features of its questions
// share theirs.
type domainWeights struct {
	size           int64
	offset         uint64
	unusable       uint64
	empty          uint64
	contrast       uint64
	skip           uint64
	questionShape  []uint64 // orders 2..levels−1
	domainShape    []uint64
	polynomials    [][]int64
	centers        []int64
	contrastFactor []uint64 // by m: κ²·m for λ = 1, in 1/2⁸, rounded up
	domainFactor   []uint64 // by m: τ² for λ = 1, in 1/2⁸, rounded up
}

// rowWeight is the largest squared norm that one company's attributes give
// to integer row scales, saturating: a scale that is too large clips every
// response to nothing and bounds it all the same.
func (e *Encoding) rowWeight(scale []int64) uint64 {
	total := uint64(0)
	for group := 0; group <= len(e.layout.shape.Attributes); group++ {
		values := 1
		if group > 0 {
			values = e.layout.shape.Attributes[group-1]
		}
		largest := uint64(0)
		for v := 1; v <= values; v++ {
			sum := uint64(0)
			for r, row := range e.rows {
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

func (e *Encoding) newWeights() normWeights {
	shape := e.layout.shape
	w := normWeights{notStated: make([]uint64, len(shape.Attributes)), squares: make([]uint64, shape.Scores())}
	for _, share := range e.design.Public.ProfileMet {
		w.profiles = append(w.profiles, profileWeight{center: round(share * scoreUnit)})
	}
	polynomials := stats.GramPolynomials(shape.Levels)
	for _, size := range shape.Domains {
		w.domains = append(w.domains, newDomainWeights(size, polynomials))
	}
	for _, f := range e.features {
		weight := e.rowWeight(f.scale)
		switch f.block {
		case model.Companies:
			w.companies = weight
		case model.NotStated:
			w.notStated[f.index] = weight
		case model.Overall:
			w.overall = weight
		case model.Squares:
			w.squares[f.index] = weight
		case model.Clipped:
			w.clipped = weight
		case model.Profiles:
			w.profiles[f.index].weight = weight
		default:
			d, k := e.layout.place(f)
			w.domains[d].set(f, k, weight)
		}
	}
	return w
}

// place is the domain of a feature and, for shapes, its order minus 2.
func (l layout) place(f feature) (domain, order int) {
	orders := l.shape.Levels - 2
	switch f.block {
	case model.Contrasts, model.Skips:
		return l.domainOf[f.index], 0
	case model.QuestionShape:
		return l.domainOf[f.index/orders], f.index % orders
	case model.DomainShape:
		return f.index / orders, f.index % orders
	}
	return f.index, 0
}

func newDomainWeights(size int, polynomials [][]int64) domainWeights {
	w := domainWeights{
		size: int64(size), polynomials: polynomials[2:],
		questionShape: make([]uint64, len(polynomials)-2),
		domainShape:   make([]uint64, len(polynomials)-2),
		centers:       make([]int64, len(polynomials)-2),
	}
	n := uint64(size)
	const unit = clipUnit * clipUnit << 8
	w.contrastFactor, w.domainFactor = make([]uint64, size+1), make([]uint64, size+1)
	for m := uint64(1); m <= n; m++ {
		w.domainFactor[m] = (unit*n*n + m*m - 1) / (m * m)
		if m > 1 {
			w.contrastFactor[m] = (unit*(n-1)*(n-1)*m + (m-1)*(m-1) - 1) / ((m - 1) * (m - 1))
		}
	}
	return w
}

func (w *domainWeights) set(f feature, k int, weight uint64) {
	switch f.block {
	case model.Offsets:
		w.offset = weight
	case model.Unusable:
		w.unusable = weight
	case model.Empty:
		w.empty = weight
	case model.Contrasts:
		w.contrast = weight
	case model.Skips:
		w.skip = weight
	case model.QuestionShape:
		w.questionShape[k] = weight
	case model.DomainShape:
		w.domainShape[k] = weight
		w.centers[k] = shapeUnit*w.polynomials[k][0] - f.terms[0].weight
	}
}
