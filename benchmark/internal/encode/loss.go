package encode

import "maturitybench/stats"

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

// How far from the centre, and in which steps, the loss is tabulated, in units.
const (
	lossReach = 2.0
	lossStep  = 0.125
)

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
