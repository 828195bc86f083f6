package encode

import (
	"sort"
	"sync"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// LevelLoss is what clipping takes of the overall score under the public model, by the
// mean level of the companies: the further they are from the centre, the more of them
// are above the bound. The zero value loses nothing.
type LevelLoss struct {
	levels []float64 // mean score − centre, ascending
	point  func(i int) levelPoint
}

// levelPoint is what is lost at one level: E((1−f)·(score − centre)), E(1−f) and
// E((1−f)²·(score − level)²).
type levelPoint struct{ overall, companies, squares float64 }

// NewLevelLoss is a loss at ascending levels, without squares. What is lost at a level is
// asked for when it is needed, and once: an estimate looks at a few levels near one another.
func NewLevelLoss(levels []float64, lost func(i int) (overall, companies float64)) LevelLoss {
	return newLevelLoss(levels, func(i int) levelPoint {
		overall, companies := lost(i)
		return levelPoint{overall: overall, companies: companies}
	})
}

func newLevelLoss(levels []float64, lost func(i int) levelPoint) LevelLoss {
	points := make([]func() levelPoint, len(levels))
	for i := range points {
		points[i] = sync.OnceValue(func() levelPoint { return lost(i) })
	}
	return LevelLoss{levels, func(i int) levelPoint { return points[i]() }}
}

// At is the loss at a level, that of the nearest one beyond the ends.
func (l LevelLoss) At(level float64) (overall, companies float64) {
	p := l.at(level)
	return p.overall, p.companies
}

// Squares is E((1−f)²·(score − level)²) at a level: by how much what clipping takes differs
// from company to company.
func (l LevelLoss) Squares(level float64) float64 { return l.at(level).squares }

func (l LevelLoss) at(level float64) levelPoint {
	if len(l.levels) == 0 {
		return levelPoint{}
	}
	i := sort.SearchFloat64s(l.levels, level)
	if i == 0 || i == len(l.levels) {
		return l.point(min(i, len(l.levels)-1))
	}
	around, low, high := l.levels[i-1:i+1], l.point(i-1), l.point(i)
	between := func(a, b float64) float64 { return stats.Interpolate(around, []float64{a, b}, level) }
	return levelPoint{between(low.overall, high.overall), between(low.companies, high.companies), between(low.squares, high.squares)}
}

// levelLoss moves all simulated companies up and down the scale. Their other
// features stay the same. The loss is that of a tier: of the overall score for all
// companies, or for the values of attributes.
func (n *norms) levelLoss(tier model.Tier, bound, unit float64, deviation []float64) LevelLoss {
	share := 1 / float64(len(deviation))
	levels := make([]float64, int(2*lossReach/lossStep)+1)
	shifts := make([]float64, len(levels))
	for i := range shifts {
		shifts[i] = (lossStep*float64(i) - lossReach) * unit
	}
	for _, o := range deviation { // level by level, each sum would wait for itself
		for i, shift := range shifts {
			levels[i] += share * (o + shift)
		}
	}
	return newLevelLoss(levels, func(i int) (p levelPoint) {
		for j, o := range deviation {
			at := o + shifts[i]
			lost := 1 - n.clip(j, at*at-o*o, 0, bound)[tier]
			p.overall += share * lost * at
			p.companies += share * lost
			p.squares += share * square(lost*(at-levels[i]))
		}
		return p
	})
}

// OffsetLoss is the share that clipping takes of the offsets under the public model, by the
// squared distance of the domains from the overall score that all companies have in common:
// the model expects none. The zero value loses nothing.
type OffsetLoss struct{ loss LevelLoss }

// At is E(1−f) where the squares of a company's offsets sum to apart more than in the public
// model, in squared levels.
func (l OffsetLoss) At(apart float64) float64 {
	_, companies := l.loss.At(apart)
	return companies
}

// offsetLoss moves the domains of all simulated companies apart.
func (n *norms) offsetLoss(bound, unit float64) OffsetLoss {
	if n.offsets == 0 {
		return OffsetLoss{}
	}
	var apart []float64
	for _, distance := range offsetDistances {
		apart = append(apart, square(distance*unit))
	}
	return OffsetLoss{NewLevelLoss(apart, func(i int) (overall, companies float64) {
		for j := range n.fixed {
			companies += (1 - n.clip(j, 0, apart[i], bound)[model.OffsetsTier]) / float64(len(n.fixed))
		}
		return 0, companies
	})}
}

// TailLoss is what clipping the tail loses of the scores' features under the
// public model, in excess of the share of the companies that it loses: those far
// from the centre are clipped more. The zero value loses nothing.
type TailLoss struct {
	Squares []float64   // E((1−f)·((score − centre)² − mean)), by score
	CDF     [][]float64 // E((1−f)·(1{score ≤ t} − F(t))), scores × thresholds, F the distribution function
}

func (n *norms) tailLoss(bound float64, public *model.Public) TailLoss {
	lost := make([]float64, len(n.fixed))
	for i := range lost {
		lost[i] = (1 - n.clip(i, 0, 0, bound)[model.TailTier]) / float64(len(lost))
	}
	l := TailLoss{Squares: make([]float64, len(public.Squares))}
	for a, squares := range public.Squares {
		for i, v := range squares {
			l.Squares[a] += lost[i] * v
		}
		l.CDF = append(l.CDF, excess(lost, public.Bins[a], len(public.CDF[a])))
	}
	return l
}

// excess is by how much more the companies at or below each threshold lose than
// their share of what all with the score lose. Their share is counted, because
// the sheets' scores are not as normal as public.CDF.
func excess(lost []float64, bins []int, thresholds int) []float64 {
	loss, count := make([]float64, thresholds+1), make([]float64, thresholds+1)
	for i, bin := range bins {
		if bin >= 0 {
			loss[bin] += lost[i]
			count[bin]++
		}
	}
	for j := range thresholds {
		loss[j+1] += loss[j]
		count[j+1] += count[j]
	}
	for j := range thresholds {
		loss[j] -= loss[thresholds] * count[j] / max(count[thresholds], 1)
	}
	return loss[:thresholds]
}
