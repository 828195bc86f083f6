package encode

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// drawRowGroups makes up what can be measured.
func drawRowGroups(t *rapid.T) []rowGroup {
	positive := rapid.Custom(func(t *rapid.T) float64 {
		return math.Exp(rapid.Float64Range(-8, 8).Draw(t, "ln"))
	})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rowGroup {
		return rowGroup{worth: positive.Draw(t, "worth"), prior: positive.Draw(t, "prior"), cost: positive.Draw(t, "cost")}
	}), 1, 30).Draw(t, "row groups")
}

// The Karush-Kuhn-Tucker conditions of the allocation: the budget is spent;
// every measured row group gains the same per unit of budget from more
// precision, worth·prior²/(1+prior·t)²/cost; no other would gain more.
func TestWaterFillIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawRowGroups(t)
		budget := math.Exp(rapid.Float64Range(-8, 8).Draw(t, "ln budget"))
		precision := waterFill(groups, budget)
		spent, most, least := 0.0, 0.0, math.Inf(1)
		for i, g := range groups {
			if precision[i] < 0 {
				t.Fatalf("precision %v", precision[i])
			}
			spent += g.cost * precision[i]
			if precision[i] > 0 {
				gain := marginalGain(g, precision[i])
				most, least = max(most, gain), min(least, gain)
			}
		}
		if math.Abs(spent/budget-1) > 1e-9 {
			t.Errorf("spent %v of %v", spent, budget)
		}
		if most/least > 1+1e-6 {
			t.Errorf("gains between %v and %v", least, most)
		}
		for i, g := range groups {
			if gain := marginalGain(g, 0); precision[i] == 0 && gain > most*(1+1e-6) {
				t.Errorf("row group %d is not measured but would gain %v, the others %v", i, gain, most)
			}
		}
	})
}

// Twice as many questions make what all their means contain, and their shapes, worth
// twice as much, and what is the means' own four times; nothing else.
func TestStakesOfALongInstrument(t *testing.T) {
	usual := fourDomains
	long := model.Shape{Levels: 6, Domains: []int{28, 24, 20, 16}, Attributes: usual.Attributes}
	center := pilotCenter(usual, 100)
	public := model.NewPublic(usual, center)
	before := stakes(usual, public, center, 0.8, false)
	for b, s := range stakes(long, public, center, 0.8, false) {
		want := before[b].worth
		switch model.Block(b) {
		case model.Overall, model.Segments, model.Offsets, model.QuestionShape:
			want *= 2
		case model.Contrasts:
			want *= 4
		}
		if math.Abs(s.worth-want) > 1e-12*want {
			t.Errorf("block %d is worth %v, want %v", b, s.worth, want)
		}
	}
}

// Shapes are worth a part to a panel whose means are hardly known, and all to one where
// they are; nothing else depends on it.
func TestStakesOfShapes(t *testing.T) {
	center := pilotCenter(fourDomains, 100)
	public := model.NewPublic(fourDomains, center)
	all := stakes(fourDomains, public, center, largePanel/center.Companies, false)
	for _, c := range []struct{ mu, part float64 }{
		{0.01, shapesOfSmall}, {shapesOfSmall * largePanel / center.Companies, shapesOfSmall},
		{0.6 * largePanel / center.Companies, 0.6}, {1e3, 1},
	} {
		for b, s := range stakes(fourDomains, public, center, c.mu, false) {
			want := all[b].worth
			if block := model.Block(b); block == model.DomainShape || block == model.QuestionShape {
				want *= c.part
			}
			if math.Abs(s.worth-want) > 1e-12*want {
				t.Errorf("μ = %v: block %d is worth %v, want %v", c.mu, b, s.worth, want)
			}
		}
	}
	if want := shapesWorth * float64(fourDomains.Levels-2); math.Abs(all[model.DomainShape].worth/want-1) > 1e-12 {
		t.Errorf("shapes of domains are worth %v, want %v", all[model.DomainShape].worth, want)
	}
}

// The precision of the shapes of domains is divided as if those of all varied further than
// the prior says; those of segments, and the questions', are not.
func TestUnlikeShapes(t *testing.T) {
	center := pilotCenter(fourDomains, 100)
	public := model.NewPublic(fourDomains, center)
	list := stakes(fourDomains, public, center, 0.8, false)
	n := center.Companies
	for _, g := range rowGroups(fourDomains, public, list, n) {
		prior, times := list[g.block].prior, 1.0
		if g.group > 0 || g.block != model.DomainShape && g.block != model.QuestionShape {
			continue
		}
		if g.block == model.DomainShape {
			times = unlikeShapes
		}
		if want := n*n*times*prior.Level + n*prior.Within; math.Abs(g.prior/want-1) > 1e-12 {
			t.Errorf("block %d: a variance of %v, want %v", g.block, g.prior, want)
		}
	}
}

func marginalGain(g rowGroup, precision float64) float64 {
	return g.worth / g.cost * square(g.prior/(1+g.prior*precision))
}

// Without priors the optimum has a closed form: minimising Σ w·σ² under
// Σ c/σ² = μ² gives σ² ∝ sqrt(c/w) and the loss (Σ sqrt(w·c))²/μ², by
// Cauchy-Schwarz.
func TestWaterFillWithoutPriors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := drawRowGroups(t)
		budget := math.Exp(rapid.Float64Range(-3, 3).Draw(t, "ln budget"))
		var root float64
		for i := range groups {
			groups[i].prior = 1e15
			root += math.Sqrt(groups[i].worth * groups[i].cost)
		}
		loss := 0.0
		for i, p := range waterFill(groups, budget) {
			loss += groups[i].worth / p
			want := budget * math.Sqrt(groups[i].worth/groups[i].cost) / root
			if math.Abs(p/want-1) > 1e-6 {
				t.Errorf("precision %v, want %v", p, want)
			}
		}
		if want := root * root / budget; math.Abs(loss/want-1) > 1e-6 {
			t.Errorf("loss %v, want %v", loss, want)
		}
	})
}

// A block that is measured for all and in the residual contrasts of every
// attribute reaches the lower bound of the matrix mechanism: for counts of
// companies in all and in segments, weighted by the square roots in w(u), every
// noise with sensitivity 1 has a loss of at least (tr M^{1/2})², where M is the
// mean of w(u)w(u)' over companies u (Li and Miklau, PVLDB 5 (2012), §4).
func TestRowGroupsReachTheMatrixMechanismBound(t *testing.T) {
	for _, attributes := range [][]int{{3, 2, 4}, {5}, {2, 2}, {3, 4, 4, 2, 6}, {1, 3}} {
		shape := model.Shape{Levels: 6, Domains: []int{2}, Attributes: attributes}
		var stakes [model.Blocks]stake
		stakes[model.Companies] = stake{1, Variances{1e12, 1e12, 0}}
		public := &model.Public{}
		public.MeanSquare[model.Companies] = 1
		groups := rowGroups(shape, public, stakes, 1)
		loss := 0.0
		for i, precision := range waterFill(groups, 1) {
			loss += groups[i].worth / precision
		}
		if bound := matrixMechanismBound(attributes); math.Abs(loss/bound-1) > 1e-3 {
			t.Errorf("attributes %v: loss %v, lower bound %v", attributes, loss, bound)
		}
	}
}

// matrixMechanismBound is (tr M^{1/2})² for the total of all, with weight 1,
// and the totals of segments. A segment of one of A attributes with K values
// has the mean K/n times its total and a share of 1/(A·K) in the report, which
// gives its total the weight K/A.
func matrixMechanismBound(attributes []int) float64 {
	size, several := 1, 0.0
	for _, k := range attributes {
		size += k
		if k > 1 {
			several++
		}
	}
	moment := mat.NewSymDense(size, nil)
	company := make([]float64, size)
	company[0] = 1
	var visit func(attribute, at int, share float64)
	visit = func(attribute, at int, share float64) {
		if attribute == len(attributes) {
			moment.SymRankOne(moment, share, mat.NewVecDense(size, company))
			return
		}
		k := attributes[attribute]
		for v := range k {
			if k > 1 {
				company[at+v] = math.Sqrt(float64(k) / several)
			}
			visit(attribute+1, at+k, share/float64(k))
			company[at+v] = 0
		}
	}
	visit(0, 1, 1)
	var e mat.EigenSym
	if !e.Factorize(moment, false) {
		panic("no eigenvalues")
	}
	trace := 0.0
	for _, v := range e.Values(nil) {
		trace += math.Sqrt(max(v, 0))
	}
	return trace * trace
}
