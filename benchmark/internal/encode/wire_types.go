package encode

import "maturitybench/benchmark/internal/model"

// wire is a vector as another machine needs it to add responses: integers and
// the shape, nothing that is computed in floating point. All of it is public.
type wire struct {
	Shape model.Shape
	Pilot *wirePilot
	Small *wireSmall
	Full  *wireFull
}

type wirePilot struct{ Count, Score, Square, Histogram int64 }

type wireSmall struct {
	Center, Count         int64
	Parts                 []wireSmallPart
	Partial, Offset, Mark int64
}

type wireSmallPart struct {
	Attribute int
	Value     byte
	Scale     int64
}

type wireFull struct {
	Center       int64
	Squares      []int64
	Profiles     []int64
	Quarters     []int64
	ShapeCenters []int64
	Companies    uint64
	NotStated    []uint64
	Answers      []wireAnswers
	Clipped      [model.Tiers]uint64
	Kept, Rest   wirePart
}

type wireDomain struct {
	Offset, Contrast           uint64
	QuestionShape, DomainShape []uint64
}

type wireAnswers struct{ Unusable, Empty, Skip uint64 }

type wirePart struct {
	Overall  uint64
	Segments uint64
	Domains  []wireDomain
	Profiles []uint64
	Squares  []uint64
	Grouped  bool // the score distributions are measured
	Pairs    []int64
}
