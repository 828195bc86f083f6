package encode

import (
	"bytes"
	"encoding/gob"
	"errors"

	"maturitybench/benchmark/internal/model"
)

// MarshalVector writes a vector for [UnmarshalVector].
func MarshalVector(v Vector) ([]byte, error) {
	var data bytes.Buffer
	err := gob.NewEncoder(&data).Encode(v.wire())
	return data.Bytes(), err
}

// errWire says that bytes are no vector.
var errWire = errors.New("encode: these bytes are no vector")

// UnmarshalVector reads a vector that [MarshalVector] wrote. Its sums add
// responses as those of the original do, to the last bit; that an [*Encoding]
// read in this way has no totals is no loss, since its raw sums are merged into
// a sum of the original.
func UnmarshalVector(data []byte) (Vector, error) {
	var w wire
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&w); err != nil {
		return nil, errors.Join(errWire, err)
	}
	switch {
	case w.Pilot != nil:
		p := NewPilot(w.Shape, false)
		p.count, p.score, p.square, p.histogram = w.Pilot.Count, w.Pilot.Score, w.Pilot.Square, w.Pilot.Histogram
		return p, nil
	case w.Small != nil:
		return w.small()
	case w.Full != nil:
		return w.full()
	}
	return nil, errWire
}

func (p *Pilot) wire() wire {
	return wire{Shape: p.shape, Pilot: &wirePilot{p.count, p.score, p.square, p.histogram}}
}

func (s *Small) wire() wire {
	w := &wireSmall{Center: s.center, Count: s.count, Partial: s.partial, Offset: s.offset, Mark: s.mark}
	for _, p := range s.parts {
		w.Parts = append(w.Parts, wireSmallPart{p.attribute, p.value, p.scale})
	}
	return wire{Shape: s.shape, Small: w}
}

// small is a small encoding that adds responses.
func (w wire) small() (*Small, error) {
	v := w.Small
	s := &Small{shape: w.Shape, center: v.Center, count: v.Count, partial: v.Partial, offset: v.Offset, mark: v.Mark}
	for _, p := range v.Parts {
		if p.Attribute < -1 || p.Attribute >= len(w.Shape.Attributes) {
			return nil, errWire
		}
		s.parts = append(s.parts, smallPart{p.Attribute, p.Value, p.Scale})
	}
	if len(s.parts) == 0 || (v.Partial > 0) != (len(w.Shape.Domains) > 1) {
		return nil, errWire
	}
	return s, nil
}

func (e *Encoding) wire() wire {
	w := &wireFull{
		Center: e.center, Squares: e.squares, Profiles: e.profiles, Quarters: e.quarters, ShapeCenters: e.domains[0].centers,
		Companies: e.fixed.companies, NotStated: e.fixed.notStated, Clipped: e.fixed.clipped,
		Kept: e.kept.wire(), Rest: e.rest.wire(),
	}
	for _, a := range e.fixed.domains {
		w.Answers = append(w.Answers, wireAnswers{a.unusable, a.empty, a.skip})
	}
	return wire{Shape: e.layout.shape, Full: w}
}

func (p *partWeights) wire() wirePart {
	w := wirePart{
		Overall: p.overall, Segments: p.segments, Profiles: p.profiles, Squares: p.squares,
		Grouped: len(p.scores.groups) > 0, Pairs: p.scores.pairs,
	}
	for _, d := range p.domains {
		w.Domains = append(w.Domains, wireDomain{d.offset, d.contrast, d.questionShape, d.domainShape})
	}
	return w
}

// full is an encoding that adds responses.
func (w wire) full() (*Encoding, error) {
	f, shape := w.Full, w.Shape
	if len(f.Answers) != len(shape.Domains) || len(f.Profiles) != len(shape.Profiles) || len(f.ShapeCenters) != shape.Levels-2 ||
		len(f.NotStated) != len(shape.Attributes) || len(f.Squares) != shape.Scores() ||
		!f.Kept.fits(shape) || !f.Rest.fits(shape) {
		return nil, errWire
	}
	e := &Encoding{layout: newLayout(shape), center: f.Center, squares: f.Squares, profiles: f.Profiles, quarters: f.Quarters}
	e.fixed = fixedWeights{companies: f.Companies, notStated: f.NotStated, clipped: f.Clipped}
	for _, a := range f.Answers {
		e.fixed.domains = append(e.fixed.domains, answerWeights{a.Unusable, a.Empty, a.Skip})
	}
	e.domains = newDomainTables(shape, f.Center, f.ShapeCenters)
	e.kept, e.rest = f.Kept.weights(e.layout), f.Rest.weights(e.layout)
	e.kernel = newKernel(e)
	return e, nil
}

// fits says whether a part belongs to a shape.
func (w wirePart) fits(shape model.Shape) bool {
	places, orders := shape.Scores()*(len(shape.Thresholds())+1), shape.Levels-2
	for _, d := range w.Domains {
		if len(d.QuestionShape) != orders || len(d.DomainShape) != orders {
			return false
		}
	}
	return len(w.Domains) == len(shape.Domains) && len(w.Profiles) == len(shape.Profiles) &&
		len(w.Squares) == shape.Scores() && len(w.Pairs) == places*places
}

func (w wirePart) weights(l layout) partWeights {
	p := partWeights{overall: w.Overall, segments: w.Segments, profiles: w.Profiles, squares: w.Squares}
	for _, d := range w.Domains {
		p.domains = append(p.domains, domainWeights{d.Offset, d.Contrast, d.QuestionShape, d.DomainShape})
	}
	p.scores = scoreBlock{scores: l.shape.Scores(), thresholds: l.thresholds, pairs: w.Pairs}
	if w.Grouped {
		p.scores.groups = make([]scoreGroup, 1)
	}
	return p
}
