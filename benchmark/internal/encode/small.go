package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// Small is the encoding for panels of a few dozen companies, where measuring
// more than the level would leave nothing but noise: the number of companies
// (unless it is public), the overall score, where sizes are public also by the values
// of the attributes (see smallsegments.go), and the offsets of the domains
// from it, for all companies together. The offsets of a company that answered
// everything sum to zero, weighted by the questions of their domains: for such
// panels one of them follows from the others. Where answers are left out the
// sum says how those who leave them out differ, domain by domain: the overall
// scores and the offsets of a domain add up to its scores, whoever answers it.
// Since the noise is the same in all directions, this one more number takes nothing
// of the norm, and makes the noise of all a little larger.
//
// It goes with noise whose standard deviation grows with the square root of
// the number of coordinates, so there are few of them. There is no pilot: the
// centre is public, and because the overall score is never clipped, whatever
// the centre, a wrong one costs precision but no bias. Only the offsets of a
// company that lies far from the centre are scaled down, by a factor λ. One more number
// measures that: the sum of 1 − λ.
//
// Who leaves out a domain is counted domain by domain, beside the vector: see smallmarks.go.
// Where a plan has too few companies for that, there are no marks, and the number that
// measures 1 − λ is 1 for a company that leaves out a domain, any of them.
type Small struct {
	shape   model.Shape
	public  *model.Public
	center  int64 // in scoreUnit
	count   int64 // factor of 1, in scoreUnit; 0 where the number is public
	overall int64 // factor of score − centre, in scoreUnit
	// segments are the factors of score − centre in the contrasts of the attributes; nil where
	// these are not measured.
	segments  []int64
	contrasts []row
	weight    uint64  // largest squared norm of overall and segments per squared distance
	partial   int64   // factor of what a company is not there in full, in scoreUnit; 0 with a single domain
	mark      int64   // what a domain that is left out is marked with; 0 where domains are not marked
	offset    int64   // factor of an offset, in scoreUnit; 0 with a single domain
	kept      float64 // mean factor of the offsets under the public model
}

// NewSmall compiles the encoding around the centre of a public model. With marks the
// companies that leave out a domain are counted domain by domain.
func NewSmall(shape model.Shape, public *model.Public, exactSizes, marks bool) *Small {
	s := &Small{shape: shape, center: round(public.Center * scoreUnit)}
	marks = marks && shape.Has(model.Empty)
	farthest := max(s.center, int64(shape.Levels-1)*scoreUnit-s.center)
	unit, rest := float64(Sensitivity), 1.0
	if !exactSizes {
		s.count = int64(unit * smallCount / scoreUnit)
		rest -= smallCount * smallCount
	}
	if len(shape.Domains) > 1 {
		part := smallPartial
		if marks {
			part = smallLost
		}
		s.partial = int64(unit * part / scoreUnit)
		rest -= part * part
	}
	rest = math.Sqrt(rest)
	reach := rest * unit / float64(farthest)
	s.overall = int64(reach)
	if exactSizes && shape.Has(model.Segments) {
		s.overall = int64(reach * math.Sqrt(1-smallSegments*smallSegments))
		s.contrasts = contrastsOf(shape.Attributes)
		s.segments = segmentFactors(shape.Attributes, reach*smallSegments)
	}
	s.weight = s.headWeight()
	if marks {
		s.mark = s.largestMark(farthest)
	}
	s.kept = 1
	if norms := public.Norms[model.Offsets]; len(norms) > 0 {
		usual := math.Sqrt(max(stats.Quantile(norms, smallOffsetQuantile), smallLeastOffsets))
		s.offset = int64(smallOffsets * rest * unit / scoreUnit / usual)
		s.kept = s.keptOffsets(norms, public.Deviation, rest*unit)
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
		distance, offsets := math.Sqrt(float64(s.weight))*scoreUnit*deviation[i], float64(s.offset)*scoreUnit*math.Sqrt(n)
		left := math.Sqrt(max(room*room-distance*distance, 0))
		kept += min(1, left/max(offsets, 1)) / float64(len(norms))
	}
	return max(kept, smallLeastKept)
}

// Coordinates is the length of the vector: the number of companies (unless it
// is public), the overall score, its contrasts by the values of attributes, with several domains how many companies are
// not there in full, and the offset of every domain, and the marks of the domains.
func (s *Small) Coordinates() int {
	n := 1 + len(s.segments) + s.Marks()
	if s.count > 0 {
		n++
	}
	if s.partial > 0 {
		n += 1 + len(s.shape.Domains)
	}
	return n
}

// Totals is the exact sum of the vectors of all responses.
//
// Privacy: every response adds one vector whose norm, and the marks beside it, are together
// at most R, [Sensitivity]. The squared norm of count, overall score, segments and partial is at
// most (R − marks)², because the factors are rounded down from squares with the sum 1, at the
// largest distance that a score can have from the centre, and a mark is no larger than what a
// domain that is left out takes of that distance; λ is chosen such that the offsets,
// rounded towards zero, and what partial takes fit into what is left: with λ, the distance d of
// the score, the offsets o, m domains that are left out, and all terms rounded up,
//
//	count² + weight·d² + partial²·lost² + offset²·λ²·Σ o² ≤ (R − m·mark)²,
//
// weight being overall² and, by the attributes, the most that any value takes.
// A blank sheet adds nothing. The caller must add noise before looking.
func (s *Small) Totals(rows Rows) []int64 {
	return totals(s, rows)
}

// add adds one response.
//
// Privacy: see [Small.Totals].
func (s *Small) add(totals []int64, sheet *sheetSums, attributes, answers []byte) {
	if !sheet.read(s.shape.Domains, answers) {
		return
	}
	if s.count > 0 {
		totals[0] += s.count * scoreUnit
		totals = totals[1:]
	}
	left := leftOut(sheet)
	distance := s.distance(sheet, left)
	totals[0] += s.overall * distance
	s.addSegments(totals[1:], distance, attributes)
	totals = totals[1+len(s.segments):]
	if s.partial == 0 {
		return
	}
	head := addUp(mulShiftUp(squared(s.count), scoreUnit*scoreUnit, normShift), mulShiftUp(s.weight, squared(distance), normShift))
	offsets := uint64(0)
	for d := range sheet.domains {
		offsets = addUp(offsets, squared(s.offsetOf(sheet, d, distance)))
	}
	lambda, lost := s.fit(head, mulShiftUp(squared(s.offset), offsets, normShift), left)
	totals[0] += s.partial * lost
	for d := range sheet.domains {
		totals[1+d] += s.offset * (lambda * s.offsetOf(sheet, d, distance) / scoreUnit)
	}
	s.addMarks(totals[1+len(sheet.domains):], sheet)
}

// offsetOf is the score of a domain less the centre and what the company has of that as its
// distance; without an answer the domain is at the centre.
func (s *Small) offsetOf(sheet *sheetSums, d int, distance int64) int64 {
	if sheet.domains[d].count == 0 {
		return -distance
	}
	return sheet.domains[d].score - s.center - distance
}

// fit is the largest λ that leaves the norm within R less the marks of so many domains that
// are left out, and what the company is not there in full, in scoreUnit: 1 − λ, and without
// marks 1 for a company that leaves out a domain. With λ = 0 the norm is
// that of head and partial, which fits.
func (s *Small) fit(head, offsets uint64, left int64) (lambda, lost int64) {
	whole, room := left == 0 || s.mark > 0, s.room(left)
	partial := func(l uint64) uint64 {
		if whole {
			return scoreUnit - l
		}
		return scoreUnit
	}
	fits := func(l uint64) bool {
		lost := partial(l)
		norm := addUp(head, mulShiftUp(squared(s.partial), lost*lost, normShift))
		return addUp(norm, mulShiftUp(offsets, l*l, scoreShift)) <= room
	}
	l := uint64(scoreUnit)
	if !fits(l) {
		l = 0 // and, if that fits, no less than where the norm is least
		if whole && offsets <= budget {
			weight := mulShiftUp(squared(s.partial), scoreUnit*scoreUnit, normShift)
			if least := weight * scoreUnit / (weight + offsets); least < scoreUnit && fits(least) {
				l = least
			}
		}
		for step := uint64(scoreUnit / 2); step > 0; step /= 2 {
			if l+step < scoreUnit && fits(l+step) {
				l += step
			}
		}
	}
	return int64(l), int64(partial(l))
}

// scoreShift: scoreUnit² is 2²⁶.
const scoreShift = 26

// Read turns the noisy totals into natural units: as Empty, for every domain, how many
// companies leave it out and as ClippedOffsets what is lost, or without marks as Empty how many
// companies are not there in full. What the public model's
// companies lose of their offsets is given back then, since it is not measured. deviation is the standard
// deviation of the noise on every coordinate, beside that on a mark.
func (s *Small) Read(noisy []int64, deviation, beside float64) [model.Blocks]Measured {
	e := Encoding{layout: newLayout(s.shape), rows: rowsOf(s.shape.Attributes)}
	measured := e.unmeasured()
	put := func(block model.Block, i int, value int64, unit, deviation float64) {
		measured[block].Y[0][i], measured[block].SD[0][i] = float64(value)/unit, deviation/unit
	}
	if s.count > 0 {
		put(model.Companies, 0, noisy[0], float64(s.count)*scoreUnit, deviation)
		noisy = noisy[1:]
	}
	put(model.Overall, 0, noisy[0], float64(s.overall)*scoreUnit, deviation)
	s.readSegments(&measured[model.Segments], noisy[1:], deviation)
	noisy = noisy[1+len(s.segments):]
	if s.partial == 0 {
		return measured
	}
	partial, back := float64(s.partial)*scoreUnit, s.kept
	if s.whole() {
		put(model.OffsetsTier.Clipped(), 0, noisy[0], partial, deviation)
		back = 1
	}
	for d := range s.shape.Domains {
		put(model.Offsets, d, noisy[1+d], float64(s.offset)*scoreUnit*back, deviation)
		switch {
		case s.mark > 0:
			put(model.Empty, d, noisy[1+len(s.shape.Domains)+d], float64(s.mark), beside)
		case s.shape.Has(model.Empty):
			put(model.Empty, d, noisy[0], partial, deviation)
		}
	}
	return measured
}

// Design is what the estimation needs to know: nothing was measured but what
// Read fills in, and the level is as uncertain as center says.
func (s *Small) Design(center model.Center, deviation, beside float64, exactSizes bool) Design {
	d := NewDesign(s.shape, s.public, center, float64(Sensitivity)/deviation, exactSizes)
	d.Clipped, d.Level, d.Tail = [model.Tiers]float64{model.OffsetsTier: 1 - s.kept}, LevelLoss{}, TailLoss{}
	d.Segments, d.Offsets = LevelLoss{}, OffsetLoss{}
	d.LevelCenter = s.public.Center
	d.Spherical = s.Coordinates()
	if s.mark > 0 {
		d.Spherical = 1
	}
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
	if s.whole() {
		at(model.OffsetsTier.Clipped(), s.partial)
	} else {
		at(model.Empty, s.partial)
	}
	if sigma := d.Sigma[model.Empty]; s.mark > 0 {
		sigma[0] = beside / float64(s.mark)
	}
	for r, factor := range s.segments {
		row := s.contrasts[r]
		d.Sigma[model.Segments][row.group] = deviation / float64(factor) / scoreUnit / row.norm()
	}
	return d
}

// NewSum returns an empty sum of the small encoding's vectors.
func (s *Small) NewSum() Sum {
	sheet, questions := newSheetSums(s.shape), s.shape.Questions()
	attributes := make([]byte, len(s.shape.Attributes))
	return newPlainSum(s.Coordinates(), func(totals []int64, rows Rows) {
		for at := 0; at+rows.Stride <= len(rows.Data); at += rows.Stride {
			row := rows.Data[at:][:rows.Stride]
			if len(s.segments) > 0 {
				for j, column := range rows.Attributes {
					attributes[j] = row[column]
				}
			}
			s.add(totals, sheet, attributes, row[rows.Answers:][:questions])
		}
	})
}
