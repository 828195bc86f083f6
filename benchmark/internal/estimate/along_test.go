package estimate

import (
	"math"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// offsetsMeasured is what a small plan measured of the offsets of 25 companies, in domains
// with a quarter, a quarter and half of the questions.
func offsetsMeasured(noise float64, means ...float64) *setting {
	s := &setting{unit: 1, sizes: sizes{count: []float64{25}}}
	s.Shape = model.Shape{Levels: 6, Domains: []int{2, 2, 4}}
	m := encode.Measured{Y: grid(1, 3), SD: grid(1, 3), Weights: mat.NewDense(1, 1, []float64{1})}
	for i, mean := range means {
		m.Y[0][i], m.SD[0][i] = 25*mean, 25*noise
	}
	s.Measured[model.Offsets] = m
	return s
}

// What was measured is the part across the weights and that along them. The one across them has
// the weighted sum zero, and its noise is less by what belongs to the sum.
func TestOffsetsAreSplit(t *testing.T) {
	means := []float64{0.9, -0.3, 0.5} // weighted 0.4
	s := offsetsMeasured(1e-6, means...)
	across, along := s.splitOffsets()
	sum := 0.0
	for i, w := range []float64{0.25, 0.25, 0.5} {
		sum += w * across.Y[0][i]
		same(t, "the parts together", across.Y[0][i]/25+along[i].value, means[i])
		same(t, "noise across", across.SD[0][i]/25e-6, math.Sqrt(1-w*w/0.375))
		same(t, "noise along", along[i].sd/1e-6, w/math.Sqrt(0.375))
	}
	if math.Abs(sum) > 1e-12 {
		t.Errorf("the weighted sum across is %v", sum)
	}
}

// A sum that noise explains is left out, one that it does not is there in full, and between
// them the doubt grows. Without beliefs it is what was measured.
func TestSumOfOffsetsIsZeroOrMeasured(t *testing.T) {
	mean := func(of float64, flat bool) (value, sd float64) {
		s := offsetsMeasured(0.05, of, of, of)
		s.flat = flat
		_, along := s.splitOffsets()
		for i, w := range []float64{0.25, 0.25, 0.5} {
			value, sd = value+w*along[i].value, sd+w*along[i].sd
		}
		return value, sd
	}
	noise := 0.05 * math.Sqrt(0.375) // of the weighted mean
	if value, sd := mean(0, false); value != 0 || sd > 0.7*noise {
		t.Errorf("nothing measured: %v ± %v", value, sd)
	}
	if value, sd := mean(6*noise, false); value < 5.8*noise || sd < 0.95*noise || sd > noise {
		t.Errorf("surely a sum of %v: %v ± %v", 6*noise, value, sd)
	}
	if value, sd := mean(2*noise, false); value < 0.2*noise || value > 1.5*noise || sd < 0.9*noise {
		t.Errorf("maybe a sum of %v: %v ± %v", 2*noise, value, sd)
	}
	value, sd := mean(2*noise, true)
	same(t, "without beliefs", value, 2*noise)
	same(t, "noise without beliefs", sd, noise)
}

// The contrasts between the values of attributes stay as they were measured.
func TestContrastsOfOffsetsAreNotSplit(t *testing.T) {
	s := offsetsMeasured(0.05, 0.9, -0.3, 0.5)
	m := &s.Measured[model.Offsets]
	m.Y, m.SD = append(m.Y, []float64{7, 8, 9}), append(m.SD, []float64{1, 2, 3})
	m.Weights = mat.NewDense(2, 3, []float64{1, 0, 0, 0, 1, -1})
	given := slices.Clone(m.Y[0])
	across, along := s.splitOffsets()
	if len(along) != 3 || !slices.Equal(across.Y[1], []float64{7, 8, 9}) || !slices.Equal(across.SD[1], []float64{1, 2, 3}) {
		t.Errorf("the contrasts are %v ± %v", across.Y[1:], across.SD[1:])
	}
	if !slices.Equal(m.Y[0], given) {
		t.Error("the measurement was overwritten")
	}
}
