package stage

import (
	"bytes"
	"context"
	"encoding/gob"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/privacy"
)

// Walk says what one walk over all responses gathers. It is public, apart from
// Gather and Key, and can be sent to other machines that may see the responses.
//
// A packed response, a row, has Stride bytes: one an attribute of the instrument
// (0 not stated, else the number of the value from 1) and one a question (0 no
// answer, else 1 + the place of the level, as a sheet has it), in the order of the instrument.
type Walk struct {
	Stride     int
	Attributes []int // places of the attributes that Vector looks at
	Answers    int   // place of the first answer

	Records *Records          // of the multiset to gather; nil: none
	Gather  privacy.GatherKey // of the records
	Cohorts []Cohort          // whose companies are counted
	Key     Key               // of the checksum to gather
	Vector  encode.Vector

	// From and To say which part of the publication's work this walk is, as
	// fractions of it, for reports of progress; they stay on this machine. After a
	// walk to less than 1 another one follows.
	From, To float64
}

// Cohort is the companies whose row has Value at Column; all for Column −1.
type Cohort struct {
	Column int
	Value  uint8
}

// Panel is where the responses of one publication are. A walk over them sees
// every response once, in any order, and comes to the same Part each time. It
// ends promptly, with the error of the context, when that is done.
type Panel interface {
	Walk(ctx context.Context, walk *Walk) (*Part, error)
}

// wireWalk is a Walk with the vector as bytes.
type wireWalk struct {
	Walk   plainWalk
	Vector []byte
}

// plainWalk is a Walk without methods and without its vector.
type plainWalk struct {
	Stride     int
	Attributes []int
	Answers    int
	Records    *Records
	Gather     [32]byte
	Cohorts    []Cohort
	Key        Key
}

// MarshalBinary writes the walk for another machine.
func (w *Walk) MarshalBinary() ([]byte, error) {
	vector, err := encode.MarshalVector(w.Vector)
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	plain := plainWalk{w.Stride, w.Attributes, w.Answers, w.Records, w.Gather, w.Cohorts, w.Key}
	err = gob.NewEncoder(&data).Encode(wireWalk{plain, vector})
	return data.Bytes(), err
}

// UnmarshalBinary reads a walk that MarshalBinary wrote.
func (w *Walk) UnmarshalBinary(data []byte) error {
	var in wireWalk
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&in); err != nil {
		return err
	}
	vector, err := encode.UnmarshalVector(in.Vector)
	if err != nil {
		return err
	}
	p := in.Walk
	*w = Walk{
		Stride: p.Stride, Attributes: p.Attributes, Answers: p.Answers,
		Records: p.Records, Gather: p.Gather, Cohorts: p.Cohorts, Key: p.Key, Vector: vector,
	}
	return nil
}
