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

// smallOf is an encoding for so many companies that whatever can be measured is.
func smallOf(shape model.Shape, center float64, exactSizes, marks bool) *Small {
	return NewSmall(shape, smallPublic(shape, center), SmallPlan{Companies: 10_000, Least: 5, ExactSizes: exactSizes, Marks: marks, Noise: 0.3})
}

// roomy is an encoding with little weight on the offsets, so that those of usual sheets fit.
func roomy(shape model.Shape, center float64, exactSizes, marks bool) *Small {
	s := smallOf(shape, center, exactSizes, marks)
	s.offset, s.kept = s.offset/8, 1
	return s
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
		{Levels: 3, Domains: []int{2, 2}}, {Levels: 3, Domains: []int{1, 1, 3}}, {Levels: 3, Domains: []int{3}},
		{Levels: 3, Domains: []int{1, 2}, Attributes: []int{3, 1, 2}}, {Levels: 3, Domains: []int{1, 2}, Attributes: []int{2}},
	} {
		for _, how := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
			for _, center := range []float64{0, 0.7, 1, 2} {
				s, largest := smallOf(shape, center, how[0], how[1]), 0.0
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
			check(smallOf(setting.shape, setting.center.Level, setting.public, false), setting.shape, answers)
		}
		s := smallOf(setting.shape, setting.center.Level, setting.public, true)
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

// checkNorm fails when the norm of a response's offsets and the absolute values of the numbers beside them
// add up to more than the sensitivity, and returns the sum as a share of it.
func (s *Small) checkNorm(t *testing.T, attributes, answers []byte) float64 {
	t.Helper()
	return s.checkVector(t, s.Totals(pack(s.shape, attributes, answers)), attributes, answers)
}

// checkVector is checkNorm of what the response adds.
func (s *Small) checkVector(t *testing.T, v []int64, attributes, answers []byte) float64 {
	t.Helper()
	vector, beside := s.vector(v), v[s.Vectors()*s.Dimensions():]
	if vector == nil {
		t.Fatalf("attributes %v are in more than one vector", attributes)
	}
	left := new(big.Int).SetInt64(Sensitivity)
	for _, x := range beside {
		left.Sub(left, new(big.Int).Abs(big.NewInt(x)))
	}
	norm := squaredNorm(vector)
	if left.Sign() < 0 || norm.Cmp(new(big.Int).Mul(left, left)) > 0 {
		t.Fatalf("‖o‖² = %v above the square of %v, which the numbers %v leave of R, for attributes %v, answers %v", norm, left, beside, attributes, answers)
	}
	length, _ := new(big.Float).Sqrt(new(big.Float).SetInt(norm)).Float64()
	rest, _ := new(big.Float).SetInt(left).Float64()
	return 1 + (length-rest)/float64(Sensitivity)
}

// vector is the one of the vectors that is not zero, or the first; nil if there are several.
func (s *Small) vector(v []int64) []int64 {
	var found []int64
	for at := 0; at < s.Vectors()*s.Dimensions(); at += s.Dimensions() {
		if one := v[at:][:s.Dimensions()]; found == nil || squaredNorm(one).Sign() > 0 {
			if found != nil && squaredNorm(found).Sign() > 0 {
				return nil
			}
			found = one
		}
	}
	return found
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
	s := roomy(shape, 2.5, false, false)
	totals := make([]int64, s.Coordinates())
	for _, answers := range [][]byte{{3, 4, 2, 3}, {4, 4, 3, 3}, {0, 0, 3, 4}} { // scores 2, 2.5 and 2.5
		for i, v := range s.Totals(pack(shape, []byte{1}, answers)) {
			totals[i] += v
		}
	}
	m := s.Read(totals, 1, 1, false)
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
		s := smallOf(setting.shape, setting.center.Level, setting.public, setting.public)
		sheet, newer, answers, largest := newSheetSums(setting.shape), newSheetSums(setting.shape), make([]byte, setting.shape.Questions()), 0.0
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
				v := make([]int64, s.Coordinates())
				s.add(v, newer, attributes, answers)
				largest = max(largest, s.checkVector(t, v, attributes, answers))
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
	s := roomy(shape, 2.5, true, false)
	if s.Coordinates() != 5 || s.Dimensions() != 3 {
		t.Fatalf("%d coordinates, %d of them offsets, expected three offsets, the overall score and who is not there in full", s.Coordinates(), s.Dimensions())
	}
	sum := s.NewSum()
	for _, answers := range [][]byte{
		{4, 4, 3, 3, 4, 4, 4, 4}, // scores 3, 2 and 3
		{4, 0, 3, 3, 0, 0, 3, 0}, // 3, 2 and 2
		{0, 0, 4, 3, 3, 3, 0, 0}, // none, 2.5 and 2
	} {
		sum.Add(pack(shape, nil, answers))
	}
	m := s.Read(sum.Totals(), 1000, 70, false)
	for d, want := range []float64{1, -1, -0.5} {
		if got := m[model.Overall].Y[0][0] + m[model.Offsets].Y[0][d]; !(math.Abs(got-want) < 2e-3) {
			t.Errorf("domain %d: scores less the centre sum to %v, expected %v", d, got, want)
		}
		if got, want := m[model.Offsets].SD[0][d], 1000/(float64(s.offset)*scoreUnit*s.kept); !(math.Abs(got-want) < 1e-9*want) {
			t.Errorf("domain %d: noise %v, expected %v", d, got, want)
		}
	}
	for what, got := range map[string][2]float64{
		"overall":                  {m[model.Overall].SD[0][0], 70 / (float64(s.parts[0].scale) * scoreUnit)},
		"who is not there in full": {m[model.Empty].SD[0][1], 70 / (float64(s.partial) * scoreUnit)},
	} {
		if !(math.Abs(got[0]-got[1]) < 1e-9*got[1]) {
			t.Errorf("%s: noise %v, expected %v", what, got[0], got[1])
		}
	}
}

// The design says of every block what reading it says.
func TestSmallDesign(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 4}, Attributes: []int{5, 2}}
	for _, how := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
		s := smallOf(shape, 2.5, how[0], how[1])
		design := s.Design(model.Center{Companies: 4}, 1000, 70, how[0])
		if design.Spherical != 1 || design.Mu != float64(Sensitivity)/1000 || design.Clipped[model.OffsetsTier] != 1-s.kept {
			t.Errorf("%d numbers share a noise, the longest vector is %v, %v is clipped", design.Spherical, design.Mu, design.Clipped)
		}
		m := s.Read(make([]int64, s.Coordinates()), 1000, 70, true)
		for b, sigma := range design.Sigma {
			if of := m[b]; len(sigma) > 0 && sigma[0] != of.SD[0][0] && model.Block(b) != model.Segments {
				t.Errorf("%v: block %d has the noise %v, and is read with %v", how, b, sigma[0], of.SD[0][0])
			}
		}
		for r, row := range rowsOf(shape.Attributes) {
			if got := design.Sigma[model.Segments]; how[0] && r > 0 && math.Abs(got[row.group]/m[model.Segments].SD[r][0]-1) > 1e-12 {
				t.Errorf("contrast %d has the noise %v, and is read with %v", r, got[row.group], m[model.Segments].SD[r][0])
			}
		}
	}
}

// What the companies of the public model lose of their offsets is given back: with three
// quarters kept the same totals mean offsets, and noise on them, of four thirds.
func TestSmallGivesClippedOffsetsBack(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}}
	s := smallOf(shape, 2.5, true, false)
	totals := s.Totals(pack(shape, nil, []byte{4, 4, 3, 3}))
	s.kept = 1
	whole := s.Read(totals, 1000, 70, false)[model.Offsets]
	s.kept = 0.75
	clipped := s.Read(totals, 1000, 70, false)[model.Offsets]
	for d := range shape.Domains {
		if got := clipped.Y[0][d] / whole.Y[0][d]; math.Abs(got-4.0/3) > 1e-12 {
			t.Errorf("domain %d: the offset is %v times as large", d, got)
		}
		if got := clipped.SD[0][d] / whole.SD[0][d]; math.Abs(got-4.0/3) > 1e-12 {
			t.Errorf("domain %d: the noise is %v times as large", d, got)
		}
	}
}

// The factor of the offsets leaves those of nine in ten companies of the public model whole, each
// with the room that its distance from the centre leaves; kept is the mean of all.
func TestSmallOffsetsOfMostFit(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}}
	public := smallPublic(shape, 2.5)
	public.Deviation, public.Norms[model.Offsets] = nil, nil
	for i := range 100 {
		public.Deviation = append(public.Deviation, float64(i%10)/5-1)
		public.Norms[model.Offsets] = append(public.Norms[model.Offsets], 0.2+float64(i*37%100)/100)
	}
	s := NewSmall(shape, public, SmallPlan{Companies: 30, ExactSizes: true, Marks: true})
	whole, kept := 0, 0.0
	for i, deviation := range public.Deviation {
		room := float64(Sensitivity) - math.Abs(deviation)*scoreUnit*float64(s.parts[0].scale)
		lambda, _ := s.fit(int64(room), int64(float64(s.offset)*scoreUnit*math.Sqrt(public.Norms[model.Offsets][i])), true)
		if lambda == scoreUnit {
			whole++
		}
		kept += float64(lambda) / scoreUnit / 100
	}
	if most := int(100 * smallOffsetQuantile); whole < most-1 || whole > most+1 {
		t.Errorf("the offsets of %d of 100 companies fit", whole)
	}
	if !(math.Abs(s.kept-kept) < 1e-3) {
		t.Errorf("%v of the offsets is kept, not %v", kept, s.kept)
	}
}

// TestSmallFit: offsets that fit are whole; with others λ is the largest with which they fit beside
// what is taken of them, and with the least room it is 0.
func TestSmallFit(t *testing.T) {
	s := smallOf(model.Shape{Levels: 6, Domains: []int{2, 2}}, 2.5, true, true)
	most := s.partial * scoreUnit
	for _, tt := range []struct {
		room, norm int64
		whole      bool
		want       float64
	}{
		{3 * most, 3 * most, true, 1}, {3 * most, 0, true, 1}, {most, most / 2, true, 1},
		{2 * most, 3 * most, true, 0.5}, {most, 5 * most, true, 0}, {3 * most, 5 * most, true, 0.5},
		{3 * most, 2 * most, false, 1}, {3 * most, 4 * most, false, 0.5}, {most, 4 * most, false, 0},
	} {
		lambda, lost := s.fit(tt.room, tt.norm, tt.whole)
		if got := float64(lambda) / scoreUnit; got != tt.want {
			t.Errorf("%v: λ is %v", tt, got)
		}
		if want := scoreUnit - lambda; tt.whole && lost != want || !tt.whole && lost != scoreUnit {
			t.Errorf("%v: %d is lost", tt, lost)
		}
		if used := float64(lambda)*float64(tt.norm)/scoreUnit + float64(s.partial*lost); used > float64(tt.room) {
			t.Errorf("%v: %v is taken", tt, used)
		}
	}
}

func TestRootUp(t *testing.T) {
	for _, x := range []uint64{0, 1, 2, 3, 4, 5, 1<<52 - 1, 1 << 52, 1<<52 + 1, 1<<62 - 1} {
		root := new(big.Int).SetInt64(rootUp(x))
		below := new(big.Int).Sub(root, big.NewInt(1))
		square, want := new(big.Int).Mul(root, root), new(big.Int).SetUint64(x)
		if square.Cmp(want) < 0 || x > 0 && new(big.Int).Mul(below, below).Cmp(want) >= 0 {
			t.Errorf("the root of %d is %v", x, root)
		}
	}
}

// TestSmallCountsWhoIsNotThereInFull: a company that leaves out a domain counts 1, one whose
// offsets do not fit the part that is taken of them, and what an incomplete company has
// instead of the offset is the centre less its overall score.
func TestSmallCountsWhoIsNotThereInFull(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}}
	s := roomy(shape, 2.5, false, false)
	lost := func(answers ...byte) float64 {
		return s.Read(s.Totals(pack(shape, nil, answers)), 1, 1, false)[model.Empty].Y[0][1]
	}
	if got := lost(4, 4, 0, 0); math.Abs(got-1) > 1e-3 {
		t.Errorf("a company without the second domain counts %v, expected 1", got)
	}
	if got := lost(4, 0, 3, 3); got != 0 {
		t.Errorf("a company with answers in all domains counts %v, expected 0", got)
	}
	s.offset *= 8
	if got := lost(6, 6, 1, 1); got < 0.3 || got > 0.99 {
		t.Errorf("a company with far too large offsets counts %v, expected the part taken", got)
	}
	sheet := newSheetSums(shape)
	sheet.read(shape.Domains, []byte{4, 4, 0, 0})
	if got := s.offsetOf(sheet, 1, s.distance(sheet, 1)); got != s.center-3*scoreUnit {
		t.Errorf("offset %v of the domain without answers, expected %v", got, s.center-3*scoreUnit)
	}
}

// TestCountedIsTheNumberOfCompanies: what a test of the number of companies looks at counts every sheet that
// answers something, once, and nothing else.
func TestCountedIsTheNumberOfCompanies(t *testing.T) {
	for _, domains := range [][]int{{1}, {3}, {2, 1, 4}} {
		shape := model.Shape{Levels: 5, Domains: domains}
		public := model.NewPublic(shape, model.Expect(shape, model.Prior{Companies: 20}))
		for _, marks := range []bool{true, false} {
			s := NewSmall(shape, public, SmallPlan{Companies: 20, Least: 5, Marks: marks, Noise: 0.3})
			at, unit := s.Counted()
			at += s.Vectors() * s.Dimensions()
			sum := s.NewSum()
			sheets := []byte{}
			questions := shape.Questions()
			for company := range 7 {
				sheet := make([]byte, questions)
				for q := range sheet {
					sheet[q] = byte((company + q) % 6) // 0: left out
				}
				sheet[company%questions] = byte(1 + company%5)
				sheets = append(sheets, sheet...)
			}
			sheets = append(sheets, make([]byte, questions)...) // a blank sheet
			sum.Add(Rows{Data: sheets, Stride: questions})
			if got := sum.Totals()[at]; unit <= 0 || got != 7*unit {
				t.Errorf("%v, marks %v: %d for 7 companies that add %d each", domains, marks, got, unit)
			}
		}
		public = model.NewPublic(shape, model.Expect(shape, model.Prior{Companies: 20}))
		if _, unit := NewSmall(shape, public, SmallPlan{Companies: 20, Least: 5, ExactSizes: true, Noise: 0.3}).Counted(); unit != 0 {
			t.Errorf("%v: a public number is measured", domains)
		}
	}
}
