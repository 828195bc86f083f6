package encode

import (
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestDefinitionByHand spells c(r) out for one response that is not clipped:
// levels 0 to 2; a domain of three questions, answered 2, 0 and not; one of two
// questions without an answer.
func TestDefinitionByHand(t *testing.T) {
	shape := model.Shape{Levels: 3, Domains: []int{3, 2}, Attributes: []int{2, 2}}
	center := model.Center{
		Level: 1, LevelVariance: 0.01, Companies: 1e6, CompaniesVariance: 9, ScoreVariance: 0.3, LogNormSpread: 0.2,
	}
	e := setting{shape: shape, mu: 0.8, center: center}.newEncoding(t) // which is changed
	e.center, e.squares = scoreUnit/2, []int64{100, 200, 300}
	c := e.Features([]byte{2, 0}, []byte{3, 1, 0, 0, 0})
	l := e.layout
	if l.shape.Thresholds()[0] <= 0 || c[l.clipped+int(model.TailTier)] != 0 {
		t.Fatalf("thresholds %v, 1−f %d", l.shape.Thresholds(), c[l.clipped+int(model.TailTier)])
	}
	below := 0 // thresholds below both scores, which are 1
	for _, threshold := range l.shape.Thresholds() {
		if threshold < 1 {
			below++
		}
	}
	bins := func(place int) []int64 {
		at := make([]int64, l.thresholds+1)
		if place >= 0 {
			at[place] = clipUnit
		}
		return at
	}
	const (
		s     = scoreUnit
		kappa = clipUnit * 3 / 2 // ⌊f·size/m⌋
	)
	for _, check := range []struct {
		name string
		at   int
		want []int64
	}{
		{"companies", l.companies, []int64{s}},
		{"not stated", l.notStated, []int64{0, s}},
		{"overall", l.kept.overall, []int64{s / 2}}, // (2 + 0)/2 less ½
		{"segments", l.kept.segments, []int64{s / 2}},
		{"offsets", l.kept.offsets, []int64{0, -s / 2}},
		{"unusable", l.unusable, []int64{s / 3, 0}},
		{"empty", l.empty, []int64{0, s}},
		{"skips", l.skips, []int64{-1, -1, 2, 0, 0}},
		{"answers of domains", l.kept.domains, []int64{kappa, 0, kappa, 0, 0, 0}},
		{"places", l.kept.bins, slices.Concat(bins(below), bins(-1), bins(below))},
		{"squares", l.kept.squares, []int64{s/4 - 100, 0, s/4 - 300}},
		{"left", l.kept.left, []int64{0, 0, 2 * kappa, 0, 0}},
		{"contrasts", l.kept.contrasts, []int64{
			-kappa, 0, -kappa + 2*kappa, // answered 2
			-kappa + 2*kappa, 0, -kappa, // answered 0
			-kappa, 0, -kappa, // left out
			0, 0, 0, 0, 0, 0,
		}},
		{"rest", l.rest.overall, make([]int64, l.kept.overall-l.rest.overall)},
	} {
		if diff := cmp.Diff(check.want, c[check.at:][:len(check.want)]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", check.name, diff)
		}
	}
}

// TestSheetsAgree compares what is read of a response in other ways, answer by answer but level by level, and by the tables
// of the pilot, with what the definition counts.
func TestSheetsAgree(t *testing.T) {
	for _, s := range settings() {
		t.Run(s.name, func(t *testing.T) {
			sheet, pilot := newSheetSums(s.shape), newPilotReader(NewPilot(s.shape, false))
			rapid.Check(t, func(t *rapid.T) {
				rows := drawRows(t, s, 3)
				for at := 0; at < len(rows.Data); at += rows.Stride {
					answers := rows.Data[at:][:rows.Stride][rows.Answers:][:s.shape.Questions()]
					plain := plainSums(s.shape, answers)
					if got, want := sheet.read(s.shape.Domains, answers), plain.count > 0; got != want {
						t.Fatalf("read says %v for %d answers", got, plain.count)
					}
					pilot.read(rows.Data, []int{at + rows.Answers})
					norm := uint64(0)
					for d, sums := range plain.domains {
						norm += uint64(pilot.domains[d].factors[sums.count] * sums.variation())
					}
					if pilot.sum[0] != plain.total || pilot.weight[0] != plain.weight || pilot.norm[0] != norm {
						t.Fatalf("answers %v: the pilot reads %d, %d and %d, expected %d, %d and %d", answers,
							pilot.sum[0], pilot.weight[0], pilot.norm[0], plain.total, plain.weight, norm)
					}
					if plain.count == 0 {
						continue
					}
					if sheet.total != plain.total || sheet.count != plain.count || sheet.weight != plain.weight || sheet.score != plain.score ||
						!slices.Equal(sheet.hist, plain.hist) || !slices.Equal(sheet.met, plain.met) {
						t.Fatalf("answers %v: the sheets differ", answers)
					}
					for d := range plain.domains {
						a, b := sheet.domains[d], plain.domains[d]
						if a.count != b.count || a.sum != b.sum || a.square != b.square || a.score != b.score ||
							a.weight != b.weight || a.plain != b.plain || !slices.Equal(a.weights, b.weights) {
							t.Fatalf("answers %v: the sums of domain %d differ", answers, d)
						}
					}
				}
			})
		})
	}
}
