package instrument

import (
	"bytes"
	"encoding/json"
	"os"

	"maturitybench/benchmark/internal/specfile"
)

// Instrument is a checked questionnaire: scales, domains, questions and the
// attributes of companies. It is immutable and safe for concurrent use.
type Instrument struct{ spec Spec }

// Load reads an instrument from a YAML or JSON file. The error for a
// wrong one is an *input.Error with every problem of the file. A name of [Names] is that
// instrument, unless there is a file of this name.
func Load(path string) (*Instrument, error) {
	if named, ok := shipped[path]; ok {
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			return named(), nil
		}
	}
	data, err := specfile.ReadFile(path, specfile.MaxFileSize)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

// Parse is [Load] for data in memory; name stands for the
// file in errors.
func Parse(name string, data []byte) (*Instrument, error) {
	var spec Spec
	c, err := specfile.ReadYAML(name, data, &spec)
	if err != nil {
		return nil, err
	}
	return newInstrument(c, spec)
}

// New checks a specification made in Go. The error for a wrong one is
// an *input.Error whose fields are paths such as domains[1].questions[0].id.
// Later changes of spec do not reach the instrument.
func New(spec Spec) (*Instrument, error) {
	return newInstrument(&specfile.Checker{}, spec.clone())
}

func newInstrument(c *specfile.Checker, spec Spec) (*Instrument, error) {
	spec.check(c)
	if err := c.Err(); err != nil {
		return nil, err
	}
	if spec.Attributes == nil {
		spec.Attributes = []Attribute{}
	}
	if spec.Blank == SkipBlank {
		spec.Blank = ""
	}
	for _, levels := range spec.scales() {
		for i := range levels {
			levels[i].Value = levels[i].Value.canonical()
		}
	}
	if spec.Scores != nil {
		spec.Scores.From, spec.Scores.To = spec.Scores.From.canonical(), spec.Scores.To.canonical()
	}
	return &Instrument{spec}, nil
}

// ID is the id of the instrument.
func (in *Instrument) ID() string { return in.spec.ID }

// Version is the version of the instrument.
func (in *Instrument) Version() string { return in.spec.Version }

// Title is the title of the instrument.
func (in *Instrument) Title() string { return in.spec.Title }

// Spec is a deep copy of the specification that the instrument was made of.
func (in *Instrument) Spec() Spec { return in.spec.clone() }

// Equal reports whether two instruments are the same in everything that a release
// shows of them, see [Spec.Public].
func (in *Instrument) Equal(other *Instrument) bool {
	return in == other || bytes.Equal(in.publicJSON(), other.publicJSON())
}

// publicJSON is the instrument as a release prints it: the keys and values of
// the file without no_answer and ignore, attributes [] when absent.
func (in *Instrument) publicJSON() []byte {
	data, err := json.Marshal(in.spec.Public())
	if err != nil {
		panic("instrument: " + err.Error()) // texts and whole numbers always marshal
	}
	return data
}
