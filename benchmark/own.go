package benchmark

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Own is a company's own answer sheet in the open, for [Release.Compare]. It
// belongs on the company's own machine: unlike a [Response] it prints.
type Own struct {
	Attributes map[string]string `json:"attributes,omitempty"` // value id by attribute id: which cohorts to compare with, beside all
	Scores     map[string]int    `json:"scores"`               // level of the scale by question id; a question that is absent was not answered
}

// LoadOwn reads the answer sheet of one company from a file: a table with one
// row if its name ends in .csv (see [Instrument.ReadCSV]), one object if it ends
// in .json, .jsonl or .ndjson (see [Instrument.ReadJSONL]). It is the file that
// the company handed in. Two sheets are an error.
func LoadOwn(in *Instrument, path string) (Own, error) {
	data, err := readFile(path, maxFileSize)
	if err != nil {
		return Own{}, err
	}
	return ParseOwn(in, path, data)
}

// ParseOwn is [LoadOwn] for data in memory; name stands for the file in errors,
// and its extension says what the data are.
func ParseOwn(in *Instrument, name string, data []byte) (Own, error) {
	var read func(io.Reader) iter.Seq2[Response, error]
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		read = in.ReadCSV
	case ".json", ".jsonl", ".ndjson":
		read = in.ReadJSONL
		var line bytes.Buffer
		if json.Compact(&line, data) == nil { // one object, which may fill several lines
			data = line.Bytes()
		}
	default:
		return Own{}, fileError(name, "a file name that ends in .csv, .json, .jsonl or .ndjson")
	}
	var sheets []*sheet
	var problems []Problem // of the first row with any
	for r, err := range read(bytes.NewReader(data)) {
		input, ok := errors.AsType[*InputError](err)
		if err != nil && !ok {
			return Own{}, err
		}
		if err == nil {
			sheets = append(sheets, r.sheet())
		} else if len(problems) == 0 || input.Problems[0].Line == problems[0].Line {
			problems = append(problems, input.Problems...)
		}
	}
	if len(problems) > 0 {
		return Own{}, newInputError(name, problems)
	}
	if len(sheets) != 1 {
		return Own{}, fileError(name, "the answers of one company")
	}
	return in.own(sheets[0]), nil
}

// own opens a sheet.
//
// Privacy: the only caller reads the sheet from a file that holds nothing else,
// for the company that it belongs to. Sheets of a [Dataset] never come here.
func (in *Instrument) own(s *sheet) Own {
	own := Own{Scores: map[string]int{}}
	for a, value := range s.attributes {
		if value > 0 {
			if own.Attributes == nil {
				own.Attributes = map[string]string{}
			}
			attribute := in.spec.Attributes[a]
			own.Attributes[attribute.ID] = attribute.Values[value-1].ID
		}
	}
	for q, code := range s.scores {
		if code > 0 {
			own.Scores[in.questions[q].ID] = in.spec.Scale[code-1].Level
		}
	}
	return own
}

// levels are the levels' numbers from 0, one a question, −1 for no answer. The
// error is that of [Instrument.NewResponse].
func (o Own) levels(in *Instrument) ([]int, error) {
	r, err := in.NewResponse("own", o.Attributes, o.Scores)
	if err != nil {
		return nil, err
	}
	levels := make([]int, len(in.questions))
	for q, code := range r.sheet().scores {
		levels[q] = int(code) - 1
	}
	return levels, nil
}

// cohorts are the ids of the cohorts that the company is in.
func (o Own) cohorts() []string {
	ids := []string{allCohort}
	for _, id := range slices.Sorted(maps.Keys(o.Attributes)) {
		ids = append(ids, id+"="+strings.TrimSpace(o.Attributes[id]))
	}
	return ids
}
