package encode

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// TestNormBoundClimbs is TestNormBoundAdversarial on scales with values and weights, over many more
// sheets: from a corner or a random one, of the attributes that count most or least, single answers
// change as long as the squared norm before clipping grows. All of them together have the
// totals that the definition adds up to, to the last bit. The deep tier tries 100,000 sheets of
// each instrument.
func TestNormBoundClimbs(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	sheets := 500
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		sheets = 100_000
	}
	for _, s := range settings() {
		if !s.valued() {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			e := s.encoding(t)
			norm, rng := e.before(), rand.New(rand.NewPCG(21, 22))
			attributes, answers := make([]byte, len(s.shape.Attributes)), make([]byte, s.shape.Questions())
			domainOf, anywhere := s.shape.DomainOf(), false // of several scales: at places that a question does not have, too
			draw := func(q int, missing float64, ends bool) byte {
				places := s.shape.PlacesIn(domainOf[q])
				switch {
				case rng.Float64() < missing:
					return 0
				case ends:
					return byte(1 + rng.IntN(2)*(s.shape.Levels-1))
				case anywhere:
					return byte(1 + rng.IntN(s.shape.Levels))
				}
				return byte(1 + places[rng.IntN(len(places))])
			}
			largest, sum, tally := 0.0, make([]int64, e.Coordinates()), e.NewTally()
			corners := startSheets(s.shape, rng)
			for n := 0; n < sheets; {
				for j, values := range s.shape.Attributes {
					attributes[j] = byte(rng.IntN(values + 1))
				}
				missing, ends := 0.8*rng.Float64(), rng.IntN(2) == 0
				anywhere = s.shape.Places != nil && rng.IntN(2) == 0
				for q := range answers {
					answers[q] = draw(q, missing, ends)
				}
				if len(corners) > 0 {
					answers, corners = corners[0], corners[1:]
				}
				for range 20 {
					q := rng.IntN(len(answers))
					old, before := answers[q], norm(answers)
					answers[q] = draw(q, 0.2, ends)
					if norm(answers) < before {
						answers[q] = old
						continue
					}
					one := e.Encode(attributes, answers)
					largest = max(largest, checkNorm(t, one, attributes, answers))
					for i, v := range one {
						sum[i] += v
					}
					tally.Add(pack(s.shape, attributes, answers))
					n++
				}
			}
			if largest < 0.9 {
				t.Errorf("largest ‖e(r)‖² is %.3f of R², expected close to 1", largest)
			}
			if !slices.Equal(tally.Totals(), sum) {
				t.Error("the totals differ from the sum of the encoded responses")
			}
		})
	}
}
