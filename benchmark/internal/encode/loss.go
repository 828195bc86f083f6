package encode

import (
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// HeadLoss is what clipping the head loses under the public model, by the mean
// level of the companies: the further they are from the centre, the more of them
// are above the bound. The zero value loses nothing.
type HeadLoss struct {
	Level     []float64 // mean score − centre, ascending
	Overall   []float64 // E((1−h)·(score − centre))
	Absolute  []float64 // E((1−h)·|score − centre|)
	Companies []float64 // E(1−h)
}

// At is the loss at a level, that of the nearest one beyond the ends.
func (l HeadLoss) At(level float64) (overall, absolute, companies float64) {
	if len(l.Level) == 0 {
		return 0, 0, 0
	}
	return stats.Interpolate(l.Level, l.Overall, level),
		stats.Interpolate(l.Level, l.Absolute, level),
		stats.Interpolate(l.Level, l.Companies, level)
}

// headLoss moves all simulated companies up and down the scale. Their other
// features stay the same.
func (n norms) headLoss(bound, unit float64, deviation []float64) HeadLoss {
	var l HeadLoss
	share, room := 1/float64(len(deviation)), n.room(bound)
	for i := range int(2*lossReach/lossStep) + 1 {
		shift := (lossStep*float64(i) - lossReach) * unit
		var level, overall, absolute, companies float64
		for i, o := range deviation {
			at := o + shift
			h, _ := clip(n.head[i]+n.overall*(at*at-o*o), n.tail[i], room, bound)
			level += share * at
			overall += share * (1 - h) * at
			absolute += share * (1 - h) * max(at, -at)
			companies += share * (1 - h)
		}
		l.Level, l.Overall = append(l.Level, level), append(l.Overall, overall)
		l.Absolute, l.Companies = append(l.Absolute, absolute), append(l.Companies, companies)
	}
	return l
}

// TailLoss is what clipping the tail loses of the scores' features under the
// public model, in excess of the share of the companies that it loses: those far
// from the centre are clipped more. The zero value loses nothing.
type TailLoss struct {
	Squares []float64   // E((1−λ)·((score − centre)² − mean)), by score
	CDF     [][]float64 // E((1−λ)·(1{score ≤ t} − F(t))), scores × thresholds, F the distribution function
}

func (n norms) tailLoss(bound float64, public *model.Public) TailLoss {
	room := n.room(bound)
	lost := make([]float64, len(n.head))
	for i := range lost {
		_, lambda := clip(n.head[i], n.tail[i], room, bound)
		lost[i] = (1 - lambda) / float64(len(lost))
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
