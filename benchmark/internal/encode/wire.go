package encode

import (
	"bytes"
	"encoding/gob"
	"errors"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

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
	Center, Count, Overall, Offset int64
	Helmert                        []int64 // factors
}

type wireFull struct {
	Center    int64
	Squares   []int64
	Quarters  []int64
	Companies uint64
	NotStated []uint64
	Overall   uint64
	Square    []uint64
	Clipped   uint64
	Domains   []wireDomain
	Profiles  []wireProfile
	Grouped   bool // the score distributions are measured
	Pairs     []int64
}

type wireDomain struct {
	Offset, Unusable, Empty, Contrast, Skip uint64
	QuestionShape, DomainShape              []uint64
	Centers                                 []int64
}

type wireProfile struct {
	Weight uint64
	Center int64
}

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
	w := &wireSmall{Center: s.center, Count: s.count, Overall: s.overall, Offset: s.offset}
	for _, h := range s.helmert {
		w.Helmert = append(w.Helmert, h.factor)
	}
	return wire{Shape: s.shape, Small: w}
}

// small is a small encoding that adds responses.
func (w wire) small() (*Small, error) {
	s := &Small{shape: w.Shape, center: w.Small.Center, count: w.Small.Count, overall: w.Small.Overall, offset: w.Small.Offset}
	if n := len(w.Small.Helmert); n > 0 && n != len(w.Shape.Domains)-1 {
		return nil, errWire
	}
	for i, factor := range w.Small.Helmert {
		s.helmert = append(s.helmert, helmert{contrast{i + 1}, factor})
	}
	return s, nil
}

func (e *Encoding) wire() wire {
	w := &wireFull{
		Center: e.center, Squares: e.squares, Quarters: e.quarters,
		Companies: e.weights.companies, NotStated: e.weights.notStated, Overall: e.weights.overall,
		Square: e.weights.squares, Clipped: e.weights.clipped,
		Grouped: len(e.scores.groups) > 0, Pairs: e.scores.pairs,
	}
	for _, d := range e.weights.domains {
		w.Domains = append(w.Domains, wireDomain{
			d.offset, d.unusable, d.empty, d.contrast, d.skip, d.questionShape, d.domainShape, d.centers,
		})
	}
	for _, p := range e.weights.profiles {
		w.Profiles = append(w.Profiles, wireProfile{p.weight, p.center})
	}
	return wire{Shape: e.layout.shape, Full: w}
}

// full is an encoding that adds responses.
func (w wire) full() (*Encoding, error) {
	f, shape := w.Full, w.Shape
	places := shape.Scores() * (len(shape.Thresholds()) + 1)
	if len(f.Domains) != len(shape.Domains) || len(f.Profiles) != len(shape.Profiles) ||
		len(f.NotStated) != len(shape.Attributes) || len(f.Squares) != shape.Scores() || len(f.Square) != shape.Scores() ||
		len(f.Pairs) != places*places {
		return nil, errWire
	}
	e := &Encoding{layout: newLayout(shape), center: f.Center, squares: f.Squares, quarters: f.Quarters}
	e.scores = scoreBlock{scores: shape.Scores(), thresholds: e.layout.thresholds, pairs: f.Pairs}
	if f.Grouped {
		e.scores.groups = make([]scoreGroup, 1)
	}
	e.weights = normWeights{
		companies: f.Companies, notStated: f.NotStated, overall: f.Overall, squares: f.Square, clipped: f.Clipped,
	}
	polynomials := stats.GramPolynomials(shape.Levels)
	for i, d := range f.Domains {
		domain := newDomainWeights(shape.Domains[i], polynomials)
		if len(d.QuestionShape) != len(domain.questionShape) || len(d.DomainShape) != len(domain.domainShape) || len(d.Centers) != len(domain.centers) {
			return nil, errWire
		}
		domain.offset, domain.unusable, domain.empty, domain.contrast, domain.skip = d.Offset, d.Unusable, d.Empty, d.Contrast, d.Skip
		domain.questionShape, domain.domainShape, domain.centers = d.QuestionShape, d.DomainShape, d.Centers
		e.weights.domains = append(e.weights.domains, domain)
	}
	for _, p := range f.Profiles {
		e.weights.profiles = append(e.weights.profiles, profileWeight{p.Weight, p.Center})
	}
	e.kernel = newKernel(e)
	return e, nil
}
