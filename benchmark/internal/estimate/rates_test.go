package estimate

import (
	"math"
	"testing"
)

// Of sixteen questions that leave twice as much as believed without any noise, the multiple
// has the doubt of a mean square, 2·v²/16, against the belief's of skipDoubt²: a gain of
// 1/(1 + 2/16/skipDoubt²).
func TestSkipMultiple(t *testing.T) {
	readings, noise, believed := make([]float64, 16), make([]float64, 16), make([]float64, 16)
	for q := range readings {
		readings[q], believed[q] = math.Sqrt(2*0.04), 0.04
	}
	same(t, "without noise", skipMultiple(readings, noise, believed), 1+1/(1+2.0/16/square(skipDoubt)))
	for q := range noise {
		noise[q] = 0.2 // as much as is believed, of which the square of the readings has one part
	}
	same(t, "with noise", skipMultiple(readings, noise, believed), 1+0/(1+8.0/16/square(skipDoubt)))
	for q := range readings {
		readings[q] = math.Sqrt(4 * 0.04)
	}
	same(t, "with noise and more", skipMultiple(readings, noise, believed), 1+2/(1+8.0/16/square(skipDoubt)))
	for q := range noise {
		noise[q] = math.Inf(1)
	}
	same(t, "nothing measured", skipMultiple(readings, noise, believed), 1)
}
