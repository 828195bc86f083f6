package estimate

import (
	"math"

	"maturitybench/stats"
)

// beyondAll is the number of standard deviations beyond which Φ is 0 or 1 to the last
// bit of a float64 near 1.
const beyondAll = 8.3

// tableSteps is the number of steps a standard deviation in the table of Φ. Cubic Hermite
// interpolation is wrong by at most h⁴/384·max|Φ⁗|, which is 10⁻¹⁰ at h = 1/64: a
// hundred-thousandth of the last decimal of a release.
const tableSteps = 64

// normalTable is Φ and its slope times the step, at -beyondAll + i/tableSteps.
var normalTable = func() (table [][2]float64) {
	for i := range int(math.Ceil(2*beyondAll*tableSteps)) + 1 {
		z := float64(i)/tableSteps - beyondAll
		table = append(table, [2]float64{stats.NormalCDF(z), stats.NormalDensity(z) / tableSteps})
	}
	return table
}()

// normalCDF is Φ(z) from the table, for the posteriors of percentiles, which ask for it
// a hundred thousand times a release. It ascends with z.
func normalCDF(z float64) float64 {
	switch {
	case z >= beyondAll:
		return 1
	case !(z > -beyondAll):
		return 0
	}
	at := (z + beyondAll) * tableSteps
	i := int(at)
	t := at - math.Floor(at)
	low, high := normalTable[i], normalTable[i+1]
	rise := high[0] - low[0]
	return low[0] + t*(low[1]+t*(3*rise-2*low[1]-high[1]+t*(low[1]+high[1]-2*rise)))
}
