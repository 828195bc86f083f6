package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// Small is the encoding for few companies, and for plans that ask for nothing but scores: the
// overall score, of all companies or by the values of attributes (see smallparts.go), the offsets of
// the domains from it, the number of companies where it is not public, and what is missing of
// incomplete sheets (see smallmarks.go). The offsets of a company that answered
// everything sum to zero, weighted by the questions of their domains: for such
// panels one of them follows from the others. Where answers are left out the
// sum says how those who leave them out differ, domain by domain: the overall
// scores and the offsets of a domain add up to its scores, whoever answers it.
//
// The offsets are a vector with spherical noise; each of the other numbers has noise of its
// own, of one dimension. The norm of the offsets and the absolute values of the others add up to at most R,
// so that a company has the more room for offsets the nearer it is to the centre. That is
// where most companies are, and it makes the noise small: of a vector of d dimensions with the overall
// score in it the noise on that score would be √((d+1)/2) times as large.
//
// There is no pilot: the centre is public, and because the overall score is never clipped, whatever
// the centre, a wrong one costs precision but no bias. Only the offsets of a
// company that do not fit are scaled down, by a factor λ. One more number
// measures that: the sum of 1 − λ.
type Small struct {
	shape   model.Shape
	public  *model.Public
	center  int64       // in scoreUnit
	count   int64       // what a company adds to their number; 0 where that is public
	parts   []smallPart // whose overall scores are added up
	partial int64       // factor of what a company is not there in full, in scoreUnit; 0 with a single domain
	mark    int64       // what a domain that is left out is marked with; 0 where domains are not marked
	offset  int64       // factor of an offset, in scoreUnit; 0 with a single domain
	kept    float64     // mean factor of the offsets under the public model
}

// SmallPlan is what an encoding for few companies is made for.
type SmallPlan struct {
	Companies  float64 // expected
	Least      int     // companies that a published number rests on
	ExactSizes bool    // the sizes of all cohorts are public
	Marks      bool    // count who leaves out a domain, domain by domain
	Noise      float64 // standard deviation of the noise on a number of its own, as a share of R
}

// NewSmall compiles the encoding around the centre of a public model.
func NewSmall(shape model.Shape, public *model.Public, plan SmallPlan) *Small {
	s := &Small{shape: shape, center: round(public.Center * scoreUnit)}
	room := Sensitivity
	if !plan.ExactSizes {
		s.count = round(smallCount * float64(Sensitivity))
		room -= s.count
	}
	marks := plan.Marks && shape.Has(model.Empty)
	if len(shape.Domains) > 1 {
		part := smallPartial
		if marks {
			part = smallLost
		}
		s.partial = int64(part * float64(Sensitivity) / scoreUnit)
		room -= s.partial * scoreUnit
	}
	s.parts = newParts(shape, plan, room/s.farthest())
	if marks {
		s.mark = room / s.farthest() * s.farthest() / int64(len(shape.Domains))
	}
	centered := *public
	centered.Center = float64(s.center) / scoreUnit
	s.public, s.kept = &centered, 1
	if len(public.Norms[model.Offsets]) > 0 {
		s.scaleOffsets(plan.Noise * float64(Sensitivity) / (float64(s.partial) * scoreUnit * plan.Companies))
	}
	return s
}

// farthest is the largest distance of a score from the centre, in scoreUnit.
func (s *Small) farthest() int64 { return max(s.center, int64(s.shape.Levels-1)*scoreUnit-s.center) }

// scaleOffsets chooses the factor of the offsets such that all but a few of the public model's companies
// keep theirs, and more of other panels the less is known of what is lost: unknown is the standard deviation
// of the noise on the share of the companies that it is.
func (s *Small) scaleOffsets(unknown float64) {
	norms := s.public.Norms[model.Offsets]
	needed := make([]float64, len(norms))
	for i, n := range norms {
		needed[i] = math.Sqrt(n) / s.roomAt(s.public.Deviation[i])
	}
	room := stats.Quantile(needed, smallOffsetQuantile) * (1 + smallSpare*min(unknown/smallUnknown, 1))
	s.offset = int64(1 / room / scoreUnit)
	s.kept = 1 - s.takenOf(0)
}

// takenOf is the mean of 1 − λ over the public model's companies, if the squares of the offsets of each
// summed to apart more, in squared levels.
func (s *Small) takenOf(apart float64) float64 {
	norms, taken := s.public.Norms[model.Offsets], 0.0
	for i, n := range norms {
		offsets := float64(s.offset) * scoreUnit * math.Sqrt(max(n+apart, 0))
		lambda, _ := s.fit(int64(s.roomAt(s.public.Deviation[i])), int64(offsets), true)
		taken += (1 - float64(lambda)/scoreUnit) / float64(len(norms))
	}
	return taken
}

// offsetLoss moves the domains of the public model's companies apart.
func (s *Small) offsetLoss() OffsetLoss {
	if s.offset == 0 {
		return OffsetLoss{}
	}
	var apart []float64
	for _, distance := range offsetDistances {
		apart = append(apart, square(distance*s.shape.Unit()))
	}
	return OffsetLoss{NewLevelLoss(apart, func(i int) (overall, companies float64) { return 0, s.takenOf(apart[i]) })}
}

// roomAt is what a complete sheet at a distance from the centre, in levels, leaves for its offsets.
func (s *Small) roomAt(distance float64) float64 {
	taken := min(math.Abs(distance)*scoreUnit, float64(s.farthest())) * float64(s.scale())
	return float64(Sensitivity-s.count) - taken
}

// Dimensions is the length of a vector with spherical noise: the offsets, or with a single domain the
// overall score of the first part.
func (s *Small) Dimensions() int {
	if s.partial > 0 {
		return len(s.shape.Domains)
	}
	return 1
}

// Vectors is how many of them there are, the first of the coordinates: one of all companies, or where these are
// measured by the values of an attribute one of every value.
func (s *Small) Vectors() int {
	if s.partial > 0 && s.alone() {
		return len(s.parts)
	}
	return 1
}

// Beside is how many numbers have noise of their own, after the vectors: the overall score of every part, the number of companies (unless it
// is public), with several domains how many companies are not there in full, and the marks of the domains.
func (s *Small) Beside() int {
	n := len(s.parts) + s.Marks()
	if s.count > 0 {
		n++
	}
	if s.partial > 0 {
		return n + 1
	}
	return n - 1
}

// Counted is the place of the number of companies, from 0, among the numbers beside the vectors, and what
// a company adds to it, 0 where the number is public.
func (s *Small) Counted() (at int, unit int64) {
	if s.partial > 0 {
		return len(s.parts), s.count
	}
	return len(s.parts) - 1, s.count
}

// Coordinates is how many numbers there are.
func (s *Small) Coordinates() int { return s.Vectors()*s.Dimensions() + s.Beside() }

// split is the coordinates of the offsets, and those of everything else.
func (s *Small) split(coordinates []int64) (offsets, others []int64) {
	if s.partial == 0 {
		return nil, coordinates
	}
	n := s.Vectors() * s.Dimensions()
	return coordinates[:n], coordinates[n:]
}

// Totals is the exact sum of the vectors of all responses.
//
// Privacy: every response adds one vector of coordinates whose offsets, all of them in one of
// [Small.Vectors], have a norm that is, together with the absolute values of the other coordinates, at most R, [Sensitivity]: with the distance d of
// the score, the scale of the parts that the company is in, m domains that are left out, the norm O of
// all its offsets times their factor, rounded up, and λ as [Small.fit] finds it,
//
//	count + scale·|d| + partial·lost + m·mark + λ·O ≤ R.
//
// With λ = 0 that holds for every sheet, because the factors are rounded down from shares of R at the
// largest distance that a score can have from the centre, and a mark is no more than what a
// domain that is left out takes of that distance. Offsets are rounded towards zero.
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
	left := leftOut(sheet)
	distance := s.distance(sheet, left)
	offsets, totals := s.split(totals)
	room := Sensitivity - s.count - left*s.mark
	for i, p := range s.parts {
		if p.has(attributes) {
			totals[i] += p.scale * distance
			room -= p.scale * max(distance, -distance)
			if s.alone() && s.partial > 0 {
				offsets = offsets[i*len(sheet.domains):][:len(sheet.domains)]
			}
		}
	}
	totals = totals[len(s.parts):]
	if s.count > 0 {
		totals[0] += s.count
		totals = totals[1:]
	}
	if s.partial == 0 {
		return
	}
	squares := uint64(0)
	for d := range sheet.domains {
		squares = addUp(squares, squared(s.offsetOf(sheet, d, distance)))
	}
	lambda, lost := s.fit(room, s.offset*rootUp(squares), left == 0 || s.mark > 0)
	for d := range sheet.domains {
		offsets[d] += s.offset * (lambda * s.offsetOf(sheet, d, distance) / scoreUnit)
	}
	totals[0] += s.partial * lost
	s.addMarks(totals[1:], sheet)
}

// offsetOf is the score of a domain less the centre and what the company has of that as its
// distance; without an answer the domain is at the centre.
func (s *Small) offsetOf(sheet *sheetSums, d int, distance int64) int64 {
	if sheet.domains[d].count == 0 {
		return -distance
	}
	return sheet.domains[d].score - s.center - distance
}

// fit is the largest λ with which offsets of a norm fit into the room beside what the company is not
// there in full, both in scoreUnit: 1 − λ of a whole sheet, and of any other 1. The room is at least
// partial·scoreUnit, so that λ = 0 fits, and every λ below one that fits.
func (s *Small) fit(room, norm int64, whole bool) (lambda, lost int64) {
	most := s.partial * scoreUnit
	if !whole {
		room, most, lost = room-most, 0, scoreUnit
	}
	if lambda = scoreUnit; norm > room {
		lambda = (room - most) * scoreUnit / (norm - most)
	}
	return lambda, max(lost, scoreUnit-lambda)
}

// rootUp is √x, rounded up, for x below 2⁶².
func rootUp(x uint64) int64 {
	root := uint64(math.Sqrt(float64(x)))
	for root*root >= x && root > 0 {
		root--
	}
	for root*root < x {
		root++
	}
	return int64(root)
}

// NewSum returns an empty sum of the small encoding's vectors.
func (s *Small) NewSum() Sum {
	sheet, questions := newSheetSums(s.shape), s.shape.Questions()
	attributes := make([]byte, len(s.shape.Attributes))
	return newPlainSum(s.Coordinates(), func(totals []int64, rows Rows) {
		for at := 0; at+rows.Stride <= len(rows.Data); at += rows.Stride {
			row := rows.Data[at:][:rows.Stride]
			for j, column := range rows.Attributes {
				attributes[j] = row[column]
			}
			s.add(totals, sheet, attributes, row[rows.Answers:][:questions])
		}
	})
}
