package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
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
func (e *Encoding) allFeatures() []feature {
	l, shape := &e.layout, e.layout.shape
	var all []feature
	one := func(block model.Block, index, at int, unit float64) {
		all = append(all, feature{block: block, index: index, terms: []term{{at, 1}}, unit: unit})
	}
	one(model.Companies, 0, l.companies, scoreUnit)
	for j := range shape.Attributes {
		one(model.NotStated, j, l.notStated+j, scoreUnit)
	}
	for d := range shape.Domains {
		one(model.Unusable, d, l.unusable+d, scoreUnit)
		one(model.Empty, d, l.empty+d, scoreUnit)
	}
	for q, d := range l.domainOf {
		one(model.Skips, q, l.skips+q, float64(shape.Domains[d]))
	}
	for t := range model.Tiers {
		one(t.Clipped(), 0, l.clipped+int(t), clipUnit)
	}
	for _, p := range []*part{&l.kept, &l.rest} {
		add := func(f feature) {
			if p == &l.rest {
				f.block, _ = f.block.Rest()
			}
			all = append(all, f)
		}
		single := func(block model.Block, index, at int) {
			add(feature{block: block, index: index, terms: []term{{at, 1}}, unit: scoreUnit})
		}
		single(model.Overall, 0, p.overall)
		single(model.Segments, 0, p.segments)
		for d := range shape.Domains {
			single(model.Offsets, d, p.offsets+d)
		}
		for i := range shape.Profiles {
			single(model.Profiles, i, p.profiles+i)
		}
		for a := range shape.Scores() {
			single(model.Squares, a, p.squares+a)
		}
		for q := range l.domainOf {
			add(e.contrastFeature(p, q))
			for k := range shape.Levels - 2 {
				add(e.questionShape(p, q, k))
			}
		}
		for d := range shape.Domains {
			for k := range shape.Levels - 2 {
				add(e.domainShape(p, d, k))
			}
		}
	}
	return all
}

// contrastFeature weighs the levels of one question by what they count, since a constant cancels,
// and what the others of its domain have where it is left out by the public centre.
func (e *Encoding) contrastFeature(p *part, q int) feature {
	num, den := e.layout.shape.Step()
	t := &e.domains[e.layout.domainOf[q]]
	return e.levelFeature(p, model.Contrasts, q, q, t.values, t.levelCenter, float64(den)/float64(num))
}

// questionShape is the same for a shape polynomial.
func (e *Encoding) questionShape(p *part, q, k int) feature {
	t := &e.domains[e.layout.domainOf[q]]
	return e.levelFeature(p, model.QuestionShape, q*len(t.polynomials)+k, q, t.polynomials[k], t.centers[k], norm(t.polynomials[k]))
}

func (e *Encoding) levelFeature(p *part, block model.Block, index, q int, polynomial []int64, center int64, unit float64) feature {
	l := &e.layout
	size := l.sizes[l.domainOf[q]]
	f := feature{block: block, index: index, unit: float64(clipUnit*size*shapeUnit) * unit}
	for level, weight := range polynomial {
		f.terms = append(f.terms, term{p.contrasts + q*len(polynomial) + level, shapeUnit * weight})
	}
	f.terms = append(f.terms, term{p.left + q, center})
	return f
}

// domainShape is the mean of a shape polynomial over the answered questions
// of a domain, minus its public centre.
func (e *Encoding) domainShape(p *part, d, k int) feature {
	t, levels := &e.domains[d], e.layout.shape.Levels
	f := feature{
		block: model.DomainShape, index: d*len(t.polynomials) + k,
		unit: float64(clipUnit*e.layout.sizes[d]*shapeUnit) * norm(t.polynomials[k]),
	}
	for level, weight := range t.polynomials[k] {
		f.terms = append(f.terms, term{p.domains + d*levels + level, shapeUnit*weight - t.centers[k]})
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
