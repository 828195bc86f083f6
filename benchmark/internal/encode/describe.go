package encode

import (
	"fmt"

	"maturitybench/benchmark/internal/model"
)

// Description is a vector in its public integers, from which anybody can compute
// it: package conformance says how. One of Pilot, Small and Full is there.
type Description struct {
	Shape Shape             `json:"shape"`
	Pilot *DescribedPilot   `json:"pilot,omitempty"`
	Small *DescribedSmall   `json:"small,omitempty"`
	Full  *DescribedFull    `json:"full,omitempty"`
	Units map[string]uint64 `json:"units"`
}

// Shape is what the vector needs to know of the instrument: [model.Shape].
type Shape struct {
	Levels     int         `json:"levels"`
	Domains    []int       `json:"domains"`    // questions of each
	Attributes []int       `json:"attributes"` // values of each
	Profiles   [][]Minimum `json:"profiles"`

	Values        []int `json:"values"`                   // what each level counts, in steps
	Weights       []int `json:"weights,omitempty"`        // how often each question counts in the score of its domain
	DomainWeights []int `json:"domain_weights,omitempty"` // how often the questions of each domain count in the overall score
}

// Minimum is the lowest level, from 0, of a question, from 0, that a profile accepts.
type Minimum struct {
	Question int `json:"question"`
	Level    int `json:"level"`
}

// DescribedPilot are the factors of a [Pilot].
type DescribedPilot struct {
	Count     int64    `json:"count"`
	Score     int64    `json:"score"`
	Square    int64    `json:"square"`
	Histogram int64    `json:"histogram"`
	Edges     []uint64 `json:"edges"`
}

// DescribedSmall are the factors of a [Small].
type DescribedSmall struct {
	Center  int64                `json:"center"`
	Count   int64                `json:"count"`
	Parts   []DescribedSmallPart `json:"parts"`
	Partial int64                `json:"partial"`
	Offset  int64                `json:"offset"`
	Mark    int64                `json:"mark"`
}

// DescribedSmallPart is a set of companies with the factor of their overall scores: those with a value, from 1, of an
// attribute, or with 0 those that do not state it.
type DescribedSmallPart struct {
	Attribute *int  `json:"attribute,omitempty"` // from 0; none: all companies
	Value     int   `json:"value"`
	Scale     int64 `json:"scale"`
}

// DescribedFull are the integers of an [Encoding].
type DescribedFull struct {
	Center      int64              `json:"center"`
	Squares     []int64            `json:"squares"`
	Profiles    []int64            `json:"profiles"`
	Quarters    []int64            `json:"thresholds"`
	LevelCenter int64              `json:"level_center"`
	Shapes      []DescribedShape   `json:"shapes"`
	Features    []DescribedFeature `json:"features"`
	Kept        DescribedScores    `json:"score_cdf"`
	Rest        DescribedScores    `json:"rest_score_cdf"`
}

// DescribedShape is a polynomial over the levels with its public centre.
type DescribedShape struct {
	Values []int64 `json:"values"`
	Center int64   `json:"center"`
}

// DescribedFeature is a feature of a block with its scale in every row.
type DescribedFeature struct {
	Block string  `json:"block"`
	Index int     `json:"index"`
	Scale []int64 `json:"scale"`
}

// DescribedScores are the score distributions.
type DescribedScores struct {
	Centers [][]int64             `json:"centers"`
	Groups  []DescribedScoreGroup `json:"groups"`
}

// DescribedScoreGroup is one whitening, with the scales of the rows of its group: 0
// is all, 1 the first attribute.
type DescribedScoreGroup struct {
	Group     int       `json:"group"`
	Scale     []int64   `json:"scale"`
	Whitening [][]int64 `json:"whitening"`
}

// blockNames are the names of the blocks that are features.
var blockNames = map[model.Block]string{
	model.Companies: "companies", model.NotStated: "not_stated", model.Overall: "overall", model.Offsets: "offsets",
	model.Unusable: "unusable", model.Empty: "empty", model.Contrasts: "contrasts", model.Skips: "skips",
	model.DomainShape: "domain_shape", model.QuestionShape: "question_shape", model.Squares: "squares", model.Profiles: "profiles",
	model.ClippedOverall: "clipped_level", model.ClippedOffsets: "clipped_offsets",
	model.ClippedSegments: "clipped_segments", model.Segments: "segments", model.ClippedTail: "clipped_tail",
}

func blockName(b model.Block) string {
	if of, ok := b.RestOf(); ok {
		return "rest_" + blockName(of)
	}
	name, ok := blockNames[b]
	if !ok {
		panic(fmt.Sprintf("encode: block %d has no name", b))
	}
	return name
}

// Describe spells a vector out. It panics for an [*Encoding] of [UnmarshalVector],
// which has no totals.
func Describe(v Vector) Description {
	switch v := v.(type) {
	case *Pilot:
		d := described(v.shape)
		d.Pilot = &DescribedPilot{Count: v.count, Score: v.score, Square: v.square, Histogram: v.histogram, Edges: v.edges}
		return d
	case *Small:
		d := described(v.shape)
		d.Small = &DescribedSmall{Center: v.center, Count: v.count, Partial: v.partial, Offset: v.offset, Mark: v.mark}
		for _, p := range v.parts {
			part := DescribedSmallPart{Value: int(p.value), Scale: p.scale}
			if p.attribute >= 0 {
				part.Attribute = &p.attribute
			}
			d.Small.Parts = append(d.Small.Parts, part)
		}
		return d
	case *Encoding:
		return v.describe()
	}
	panic(fmt.Sprintf("encode: %T is described nowhere", v))
}

func (e *Encoding) describe() Description {
	if len(e.features) == 0 {
		panic("encode: an encoding without features")
	}
	d := described(e.layout.shape)
	table := &e.domains[0]
	d.Full = &DescribedFull{
		Center: e.center, Squares: e.squares, Profiles: append([]int64{}, e.profiles...), Quarters: e.quarters,
		LevelCenter: table.levelCenter, Shapes: []DescribedShape{}, Kept: e.kept.scores.describe(), Rest: e.rest.scores.describe(),
	}
	for k, polynomial := range table.polynomials {
		d.Full.Shapes = append(d.Full.Shapes, DescribedShape{polynomial, table.centers[k]})
	}
	for _, f := range e.features {
		d.Full.Features = append(d.Full.Features, DescribedFeature{blockName(f.block), f.index, f.scale})
	}
	return d
}

func (b *scoreBlock) describe() DescribedScores {
	d := DescribedScores{Centers: b.centers, Groups: []DescribedScoreGroup{}}
	for _, g := range b.groups {
		d.Groups = append(d.Groups, DescribedScoreGroup{g.group, g.scale, g.whitening})
	}
	return d
}

func described(s model.Shape) Description {
	shape := Shape{
		Levels: s.Levels, Domains: s.Domains, Attributes: append([]int{}, s.Attributes...), Profiles: [][]Minimum{},
		Weights: s.Weights, DomainWeights: s.DomainWeights,
	}
	for level := range s.Levels {
		shape.Values = append(shape.Values, s.Value(level))
	}
	for _, p := range s.Profiles {
		minima := []Minimum{}
		for _, m := range p {
			minima = append(minima, Minimum(m))
		}
		shape.Profiles = append(shape.Profiles, minima)
	}
	return Description{Shape: shape, Units: map[string]uint64{
		"bound": uint64(Sensitivity), "score": scoreUnit, "clip": clipUnit, "shape": shapeUnit, "cdf": cdfUnit, "norm": 1 << normShift,
	}}
}
