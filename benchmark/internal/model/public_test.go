package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/stats"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
)

// features are the features of one sheet, straight from their definitions.
func features(p *Public, row []byte) [Blocks][]float64 {
	shape := p.shape
	phi := stats.OrthonormalPolynomials(shape.Levels)[2:]
	var f [Blocks][]float64
	for j, profile := range shape.Profiles {
		f[Profiles] = append(f[Profiles], factor(meets(profile, row))-p.ProfileMet[j])
	}
	total, answers := 0.0, 0.0
	for _, v := range row {
		if v > 0 {
			total += float64(v) - 1
			answers++
		}
	}
	score := total / answers
	f[Companies] = []float64{1}
	f[Overall] = []float64{score - p.Center}
	if p.shape.Has(Segments) {
		f[Segments] = f[Overall]
	}
	scores, known := []float64{}, []bool{}
	for _, size := range shape.Domains {
		domain := row[:size]
		row = row[size:]
		var levels []float64
		for _, v := range domain {
			if v > 0 {
				levels = append(levels, float64(v)-1)
			}
		}
		m := len(levels)
		usable := float64(m) / float64(size)
		mean, shape := 0.0, make([]float64, len(phi))
		for _, x := range levels {
			mean += x / float64(m)
			for k := range phi {
				shape[k] += phi[k][int(x)] / float64(m)
			}
		}
		scores, known = append(scores, mean), append(known, m > 0)
		f[Offsets] = append(f[Offsets], factor(m > 0)*(mean-score)+factor(m == 0)*(p.Center-score))
		f[Unusable] = append(f[Unusable], factor(m > 0)*(1-usable))
		f[Empty] = append(f[Empty], factor(m == 0))
		for k := range phi {
			f[DomainShape] = append(f[DomainShape], factor(m > 0)*(shape[k]-p.ShapeCenter[k]))
		}
		for _, v := range domain {
			answered := factor(v > 0)
			f[Skips] = append(f[Skips], factor(usable > 0)*(usable-answered))
			left := factor(m > 0 && v == 0) // out, though others of the domain are answered
			f[Contrasts] = append(f[Contrasts], answered*(float64(v)-1-mean)+left*(p.Center-mean))
			for k := range phi {
				f[QuestionShape] = append(f[QuestionShape], answered*(phi[k][max(v, 1)-1]-shape[k])+left*(p.ShapeCenter[k]-shape[k]))
			}
		}
	}
	raw := rawScores(p, append(scores, score), append(known, true))
	var white mat.VecDense
	white.MulVec(p.Whitening, mat.NewVecDense(len(raw), raw))
	f[ScoreCDF] = white.RawVector().Data
	if p.shape.Has(Squares) {
		for s, v := range append(scores, score) {
			known := s == len(scores) || known[s]
			f[Squares] = append(f[Squares], factor(known)*(square(v-p.Center)-p.ScoreSquare[s]))
		}
	}
	return f
}

// rawScores are 1{score ≤ t} − CDF(t), 0 where there is no score.
func rawScores(p *Public, scores []float64, known []bool) []float64 {
	var raw []float64
	for s, score := range scores {
		for j, t := range p.shape.Thresholds() {
			raw = append(raw, factor(known[s])*(factor(score <= t+1e-9)-p.CDF[s][j]))
		}
	}
	return raw
}

func factor(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// meets is the definition of a profile: no minimum is missed.
func meets(profile Profile, row []byte) bool {
	missed := 0
	for _, m := range profile {
		if row[m.Question] == 0 || int(row[m.Question])-1 < m.Level {
			missed++
		}
	}
	return missed == 0
}

var testShapes = []Shape{
	{Levels: 4, Domains: []int{3, 2}, Profiles: []Profile{{{0, 2}, {4, 1}}, {{1, 0}}, {{2, 3}, {3, 3}, {4, 3}}}},
	fourDomains,
	{Levels: 2, Domains: []int{5, 4}, Attributes: []int{3}},
	{Levels: 6, Domains: []int{1, 1, 1}, Attributes: []int{1}},
	{Levels: 4, Domains: []int{6}},
	{Levels: 11, Domains: []int{1, 3}},
	{Levels: 3, Domains: []int{1}},
}

// Norms, mean squares and variances are those of the features, summed from
// their definitions over the same simulated sheets.
func TestPublicMatchesDefinitions(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, shape := range testShapes {
		t.Run(fmt.Sprint(shape), func(t *testing.T) {
			at := snap(shape, Expect(shape, Prior{Known: true, Level: 0.6 * shape.Mid(), Spread: 0.5 * shape.Unit()}))
			p := simulatePublic(shape, at)
			_, s := calibrate(shape, at)
			q := shape.Questions()
			var sum, squares [Blocks][]float64
			for i := range s.sheets {
				for b, v := range features(p, s.answers[i*q:(i+1)*q]) {
					norm := dot(v, v)
					if p.Norms[b] == nil {
						if norm > 1e-20 {
							t.Fatalf("block %d is not zero", b)
						}
						continue
					}
					if got := p.Norms[b][i]; math.Abs(got-norm) > 1e-8*(1+norm) {
						t.Fatalf("sheet %d, block %d: squared norm %v, want %v", i, b, got, norm)
					}
					if i == 0 {
						sum[b], squares[b] = make([]float64, len(v)), make([]float64, len(v))
					}
					for j, x := range v {
						sum[b][j] += x / simulated
						squares[b][j] += x * x / simulated
					}
				}
			}
			for _, b := range []Block{Overall, Offsets, Contrasts, DomainShape, QuestionShape, Squares, Profiles} {
				var variance, square float64
				for j := range sum[b] {
					variance += (squares[b][j] - sum[b][j]*sum[b][j]) / float64(len(sum[b]))
					square += squares[b][j]
				}
				compare(t, fmt.Sprintf("variance of block %d", b), p.Variance[b], variance, 1e-9)
				compare(t, fmt.Sprintf("mean square of block %d", b), p.MeanSquare[b], square, 1e-8)
			}
		})
	}
}

// The noise S of the whitened score features is optimal for the loss tr(GSG):
// S·G²·S = M, where M is the second moment of the features and G the weights.
func TestWhiteningIsOptimal(t *testing.T) {
	shape := Shape{Levels: 6, Domains: []int{4, 3}}
	at := snap(shape, Expect(shape, Prior{}))
	p := simulatePublic(shape, at)
	_, s := calibrate(shape, at)
	n, domains := len(p.CDF)*len(p.CDF[0]), len(shape.Domains)

	moment := mat.NewSymDense(n, nil)
	for i := range s.sheets {
		var scores []float64
		var known []bool
		for score := range domains + 1 {
			sum, answers := s.score(i, score)
			scores, known = append(scores, float64(sum)/float64(max(answers, 1))), append(known, answers > 0)
		}
		moment.SymRankOne(moment, 1./simulated, mat.NewVecDense(n, rawScores(p, scores, known)))
	}
	var noise, product mat.Dense
	noise.Mul(p.Unwhitening, p.Unwhitening)
	weight := mat.NewDiagDense(n, nil)
	for score, sd := range p.ScoreSD {
		mean, _ := s.scoreMoments(score)
		for j, threshold := range shape.Thresholds() {
			density := math.Exp(-square((threshold-mean)/sd)/2) / (sd * math.Sqrt(2*math.Pi))
			weight.SetDiag(score*len(p.CDF[0])+j, density*density+0.01)
		}
	}
	product.Mul(&noise, weight)
	product.Mul(&product, &noise)
	for i := range n {
		for j := range n {
			ridge := 0.0
			if i == j {
				ridge = 1e-4
			}
			if got, want := product.At(i, j), moment.At(i, j)+ridge; math.Abs(got-want) > 1e-5 {
				t.Fatalf("S·G²·S at (%d, %d) = %v, want %v", i, j, got, want)
			}
		}
	}

	var identity mat.Dense
	identity.Mul(p.Whitening, p.Unwhitening)
	for i := range n {
		for j := range n {
			compare(t, "Whitening·Unwhitening", identity.At(i, j), factor(i == j), 1e-9)
		}
	}
	for score, block := range p.ScoreNoise {
		for j := range block.SymmetricDim() {
			at := score*block.SymmetricDim() + j
			compare(t, "ScoreNoise", block.At(j, 0), noise.At(at, score*block.SymmetricDim()), 1e-9)
		}
	}
}

// A model is the same in every run and for every centre on the same grid
// point, and it is finite wherever the centre is.
func TestNewPublic(t *testing.T) {
	for _, shape := range testShapes {
		center := Expect(shape, Prior{Companies: 100})
		for _, level := range []float64{0, 0.3, 0.5, 1} {
			if testing.Short() && level != 0.3 {
				continue
			}
			center.Level = level * float64(shape.Levels-1)
			p := NewPublic(shape, center)
			if level == 0.3 {
				again := simulatePublic(shape, snap(shape, center))
				if !cmp.Equal(p.Norms, again.Norms) || !cmp.Equal(p.CDF, again.CDF) || !mat.Equal(p.Whitening, again.Whitening) {
					t.Errorf("%v at %v: the model is not reproducible", shape, center.Level)
				}
			}
			center.Level += shape.Unit() / 1000
			if NewPublic(shape, center) != p {
				t.Errorf("%v at %v: a centre close by has another model", shape, center.Level)
			}
			compare(t, "Center", p.Center, center.Level, shape.Unit()/4)
			checkFinite(t, p)
		}
	}
}

func checkFinite(t *testing.T, p *Public) {
	t.Helper()
	values := append([]float64{p.Center, p.AnswerSD}, p.ShapeCenter...)
	values = append(values, p.ScoreSD...)
	values = append(values, p.Deviation...)
	values = append(values, p.LogNorm...)
	values = append(values, p.Variance[:]...)
	values = append(values, p.Whitening.RawMatrix().Data...)
	for b, norms := range p.Norms {
		values = append(values, norms...)
		if p.shape.Has(Block(b)) != (norms != nil) && Block(b) < ClippedOverall {
			t.Errorf("%v: block %d is there without features, or the other way round", p.shape, b)
		}
	}
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("%v at %v: the model holds %v", p.shape, p.Center, v)
		}
	}
	for _, cdf := range p.CDF {
		for j := 1; j < len(cdf); j++ {
			if cdf[j] < cdf[j-1] {
				t.Errorf("%v at %v: a distribution function falls", p.shape, p.Center)
			}
		}
	}
}

// The cache keeps no more models than it may, also under concurrent use.
func TestCacheIsBounded(t *testing.T) {
	shape := Shape{Levels: 3, Domains: []int{1}}
	done := make(chan *Public)
	workers, draws := 4, 60
	if testing.Short() {
		draws = 20 // of each: a few more than are kept
	}
	for w := range workers {
		go func() {
			rng := rand.New(rand.NewPCG(uint64(w), 1))
			for range draws {
				done <- NewPublic(shape, Center{Level: 2 * rng.Float64(), ScoreVariance: math.Exp(-4 * rng.Float64())})
			}
		}()
	}
	for range workers * draws {
		if p := <-done; len(p.Deviation) != simulated {
			t.Error("a model is incomplete")
		}
	}
	models.lock.Lock()
	defer models.lock.Unlock()
	if len(models.entries) > models.most || len(models.order) != len(models.entries) {
		t.Errorf("%d models are kept in an order of %d, want at most %d", len(models.entries), len(models.order), models.most)
	}
}

func BenchmarkNewPublic(b *testing.B) {
	for _, shape := range []Shape{
		fourDomains,
		{Levels: 11, Domains: []int{12, 12, 12, 12, 12, 12, 13, 13, 13, 13, 13, 13}, Attributes: []int{3, 2, 4}},
	} {
		b.Run(fmt.Sprintf("%d questions", shape.Questions()), func(b *testing.B) {
			at := snap(shape, Expect(shape, Prior{Known: true, Level: 0.6 * shape.Mid(), Spread: 0.5}))
			for b.Loop() {
				simulatePublic(shape, at)
			}
		})
	}
}
