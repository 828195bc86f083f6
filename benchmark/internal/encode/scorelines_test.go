package encode

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestScoreLinesAreABound: what lines say of scores at any places, some of them without a place, is at least their squared norm and
// exceeds it by no more than the slack, up to rounding.
func TestScoreLinesAreABound(t *testing.T) {
	rng, bounded, looked := rand.New(rand.NewPCG(37, 38)), 0, 0
	for _, s := range settings() {
		e := s.encoding(t)
		l, scores := e.kernel.lines, s.shape.Scores()
		looked += len(l.pairs)
		lines, norms, bins := make([][batchRows]int32, scores), make([]float64, 9), make([]int, scores)
		for range 100 {
			for a := range lines {
				for i := range norms {
					lines[a][i] = lineOf(rng.IntN(e.layout.thresholds+2) - 1)
				}
				lines[scores-1][0] = max(lines[scores-1][0], lineOf(0)) // there is an overall score
			}
			l.norms(norms, lines)
			for i, norm := range norms {
				for a := range bins {
					bins[a] = int(lines[a][i] - lineOf(0))
					if a < scores-1 {
						norm += l.alone[a*l.width+int(lines[a][i])]
					}
				}
				exact := float64(e.kept.scores.norm(bins))
				room := float64(len(l.pairs)*lineUnit) + 1e-9*(math.Abs(norm)+float64(budget))
				if norm < exact-1e-9*float64(budget) || norm > exact+l.slack+room {
					t.Fatalf("%s: scores at %v are bounded by %v, their norm is %v and the slack %v", s.name, bins, norm, exact, l.slack)
				}
				if norm > exact+room {
					bounded++
				}
			}
		}
	}
	if bounded == 0 || looked < 10 {
		t.Errorf("%d bounds are above the norm, and %d pairs are looked up: both must be tested", bounded, looked)
	}
}

// TestHugeScoresAreNotBounded: where what two scores add does not fit, nothing does.
func TestHugeScoresAreNotBounded(t *testing.T) {
	b := &scoreBlock{scores: 2, thresholds: 1, groups: make([]scoreGroup, 1), pairs: make([]int64, 16)}
	b.pairs[2*4+1] = math.MaxInt32 * lineUnit
	norms := make([]float64, 1)
	lines := make([][batchRows]int32, 2)
	lines[0][0], lines[1][0] = lineOf(1), lineOf(0)
	b.newLines().norms(norms, lines)
	if within(norms[0]) || within(norms[0]-math.Inf(1)) {
		t.Errorf("a norm of %v is within the budget", norms[0])
	}
}
