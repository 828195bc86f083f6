package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// term is one small integer of c(r) and its integer weight in a coordinate.
type term struct {
	at     int
	weight int64
}

// feature is one integer combination of c(r): a coordinate of a block before
// it is measured row by row. unit is what a natural 1 is worth.
type feature struct {
	block model.Block
	index int // coordinate within the block
	terms []term
	unit  float64
	scale []int64 // one a row: the integer factor of the row, 0 where the row is not measured
}

// features lists the coordinates of every block but the score distributions.
func (l layout) features(design Design) []feature {
	shape := l.shape
	var all []feature
	one := func(block model.Block, index, at int, unit float64) {
		all = append(all, feature{block: block, index: index, terms: []term{{at, 1}}, unit: unit})
	}
	one(model.Companies, 0, l.companies, scoreUnit)
	for j := range shape.Attributes {
		one(model.NotStated, j, l.notStated+j, scoreUnit)
	}
	one(model.Overall, 0, l.overall, scoreUnit)
	for d := range shape.Domains {
		one(model.Offsets, d, l.offsets+d, scoreUnit)
		one(model.Unusable, d, l.unusable+d, scoreUnit)
		one(model.Empty, d, l.empty+d, scoreUnit)
	}
	polynomials := stats.GramPolynomials(shape.Levels)
	for d, size := range shape.Domains {
		unit := float64(clipUnit * size)
		for q := l.first[d]; q < l.first[d]+size; q++ {
			all = append(all, l.levelFeature(model.Contrasts, q, l.contrasts+q*shape.Levels, polynomials[1], unit))
			one(model.Skips, q, l.skips+q, unit)
			for k := 2; k < shape.Levels; k++ {
				f := l.levelFeature(model.QuestionShape, q*(shape.Levels-2)+k-2, l.contrasts+q*shape.Levels, polynomials[k], unit*norm(polynomials[k]))
				all = append(all, f)
			}
		}
		for k := 2; k < shape.Levels; k++ {
			all = append(all, l.domainShape(d, k, polynomials[k], design))
		}
	}
	for a := range shape.Scores() {
		one(model.Squares, a, l.squares+a, scoreUnit)
	}
	one(model.Clipped, 0, l.clipped, clipUnit)
	for p := range shape.Profiles {
		one(model.Profiles, p, l.profiles+p, scoreUnit)
	}
	return all
}

// levelFeature weighs the levels of one question by a polynomial; for the
// contrasts it is the level itself, since a constant cancels.
func (l layout) levelFeature(block model.Block, index, at int, polynomial []int64, unit float64) feature {
	f := feature{block: block, index: index, unit: unit}
	for level := range l.shape.Levels {
		weight := polynomial[level]
		if block == model.Contrasts {
			weight = int64(level)
		}
		f.terms = append(f.terms, term{at + level, weight})
	}
	return f
}

// domainShape is the mean of a shape polynomial over the answered questions
// of a domain, minus a public centre in units of 1/shapeUnit.
func (l layout) domainShape(d, k int, polynomial []int64, design Design) feature {
	nu := norm(polynomial)
	center := round(design.Public.ShapeCenter[k-2] * nu * shapeUnit)
	f := feature{
		block: model.DomainShape, index: d*(l.shape.Levels-2) + k - 2,
		unit: float64(clipUnit*l.shape.Domains[d]*shapeUnit) * nu,
	}
	for level := range l.shape.Levels {
		f.terms = append(f.terms, term{l.domains + d*l.shape.Levels + level, shapeUnit*polynomial[level] - center})
	}
	return f
}

// norm is the Euclidean norm of a polynomial over the levels.
func norm(polynomial []int64) float64 {
	sum := int64(0)
	for _, v := range polynomial {
		sum += v * v
	}
	return math.Sqrt(float64(sum))
}
