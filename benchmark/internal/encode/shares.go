package encode

import "maturitybench/benchmark/internal/model"

// shares are how often the rests are measured, by tier, in clipUnit.
type shares [model.Tiers]uint64

// shrinking are the shares that are tried, one after the other.
var shrinking = func() (list []shares) {
	add := func(level func(g uint64) uint64) {
		for g := uint64(clipUnit); ; g = g * 7 / 8 {
			s := shares{}
			for t := range s {
				s[t] = g
			}
			s[model.LevelTier] = level(g)
			list = append(list, s)
			if g == 0 {
				return
			}
		}
	}
	add(func(uint64) uint64 { return clipUnit })
	add(func(g uint64) uint64 { return g })
	return list
}()
