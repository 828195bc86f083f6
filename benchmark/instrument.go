package benchmark

import (
	"crypto/sha256"
	"encoding/json"
)

// Instrument is a checked questionnaire: scale, domains, questions and the
// attributes of companies. It is immutable and safe for concurrent use.
type Instrument struct {
	spec        InstrumentSpec
	questions   []Question         // flat, in the order of the domains
	domainOf    []int              // domain number of each question
	questionAt  map[string]int     // question number by id
	attributeAt map[string]int     // attribute number by id
	valueAt     []map[string]uint8 // by attribute: number of a value, from 1, by id
	noAnswer    map[string]bool    // texts that mean no answer, the empty one included
	ignored     map[string]bool    // columns to skip
}

// LoadInstrument reads an instrument from a YAML or JSON file. The error for a
// wrong one is an [*InputError] with every problem of the file.
func LoadInstrument(path string) (*Instrument, error) {
	data, err := readFile(path, maxFileSize)
	if err != nil {
		return nil, err
	}
	return ParseInstrument(path, data)
}

// ParseInstrument is [LoadInstrument] for data in memory; name stands for the
// file in errors.
func ParseInstrument(name string, data []byte) (*Instrument, error) {
	var spec InstrumentSpec
	c, err := readYAML(name, data, &spec)
	if err != nil {
		return nil, err
	}
	return newInstrument(c, spec)
}

// NewInstrument checks a specification made in Go. The error for a wrong one is
// an [*InputError] whose fields are paths such as domains[1].questions[0].id.
// Later changes of spec do not reach the instrument.
func NewInstrument(spec InstrumentSpec) (*Instrument, error) {
	return newInstrument(&checker{}, spec.clone())
}

func newInstrument(c *checker, spec InstrumentSpec) (*Instrument, error) {
	spec.check(c)
	if err := c.err(); err != nil {
		return nil, err
	}
	if spec.Attributes == nil {
		spec.Attributes = []Attribute{}
	}
	in := &Instrument{
		spec:        spec,
		questionAt:  map[string]int{},
		attributeAt: map[string]int{},
		noAnswer:    map[string]bool{"": true},
		ignored:     map[string]bool{},
	}
	for d, domain := range spec.Domains {
		for _, q := range domain.Questions {
			in.questionAt[q.ID] = len(in.questions)
			in.questions = append(in.questions, q)
			in.domainOf = append(in.domainOf, d)
		}
	}
	for a, attribute := range spec.Attributes {
		in.attributeAt[attribute.ID] = a
		values := map[string]uint8{}
		for v, value := range attribute.Values {
			values[value.ID] = uint8(v + 1)
		}
		in.valueAt = append(in.valueAt, values)
	}
	for _, text := range spec.NoAnswer {
		in.noAnswer[text] = true
	}
	for _, column := range spec.Ignore {
		in.ignored[column] = true
	}
	return in, nil
}

// ID is the id of the instrument.
func (in *Instrument) ID() string { return in.spec.ID }

// Version is the version of the instrument.
func (in *Instrument) Version() string { return in.spec.Version }

// Title is the title of the instrument.
func (in *Instrument) Title() string { return in.spec.Title }

// Spec is a deep copy of the specification that the instrument was made of.
func (in *Instrument) Spec() InstrumentSpec { return in.spec.clone() }

// levels is the number of levels.
func (in *Instrument) levels() int { return len(in.spec.Scale) }

// levelIndex is the number of the level that a score names, from 0.
func (in *Instrument) levelIndex(score int) (int, bool) {
	first := in.spec.Scale[0].Level
	if score < first || score > in.spec.Scale[len(in.spec.Scale)-1].Level {
		return 0, false
	}
	return score - first, true
}

// publicJSON is the instrument as a release prints it: the keys and values of
// the file without no_answer and ignore, attributes [] when absent.
func (in *Instrument) publicJSON() []byte {
	data, err := json.Marshal(in.spec.Public())
	if err != nil {
		panic("benchmark: " + err.Error()) // texts and whole numbers always marshal
	}
	return data
}

// digest recognises the public instrument by its content.
func (in *Instrument) digest() [sha256.Size]byte { return sha256.Sum256(in.publicJSON()) }
