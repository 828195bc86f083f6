package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// What became of the sheets is held to the definition of the encoding: 1 − f of every
// company, and the answers that are not there. Intervals are six standard deviations wide
// to either side, which chance exceeds twice in 10⁹.
func TestSheets(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	skipping, scattered := typical, typical
	skipping.missing, scattered.rest = 0.3, 2
	for name, p := range map[string]population{"typical": typical, "skipping": skipping, "scattered": scattered} {
		rng := rand.New(rand.NewPCG(61, 62))
		drawn := p.draw(jsp, 300, rng)
		in, _ := drawn.release(t, model.Prior{Companies: 300}, 0.26, 0.79, false, rng)
		in.Z = 6
		got := Estimate(in)[0].Sheets
		encoding, err := encode.New(jsp, in.Design)
		if err != nil {
			t.Fatal(err)
		}
		var scaled, left float64
		tally := encoding.NewTally()
		tally.Add(drawn.rows)
		exact, err := encoding.Read(tally.Totals(), 0)
		if err != nil {
			t.Fatal(err)
		}
		scaled = exact[model.TailTier.Clipped()].Y[0][0] / 300
		for i := range drawn.companies() {
			answers := drawn.rows.Data[i*drawn.rows.Stride:][:drawn.rows.Stride][drawn.rows.Answers:]
			left += (1 - float64(countAnswers(answers))/44) / 300
		}
		for what, c := range map[string]struct {
			number Number
			want   float64
		}{"scaled down": {got.ScaledDown, scaled}, "left out": {got.LeftOut, left}} {
			if c.number.Low > c.want+1e-3 || c.number.High < c.want-1e-3 || c.number.Information != 1 {
				t.Errorf("%s: %s: %+v, exact %v", name, what, c.number, c.want)
			}
		}
		if scaled < 0.001 || name == "scattered" && scaled < 0.05 {
			t.Errorf("%s: %v is scaled down: the test says nothing", name, scaled)
		}
	}
}

// The number of companies is noisy, too: with nothing else, its relative error is the
// share's. And what is not measured has no information.
func TestTermsOfSheets(t *testing.T) {
	s := measuredSetting(t)
	s.sizes.count[0], s.sizes.relative[0] = 200, 0.1
	same(t, "number of companies", s.shareOfAll(50, 0).Error, 0.025)
	s.sizes.relative[0] = 0
	same(t, "noise", s.shareOfAll(50, 16).Error, 0.02)
	if n := s.shareOfAll(0, math.Inf(1)); n.Information != 0 {
		t.Errorf("nothing measured: %+v", n)
	}
	s.SpreadUnknown = true
	if got := s.sheets(); got.LeftOut.Information != 0 || got.ScaledDown.Information != 0 {
		t.Errorf("a small plan: %+v", got)
	}
}
