package encode

import (
	"fmt"
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"

	"pgregory.net/rapid"
)

var fourDomains = model.Shape{Levels: 6, Domains: []int{14, 12, 10, 8}, Attributes: []int{3, 2, 4}}

// designShapes reach to the corners of what an instrument may be.
var designShapes = []model.Shape{
	fourDomains,
	{Levels: 2, Domains: []int{5, 4}, Attributes: []int{3}},
	{Levels: 2, Domains: []int{1}},
	{Levels: 6, Domains: []int{1, 1, 1}, Attributes: []int{1}},
	{Levels: 6, Domains: []int{7}, Attributes: []int{2, 1}},
	{Levels: 11, Domains: []int{3, 4}},
	{Levels: 6, Domains: []int{7, 4}, Attributes: []int{2}, Unasked: ^model.ForScores},
	{Levels: 4, Domains: []int{3, 1}, Unasked: ^model.ForShares},
}

// pilotCenter is a centre as a pilot leaves it.
func pilotCenter(shape model.Shape, companies float64) model.Center {
	c := model.Expect(shape, model.Prior{Known: true, Level: 0.7 * shape.Mid(), Spread: 0.5 * shape.Unit(), Companies: companies})
	c.LevelVariance = square(0.15 * shape.Unit())
	c.CompaniesVariance = 100
	return c
}

func newDesign(shape model.Shape, companies, mu float64, exactSizes bool) Design {
	center := pilotCenter(shape, companies)
	return NewDesign(shape, model.NewPublic(shape, center), center, mu, exactSizes)
}

// Every made-up company keeps the bound after clipping, and the losses that
// the design states are those of its own clip level.
func TestDesignKeepsTheBound(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, shape := range designShapes {
		for _, companies := range []float64{20, 100, 2000} {
			for _, mu := range []float64{0.2, 0.8} {
				for _, exactSizes := range []bool{false, true} {
					name := fmt.Sprint(shape, companies, mu, exactSizes)
					checkDesign(t, name, shape, newDesign(shape, companies, mu, exactSizes))
				}
			}
		}
	}
}

// Centres at the ends of the scale, where most made-up companies are alike, and
// budgets that hardly measure anything still give usable designs.
func TestDesignAtTheExtremes(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, shape := range designShapes {
		for _, level := range []float64{0, 1} {
			for _, mu := range []float64{0.003, 5} {
				for _, exactSizes := range []bool{false, true} {
					center := pilotCenter(shape, 17)
					center.Level = level * float64(shape.Levels-1)
					d := NewDesign(shape, model.NewPublic(shape, center), center, mu, exactSizes)
					checkDesign(t, fmt.Sprint(shape, level, mu, exactSizes), shape, d)
				}
			}
		}
	}
}

func checkDesign(t *testing.T, name string, shape model.Shape, d Design) {
	t.Helper()
	for b, sds := range d.Sigma {
		block := model.Block(b)
		if exists(shape, block, d.ExactSizes) != (sds != nil) {
			t.Errorf("%s: block %d has noise %v", name, b, sds)
		}
		if sds != nil && len(sds) != len(sigmas(shape, block)) {
			t.Errorf("%s: block %d has %d scales", name, b, len(sds))
		}
		for j, sd := range sds {
			if rest, ok := block.RestOf(); !shape.Asks(block.Serves()) && (!ok || !shape.Asks(rest.Serves())) && !math.IsInf(sd, 1) {
				t.Errorf("%s: block %d is measured, for nothing that is asked for", name, b)
			}
			if !(sd > 0) || shape.RowShare(j) == 0 && !math.IsInf(sd, 1) {
				t.Errorf("%s: block %d has the noise %v in row group %d", name, b, sd, j)
			}
		}
	}
	n, bound := simulatedNorms(shape, d.Public, d.Center, d.Sigma), d.Mu*d.Mu
	room := clippedRoom * bound
	for tier := range model.Tiers {
		if sd := d.Sigma[tier.Clipped()]; shape.Unasked != 0 && sd != nil && !n.any(tier) {
			if !math.IsInf(sd[0], 1) {
				t.Errorf("%s: 1−f of tier %d is measured, of which nothing is", name, tier)
			}
		} else if sd != nil && math.Abs(1/(sd[0]*sd[0])-room) > 1e-9*room {
			t.Errorf("%s: 1−f of tier %d weighs %v, want %v", name, tier, 1/(sd[0]*sd[0]), room)
		}
	}
	if most := n.mostFixed + float64(model.Tiers)*room; most > bound {
		t.Errorf("%s: what no factor shrinks takes up to %v of %v", name, most, bound)
	}
	var clipped [model.Tiers]float64
	for i := range n.fixed {
		f, norm := n.clip(i, 0, 0, bound), n.fixed[i]
		for tier, kept := range f {
			norm += kept*kept*n.kept[tier][i] + square(1-kept)*room
			clipped[tier] += (1 - kept) / float64(len(n.fixed))
		}
		if norm > bound*(1+1e-9) {
			t.Fatalf("%s: norm² %v after clipping, above %v", name, norm, bound)
		}
	}
	_, said := d.Level.At(average(d.Public.Deviation))
	for tier, lost := range clipped {
		if math.Abs(lost-d.Clipped[tier]) > 1e-6 {
			t.Errorf("%s: the clip level takes %v of tier %d, the design says %v", name, lost, tier, d.Clipped[tier])
		}
	}
	if math.Abs(clipped[model.LevelTier]-said) > 1e-6 {
		t.Errorf("%s: the clip level takes %v of the level, the design says %v", name, clipped[model.LevelTier], said)
	}
	for level := -2.5; level <= 2.5; level += 0.125 {
		overall, companies := d.Level.At(level)
		if !(math.Abs(overall) <= 9*float64(shape.Levels)) || !(companies >= 0 && companies <= 1) {
			t.Errorf("%s: the level loses %v, and %v of the companies", name, overall, companies)
		}
	}
}

// The further the companies are from the centre, the more of them are above the
// bound; beyond the table the loss is that of its end.
func TestLevelLossGrowsWithTheLevel(t *testing.T) {
	d := newDesign(fourDomains, 100, 0.8, false)
	_, near := d.Level.At(average(d.Public.Deviation))
	for _, far := range []float64{-1.5, 1.5, -9, 9} {
		overall, companies := d.Level.At(far)
		if companies < near || overall*far < 0 {
			t.Errorf("at %v levels clipping takes %v companies and %v levels, at the centre %v companies", far, companies, overall, near)
		}
	}
	if overall, companies := (LevelLoss{}).At(1); overall != 0 || companies != 0 {
		t.Errorf("nothing that is clipped loses %v, %v", overall, companies)
	}
}

// Companies above the bound are mostly those far from the centre: their squared
// scores and the distribution functions lose more than their share.
func TestTailLoss(t *testing.T) {
	d := newDesign(fourDomains, 100, 0.8, false)
	for a, lost := range d.Tail.Squares {
		if lost <= 0 || lost > d.Public.ScoreSquare[a] {
			t.Errorf("score %d: the squares lose %v of %v", a, lost, d.Public.ScoreSquare[a])
		}
		for j, v := range d.Tail.CDF[a] {
			if math.Abs(v) > d.Clipped[model.TailTier] {
				t.Errorf("score %d, threshold %d: the distribution function loses %v with %v of the companies", a, j, v, d.Clipped[model.TailTier])
			}
		}
	}
	two := norms{fixed: []float64{0, 1}, joint: []float64{0.25, 4}, farthest: 1}
	for tier, kept := range [][]float64{{0, 1}, {0, 1}, {0, 0}, {0.25, 1}} {
		two.kept[tier], two.rest[tier] = kept, []float64{0, 0.1}
	}
	public := &model.Public{Squares: [][]float64{{-0.5, 0.5}}, Bins: [][]int{{0, 1}}, CDF: [][]float64{{0.4, 0.9}}}
	// The second company keeps everything but its tail.
	f := two.clip(1, 0, 0, 3.5)
	got := two.tailLoss(3.5, public)
	lambda := f[model.TailTier]
	if f[model.LevelTier] != 1 || f[model.OffsetsTier] != 1 {
		t.Errorf("factors %v", f)
	}
	lost := (1 - lambda) / 2
	for _, c := range []struct{ got, want float64 }{
		// Half of the companies are at the first threshold or below, all at the second.
		{got.Squares[0], lost * 0.5}, {got.CDF[0][0], lost * -0.5}, {got.CDF[0][1], 0},
	} {
		if lambda == 1 || math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("λ = %v: lost %v, want %v", lambda, c.got, c.want)
		}
	}
}

// Only the norms of contrasts follow the pilot's histogram, and not at all if it
// shows what the model does: near the floor of the scale that is a tail of
// companies without contrasts, all of them in the histogram's first bin.
func TestContrastsAreRescaled(t *testing.T) {
	center := pilotCenter(fourDomains, 1000)
	center.Level, center.ScoreVariance = 1, 1
	public := model.NewPublic(fourDomains, center)
	seen := make([]float64, len(public.LogNorm))
	for i, v := range public.LogNorm {
		seen[i] = min(max(v, -1.075), 0.875)
	}
	center.LogNorm, center.LogNormSpread = moments(seen)
	for b := range model.Blocks {
		var sigma [model.Blocks][]float64
		for other := range sigma {
			sigma[other] = []float64{math.Inf(1)}
		}
		sigma[b] = []float64{math.Sqrt(0.5)}
		same := simulatedNorms(fourDomains, public, center, sigma)
		higher := center
		higher.LogNorm += 0.3
		moved := simulatedNorms(fourDomains, public, higher, sigma)
		factor := 1.0
		if b == model.Contrasts || b == model.QuestionShape {
			factor = math.Exp(0.6)
		}
		for i, v := range public.Norms[b] {
			if got := same.all(i); math.Abs(got-2*v) > 1e-9*v {
				t.Errorf("block %d, sheet %d: norm² %v instead of %v", b, i, got/2, v)
				break
			}
			if got := moved.all(i); math.Abs(got-2*factor*v) > 1e-9*v {
				t.Errorf("block %d, sheet %d: norm² %v under longer contrasts, want %v", b, i, got/2, factor*v)
				break
			}
		}
	}
}

func (n norms) all(i int) float64 {
	sum := n.fixed[i]
	for _, kept := range n.kept {
		sum += kept[i]
	}
	return sum
}

func average(x []float64) float64 {
	mean, _ := moments(x)
	return mean
}

// The bound holds for every company, not only for likely ones; what fits is left alone,
// and the tail goes first.
func TestClip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		norm := rapid.Custom(func(t *rapid.T) float64 {
			return rapid.SampledFrom([]float64{0, 1}).Draw(t, "any") * math.Exp(rapid.Float64Range(-20, 20).Draw(t, "ln"))
		})
		bound := math.Exp(rapid.Float64Range(-3, 3).Draw(t, "ln bound"))
		room := bound * rapid.Float64Range(0.01, 0.1).Draw(t, "room")
		fixed := bound * rapid.Float64Range(0, 0.6).Draw(t, "fixed")
		var kept, rest [model.Tiers]float64
		total := fixed
		for tier := range kept {
			kept[tier] = norm.Draw(t, "kept")
			rest[tier] = kept[tier] * rapid.Float64Range(0, 0.3).Draw(t, "rest")
			total += kept[tier]
		}
		f, least := clip(fixed, kept, rest, room, bound), fixed
		for tier, factor := range f {
			if !(factor >= 0 && factor <= 1) {
				t.Fatalf("factors %v", f)
			}
			least += factor*factor*kept[tier] + square(1-factor)*room
		}
		// A factor is a float, so that of a part of 10⁸ bounds is right to no more than 10⁻⁷.
		if least > bound*(1+1e-9)+1e-15*total {
			t.Errorf("norm² %v above %v", least, bound)
		}
		if total <= bound && f != [model.Tiers]float64{1, 1, 1, 1} {
			t.Errorf("what fits is clipped to %v", f)
		}
		for tier := range f[1:] {
			if f[tier] < 1 && f[tier+1] == 1 && kept[tier+1] > 0 {
				t.Errorf("tier %d is clipped before the next one: %v", tier, f)
			}
		}
	})
}

// Of two budgets the larger one has less noise in the rows of all.
func TestMoreBudgetLessNoise(t *testing.T) {
	for _, b := range []model.Block{model.Companies, model.Overall, model.Offsets, model.Contrasts, model.DomainShape} {
		last := math.Inf(1)
		for _, mu := range []float64{0.2, 0.4, 0.8, 1.6, 3.2} {
			sd := newDesign(fourDomains, 300, mu, false).Sigma[b][0]
			if sd > last || math.IsInf(sd, 1) && !math.IsInf(last, 1) {
				t.Errorf("block %d: noise %v at μ = %v, %v with less", b, sd, mu, last)
			}
			last = sd
		}
		if math.IsInf(last, 1) {
			t.Errorf("block %d is not measured with all budget", b)
		}
	}
}

// The more companies, the less a company's clipping is worth: bias does not
// average out, noise does.
func TestClippingFadesWithCompanies(t *testing.T) {
	last := newDesign(fourDomains, 100, 0.8, false)
	for _, companies := range []float64{300, 1000, 5000} {
		d := newDesign(fourDomains, companies, 0.8, false)
		if d.Clipped[model.TailTier] > last.Clipped[model.TailTier] || d.Clipped[model.LevelTier] > last.Clipped[model.LevelTier] {
			t.Errorf("%v companies lose %v, fewer %v", companies, d.Clipped, last.Clipped)
		}
		last = d
	}
	if last.Clipped[model.TailTier] > 0.02 {
		t.Errorf("5,000 companies lose %v of the tail", last.Clipped[model.TailTier])
	}
}

// The contrasts of companies that spread more than the model says are clipped
// at a higher level instead of harder.
func TestPilotNormRaisesTheNoise(t *testing.T) {
	narrow, wide := pilotCenter(fourDomains, 300), pilotCenter(fourDomains, 300)
	wide.LogNorm = 0.07 // the same grid point
	public := model.NewPublic(fourDomains, narrow)
	if model.NewPublic(fourDomains, wide) != public {
		t.Fatal("the centres have different models")
	}
	a := NewDesign(fourDomains, public, narrow, 0.8, false)
	b := NewDesign(fourDomains, public, wide, 0.8, false)
	if a.Quantile == b.Quantile && !(b.Sigma[model.Contrasts][0] > a.Sigma[model.Contrasts][0]) {
		t.Errorf("noise %v for wide contrasts, %v for narrow ones", b.Sigma[model.Contrasts][0], a.Sigma[model.Contrasts][0])
	}
	if b.Clipped[model.TailTier] > 1.2*a.Clipped[model.TailTier] {
		t.Errorf("clipping takes %v of wide contrasts, %v of narrow ones", b.Clipped, a.Clipped)
	}
}

func BenchmarkNewDesign(b *testing.B) {
	center := pilotCenter(fourDomains, 100)
	public := model.NewPublic(fourDomains, center)
	for b.Loop() {
		NewDesign(fourDomains, public, center, 0.8, false)
	}
}

// A company that is far below the bound is not clipped, which is decided without the
// sum: wherever it is decided, the factors are those of the sum.
func TestFarBelowTheBound(t *testing.T) {
	d := newDesign(fourDomains, 100, 0.8, false)
	n, bound := simulatedNorms(fourDomains, d.Public, d.Center, d.Sigma), d.Mu*d.Mu
	sum := *n
	sum.joint = make([]float64, len(n.joint))
	for i := range sum.joint {
		sum.joint[i] = math.Inf(1)
	}
	clipped := 0
	for i, o := range d.Public.Deviation {
		for _, shift := range []float64{-2, 0, 2} {
			at := o + shift
			more := at*at - o*o
			got, want := n.clip(i, more, 0, bound), sum.clip(i, more, 0, bound)
			if got != want {
				t.Fatalf("company %d, moved by %v: factors %v, the sum says %v", i, shift, got, want)
			}
			if want[model.TailTier] < 1 && n.joint[i] < bound {
				clipped++
			}
		}
	}
	if clipped == 0 {
		t.Error("no company is clipped for where it was moved")
	}
}

// Domains that lie apart lose more of their offsets, from what the public model expects on.
func TestOffsetLoss(t *testing.T) {
	d := newDesign(fourDomains, 100, 0.8, false)
	if got, want := d.Offsets.At(0), d.Clipped[model.OffsetsTier]; math.Abs(got-want) > 1e-12 {
		t.Errorf("without a distance %v of the offsets are lost, want %v", got, want)
	}
	for distance := 0.5; distance < 4; distance += 0.5 {
		if before, now := d.Offsets.At(square(distance-0.5)), d.Offsets.At(square(distance)); !(now > before) || now >= 1 {
			t.Errorf("at a distance of %v levels %v of the offsets are lost, at half a level less %v", distance, now, before)
		}
	}
}
