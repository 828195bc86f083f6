package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// apart is what the public model expects clipping to take of the offsets of a panel whose
// domains lie apart. In its own panels they lie at about the same level, and few offsets are
// clipped. A domain that all companies find hard, or that is asked of those only who are good
// at it, is far from the others, and whoever answers it is clipped more: the share of the
// companies, and who they are, follow from where the domain is.
type apart struct {
	companies float64   // E(1−f)
	shift     []float64 // prior mean of β (see rest), by domain
}

// offsetsApart is that of a panel with domains at distances from the overall mean, which is
// at a distance from the centre: a company without an answer in a domain has its own distance
// as its offset there. The offset of a company with an answer is the domain's distance, give
// or take what the public model's companies spread by. One domain is looked at at a time: who
// answers it, and is better there, has a better overall score by
//
//	w/(1−w) times the offset, w the share of the domain,
//
// and is worse in all others by as much.
func (s *setting) offsetsApart(distance []float64, mean float64) apart {
	out := apart{shift: make([]float64, len(distance))}
	spread := math.Sqrt(s.Design.Public.Variance[model.Offsets])
	weights := s.Shape.Parts()
	for d, v := range distance {
		q, raised := s.rates.present[d], weights[d]/(1-weights[d])
		offset := v / (1 + (1-q)*raised)
		raised *= offset
		others := func(better float64) (sum float64) { // of the squares of the other offsets
			for e, v := range distance {
				if e != d {
					r := s.rates.present[e]
					sum += r*square(v-better) + (1-r)*square(mean+better)
				}
			}
			return sum
		}
		var companies, lost, left float64 // E(1−f), E((1−f)·offset), E(f·offset)
		add := func(share, offset, apart float64) {
			gone := s.Design.Offsets.At(apart)
			companies += share * gone
			lost += share * gone * offset
			left += share * (1 - gone) * offset
		}
		missing := q*raised - mean
		add(1-q, missing, square(missing)+others(-q*raised))
		for _, at := range threePoints {
			e := at.place * spread // which the public model's offset has, too
			add(q*at.weight, offset+e, square(offset)+2*offset*e+others((1-q)*raised))
		}
		out.shift[d] = lost - companies/max(1-companies, leastRate)*left
		out.companies += companies / float64(len(distance))
	}
	return out
}

// threePoints integrate a polynomial of up to the fifth degree over the standard normal
// distribution (Gauss-Hermite).
var threePoints = [3]struct{ place, weight float64 }{{-math.Sqrt(3), 1.0 / 6}, {0, 2.0 / 3}, {math.Sqrt(3), 1.0 / 6}}

// clippedApart reads the share that clipping takes of the offsets once more, of a panel
// whose domains lie apart, unless nothing more is expected of that.
func (s *setting) clippedApart(of apart) {
	t := model.OffsetsTier
	if beyond := of.companies - s.Design.Clipped[t]; beyond > 0 {
		r := s.clippedRate(t, beyond)
		s.rates.clipped[t], s.rates.kept[t] = r, max(1-r.value, leastRate)
	}
}
