package encode

// This is what a tally adds, spelt out feature by feature: the oracle that the
// fast kernel is held against, to the last bit.

// fill writes c(r) of one response into c, which is zero, and reports
// whether the response has any answer; a blank sheet stays zero. bins is
// scratch, one entry a score.
func (e *Encoding) fill(c []int64, s *sheet, bins []int, attributes []int, answers []byte) bool {
	if !s.read(e.layout.shape.Domains, answers) {
		return false
	}
	s.levels(e.layout.shape.Domains, answers)
	e.places(bins, s)
	notStated := uint64(0)
	for j, value := range attributes {
		if value == 0 {
			notStated = addUp(notStated, e.weights.notStated[j])
		}
	}
	f := e.factors(s, bins, notStated)
	e.head(c, s, attributes, int64(f.head))
	lambda := int64(f.tail)
	for d := range s.domains {
		e.contrasts(c, d, &s.domains[d], lambda, answers)
	}
	for a, place := range bins {
		if place >= 0 {
			c[e.layout.bins+a*(e.layout.thresholds+1)+place] = lambda
		}
	}
	for a := range e.squares {
		c[e.layout.squares+a] = lambda * e.square(s, a) / clipUnit
	}
	c[e.layout.clipped] = clipUnit - lambda
	return true
}

// head writes the features of the head, times h, rounded towards zero.
func (e *Encoding) head(c []int64, s *sheet, attributes []int, h int64) {
	l := &e.layout
	c[l.companies] = h
	for j, value := range attributes {
		if value == 0 {
			c[l.notStated+j] = h
		}
	}
	c[l.overall] = h * (s.score - e.center) / scoreUnit
	for d := range s.domains {
		sums, size := &s.domains[d], int64(l.shape.Domains[d])
		if sums.count > 0 {
			c[l.offsets+d] = h * (sums.score - s.score) / scoreUnit
		} else {
			c[l.empty+d] = h
		}
		c[l.unusable+d] = h * (scoreUnit * (size - sums.usable) / size) / scoreUnit
	}
	for p, met := range s.met {
		c[l.profiles+p] = h * (met - e.weights.profiles[p].center) / scoreUnit
	}
}

// contrasts writes the tail features of one domain.
//
// The contrast of an answered question is λ·g(m)·(x − s) with s the
// company's own domain score and
//
//	g(m) = m/(m−1) · (size−1)/size,
//
// which makes its expectation over a random subset of m answers equal to the
// contrast against all questions of the domain: leaving answers out does not
// shrink it. In integers it is κ·(m·x − Σx) with κ = ⌊λ·(size−1)/(m−1)⌋ in
// units of clipUnit·size.
func (e *Encoding) contrasts(c []int64, d int, s *domainSums, lambda int64, answers []byte) {
	if s.count == 0 {
		return
	}
	l, size := &e.layout, int64(e.layout.shape.Domains[d])
	levels := int64(l.shape.Levels)
	kappa := int64(0)
	if s.count > 1 {
		kappa = lambda * (size - 1) / (s.count - 1)
	}
	for q := int64(l.first[d]); q < int64(l.first[d])+size; q++ {
		skip := lambda * s.usable
		if answer := answers[q]; answer != 0 {
			at := int64(l.contrasts) + q*levels
			for level, n := range s.hist {
				c[at+int64(level)] = -kappa * n
			}
			c[at+int64(answer)-1] += kappa * s.count
			if s.usable > 0 {
				skip -= lambda * size
			}
		}
		c[int64(l.skips)+q] = skip
	}
	tau := lambda * size / s.count
	for level, n := range s.hist {
		c[l.domains+d*int(levels)+level] = tau * n
	}
}
