package model

import (
	"math"
	"testing"

	"maturitybench/stats"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestThresholds(t *testing.T) {
	tests := []struct {
		levels int
		first  float64
		last   float64
		count  int
	}{
		{2, 0.25, 0.75, 3},
		{6, 0.25, 4.75, 19},
		{7, 0.5, 5.5, 11}, // half levels above six levels
		{11, 0.5, 9.5, 19},
	}
	for _, tt := range tests {
		got := Shape{Levels: tt.levels}.Thresholds()
		if len(got) != tt.count || got[0] != tt.first || got[len(got)-1] != tt.last {
			t.Errorf("%d levels: %d thresholds %v, want %d from %v to %v", tt.levels, len(got), got, tt.count, tt.first, tt.last)
		}
	}
}

// The bin of a score is the number of thresholds strictly below it.
func TestScoreBinCountsThresholdsBelow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Shape{Levels: rapid.IntRange(2, 11).Draw(t, "levels")}
		answers := rapid.IntRange(1, 60).Draw(t, "answers")
		sum := rapid.IntRange(0, answers*(s.Levels-1)).Draw(t, "sum")
		want := 0
		for _, threshold := range s.Thresholds() {
			if int(4*threshold)*answers < 4*sum { // thresholds are multiples of a quarter
				want++
			}
		}
		if got := s.scoreBin(sum, answers); got != want {
			t.Errorf("scoreBin(%d, %d) with %d levels = %d, want %d", sum, answers, s.Levels, got, want)
		}
	})
}

func TestPilotEdges(t *testing.T) {
	edges := Shape{}.PilotEdges()
	if len(edges) != 13 || edges[0] != -1 || edges[12] != 0.8 {
		t.Fatalf("PilotEdges = %v, want 13 from -1 to 0.8", edges)
	}
	for i := 1; i < len(edges); i++ {
		if d := edges[i] - edges[i-1]; math.Abs(d-0.15) > 1e-12 {
			t.Errorf("bin %d is %v wide, want 0.15", i, d)
		}
	}
}

// On six levels the unit of a contrast is one level; on two levels, rounding
// alone gives a variance of 1/12 beside 11/12·(1/5)².
func TestContrastUnit(t *testing.T) {
	tests := []struct {
		shape Shape
		want  float64
	}{
		{Shape{Levels: 6, Domains: []int{14, 12, 10, 8}}, math.Sqrt(40)},
		{Shape{Levels: 6, Domains: []int{1, 1}}, 1},
		{Shape{Levels: 2, Domains: []int{5}}, math.Sqrt(4 * (11./12/25 + 1./12))},
	}
	for _, tt := range tests {
		if got := tt.shape.ContrastUnit(); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%v: ContrastUnit = %v, want %v", tt.shape, got, tt.want)
		}
	}
}

func TestRowGroups(t *testing.T) {
	s := Shape{Levels: 6, Domains: []int{2, 3}, Attributes: []int{3, 1, 2}}
	if diff := cmp.Diff([]int{0, 1, 1, 3}, s.RowGroup()); diff != "" {
		t.Errorf("RowGroup (-want +got):\n%s", diff)
	}
	if len(s.RowGroup()) != s.Rows() {
		t.Errorf("%d row groups for %d rows", len(s.RowGroup()), s.Rows())
	}
	for group, want := range []float64{1, 2. / 3, 0, 0.5} {
		if got := s.RowShare(group); math.Abs(got-want) > 1e-15 {
			t.Errorf("RowShare(%d) = %v, want %v", group, got, want)
		}
	}
	if diff := cmp.Diff([]int{0, 0, 1, 1, 1}, s.DomainOf()); diff != "" {
		t.Errorf("DomainOf (-want +got):\n%s", diff)
	}
}

// What a company adds to the rows of an attribute has the row share as its
// squared norm, whatever its value.
func TestHelmertMatchesRowShare(t *testing.T) {
	for k := 1; k <= 12; k++ {
		rows := stats.HelmertContrasts(k)
		share := Shape{Attributes: []int{k}}.RowShare(1)
		for v := range k {
			var norm float64
			for _, row := range rows {
				norm += row[v] * row[v]
			}
			if math.Abs(norm-share) > 1e-12 {
				t.Errorf("%d values: column %d has squared norm %v, want %v", k, v, norm, share)
			}
		}
	}
}

func dot(a, b []float64) float64 {
	var sum float64
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func TestBlocksOfShapes(t *testing.T) {
	profiles := []Profile{{{Question: 1, Level: 2}}}
	tests := []struct {
		name  string
		shape Shape
		none  []Block // blocks that are always zero
	}{
		{"full", Shape{Levels: 6, Domains: []int{3, 2}, Attributes: []int{2}, Profiles: profiles}, nil},
		{"no profiles", Shape{Levels: 6, Domains: []int{3, 2}, Attributes: []int{2}}, []Block{Profiles, RestProfiles}},
		{"two levels have no shape beyond the mean", Shape{Levels: 2, Domains: []int{3, 2}, Attributes: []int{2}, Profiles: profiles}, []Block{DomainShape, QuestionShape, RestDomainShape, RestQuestionShape}},
		{"one question a domain has no contrasts", Shape{Levels: 6, Domains: []int{1, 1}, Attributes: []int{2}, Profiles: profiles}, []Block{Unusable, Contrasts, Skips, QuestionShape, RestContrasts, RestQuestionShape}},
		{"one domain has no offset", Shape{Levels: 6, Domains: []int{3}, Attributes: []int{2}, Profiles: profiles}, []Block{Offsets, Empty, RestOffsets}},
		{"no attributes", Shape{Levels: 6, Domains: []int{3, 2}, Profiles: profiles}, []Block{NotStated, Segments, ClippedSegments, RestSegments}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var none []Block
			for b := range Blocks {
				if !tt.shape.Has(b) {
					none = append(none, b)
				}
			}
			if diff := cmp.Diff(tt.none, none); diff != "" {
				t.Errorf("blocks without features (-want +got):\n%s", diff)
			}
		})
	}
}
