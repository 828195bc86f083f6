package model

import (
	"math"
	"math/rand/v2"
)

// population is the public model: the answer of a company to a question is
//
//	level + company + domain of the company + question + rest,
//
// all but the level normal with mean 0, rounded to the nearest level of the question's
// scale, or missing at random.
type population struct {
	level   float64
	company float64 // standard deviation between companies
	rest    float64 // standard deviation of the rest
	skipped float64 // share of the answers that are missing, each by itself
}

// answerSD is the standard deviation of the latent answer to one question.
func (p population) answerSD(shape Shape) float64 {
	return math.Sqrt(square(p.company) + square(domainSpread*shape.Unit()) + square(p.rest))
}

// panel holds made-up answer sheets and their sums per domain.
type panel struct {
	shape   Shape
	sheets  int
	answers []byte // sheets × questions: 0 no answer, l+1 level l
	count   []int  // sheets × domains: answered questions
	sum     []int  // sum of what they count, in steps
	square  []int  // sum of the squares of that
	weight  []int  // weight of the answered questions
	total   []int  // weighted sum of what they count
	step    float64
}

// draw simulates sheets. The questions have one of several sets of difficulties, a
// company one of the sets at random: one set for the sheets of one instrument,
// several where norms should not depend on a single one. Every sheet has at least one
// answer.
func (p population) draw(shape Shape, sheets, sets int, rng *rand.Rand) *panel {
	u, q, top := shape.Unit(), shape.Questions(), float64(shape.Levels-1)
	difficulty := make([][]float64, sets)
	for i := range difficulty {
		difficulty[i] = difficulties(shape, rng)
	}
	s := &panel{shape: shape, sheets: sheets, answers: make([]byte, sheets*q), step: shape.step()}
	var cuts [][]float64
	for d := range shape.Domains {
		cuts = append(cuts, shape.cuts(d))
	}
	for i := range sheets {
		row := s.answers[i*q : (i+1)*q]
		of := difficulty[rng.IntN(sets)]
		company := p.level + p.company*rng.NormFloat64()
		at := 0
		for d, size := range shape.Domains {
			domain := company + domainSpread*u*rng.NormFloat64()
			for range size {
				latent := domain + of[at] + p.rest*rng.NormFloat64()
				if row[at] = 1 + byte(min(max(math.Round(latent), 0), top)); cuts[d] != nil {
					row[at] = 1 + byte(nearest(cuts[d], latent))
				}
				if shape.Places != nil {
					row[at] = 1 + byte(shape.Places[d][row[at]-1])
				}
				at++
			}
		}
		omit(row, p.skipped, rng)
	}
	s.add()
	return s
}

// difficulties draws those of the questions, which sum to 0 in a domain.
func difficulties(shape Shape, rng *rand.Rand) []float64 {
	var of []float64
	for _, size := range shape.Domains {
		start, sum := len(of), 0.0
		for range size {
			v := questionSpread * shape.Unit() * rng.NormFloat64()
			of = append(of, v)
			sum += v
		}
		for i := start; i < len(of); i++ {
			of[i] -= sum / float64(size)
		}
	}
	return of
}

// omit drops each answer with a probability, but never all of them.
func omit(row []byte, skipped float64, rng *rand.Rand) {
	kept := rng.IntN(len(row)) // only used if everything else goes
	last, left := row[kept], 0
	for q := range row {
		if rng.Float64() < skipped {
			row[q] = 0
		} else {
			left++
		}
	}
	if left == 0 {
		row[kept] = last
	}
}

// add fills the sums per domain.
func (s *panel) add() {
	domains := len(s.shape.Domains)
	s.count = make([]int, s.sheets*domains)
	s.sum = make([]int, s.sheets*domains)
	s.square = make([]int, s.sheets*domains)
	s.weight, s.total = s.count, s.sum
	if s.shape.Weights != nil {
		s.weight, s.total = make([]int, s.sheets*domains), make([]int, s.sheets*domains)
	}
	at, pair := 0, 0
	for range s.sheets {
		q := 0
		for _, size := range s.shape.Domains {
			for range size {
				if v := s.answers[at]; v > 0 {
					x := s.shape.Value(int(v) - 1)
					s.count[pair]++
					s.sum[pair] += x
					s.square[pair] += x * x
					if w := s.shape.Weights; w != nil {
						s.weight[pair] += w[q]
						s.total[pair] += w[q] * x
					}
				}
				at++
				q++
			}
			pair++
		}
	}
}

// score is the weighted sum of what the answers count, in steps, and their weight, behind
// a score of a sheet: a domain's, or the overall one at index len(Domains).
func (s *panel) score(sheet, score int) (sum, answers int) {
	domains := len(s.shape.Domains)
	start := sheet * domains
	if score < domains {
		return s.total[start+score], s.weight[start+score]
	}
	for d := range domains {
		w := s.shape.DomainWeight(d)
		sum += w * s.total[start+d]
		answers += w * s.weight[start+d]
	}
	return sum, answers
}

// mean is a score in levels.
func (s *panel) mean(sum, answers int) float64 { return float64(sum) / float64(answers) * s.step }

// Subset is the factor g that makes the mean of (answer − mean of the m
// answered questions) over random subsets the contrast to the mean of the
// whole domain of size n: m/(m−1)·(n−1)/n, and 0 for fewer than two answers.
func Subset(m, n int) float64 {
	if m < 2 {
		return 0
	}
	return float64(m) / float64(m-1) * float64(n-1) / float64(n)
}

// contrastNorm is the squared norm of a sheet's question contrasts.
func (s *panel) contrastNorm(sheet int) float64 {
	var total float64
	for d, size := range s.shape.Domains {
		pair := sheet*len(s.shape.Domains) + d
		if m := s.count[pair]; m >= 2 {
			rest := float64(s.square[pair]) - float64(s.sum[pair]*s.sum[pair])/float64(m)
			total += square(Subset(m, size)) * (rest * square(s.step))
		}
	}
	return total
}

// logNorms are ln(contrast norm/ContrastUnit) of every sheet. A sheet with
// next to no contrast counts as one with a fiftieth of the mean square.
func (s *panel) logNorms() []float64 {
	logs, mean := make([]float64, s.sheets), 0.0
	for i := range logs {
		logs[i] = s.contrastNorm(i)
		mean += logs[i] / float64(s.sheets)
	}
	unit := square(s.shape.ContrastUnit())
	for i, v := range logs {
		logs[i] = math.Log(max(v, leastNormShare*mean+1e-9)/unit) / 2
	}
	return logs
}

// scoreMoments are the mean and standard deviation of a score over the sheets
// that have it.
func (s *panel) scoreMoments(score int) (mean, sd float64) {
	var n, sum, squares float64
	for i := range s.sheets {
		if total, answers := s.score(i, score); answers > 0 {
			v := s.mean(total, answers)
			n++
			sum += v
			squares += v * v
		}
	}
	if n == 0 {
		return s.shape.Mid(), 0
	}
	mean = sum / n
	return mean, math.Sqrt(max(squares/n-mean*mean, 0))
}
