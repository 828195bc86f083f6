package encode

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// setting is a shape with a design to encode for.
type setting struct {
	name   string
	shape  model.Shape
	center model.Center
	mu     float64
	public bool
}

// settings cover the range of instruments: two levels to eleven, one question
// to fifty a domain, no attribute to six, and centres at the ends.
func settings() []setting {
	at := func(shape model.Shape, level, companies float64) model.Center {
		u := shape.Unit()
		return model.Center{
			Level: level * float64(shape.Levels-1), LevelVariance: 0.05 * u * u,
			Companies: companies, CompaniesVariance: 25,
			ScoreVariance: 0.6 * u * u, LogNorm: 0, LogNormSpread: 0.2,
		}
	}
	jsp := model.Shape{Levels: 6, Domains: []int{10, 9, 15, 10}, Attributes: []int{3, 4, 4}}
	binary := model.Shape{Levels: 2, Domains: []int{3, 1}, Attributes: []int{2}}
	eleven := model.Shape{Levels: 11, Domains: []int{5, 2}, Attributes: []int{1, 5}}
	tiny := model.Shape{Levels: 3, Domains: []int{2}}
	single := model.Shape{Levels: 4, Domains: []int{1, 1, 1}, Attributes: []int{3}}
	profiled := jsp
	profiled.Profiles = []model.Profile{
		{{Question: 0, Level: 2}},
		{{Question: 0, Level: 2}, {Question: 12, Level: 3}, {Question: 40, Level: 1}},
		{{Question: 43, Level: 0}},
		{{Question: 3, Level: 5}, {Question: 4, Level: 5}, {Question: 5, Level: 5}},
	}
	scores, shares := jsp, jsp
	scores.Unasked, shares.Unasked = ^model.ForScores, ^model.ForShares
	wide := model.Shape{Levels: 6, Domains: []int{50, 30, 1, 19, 50}, Attributes: []int{2, 2, 2, 3, 6, 4}}
	return append(valuedSettings(at), []setting{
		{"the built-in instrument", jsp, at(jsp, 0.3, 100), 0.8, false},
		{"thousands of companies", jsp, at(jsp, 0.3, 5000), 0.8, false},
		{"a public roster", jsp, at(jsp, 0.5, 50), 0.2, true},
		{"a centre at the bottom", jsp, at(jsp, 0, 300), 1.5, false},
		{"two levels", binary, at(binary, 0.7, 40), 0.8, false},
		{"eleven levels", eleven, at(eleven, 1, 200), 0.8, false},
		{"one domain of two questions", tiny, at(tiny, 0.5, 30), 0.3, false},
		{"one question a domain", single, at(single, 0.5, 100), 0.8, false},
		{"a hundred and fifty questions", wide, at(wide, 0.4, 1000), 0.8, false},
		{"profiles", profiled, at(profiled, 0.3, 100), 0.8, false},
		{"scores alone", scores, at(scores, 0.3, 100), 0.8, false},
		{"shares alone", shares, at(shares, 0.3, 300), 0.8, true},
		{"profiles under a public roster", profiled, at(profiled, 0.4, 1000), 0.8, true},
	}...)
}

// valuedSettings are instruments with levels of other values than their numbers, and
// with weights of questions and domains.
func valuedSettings(at func(shape model.Shape, level, companies float64) model.Center) []setting {
	weighed := model.Shape{Levels: 2, Domains: []int{3, 1}, Attributes: []int{2}, Weights: []int{1, 2, 10, 3}, DomainWeights: []int{1, 4}}
	quarters := model.Shape{Levels: 4, Domains: []int{6, 6, 6, 6, 6}, Attributes: []int{3}, Values: []int{0, 1, 2, 4}}
	complete := quarters
	complete.Complete = true
	uneven := model.Shape{Levels: 3, Domains: []int{1, 1, 2}, Values: []int{0, 3, 10}, Weights: []int{1, 7, 2, 5}}
	eleven := model.Shape{Levels: 11, Domains: []int{5, 4}, Attributes: []int{2, 2}, Values: []int{0, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20}}
	thirds := model.Shape{Levels: 5, Domains: []int{4, 1, 7}, Attributes: []int{3}, Values: []int{0, 10, 33, 60, 100}, DomainWeights: []int{1, 10, 2}}
	thirds.Weights = []int{1, 2, 3, 4, 10, 5, 6, 7, 8, 9, 10, 1}
	thirds.Profiles = []model.Profile{{{Question: 0, Level: 2}, {Question: 5, Level: 1}}}
	// Five levels, seven and two, at nine places: see model.Shape.Places.
	several := model.Shape{Levels: 9, Domains: []int{4, 3, 2, 1}, Attributes: []int{2}, Values: []int{0, 2, 3, 4, 6, 8, 9, 10, 12}}
	several.Places = [][]int{{0, 2, 4, 6, 8}, {0, 1, 3, 4, 5, 7, 8}, {0, 8}, {0, 8}}
	several.Profiles = []model.Profile{{{Question: 0, Level: 4}, {Question: 9, Level: 8}}}
	// Six uneven levels, and four of which the second counts little; with weights.
	both := model.Shape{Levels: 8, Domains: []int{5, 1, 3}, Attributes: []int{3}, Values: []int{0, 1, 2, 4, 5, 8, 12, 20}, DomainWeights: []int{3, 10, 1}}
	both.Places = [][]int{{0, 2, 3, 5, 6, 7}, {0, 1, 4, 7}, {0, 1, 4, 7}}
	both.Weights = []int{1, 10, 2, 9, 3, 1, 8, 4, 7}
	return []setting{
		{"two uneven scales with weights", both, at(both, 0.5, 200), 0.8, true},
		{"three scales", several, at(several, 0.3, 150), 0.8, false},
		{"two levels with weights", weighed, at(weighed, 0.6, 40), 0.8, false},
		{"quarters, halves and wholes", quarters, at(quarters, 0.3, 100), 0.8, false},
		{"blanks that count", complete, at(complete, 0.3, 100), 0.8, false},
		{"uneven levels with weights", uneven, at(uneven, 0.4, 300), 0.8, true},
		{"eleven uneven levels", eleven, at(eleven, 0.6, 200), 0.8, false},
		{"a hundred steps with weights", thirds, at(thirds, 0.5, 150), 0.8, false},
	}
}

// usual is the setting of the built-in instrument.
func usual() setting { return settingOf("the built-in instrument") }

// settingOf is the setting of a name.
func settingOf(name string) setting {
	all := settings()
	return all[slices.IndexFunc(all, func(s setting) bool { return s.name == name })]
}

// valued says whether levels have values or answers weights.
func (s setting) valued() bool { return s.shape.Values != nil || s.shape.Weighted() }

// some are all settings, or every fourth in the quick tier: an encoding takes a second under the
// race detector.
func some(all []setting) (list []setting) {
	for i, s := range all {
		if !testing.Short() || i%4 == 0 {
			list = append(list, s)
		}
	}
	return list
}

// encodings are those of settings, by all that is set: nobody changes an encoding.
var encodings sync.Map

// encoding is that of the setting, made once for all tests.
func (s setting) encoding(t testing.TB) *Encoding {
	t.Helper()
	key := fmt.Sprintf("%+v", s)
	if known, ok := encodings.Load(key); ok {
		return known.(*Encoding)
	}
	e := s.newEncoding(t)
	encodings.Store(key, e)
	return e
}

func (s setting) newEncoding(t testing.TB) *Encoding {
	t.Helper()
	public := model.NewPublic(s.shape, s.center)
	e, err := New(s.shape, NewDesign(s.shape, public, s.center, s.mu, s.public))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// pack builds rows of one response.
func pack(shape model.Shape, attributes, answers []byte) Rows {
	rows := Rows{Stride: len(attributes) + len(answers), Answers: len(attributes)}
	for j := range attributes {
		rows.Attributes = append(rows.Attributes, j)
	}
	rows.Data = append(append([]byte(nil), attributes...), answers...)
	return rows
}

// encodeOne is e(r), through the tally as in production.
func encodeOne(e *Encoding, attributes, answers []byte) []int64 {
	t := e.NewTally()
	t.Add(pack(e.layout.shape, attributes, answers))
	return t.Totals()
}

// squaredNorm is exact.
func squaredNorm(v []int64) *big.Int {
	sum, term := new(big.Int), new(big.Int)
	for _, x := range v {
		term.SetInt64(x)
		sum.Add(sum, term.Mul(term, term))
	}
	return sum
}

var sensitivitySquared = new(big.Int).Mul(big.NewInt(Sensitivity), big.NewInt(Sensitivity))

// checkNorm fails when the response is encoded above the sensitivity, and
// returns its norm as a share of it.
func checkNorm(t *testing.T, v []int64, attributes, answers []byte) float64 {
	t.Helper()
	norm := squaredNorm(v)
	if norm.Cmp(sensitivitySquared) > 0 {
		t.Fatalf("‖e(r)‖² = %v above R² = %v for attributes %v, answers %v", norm, sensitivitySquared, attributes, answers)
	}
	ratio, _ := new(big.Rat).SetFrac(norm, sensitivitySquared).Float64()
	return ratio
}

// TestNormBoundExhaustive walks every response of small instruments, with
// every attribute value and "not stated".
func TestNormBoundExhaustive(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, shape := range []model.Shape{
		{Levels: 3, Domains: []int{2, 2}, Attributes: []int{2}},
		{Levels: 2, Domains: []int{3, 1, 2}, Attributes: []int{3}},
		{Levels: 5, Domains: []int{4}},
		{Levels: 3, Domains: []int{2, 1}, Attributes: []int{2}, Profiles: []model.Profile{
			{{Question: 0, Level: 1}}, {{Question: 0, Level: 2}, {Question: 2, Level: 0}}, {{Question: 1, Level: 0}},
		}},
		{Levels: 4, Domains: []int{3, 1}, Attributes: []int{2}, Values: []int{0, 1, 2, 4}},
		{Levels: 3, Domains: []int{2, 2}, Attributes: []int{2}, Values: []int{0, 1, 10}, Weights: []int{1, 10, 3, 1}, DomainWeights: []int{2, 1}},
		{Levels: 2, Domains: []int{1, 3}, Weights: []int{5, 1, 2, 3}},
	} {
		for _, companies := range []float64{20, 3000} {
			s := setting{shape: shape, mu: 0.8, center: model.Center{
				Level: 0.4 * float64(shape.Levels-1), LevelVariance: 0.01, Companies: companies, CompaniesVariance: 9,
				ScoreVariance: 0.5 * shape.Unit() * shape.Unit(), LogNormSpread: 0.2,
			}}
			e := s.encoding(t)
			values := 1
			if len(shape.Attributes) > 0 {
				values += shape.Attributes[0]
			}
			largest := 0.0
			for value := range values {
				attributes := []byte{byte(value)}[:len(shape.Attributes)]
				eachSheet(shape, func(answers []byte) {
					largest = max(largest, checkNorm(t, encodeOne(e, attributes, answers), attributes, answers))
				})
			}
			// The bound is not idle: with few companies the clip level is
			// low and some response comes close to it.
			if companies < 100 && largest < 0.99 {
				t.Errorf("%v: largest ‖e(r)‖² is %.3f of R², expected close to 1", shape, largest)
			}
		}
	}
}

// eachSheet yields every sheet of answers, the blank one included.
func eachSheet(shape model.Shape, yield func([]byte)) {
	answers := make([]byte, shape.Questions())
	for {
		yield(answers)
		q := 0
		for ; q < len(answers); q++ {
			if answers[q] < byte(shape.Levels) {
				answers[q]++
				break
			}
			answers[q] = 0
		}
		if q == len(answers) {
			return
		}
	}
}

// TestNormBoundAdversarial climbs the norm: from random, extreme and sparse
// sheets, single answers are changed as long as the squared norm before
// clipping grows. TestNormBoundClimbs does it where levels have values or answers weights.
func TestNormBoundAdversarial(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	for _, s := range settings() {
		if s.valued() {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			e := s.encoding(t)
			norm, rng := e.before(), rand.New(rand.NewPCG(1, 2))
			for _, answers := range startSheets(s.shape, rng) {
				attributes := make([]byte, len(s.shape.Attributes))
				for j, values := range s.shape.Attributes {
					attributes[j] = byte(rng.IntN(values + 1))
				}
				checkNorm(t, encodeOne(e, attributes, answers), attributes, answers)
				for range 40 {
					q := rng.IntN(len(answers))
					old, before := answers[q], norm(answers)
					answers[q] = byte(rng.IntN(s.shape.Levels + 1))
					if norm(answers) < before {
						answers[q] = old
					}
				}
				checkNorm(t, encodeOne(e, attributes, answers), attributes, answers)
			}
		})
	}
}

// before is the squared norm of sheets before clipping.
func (e *Encoding) before() func(answers []byte) uint64 {
	s, bins := newSheetSums(e.layout.shape), make([]int, e.layout.shape.Scores())
	return func(answers []byte) uint64 {
		if !s.read(e.layout.shape.Domains, answers) {
			return 0
		}
		e.places(bins, s)
		norm := e.fixed.norm(s, 0)
		for _, kept := range e.kept.norms(e, s, bins) {
			norm = addUp(norm, kept)
		}
		return norm
	}
}

// startSheets are random sheets and the corners of the answer space.
func startSheets(shape model.Shape, rng *rand.Rand) [][]byte {
	questions, top := shape.Questions(), byte(shape.Levels)
	var sheets [][]byte
	add := func(answer func(q int) byte) {
		sheet := make([]byte, questions)
		for q := range sheet {
			sheet[q] = answer(q)
		}
		sheets = append(sheets, sheet)
	}
	add(func(int) byte { return top })
	add(func(int) byte { return 1 })
	add(func(q int) byte { return 1 + byte(q%2)*(top-1) })
	add(func(q int) byte { return 1 + byte(q/2%2)*(top-1) })
	add(func(q int) byte { return 1 + byte(q%int(top)) })
	add(func(q int) byte { return byte(q%2) * top })
	add(func(q int) byte {
		if q == 0 {
			return top
		}
		return 0
	})
	add(func(q int) byte {
		if q < 2 {
			return 1 + byte(q)*(top-1)
		}
		return 0
	})
	for i := range 30 {
		missing := float64(i%4) / 4
		add(func(int) byte {
			if rng.Float64() < missing {
				return 0
			}
			if i%3 == 0 {
				return 1 + byte(rng.IntN(2))*(top-1)
			}
			return 1 + byte(rng.IntN(int(top)))
		})
	}
	return sheets
}

func TestBlankSheetIsZero(t *testing.T) {
	for _, s := range some(settings()) {
		e := s.encoding(t)
		attributes := make([]byte, len(s.shape.Attributes))
		for j := range attributes {
			attributes[j] = byte(j % 2)
		}
		for i, v := range encodeOne(e, attributes, make([]byte, s.shape.Questions())) {
			if v != 0 {
				t.Fatalf("%s: coordinate %d of the blank sheet is %d, expected 0", s.name, i, v)
			}
		}
	}
}

// TestDomainWithoutAnswers leaves out each domain in turn: every feature of its
// answers is 0. Only that it was left out may show, and what the overall score is less
// the centre.
func TestDomainWithoutAnswers(t *testing.T) {
	s := usual()
	e := s.encoding(t)
	l := e.layout
	for d, size := range s.shape.Domains {
		answers := make([]byte, s.shape.Questions())
		for q := range answers {
			answers[q] = 1 + byte(q*5%6)
		}
		clear(answers[l.first[d]:][:size])
		tally := e.NewTally()
		tally.Add(pack(s.shape, []byte{1, 2, 0}, answers))
		stratum := tally.settled()[0]
		c := e.kernel.expand(stratum.values, stratum.sums)
		zero := func(what string, at, n int) {
			for i, v := range c[at:][:n] {
				if v != 0 {
					t.Errorf("domain %d left out: %s %d is %d, expected 0", d, what, i, v)
				}
			}
		}
		zero("unusable", l.unusable+d, 1)
		zero("skips", l.skips+l.first[d], size)
		for _, p := range []part{l.kept, l.rest} {
			zero("contrasts", p.contrasts+l.first[d]*6, size*6)
			zero("left", p.left+l.first[d], size)
			zero("levels", p.domains+d*6, 6)
			zero("squared score", p.squares+d, 1)
			zero("score bins", p.bins+d*(l.thresholds+1), l.thresholds+1)
		}
		if c[l.empty+d] != scoreUnit || c[l.clipped+int(model.OffsetsTier)] == 0 && c[l.kept.offsets+d] != -c[l.kept.overall] {
			t.Errorf("domain %d left out: counted %d times, offset %d with the overall score %d", d, c[l.empty+d], c[l.kept.offsets+d], c[l.kept.overall])
		}
	}
}

// TestTotalsAreSums compares the tally, which applies the matrix once to the
// totals, with the sum of the responses encoded one by one by definition, to
// the last bit, in any order and in any number of parts.
func TestTotalsAreSums(t *testing.T) {
	for _, s := range settings() {
		t.Run(s.name, func(t *testing.T) {
			e := s.encoding(t)
			rng := rand.New(rand.NewPCG(3, 4))
			sum := make([]int64, e.Coordinates())
			parts := []*Tally{e.NewTally(), e.NewTally(), e.NewTally()}
			for _, answers := range startSheets(s.shape, rng) {
				attributes := make([]byte, len(s.shape.Attributes))
				for j, values := range s.shape.Attributes {
					attributes[j] = byte(rng.IntN(values + 1))
				}
				for i, v := range e.Encode(attributes, answers) {
					sum[i] += v
				}
				parts[rng.IntN(3)].Add(pack(s.shape, attributes, answers))
			}
			parts[2].Merge(parts[0])
			parts[2].Merge(parts[1])
			got := parts[2].Totals()
			if fmt.Sprint(got) != fmt.Sprint(sum) {
				t.Errorf("the tally's totals differ from the sum of the encoded responses")
			}
		})
	}
}

// TestPilotBound checks the pilot on every response of a small instrument
// and on the corners of the others.
func TestPilotBound(t *testing.T) {
	check := func(shape model.Shape, public bool, answers []byte) float64 {
		p := NewPilot(shape, public)
		return checkNorm(t, p.Totals(pack(shape, nil, answers)), nil, answers)
	}
	small, largest := model.Shape{Levels: 3, Domains: []int{2, 2}}, 0.0
	for _, public := range []bool{false, true} {
		eachSheet(small, func(answers []byte) { largest = max(largest, check(small, public, answers)) })
		if largest < 0.99 {
			t.Errorf("largest norm² of the pilot is %.3f of R², expected close to 1", largest)
		}
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, s := range settings() {
		for _, answers := range startSheets(s.shape, rng) {
			check(s.shape, s.public, answers)
		}
		for i, v := range NewPilot(s.shape, s.public).Totals(pack(s.shape, nil, make([]byte, s.shape.Questions()))) {
			if v != 0 {
				t.Fatalf("%s: coordinate %d of the blank sheet is %d in the pilot, expected 0", s.name, i, v)
			}
		}
	}
}
