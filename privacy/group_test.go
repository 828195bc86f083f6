package privacy

import (
	"math"
	"testing"
)

// TestBetweenTwoAnswers: the ε of 2μ agrees with mpmath where the sampler's end
// leaves something of δ, and there is none elsewhere.
func TestBetweenTwoAnswersAgreesWithMpmath(t *testing.T) {
	none := 0
	for _, f := range readGroups(t).Between {
		mu := Mu(math.Round(f.Mu * 1e6))
		loss := Loss{MuSquared: mu.Squared(), Delta: int64(math.Round(f.Select*1e18)) + SamplerDelta}
		got := EpsilonBetweenTwoAnswers(loss, f.Delta)
		want := math.Ceil(f.Epsilon*1e4) / 1e4
		if f.Epsilon == 0 {
			none++
			want = math.Inf(1)
		}
		if got != want && math.Abs(got-want) > 1.1e-4 || got < f.Epsilon-1e-9 {
			t.Errorf("μ = %v, δ = %v: ε = %v, mpmath has %v", f.Mu, f.Delta, got, want)
		}
		if charge := float64(SamplerCharge(times(loss.MuSquared, 4), MaxNumbers)) / 1e18; math.Abs(charge/f.Sampler-1) > 1e-5 {
			t.Errorf("μ = %v: the sampler takes %v, mpmath has %v", f.Mu, charge, f.Sampler)
		}
	}
	if none < 10 {
		t.Errorf("%d fixtures without an ε", none)
	}
}

// TestGroupsAgreeWithMpmath: ε and the test's δ of two, three and five companies.
func TestGroupsAgreeWithMpmath(t *testing.T) {
	for _, f := range readGroups(t).Groups {
		sigma := f.Sigma * thresholdScale
		test := Threshold{k: f.K, memberships: f.Memberships, noise: Gaussian{sigma: sigma}, delta: int64(math.Round(f.Select * 1e18))}
		test.tau = int64(f.K)*thresholdScale + marginFor(sigma, test.delta, f.Memberships)
		if got := test.GroupDelta(f.Companies); got < f.Test*(1-1e-4) || got > f.Test*1.02 {
			t.Errorf("%+v: the test's δ is %v", f, got)
		}
		mu := Mu(math.Round(f.Mu * 1e6))
		loss := Loss{PureEpsilon: int64(math.Round(f.Pure * 1e9)), MuSquared: mu.Squared(), Delta: test.delta + SamplerDelta}
		g := ForGroup(loss, fromUnits(loss.Delta+int64(math.Round(f.Gaussian*1e18)), deltaDigits), f.Companies, test)
		if g.Epsilon < f.Epsilon-1e-9 || g.Epsilon > f.Epsilon+1.1e-4 {
			t.Errorf("%+v: ε = %v", f, g.Epsilon)
		}
		least := f.Gaussian + f.Test
		if more := samplerMore(loss.MuSquared, int64(f.Companies)); more > 0 {
			least += float64(more) / 1e18
		}
		if g.Delta < least*(1-1e-4) || g.Delta > least*1.03 {
			t.Errorf("%+v: δ = %v, want %v", f, g.Delta, least)
		}
	}
}

// TestGroupOfOne is the company itself, and a group of pure loss has no δ.
func TestGroupOfOne(t *testing.T) {
	b, err := NewBudget(4, 1e-6, SecretRoster, 0.1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	test, err := NewThreshold(5, 3, b.Select, b.DeltaSelect)
	if err != nil {
		t.Fatal(err)
	}
	if g := ForGroup(b.Loss, 1e-6, 1, test); g.Epsilon > 4 || g.Epsilon < 3.9999 || g.Delta > 1.01e-6 || g.Delta < 1e-6 {
		t.Errorf("one company: %+v", g)
	}
	pure, err := NewPureBudget(1.5, 1e-6, PublicRoster)
	if err != nil {
		t.Fatal(err)
	}
	if g := ForGroup(pure.Loss, 1e-6, 5); g.Epsilon != 7.5 || g.Delta != 0 {
		t.Errorf("five companies of pure loss: %+v", g)
	}
	for name, g := range map[string]GroupLoss{
		"nobody": ForGroup(b.Loss, 1e-6, 0, test), "too many": ForGroup(b.Loss, 1e-6, 1001, test),
		"no δ": ForGroup(b.Loss, 1e-7, 2, test),
	} {
		if !math.IsInf(g.Epsilon, 1) {
			t.Errorf("%s: %+v", name, g)
		}
	}
	for _, epsilon := range []float64{0.01, 0.02, 0.04, 0.1, 1, 8, 11} { // more companies are promised less
		b, err := NewBudget(epsilon, 1e-6, PublicRoster, 0, 0.1)
		if err != nil {
			t.Fatal(err)
		}
		last := ForGroup(b.Loss, 1e-6, 1)
		for _, m := range []int{2, 3, 5, 10, 40, 1000} {
			g := ForGroup(b.Loss, 1e-6, m)
			if g.Epsilon < last.Epsilon || g.Delta < last.Delta {
				t.Errorf("ε = %v: %+v after %+v", epsilon, g, last)
			}
			last = g
		}
	}
	if g := ForGroup(b.Loss, 1e-6, 1000, test); g.Delta != 1 {
		t.Errorf("a thousand companies: %+v", g)
	}
}

// TestGroupOfSeveralTests: the δ of every test grows with the group, each by itself.
func TestGroupOfSeveralTests(t *testing.T) {
	one, err := NewThreshold(5, 1, 100_000, 25_000_000_000)
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewThreshold(5, 3, 200_000, 75_000_000_000)
	if err != nil {
		t.Fatal(err)
	}
	main := Loss{MuSquared: Mu(700_000).Squared(), Delta: SamplerDelta}
	alone := ForGroup(main, 1e-6, 3)
	both := ForGroup(main.Plus(one.Loss()).Plus(other.Loss()), 1e-6, 3, one, other)
	first := ForGroup(main.Plus(one.Loss()).Plus(other.Loss()), 1e-6, 3, one)
	grown := both.Delta - first.Delta
	if want := other.GroupDelta(3) - 75e-9; math.Abs(grown-want) > 1.1e-8 || want < 75e-9 {
		t.Errorf("the second test adds %v to δ = %v of a group, want %v", grown, both.Delta, want)
	}
	if both.Delta < alone.Delta+one.GroupDelta(3)+other.GroupDelta(3)-1.1e-7 {
		t.Errorf("δ = %v of a group with two tests, %v without", both.Delta, alone.Delta)
	}
}
