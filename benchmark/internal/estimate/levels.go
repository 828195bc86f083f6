package estimate

// levels are means on the scale, cohort × item.
type levels struct {
	value    [][]float64
	variance [][]float64 // posterior variance with bias terms
	wide     [][]float64 // the same with the inflation that intervals use
	prior    [][]float64 // variance before the data
	informed [][]float64 // share of the prior variance removed
	tail     [][]float64 // what the interval of the number itself allows for beyond wide, as its noise has heavy tails
	common   [][]float64 // of domains: the part of variance and wide that may err alike in all of them
}

func newLevels(cohorts, items int) levels {
	return levels{grid(cohorts, items), grid(cohorts, items), grid(cohorts, items), grid(cohorts, items), grid(cohorts, items), grid(cohorts, items), grid(cohorts, items)}
}
