package encode

import (
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Every setting has a fingerprint of its own, which compiling again repeats.
func TestFingerprint(t *testing.T) {
	seen := map[string]string{}
	add := func(name, fingerprint string) {
		if other, ok := seen[fingerprint]; ok {
			t.Errorf("%s has the fingerprint of %s", name, other)
		}
		seen[fingerprint] = name
	}
	for _, s := range some(settings()) {
		e := s.encoding(t)
		if e.Fingerprint(2) != s.newEncoding(t).Fingerprint(2) {
			t.Errorf("%s: another fingerprint for the same design", s.name)
		}
		add(s.name, e.Fingerprint(2))
		add(s.name+", other noise", e.Fingerprint(3))
	}
	s := usual()
	for _, public := range []bool{false, true} {
		small := NewSmall(s.shape, model.NewPublic(s.shape, s.center), SmallPlan{Companies: 100, ExactSizes: public, Marks: true})
		add("small", small.Fingerprint(2))
		add("small, other noise", small.Fingerprint(3))
	}
	s.center.Companies += 0.5
	add("half a company more", s.encoding(t).Fingerprint(2))
	for _, change := range []func(*model.Shape){
		func(s *model.Shape) { s.Values = []int{0, 1, 2, 3, 4, 6} },
		func(s *model.Shape) { s.Weights = slices.Repeat([]int{1}, s.Questions()); s.Weights[7] = 2 },
		func(s *model.Shape) { s.DomainWeights = []int{1, 1, 1, 2} },
	} {
		changed := usual()
		change(&changed.shape)
		small := NewSmall(changed.shape, model.NewPublic(s.shape, s.center), SmallPlan{Companies: 100, Marks: true})
		add("small, other scores", small.Fingerprint(2))
		add("other scores", changed.encoding(t).Fingerprint(2))
	}
	e := settingOf("thousands of companies").newEncoding(t) // which is changed
	e.kept.scores.groups[0].whitening[3][5]++
	add("another whitening", e.Fingerprint(2))
}
