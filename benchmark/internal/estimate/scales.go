package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// ownScales are those of the domains, one and the same for domains with the same levels.
func (s *setting) ownScales() []*ownScale {
	var list []*ownScale
	for d := range s.Shape.Domains {
		same := slices.IndexFunc(list, func(*ownScale) bool { return s.Shape.Places == nil })
		for i := range list {
			if same < 0 && slices.Equal(s.Shape.Places[i], s.Shape.Places[d]) {
				same = i
			}
		}
		if same >= 0 {
			list = append(list, list[same])
			continue
		}
		o := &ownScale{basis: newBasis(s.Shape, d), curve: newCurve(s.Shape, d, s.Design.Public.AnswerSD), center: s.Design.Public.ShapeCenter}
		if _, o.combined = s.Shape.OwnFunctions(d); s.Shape.Places != nil {
			o.center = combine(o.combined, o.center)
		}
		list = append(list, o)
	}
	return list
}

// combine is what combinations of some numbers come to.
func combine(rows [][]float64, of []float64) []float64 {
	out := make([]float64, len(rows))
	for k, row := range rows {
		out[k] = dot(row, of)
	}
	return out
}

// readOwnShapes puts the shapes that a domain has in the place of those that the vector has,
// and nothing that was measured in the places that are left over.
func (s *setting) readOwnShapes() {
	if s.Shape.Places == nil {
		return
	}
	for block, domainOf := range map[model.Block][]int{model.DomainShape: upTo(len(s.Shape.Domains)), model.QuestionShape: s.domainOf} {
		own := 0
		for _, d := range domainOf {
			own += s.scales[d].orders()
		}
		if own == 0 {
			continue
		}
		rest, _ := block.Rest()
		for _, b := range []model.Block{block, rest} {
			s.Measured[b] = s.ownShapes(s.Measured[b], domainOf)
		}
		// The companies differ by as much as before, in fewer numbers.
		s.Design.Prior[block].Within *= float64(len(domainOf)*(s.Shape.Levels-2)) / float64(own)
	}
}

// ownShapes are the measured shapes of items, each of which is of a domain.
func (s *setting) ownShapes(of encode.Measured, domainOf []int) encode.Measured {
	orders := s.Shape.Levels - 2
	out := encode.Measured{Weights: of.Weights}
	for row := range of.Y {
		y, sd := make([]float64, len(of.Y[row])), make([]float64, len(of.Y[row]))
		for i, d := range domainOf {
			for k := range orders {
				at := i*orders + k
				sd[at] = math.Inf(1)
				if k >= s.scales[d].orders() || slices.Contains(of.SD[row][i*orders:(i+1)*orders], math.Inf(1)) {
					continue
				}
				variance := 0.0
				for j, w := range s.scales[d].combined[k] {
					y[at] += w * of.Y[row][i*orders+j]
					variance += square(w * of.SD[row][i*orders+j])
				}
				sd[at] = math.Sqrt(variance)
			}
		}
		out.Y, out.SD = append(out.Y, y), append(out.SD, sd)
	}
	return out
}

// inOwnLevels takes the estimates of domains and questions from levels of the axis to those of
// their own scales, from 0 to their number less 1.
func (s *setting) inOwnLevels(out []Cohort) {
	if s.Shape.Places == nil {
		return
	}
	unit := make([]float64, len(s.Shape.Domains))
	for d, own := range s.Shape.Places {
		unit[d] = float64(len(own)-1) / s.top
	}
	times := func(numbers []Number, unit func(i int) float64) {
		for i := range numbers {
			u, n := unit(i), &numbers[i]
			n.Value, n.Low, n.High, n.Error = n.Value*u, n.Low*u, n.High*u, n.Error*u
		}
	}
	ofDomain := func(d int) float64 { return unit[d] }
	ofQuestion := func(q int) float64 { return unit[s.domainOf[q]] }
	ofFunction := func(i int) float64 { return unit[s.Shape.FunctionDomains[i][0]] }
	one := func(n *Number, u float64) {
		numbers := []Number{*n}
		times(numbers, func(int) float64 { return u })
		*n = numbers[0]
	}
	for g := range out {
		for d := range out[g].Domains {
			one(&out[g].Domains[d].Mean, unit[d])
			times(out[g].Domains[d].Percentiles, func(int) float64 { return unit[d] })
		}
		for i := range out[g].Functions {
			one(&out[g].Functions[i].Mean, ofFunction(i))
		}
		for q := range out[g].Questions {
			one(&out[g].Questions[q].Mean, ofQuestion(q))
		}
		free := &out[g].Unshrunken
		times(free.Domains, ofDomain)
		times(free.Functions, ofFunction)
		times(free.Questions, ofQuestion)
	}
}
