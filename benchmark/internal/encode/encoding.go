package encode

import (
	"fmt"
	"math"

	"maturitybench/benchmark/internal/model"
)

// Encoding is a compiled plan: the public function e that turns a response
// into an integer vector of norm at most [Sensitivity].
//
//	e(r) = A·c(r)
//
// c(r) holds small integers of one response, already multiplied by its
// clipping factors. A is a public integer matrix with the structure
// rows ⊗ features: a feature is an integer combination of c, a row an integer
// combination of cohorts (all, or a contrast of an attribute's values) times
// an integer scale. Because all of it is integer, the norm of e(r) is an
// exact integer too, and [Encoding.factors] bounds it without any rounding
// allowance.
type Encoding struct {
	layout   layout
	design   Design
	rows     []row
	features []feature
	domains  []domainTable
	fixed    fixedWeights
	kept     partWeights
	rest     partWeights // of what clipping takes
	center   int64       // of the overall score, in scoreUnit
	squares  []int64     // public means of the squared scores, in scoreUnit
	profiles []int64     // public shares of the companies that meet the profiles, in scoreUnit
	quarters []int64     // thresholds of the scores, in quarter levels
	kernel   *kernel     // the same integers, laid out for the tally
}

// New compiles a design.
func New(shape model.Shape, design Design) (*Encoding, error) {
	if !(design.Mu > 0) || math.IsInf(design.Mu, 0) {
		return nil, fmt.Errorf("encode: the design's μ is %v, expected a positive number", design.Mu)
	}
	e := &Encoding{layout: newLayout(shape), rows: rowsOf(shape.Attributes)}
	e.center = round(design.Public.Center * scoreUnit)
	for _, v := range design.Public.ScoreSquare {
		e.squares = append(e.squares, round(v*scoreUnit))
	}
	for _, t := range shape.Thresholds() {
		e.quarters = append(e.quarters, round(4*t))
	}
	for _, share := range design.Public.ProfileMet {
		e.profiles = append(e.profiles, round(share*scoreUnit))
	}
	e.design = exactDesign(shape, design)
	e.domains = newDomainTables(shape, e.center, shapeCenters(shape.Polynomials(), design.Public.ShapeCenter))
	num, den := shape.Step()
	e.design.LevelCenter = float64(e.domains[0].levelCenter) / shapeUnit * (float64(num) / float64(den))
	for _, f := range e.allFeatures() {
		if e.scale(&f) {
			e.features = append(e.features, f)
		}
	}
	e.newWeights()
	e.kept.scores = newScoreBlock(e.layout, e.rows, e.design, model.ScoreCDF)
	e.rest.scores = newScoreBlock(e.layout, e.rows, e.design, model.RestScoreCDF)
	e.kernel = newKernel(e)
	return e, nil
}

// shapeCenters are the public centres of the shape polynomials in shapeUnit.
func shapeCenters(polynomials [][]int64, centers []float64) []int64 {
	whole := make([]int64, len(polynomials))
	for k, polynomial := range polynomials {
		whole[k] = round(centers[k] * norm(polynomial) * shapeUnit)
	}
	return whole
}

// exactDesign is the design with the public centres replaced by the ones
// that the integers stand for.
func exactDesign(shape model.Shape, design Design) Design {
	public := *design.Public
	public.Center = math.Round(public.Center*scoreUnit) / scoreUnit
	public.CDF = nil
	for _, f0 := range design.Public.CDF {
		rounded := make([]float64, len(f0))
		for j, v := range f0 {
			rounded[j] = math.Round(v*cdfUnit) / cdfUnit
		}
		public.CDF = append(public.CDF, rounded)
	}
	public.ProfileMet = nil
	for _, share := range design.Public.ProfileMet {
		public.ProfileMet = append(public.ProfileMet, math.Round(share*scoreUnit)/scoreUnit)
	}
	public.ScoreSquare = nil
	for _, v := range design.Public.ScoreSquare {
		public.ScoreSquare = append(public.ScoreSquare, math.Round(v*scoreUnit)/scoreUnit)
	}
	public.ShapeCenter = nil
	polynomials := shape.Polynomials()
	for k, c := range design.Public.ShapeCenter {
		unit := norm(polynomials[k]) * shapeUnit
		public.ShapeCenter = append(public.ShapeCenter, math.Round(c*unit)/unit)
	}
	design.Public = &public
	return design
}

// Design is the design with the centres that the integers stand for: the
// one to estimate with.
func (e *Encoding) Design() Design { return e.design }

// mostScale bounds the integer scale of a row: times the weights of the row it
// stays far from the ends of int64. Designs stay far below it.
const mostScale = 1 << 40

// scale fills in the integer scale of every row of a feature, such that a
// coordinate with the mechanism's noise R/μ has the design's noise in natural
// units. It reports whether any row is measured.
func (e *Encoding) scale(f *feature) bool {
	measured := false
	f.scale = make([]int64, len(e.rows))
	for r, row := range e.rows {
		sigma, ok := e.design.sigma(f.block, row.group)
		if !ok {
			continue
		}
		f.scale[r] = round(min(float64(Sensitivity)/(e.design.Mu*sigma*f.unit*row.norm()), mostScale))
		measured = measured || f.scale[r] != 0
	}
	return measured
}

// MostCoordinates is the length that the encoded vector of any design for the
// same shape has at most.
func (e *Encoding) MostCoordinates() int {
	scores := len(e.layout.shape.Domains) + 1
	return len(e.rows) * (len(e.allFeatures()) + 2*scores*len(e.quarters)) // of what is kept, and of the rest
}

// Coordinates is the length of the encoded vector.
func (e *Encoding) Coordinates() int {
	n := e.kept.scores.coordinates() + e.rest.scores.coordinates()
	for _, f := range e.features {
		for _, s := range f.scale {
			if s != 0 {
				n++
			}
		}
	}
	return n
}
