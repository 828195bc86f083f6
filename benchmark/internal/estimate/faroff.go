package estimate

// fewTell is the part of what the shapes of answers tell elsewhere of a panel in camps or with a few companies far from all
// others that is missing, because the answers of a score have too few levels for shapes: all of it of yes and no.
func (s *setting) fewTell(score int) float64 {
	levels := s.Shape.Levels
	if score < len(s.Shape.Domains) {
		levels = len(s.Shape.PositionsIn(score))
	}
	return max(1-float64(max(levels-2, 0))/fewShapes, 0)
}

// farOff is the spread of a distribution function at the thresholds that companies far from all others make, at the lower
// end and at the upper: there may be more of them than normal levels put beyond a threshold where these put hardly any.
// It fades out where they put farExpected there.
func (r scoreReading) farOff(f []float64) (low, high []float64) {
	low, high = make([]float64, len(f)), make([]float64, len(f))
	for t, below := range f {
		low[t] = r.untold * farShare * max(1-below/farExpected, 0)
		high[t] = r.untold * farShare * max(1-(1-below)/farExpected, 0)
	}
	return low, high
}
