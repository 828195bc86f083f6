package estimate

import "math"

// ownWays is by how many times more probable broken distributions are because the domains of a company
// go their own ways: because their scores spread further beyond the overall score than the public model says. Companies
// that are strong in a domain or two and weak in the others, or the other way round, make scores of
// two kinds in every domain, and next to no difference between companies. Where more is clipped than the
// public model explains it is they who are; and the fewer levels there are, the less the shapes of the
// answers tell of them. What chance makes of a mean over the domains is less the more of them there are.
func (s *setting) ownWays(readings []scoreReading, spreads [][]levelSpread) float64 {
	last := len(readings) - 1
	found, public := 0.0, 0.0
	for i := range last {
		found += meanSquare(spreads[i]) - meanSquare(spreads[last])
		public += square(readings[i].public) - square(readings[last].public)
	}
	if !(public > 0) {
		return 1
	}
	tells := ownWaysTell * s.evident() * min(1, fewShapes/max(s.meanOrders(), 1))
	usual := 1 + (ownWaysUsual-1)*min(usualDomains/float64(len(s.Shape.Domains)), 1)
	return math.Exp(tells * clamp(found/public/usual-1, 0, 1))
}

// meanSquare is that of the possible spreads of a score's levels.
func meanSquare(spreads []levelSpread) (v float64) {
	for _, sp := range spreads {
		v += sp.weight * (square(sp.value) + sp.variance)
	}
	return v
}

// meanOrders is how many shapes the answers of a domain have, on average.
func (s *setting) meanOrders() (orders float64) {
	for d := range s.Shape.Domains {
		orders += float64(max(len(s.Shape.PositionsIn(d))-2, 0)) / float64(len(s.Shape.Domains))
	}
	return orders
}
