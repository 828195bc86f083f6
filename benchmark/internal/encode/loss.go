package encode

import (
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// LevelLoss is what clipping takes of the overall score under the public model, by the
// mean level of the companies: the further they are from the centre, the more of them
// are above the bound. The zero value loses nothing.
type LevelLoss struct {
	Level     []float64 // mean score − centre, ascending
	Overall   []float64 // E((1−f)·(score − centre))
	Companies []float64 // E(1−f)
}

// At is the loss at a level, that of the nearest one beyond the ends.
func (l LevelLoss) At(level float64) (overall, companies float64) {
	if len(l.Level) == 0 {
		return 0, 0
	}
	return stats.Interpolate(l.Level, l.Overall, level), stats.Interpolate(l.Level, l.Companies, level)
}

// levelLoss moves all simulated companies up and down the scale. Their other
// features stay the same.
func (n norms) levelLoss(bound, unit float64, deviation []float64) LevelLoss {
	var l LevelLoss
	share := 1 / float64(len(deviation))
	for i := range int(2*lossReach/lossStep) + 1 {
		shift := (lossStep*float64(i) - lossReach) * unit
		var level, overall, companies float64
		for i, o := range deviation {
			at := o + shift
			f := n.clip(i, n.overall*(at*at-o*o), bound)
			level += share * at
			overall += share * (1 - f[model.LevelTier]) * at
			companies += share * (1 - f[model.LevelTier])
		}
		l.Level, l.Overall, l.Companies = append(l.Level, level), append(l.Overall, overall), append(l.Companies, companies)
	}
	return l
}

// TailLoss is what clipping the tail loses of the scores' features under the
// public model, in excess of the share of the companies that it loses: those far
// from the centre are clipped more. The zero value loses nothing.
type TailLoss struct {
	Squares []float64   // E((1−f)·((score − centre)² − mean)), by score
	CDF     [][]float64 // E((1−f)·(1{score ≤ t} − F(t))), scores × thresholds, F the distribution function
}

func (n norms) tailLoss(bound float64, public *model.Public) TailLoss {
	lost := make([]float64, len(n.fixed))
	for i := range lost {
		lost[i] = (1 - n.clip(i, 0, bound)[model.TailTier]) / float64(len(lost))
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
