package privacy

import "testing"

// A value is computed once a point, and those of other points are not taken for it; what is
// kept is bounded.
func TestRemembered(t *testing.T) {
	type point struct{ a, b int }
	var computed int
	r := remembered[point, int]{most: 4, value: func(p point) int { computed++; return 10*p.a + p.b }}
	points := []point{{1, 2}, {2, 1}, {0, 0}, {1, 0}}
	for range 2 {
		for _, p := range points {
			if got, want := r.at(p), 10*p.a+p.b; got != want {
				t.Errorf("%v: %d, want %d", p, got, want)
			}
		}
	}
	if computed != len(points) {
		t.Errorf("computed %d times at %d points", computed, len(points))
	}
	if got := r.at(point{3, 3}); got != 33 || len(r.known) > r.most {
		t.Errorf("%d at one more, want 33; %d are kept, at most %d", got, len(r.known), r.most)
	}
}

// A charge that is remembered is the one that was computed, for few numbers and for many.
func TestSamplerChargesAreRemembered(t *testing.T) {
	for range 2 {
		for i := range int64(4) {
			for _, square := range []int64{i * i * 5_000_000, i * i * 700_000_000_000} {
				for _, many := range []bool{false, true} {
					loss := samplerLoss{square, many}
					if got, want := samplerCharges.at(loss), loss.charge(); got != want {
						t.Errorf("%+v: %d, want %d", loss, got, want)
					}
				}
			}
		}
	}
}
