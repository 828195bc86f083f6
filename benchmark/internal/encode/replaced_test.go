package encode

import (
	"math/big"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestReplacedSheetExhaustive holds every two sheets of small instruments with the
// same attributes, blank ones included, against each other, in both vectors of a full panel:
// one in the place of another moves the totals by at most 2R, and some by more than
// R, so that noise for one sheet that is put in or left out is not enough.
func TestReplacedSheetExhaustive(t *testing.T) {
	shape := model.Shape{Levels: 3, Domains: []int{2, 2}, Attributes: []int{2}}
	s := setting{shape: shape, mu: 0.4, public: true, center: model.Center{
		Level: 0.8, LevelVariance: 0.01, Companies: 20, ScoreVariance: 0.5 * shape.Unit() * shape.Unit(), LogNormSpread: 0.2,
	}}
	main, pilot := s.encoding(t), NewPilot(shape, true)
	for name, encode := range map[string]func(attributes, answers []byte) []int64{
		"main":  func(attributes, answers []byte) []int64 { return encodeOne(main, attributes, answers) },
		"pilot": func(attributes, answers []byte) []int64 { return pilot.Totals(pack(shape, attributes, answers)) },
	} {
		limit, largest := new(big.Int).Mul(sensitivitySquared, big.NewInt(4)), new(big.Int)
		for value := range shape.Attributes[0] + 1 {
			var vectors [][]int64
			eachSheet(shape, func(answers []byte) { vectors = append(vectors, encode([]byte{byte(value)}, answers)) })
			for i, one := range vectors {
				for _, other := range vectors[:i] {
					if d := squaredNorm(difference(one, other)); d.Cmp(largest) > 0 {
						largest = d
					}
				}
			}
		}
		if largest.Cmp(limit) > 0 {
			t.Errorf("%s: two sheets are %v apart, squared, of at most 4R² = %v", name, largest, limit)
		}
		if largest.Cmp(sensitivitySquared) <= 0 {
			t.Errorf("%s: no two sheets are more than R apart: the test sees nothing", name)
		}
	}
}

// TestReplacedSmallSheet does so for the vector of a small panel, in its norm.
func TestReplacedSmallSheet(t *testing.T) {
	shape := model.Shape{Levels: 3, Domains: []int{2, 2}, Attributes: []int{2}}
	for _, marks := range []bool{false, true} {
		s, largest := smallOf(shape, 0.8, true, marks), 0.0
		for value := range shape.Attributes[0] + 1 {
			var vectors [][]int64
			eachSheet(shape, func(answers []byte) {
				vectors = append(vectors, s.Totals(pack(shape, []byte{byte(value)}, answers)))
			})
			for i, one := range vectors {
				for _, other := range vectors[:i] {
					largest = max(largest, s.length(difference(one, other)))
				}
			}
		}
		if largest > 2*float64(Sensitivity)*(1+1e-12) || largest <= 1.1*float64(Sensitivity) {
			t.Errorf("marks %v: two sheets are up to %v of R apart, of at most 2, and more than 1 is expected", marks, largest/float64(Sensitivity))
		}
	}
}

// length is the norm of all vectors and the absolute values of the numbers beside them, added up.
func (s *Small) length(v []int64) (length float64) {
	for at := 0; at < s.Vectors()*s.Dimensions(); at += s.Dimensions() {
		norm, _ := new(big.Float).Sqrt(new(big.Float).SetInt(squaredNorm(v[at:][:s.Dimensions()]))).Float64()
		length += norm
	}
	for _, x := range v[s.Vectors()*s.Dimensions():] {
		length += float64(max(x, -x))
	}
	return length
}

func difference(a, b []int64) []int64 {
	d := make([]int64, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
}
