package smooth

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Series is what was read of one quantity, by wave, in Unit. A variance is that of the error,
// in Unit², and 0 where nothing was read. Errors are independent of each other.
type Series struct{ Reading, Variance []float64 }

// Belief is what is believed of one series in all waves: paths with their weights.
type Belief struct {
	paths   []path
	weights []float64
}

// Smooth returns what is believed of every series; all have the same number of waves. Free is
// the share of them that are free, above 0 and at most 1, where some follow from the others.
func Smooth(series []Series, kind Kind, free float64) []Belief {
	beliefs := make([]Belief, len(series))
	if len(series) == 0 {
		return beliefs
	}
	waves := len(series[0].Reading)
	tried, ways, filter := kind.hypotheses(waves), waysOf(waves), newFilter(waves)
	logs, of := make([]float64, len(tried)), make([][][]float64, len(tried)) // hypothesis × series × way
	for k, h := range tried {
		logs[k], of[k] = h.log, make([][]float64, len(series))
		for i, s := range series {
			list := make([]float64, len(ways))
			for w, way := range ways {
				list[w] = way.log + filter.run(s, kind.noise, h, way)
			}
			total := floats.LogSumExp(list)
			logs[k] += free * total
			floats.AddConst(-total, list)
			of[k][i] = list
		}
	}
	floats.AddConst(-floats.LogSumExp(logs), logs)
	for i, s := range series {
		for k, h := range tried {
			for w, way := range ways {
				if weight := math.Exp(logs[k] + of[k][i][w]); weight > leastWeight {
					filter.run(s, 1, h, way)
					beliefs[i].paths, beliefs[i].weights = append(beliefs[i].paths, filter.smooth()), append(beliefs[i].weights, weight)
				}
			}
		}
	}
	return beliefs
}

// hypothesis is about all series.
type hypothesis struct {
	drift float64 // D
	fresh int     // the step in which the panel is another one; −1: none
	panel float64 // F
	log   float64 // logarithm of its probability before the data
}

// hypotheses are those that are tried for so many waves.
func (kind Kind) hypotheses(waves int) []hypothesis {
	var list []hypothesis
	for _, d := range driftsTried {
		off := math.Log(d/kind.drift) / kind.spread
		h := hypothesis{drift: d, fresh: -1, log: -off * off / 2}
		list = append(list, h)
		for step := range waves - 1 {
			for _, f := range kind.panels {
				h.fresh, h.panel, h.log = step, f, -off*off/2+math.Log(panelChange/float64(len(kind.panels)))
				list = append(list, h)
			}
		}
	}
	return list
}

// way says in which steps a series moves far, −1 for none.
type way struct {
	far [mostJumps]int
	log float64 // logarithm of its probability before the data
}

// waysOf are the ways through so many waves.
func waysOf(waves int) []way {
	steps := waves - 1
	log := func(jumps int) float64 {
		return float64(jumps)*math.Log(rare) + float64(steps-jumps)*math.Log1p(-rare)
	}
	list := []way{{[mostJumps]int{-1, -1}, log(0)}}
	for a := range steps {
		list = append(list, way{[mostJumps]int{a, -1}, log(1)})
		for b := range a {
			list = append(list, way{[mostJumps]int{a, b}, log(2)})
		}
	}
	return list
}

// step is the variance of a step.
func (h hypothesis) step(at int, w way) float64 {
	variance := h.drift
	if at == h.fresh {
		variance += h.panel
	}
	for _, far := range w.far {
		if far == at {
			variance += jump
		}
	}
	return variance
}
