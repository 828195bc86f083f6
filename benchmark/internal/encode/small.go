package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// Small is the encoding for panels of a few dozen companies, where measuring
// more than the level would leave nothing but noise: the number of companies
// (secret roster only), the overall score, and the offsets of the domains
// from it, for all companies together. The offsets of a company that answered
// everything sum to zero, weighted by the questions of their domains, so that
// their Helmert contrasts, one fewer than there are domains, say as much.
//
// It goes with noise whose standard deviation grows with the square root of
// the number of coordinates, so there are few of them. There is no pilot: the
// centre is public, and because the overall score is never clipped, whatever
// the centre, a wrong one costs precision but no bias. Only the offsets of a
// company that lies far from the centre are scaled down.
type Small struct {
	shape   model.Shape
	public  *model.Public
	center  int64 // in scoreUnit
	count   int64 // factor of 1, in scoreUnit; 0 under the public roster
	overall int64 // factor of score − centre, in scoreUnit
	offset  int64 // factor of an offset, in scoreUnit, before it is divided by the norm of a contrast; 0 with a single domain
	helmert []helmert
	kept    float64 // mean factor of the offsets under the public model
}

// helmert is a contrast of the offsets with its factor: offset/√(r(r+1)),
// rounded down, which makes its rows orthogonal and no longer than offset.
type helmert struct {
	contrast
	factor int64
}

// NewSmall compiles the encoding around the centre of a public model.
func NewSmall(shape model.Shape, public *model.Public, publicRoster bool) *Small {
	s := &Small{shape: shape, center: round(public.Center * scoreUnit)}
	farthest := max(s.center, int64(shape.Levels-1)*scoreUnit-s.center)
	unit, rest := float64(Sensitivity), 1.0
	if !publicRoster {
		s.count = int64(unit * smallCount / scoreUnit)
		rest = math.Sqrt(1 - smallCount*smallCount)
	}
	s.overall = int64(rest * unit / float64(farthest))
	s.kept = 1
	if norms := public.Norms[model.Offsets]; len(norms) > 0 {
		usual := math.Sqrt(max(stats.Quantile(norms, smallOffsetQuantile), smallLeastOffsets))
		s.offset = int64(smallOffsets * rest * unit / scoreUnit / usual)
		s.kept = s.keptOffsets(norms, public.Deviation, rest*unit)
		for rank := 1; rank < len(shape.Domains); rank++ {
			c := contrast{rank}
			s.helmert = append(s.helmert, helmert{c, int64(float64(s.offset) / c.norm())})
		}
	}
	centered := *public
	centered.Center = float64(s.center) / scoreUnit
	s.public = &centered
	return s
}

// keptOffsets is the mean clipping factor of the offsets of the public model's
// companies, which have squared norms and deviations from the centre.
func (s *Small) keptOffsets(norms, deviation []float64, room float64) float64 {
	kept := 0.0
	for i, n := range norms {
		distance, offsets := float64(s.overall)*scoreUnit*deviation[i], float64(s.offset)*scoreUnit*math.Sqrt(n)
		left := math.Sqrt(max(room*room-distance*distance, 0))
		kept += min(1, left/max(offsets, 1)) / float64(len(norms))
	}
	return max(kept, smallLeastKept)
}

// Coordinates is the length of the vector: the number of companies (secret
// roster only), the overall score, and one contrast fewer than there are
// domains.
func (s *Small) Coordinates() int {
	n := 1
	if s.count > 0 {
		n++
	}
	return n + len(s.helmert)
}

// Totals is the exact sum of the vectors of all responses.
//
// Privacy: every response adds one vector of norm at most [Sensitivity]. The
// squared norm of count and overall score is at most R², because the factors
// are rounded down from smallCount² + (1 − smallCount²) = 1 at the largest
// distance that a score can have from the centre; the offsets get what is
// left, rounded down, and orthogonal contrasts of them are no longer than they
// are. A blank sheet adds nothing. The caller must add noise
// before looking.
func (s *Small) Totals(rows Rows) []int64 {
	return totals(s, rows)
}

// add adds one response.
//
// Privacy: see [Small.Totals].
func (s *Small) add(totals []int64, sheet *sheetSums, answers []byte) {
	if !sheet.read(s.shape.Domains, answers) {
		return
	}
	if s.count > 0 {
		totals[0] += s.count * scoreUnit
		totals = totals[1:]
	}
	distance := sheet.score - s.center
	totals[0] += s.overall * distance
	if s.offset == 0 {
		return
	}
	head := addUp(mulShiftUp(squared(s.count), scoreUnit*scoreUnit, normShift), mulShiftUp(squared(s.overall), squared(distance), normShift))
	offsets := uint64(0)
	for d := range sheet.domains {
		if sums := &sheet.domains[d]; sums.count > 0 {
			offsets += squared(sums.score - sheet.score)
		}
	}
	lambda := int64(factor(budget-min(budget, head), mulShiftUp(squared(s.offset), offsets, normShift), scoreUnit))
	for d := range sheet.domains {
		if sums := &sheet.domains[d]; sums.count > 0 {
			offset := lambda * (sums.score - sheet.score) / scoreUnit
			for i, c := range s.helmert {
				totals[1+i] += c.factor * c.weight(d) * offset
			}
		}
	}
}

// Read turns the noisy totals into natural units; what the public model's
// companies lose of their offsets is given back. deviation is the standard
// deviation of the noise on every coordinate. The offsets are those with the
// measured contrasts whose sum is zero, weighted by the questions of their
// domains.
func (s *Small) Read(noisy []int64, deviation float64) [model.Blocks]Measured {
	e := Encoding{layout: newLayout(s.shape), rows: rowsOf(s.shape.Attributes)}
	measured := e.unmeasured()
	put := func(block model.Block, factor int64) {
		unit := float64(factor) * scoreUnit
		measured[block].Y[0][0], measured[block].SD[0][0] = float64(noisy[0])/unit, deviation/unit
		noisy = noisy[1:]
	}
	if s.count > 0 {
		put(model.Companies, s.count)
	}
	put(model.Overall, s.overall)
	if s.helmert == nil {
		return measured
	}
	offsets := &measured[model.Offsets]
	noise := s.offsetNoise(deviation)
	for i, c := range s.helmert {
		value := float64(noisy[i]) / (float64(c.factor) * scoreUnit * s.kept * square(c.norm()))
		for d := range s.shape.Domains {
			offsets.Y[0][d] += value * float64(c.weight(d))
			offsets.SD[0][d] = noise[d]
		}
	}
	mean := 0.0
	for d, share := range s.questionShares() {
		mean += share * offsets.Y[0][d]
	}
	for d := range s.shape.Domains {
		offsets.Y[0][d] -= mean
	}
	return measured
}

// questionShares are the domains' shares w of the questions.
func (s *Small) questionShares() []float64 {
	var w []float64
	for _, questions := range s.shape.Domains {
		w = append(w, float64(questions)/float64(s.shape.Questions()))
	}
	return w
}

// offsetNoise is the standard deviation of the noise on every offset that Read
// returns: independent noise on the offsets, whatever their mean, less its
// weighted mean has variances in proportion to 1 − 2w + ‖w‖².
func (s *Small) offsetNoise(deviation float64) []float64 {
	w := s.questionShares()
	squares := 0.0
	for _, share := range w {
		squares += share * share
	}
	out := make([]float64, len(w))
	for d, share := range w {
		out[d] = deviation / (float64(s.offset) * scoreUnit * s.kept) * math.Sqrt(1-2*share+squares)
	}
	return out
}

// Design is what the estimation needs to know: nothing was measured but what
// Read fills in, and the level is as uncertain as center says.
func (s *Small) Design(center model.Center, deviation float64, publicRoster bool) Design {
	d := NewDesign(s.shape, s.public, center, 1, publicRoster)
	d.Lambda, d.Head, d.Tail = 0, HeadLoss{}, TailLoss{}
	for _, sigma := range d.Sigma {
		for j := range sigma {
			sigma[j] = math.Inf(1)
		}
	}
	at := func(block model.Block, factor int64) {
		if sigma := d.Sigma[block]; len(sigma) > 0 && factor > 0 {
			sigma[0] = deviation / float64(factor) / scoreUnit
		}
	}
	at(model.Companies, s.count)
	at(model.Overall, s.overall)
	at(model.Offsets, s.offset)
	return d
}
