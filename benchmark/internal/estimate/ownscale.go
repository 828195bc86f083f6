package estimate

// ownScale is what the questions of a domain have of the levels that the encoding knows:
// all of them, or those of a scale of their own (see model.Shape.Places). Shares are read at
// these levels only. What the vector has of a domain's shapes is then known to lie in fewer
// dimensions, and only what is measured there is looked at: [ownScale.combined] has
// orthonormal rows, so that the noise stays what it is.
type ownScale struct {
	basis    polynomialBasis
	curve    curve
	center   []float64   // of the shapes, as the encoding subtracts it
	combined [][]float64 // nil: all levels
}

// orders is the number of shapes.
func (o *ownScale) orders() int { return len(o.curve.orders) }
