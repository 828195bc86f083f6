package encode

import (
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// smallPublic is a public model whose companies lie at the centre, with
// offsets of squared norm ½.
func smallPublic(shape model.Shape, center float64) *model.Public {
	p := &model.Public{Center: center, Deviation: []float64{0}}
	if len(shape.Domains) > 1 {
		p.Norms[model.Offsets] = []float64{0.5}
	}
	return p
}

// TestSmallBound checks the small-panel encoding on every response of a small
// instrument and on the corners of the others, at every centre of the grid.
func TestSmallBound(t *testing.T) {
	check := func(s *Small, shape model.Shape, answers []byte) (largest float64) {
		for _, attributes := range eachValue(shape) {
			largest = max(largest, s.checkNorm(t, attributes, answers))
		}
		return largest
	}
	for _, shape := range []model.Shape{
		{Levels: 3, Domains: []int{2, 2}}, {Levels: 3, Domains: []int{1, 1, 3}}, {Levels: 3, Domains: []int{1, 2}, Attributes: []int{3, 1, 2}},
	} {
		for _, how := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
			for _, center := range []float64{0, 0.7, 1, 2} {
				s, largest := NewSmall(shape, smallPublic(shape, center), how[0], how[1]), 0.0
				eachSheet(shape, func(answers []byte) { largest = max(largest, check(s, shape, answers)) })
				if largest < 0.999 {
					t.Errorf("centre %v: largest norm is %.3f of R, expected close to 1", center, largest)
				}
			}
		}
	}
	rng := rand.New(rand.NewPCG(7, 8))
	for _, setting := range settings() {
		for _, answers := range startSheets(setting.shape, rng) {
			check(NewSmall(setting.shape, smallPublic(setting.shape, setting.center.Level), setting.public, false), setting.shape, answers)
		}
		s := NewSmall(setting.shape, smallPublic(setting.shape, setting.center.Level), setting.public, true)
		for _, answers := range startSheets(setting.shape, rng) {
			check(s, setting.shape, answers)
		}
		for i, v := range s.Totals(pack(setting.shape, eachValue(setting.shape)[0], make([]byte, setting.shape.Questions()))) {
			if v != 0 {
				t.Fatalf("%s: coordinate %d of the blank sheet is %d, expected 0", setting.name, i, v)
			}
		}
	}
}

// checkNorm fails when the norm of a response's vector and its marks, in absolute values, add up to more
// than the sensitivity, and returns the sum as a share of it.
func (s *Small) checkNorm(t *testing.T, attributes, answers []byte) float64 {
	t.Helper()
	v := s.Totals(pack(s.shape, attributes, answers))
	vector, marks := v[:len(v)-s.Marks()], v[len(v)-s.Marks():]
	left := new(big.Int).SetInt64(Sensitivity)
	for _, mark := range marks {
		left.Sub(left, new(big.Int).Abs(big.NewInt(mark)))
	}
	norm := squaredNorm(vector)
	if left.Sign() < 0 || norm.Cmp(new(big.Int).Mul(left, left)) > 0 {
		t.Fatalf("‖e(r)‖² = %v above the square of %v, which the marks %v leave of R, for attributes %v, answers %v", norm, left, marks, attributes, answers)
	}
	length, _ := new(big.Float).Sqrt(new(big.Float).SetInt(norm)).Float64()
	rest, _ := new(big.Float).SetInt(left).Float64()
	return 1 + (length-rest)/float64(Sensitivity)
}

// eachValue are attributes with every value of each of them, and not stated, one after the
// other: those of the first half in order, those of the others from the last.
func eachValue(shape model.Shape) [][]byte {
	most := 0
	for _, values := range shape.Attributes {
		most = max(most, values)
	}
	var list [][]byte
	for v := range most + 1 {
		attributes := make([]byte, len(shape.Attributes))
		for j, values := range shape.Attributes {
			attributes[j] = byte(max(values-v, 0))
			if j%2 == 1 {
				attributes[j] = byte(min(v, values))
			}
		}
		list = append(list, attributes)
	}
	return list
}

// TestSmallReadsBack measures without noise: the totals are those of the
// definition, since no offset of these sheets is clipped.
func TestSmallReadsBack(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}, Attributes: []int{2}}
	s := NewSmall(shape, smallPublic(shape, 2.5), false, false)
	totals := make([]int64, s.Coordinates())
	for _, answers := range [][]byte{{3, 4, 2, 3}, {4, 4, 3, 3}, {0, 0, 3, 4}} { // scores 2, 2.5 and 2.5
		for i, v := range s.Totals(pack(shape, []byte{1}, answers)) {
			totals[i] += v
		}
	}
	m := s.Read(totals, 1, 0)
	got := []float64{m[model.Companies].Y[0][0], m[model.Overall].Y[0][0], m[model.Offsets].Y[0][0], m[model.Offsets].Y[0][1]}
	// 3 companies; deviations −0.5, 0, 0; offsets 0.5, 0.5 (first domain) and −0.5, −0.5, 0.
	for i, want := range []float64{3, -0.5, 1, -1} {
		if diff := got[i] - want; diff < -1e-3 || diff > 1e-3 {
			t.Errorf("number %d is %v, expected %v", i, got[i], want)
		}
	}
}

// TestSmallBoundClimbs looks for sheets that are longer than the bound: single answers change
// as long as the part of the norm that clipping acts on grows, and every sheet on the way is
// checked.
func TestSmallBoundClimbs(t *testing.T) {
	sheets := 300
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		sheets = 100_000
	} else if testing.Short() {
		sheets = 30
	}
	rng := rand.New(rand.NewPCG(23, 24))
	for _, setting := range settings() {
		if len(setting.shape.Domains) < 2 {
			continue
		}
		s := NewSmall(setting.shape, smallPublic(setting.shape, setting.center.Level), setting.public, setting.public)
		sheet, answers, largest := newSheetSums(setting.shape), make([]byte, setting.shape.Questions()), 0.0
		wanted := func() (norm uint64) {
			if sheet.read(setting.shape.Domains, answers) {
				for d := range sheet.domains {
					norm += squared(s.offsetOf(sheet, d, s.distance(sheet, leftOut(sheet))))
				}
			}
			return norm
		}
		for n := 0; n < sheets; {
			missing := 0.8 * rng.Float64()
			draw := func() byte {
				if rng.Float64() < missing {
					return 0
				}
				return byte(1 + rng.IntN(setting.shape.Levels))
			}
			for q := range answers {
				answers[q] = draw()
			}
			for range 30 {
				q := rng.IntN(len(answers))
				old, before := answers[q], wanted()
				if answers[q] = draw(); wanted() < before {
					answers[q] = old
					continue
				}
				attributes := []byte{} // all stated: what is not takes nothing
				for _, values := range setting.shape.Attributes {
					attributes = append(attributes, byte(values))
				}
				largest = max(largest, s.checkNorm(t, attributes, answers))
				n++
			}
		}
		if largest < 0.9 {
			t.Errorf("%s: largest norm is %.3f of R, expected close to 1", setting.name, largest)
		}
	}
}

// TestSmallOffsets measures three domains of different sizes without noise. Over all sheets
// the overall scores and the offsets of a domain add up to the scores there of those
// with an answer, as distances from the centre, whoever leaves out what.
func TestSmallOffsets(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 4}}
	s := NewSmall(shape, smallPublic(shape, 2.5), true, false)
	if s.Coordinates() != 5 {
		t.Fatalf("%d coordinates, expected the overall score, who is not there in full and three offsets", s.Coordinates())
	}
	sum := s.NewSum()
	for _, answers := range [][]byte{
		{4, 4, 3, 3, 4, 4, 4, 4}, // scores 3, 2 and 3
		{4, 0, 3, 3, 0, 0, 3, 0}, // 3, 2 and 2
		{0, 0, 4, 3, 3, 3, 0, 0}, // none, 2.5 and 2
	} {
		sum.Add(pack(shape, nil, answers))
	}
	m := s.Read(sum.Totals(), 1000, 0)
	for d, want := range []float64{1, -1, -0.5} {
		if got := m[model.Overall].Y[0][0] + m[model.Offsets].Y[0][d]; !(math.Abs(got-want) < 2e-3) {
			t.Errorf("domain %d: scores less the centre sum to %v, expected %v", d, got, want)
		}
		if got, want := m[model.Offsets].SD[0][d], 1000/(float64(s.offset)*scoreUnit); !(math.Abs(got-want) < 1e-9*want) {
			t.Errorf("domain %d: noise %v, expected %v", d, got, want)
		}
	}
	if got := s.Design(model.Center{}, 1000, 0, true).Spherical; got != 5 {
		t.Errorf("%d numbers share the noise, expected 5", got)
	}
}

// What the companies of the public model lose of their offsets is given back: with three
// quarters kept the same totals mean offsets, and noise on them, of four thirds.
func TestSmallGivesClippedOffsetsBack(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}}
	s := NewSmall(shape, smallPublic(shape, 2.5), true, false)
	totals := s.Totals(pack(shape, nil, []byte{4, 4, 3, 3}))
	s.kept = 1
	whole := s.Read(totals, 1000, 0)[model.Offsets]
	s.kept = 0.75
	clipped := s.Read(totals, 1000, 0)[model.Offsets]
	for d := range shape.Domains {
		if got := clipped.Y[0][d] / whole.Y[0][d]; math.Abs(got-4.0/3) > 1e-12 {
			t.Errorf("domain %d: the offset is %v times as large", d, got)
		}
		if got := clipped.SD[0][d] / whole.SD[0][d]; math.Abs(got-4.0/3) > 1e-12 {
			t.Errorf("domain %d: the noise is %v times as large", d, got)
		}
	}
	// A company at the centre whose offsets fit keeps them, one whose are twice as long
	// half of them; one so far from the centre that it takes 0.6 of the norm leaves 0.8.
	room := 1e9
	length := func(offsets float64) float64 { return square(offsets * room / (float64(s.offset) * scoreUnit)) }
	away := 0.6 * room / (float64(s.overall) * scoreUnit)
	for _, tt := range []struct{ want, offsets, away float64 }{{1, 0.5, 0}, {0.5, 2, 0}, {0.8, 1, away}, {0.64, 1.25, away}} {
		if got := s.keptOffsets([]float64{length(tt.offsets)}, []float64{tt.away}, room); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("offsets of %v, %v away: %v are kept, want %v", tt.offsets, tt.away, got, tt.want)
		}
	}
	if got := s.keptOffsets([]float64{length(0.5), length(2)}, []float64{0, 0}, room); math.Abs(got-0.75) > 1e-9 {
		t.Errorf("the mean of a whole and a half is %v", got)
	}
}

// TestSmallCountsWhoIsNotThereInFull: a company that leaves out a domain counts 1, one whose
// offsets do not fit the part that is taken of them, and what an incomplete company has
// instead of the offset is the centre less its overall score.
func TestSmallCountsWhoIsNotThereInFull(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}}
	s := NewSmall(shape, smallPublic(shape, 2.5), false, false)
	lost := func(answers ...byte) float64 {
		return s.Read(s.Totals(pack(shape, nil, answers)), 1, 0)[model.Empty].Y[0][1]
	}
	if got := lost(4, 4, 0, 0); math.Abs(got-1) > 1e-3 {
		t.Errorf("a company without the second domain counts %v, expected 1", got)
	}
	if got := lost(4, 0, 3, 3); got != 0 {
		t.Errorf("a company with answers in all domains counts %v, expected 0", got)
	}
	if got := lost(6, 6, 1, 1); got < 0.3 || got > 0.99 {
		t.Errorf("a company with far too large offsets counts %v, expected the part taken", got)
	}
	sheet := newSheetSums(shape)
	sheet.read(shape.Domains, []byte{4, 4, 0, 0})
	if got := s.offsetOf(sheet, 1, s.distance(sheet, 1)); got != s.center-3*scoreUnit {
		t.Errorf("offset %v of the domain without answers, expected %v", got, s.center-3*scoreUnit)
	}
}
