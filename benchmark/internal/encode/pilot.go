package encode

import (
	"math"
	"math/bits"

	"maturitybench/benchmark/internal/model"
)

// Pilot is the first, small measurement: a few bounded numbers that tell the
// main encoding where the answers are. With t = (score − mid)/mid in [−1, 1],
// a response becomes
//
//	(count·1, score·t, square·t², histogram·onehot(bin of ln ‖contrasts‖))
//
// with integer factors, so that its norm is at most [Sensitivity]; the
// histogram costs one coordinate's norm however many bins it has. A blank
// sheet becomes zero.
type Pilot struct {
	shape     model.Shape
	count     int64 // 0 where the number of companies is public
	score     int64 // factor of 2·score − (levels−1), in scoreUnit
	square    int64 // factor of the square of that, in scoreUnit
	histogram int64
	edges     []uint64  // bins of the squared contrast norm, in normUnit
	factors   [][]int64 // by domain and m: g(m)²/m in normUnit, what one unit of variation adds to the norm
}

// normUnit is the fixed-point unit of the squared contrast norm.
const normUnit = 1 << 16

// NewPilot compiles the pilot of a shape.
func NewPilot(shape model.Shape, exactSizes bool) *Pilot {
	squares := 1 + pilotSquare*pilotSquare + pilotHistogram*pilotHistogram
	if !exactSizes {
		squares += pilotCount * pilotCount
	}
	unit := float64(Sensitivity) / math.Sqrt(squares)
	length := float64(shape.Levels-1) * scoreUnit
	p := &Pilot{
		shape:     shape,
		score:     int64(unit / length),
		square:    int64(pilotSquare * unit / (length * length / scoreUnit)),
		histogram: int64(pilotHistogram * unit),
	}
	if !exactSizes {
		p.count = int64(pilotCount * unit)
	}
	radius, step := shape.ContrastUnit(), 1.0
	if num, den := shape.Step(); num != den { // variations are in steps
		step = float64(den) / float64(num)
	}
	radius *= step
	for _, edge := range shape.PilotEdges() {
		p.edges = append(p.edges, uint64(radius*radius*math.Exp(2*edge)*normUnit))
	}
	for _, size := range shape.Domains {
		n := int64(size)
		factor := make([]int64, n+1)
		for m := int64(2); m <= n; m++ {
			factor[m] = divRound(normUnit*(n-1)*(n-1)*m, n*n*(m-1)*(m-1))
		}
		p.factors = append(p.factors, factor)
	}
	return p
}

// Coordinates is the length of the pilot's vector: count, score, square, then
// the bins.
func (p *Pilot) Coordinates() int { return 3 + len(p.edges) + 1 }

// Totals is the exact sum of the pilot's vectors over all responses.
//
// Privacy: every response adds one vector of norm at most [Sensitivity]: with
// length = levels−1 in scoreUnit, |2·score − length| ≤ length and its square over
// scoreUnit is at most length²/scoreUnit, so the squared norm is at most
// count² + (score·length)² + (square·length²/scoreUnit)² + histogram², which the
// factors, rounded down, keep below R². A blank sheet adds nothing. The
// caller must add noise before looking.
func (p *Pilot) Totals(rows Rows) []int64 {
	return totals(p, rows)
}

// add adds up to batchRows responses, whose answers begin there.
//
// Privacy: see [Pilot.Totals].
func (p *Pilot) add(totals []int64, r *pilotReader, data []byte, at []int) {
	r.read(data, at)
	length := int64(p.shape.Levels-1) * scoreUnit
	for i, weight := range r.weight[:len(at)] {
		if weight == 0 {
			continue
		}
		t := 2*r.mean(r.sum[i], weight) - length
		totals[0] += p.count
		totals[1] += p.score * t
		totals[2] += p.square * (t * t / scoreUnit)
		totals[3+p.bin(r.norm[i])] += p.histogram
	}
}

// bin is the number of edges below the squared norm of the contrasts.
func (p *Pilot) bin(norm uint64) int {
	n := uint64(0)
	for _, edge := range p.edges {
		_, below := bits.Sub64(edge, norm, 0) // without a branch: norms are all over the bins
		n += below
	}
	return int(n)
}

// Read turns the noisy totals into natural units. companies is the exact
// number where it is public and ignored otherwise; sigma is the standard
// deviation of the noise on every coordinate.
func (p *Pilot) Read(noisy []int64, sigma float64, companies int) model.PilotReading {
	length := float64(p.shape.Levels-1) * scoreUnit
	score, square := float64(p.score)*length, float64(p.square)*length*length/scoreUnit
	reading := model.PilotReading{
		Companies: float64(companies),
		Score:     float64(noisy[1]) / score, ScoreSD: sigma / score,
		Square: float64(noisy[2]) / square, SquareSD: sigma / square,
		HistogramSD: sigma / float64(p.histogram),
	}
	if p.count > 0 {
		reading.Companies, reading.CompaniesSD = float64(noisy[0])/float64(p.count), sigma/float64(p.count)
	}
	for _, v := range noisy[3:] {
		reading.Histogram = append(reading.Histogram, float64(v)/float64(p.histogram))
	}
	return reading
}

// NewSum returns an empty sum of the pilot's vectors.
func (p *Pilot) NewSum() Sum {
	reader := newPilotReader(p)
	return newPlainSum(p.Coordinates(), func(totals []int64, rows Rows) {
		var at [batchRows]int
		for first := 0; first+rows.Stride <= len(rows.Data); {
			n := 0
			for ; n < batchRows && first+rows.Stride <= len(rows.Data); first += rows.Stride {
				at[n] = first + rows.Answers
				n++
			}
			p.add(totals, reader, rows.Data, at[:n])
		}
	})
}
