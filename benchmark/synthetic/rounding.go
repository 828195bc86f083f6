package synthetic

import (
	"math"

	"maturitybench/benchmark/instrument"
)

// rounding puts answers on the levels of a scale. Answers are drawn in levels from 0 to
// the top; where levels count other amounts than their numbers, each stands as far
// between the ends as what it counts.
type rounding struct {
	top float64
	at  []float64 // places of the levels; nil: their numbers
}

// newRoundings are those of the domains. Of several scales all reach from 0 to the top of
// six levels.
func newRoundings(spec instrument.Spec) []rounding {
	var list []rounding
	for d := range spec.Domains {
		r := newRounding(spec.On(d))
		if spec.Several() {
			at := make([]float64, int(r.top)+1)
			for l := range at {
				at[l] = float64(r.place(int8(l))*5) / r.top
			}
			r = rounding{top: 5, at: at}
		}
		list = append(list, r)
	}
	return list
}

func newRounding(spec instrument.Spec) rounding {
	r := rounding{top: float64(len(spec.Scale) - 1)}
	if steps := spec.Steps(); steps != nil {
		for _, step := range steps {
			r.at = append(r.at, float64(float64(step)*r.top)/float64(steps[len(steps)-1]))
		}
	}
	return r
}

// level is the one nearest to x, the upper one of two.
func (r rounding) level(x float64) int8 {
	if r.at == nil {
		return int8(min(max(math.Round(x), 0), r.top))
	}
	level := int8(0)
	for l := range r.at[1:] {
		if x >= (r.at[l]+r.at[l+1])/2 {
			level++
		}
	}
	return level
}

// place is where a level stands.
func (r rounding) place(level int8) float64 {
	if r.at == nil {
		return float64(level)
	}
	return r.at[level]
}
