package compare

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

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
)

// Own is a company's own answer sheet in the open, for [NewStanding]. It
// belongs on the company's own machine: unlike a [responses.Response] it prints.
type Own struct {
	Attributes map[string]string `json:"attributes,omitempty"` // value id by attribute id: which cohorts to compare with, beside all
	Scores     map[string]int    `json:"scores"`               // level of the question's scale by its id; a question that is absent was not answered
}

// Load reads the answer sheet of one company from a file: a table with one
// row if its name ends in .csv (see [responses.ReadCSV]), one object if it ends
// in .json, .jsonl or .ndjson (see [responses.ReadJSONL]). It is the file that
// the company handed in. A file with two sheets is an error.
func Load(in *instrument.Instrument, path string) (Own, error) {
	data, err := specfile.ReadFile(path, specfile.MaxFileSize)
	if err != nil {
		return Own{}, err
	}
	return Parse(in, path, data)
}

// Parse is [Load] for data in memory; name stands for the file in errors,
// and its extension says what the data are.
func Parse(in *instrument.Instrument, name string, data []byte) (Own, error) {
	var read func(io.Reader) iter.Seq2[responses.Response, error]
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		read = func(r io.Reader) iter.Seq2[responses.Response, error] { return responses.ReadCSV(in, r) }
	case ".json", ".jsonl", ".ndjson":
		read = func(r io.Reader) iter.Seq2[responses.Response, error] { return responses.ReadJSONL(in, r) }
		var line bytes.Buffer
		if json.Compact(&line, data) == nil { // one object, which may fill several lines
			data = line.Bytes()
		}
	default:
		return Own{}, input.FileError(name, "a file name that ends in .csv, .json, .jsonl or .ndjson")
	}
	var sheets []*intake.Sheet
	var problems []input.Problem // of the first row with any
	for r, err := range read(bytes.NewReader(data)) {
		wrong, ok := errors.AsType[*input.Error](err)
		if err != nil && !ok {
			return Own{}, err
		}
		if err == nil {
			sheets = append(sheets, intake.Open(r))
		} else if len(problems) == 0 || wrong.Problems[0].Line == problems[0].Line {
			problems = append(problems, wrong.Problems...)
		}
	}
	if len(problems) > 0 {
		return Own{}, input.NewError(name, problems)
	}
	if len(sheets) != 1 {
		return Own{}, input.FileError(name, "the answers of one company")
	}
	return ownOf(in.Spec(), sheets[0]), nil
}

// ownOf opens a sheet.
//
// Privacy: the only caller reads the sheet from a file that holds nothing else,
// for the company that it belongs to. Sheets of a [responses.Dataset] never come here.
func ownOf(asked instrument.Spec, s *intake.Sheet) Own {
	questions, places := asked.Questions(), places(asked)
	own := Own{Scores: map[string]int{}}
	for a, value := range s.Attributes {
		if value > 0 {
			if own.Attributes == nil {
				own.Attributes = map[string]string{}
			}
			attribute := asked.Attributes[a]
			own.Attributes[attribute.ID] = attribute.Values[value-1].ID
		}
	}
	for q, code := range s.Scores {
		if code > 0 {
			domain := asked.DomainOf(q)
			own.Scores[questions[q].ID] = asked.On(domain).Scale[places[domain][code-1]].Level
		}
	}
	return own
}

// levels are the levels' numbers from 0, one a question, −1 for no answer. The
// error is that of [responses.New].
func (o Own) levels(in *instrument.Instrument) ([]int, error) {
	r, err := responses.New(in, "own", o.Attributes, o.Scores)
	if err != nil {
		return nil, err
	}
	asked, scores := in.Spec(), intake.Open(r).Scores
	levels, places := make([]int, len(scores)), places(asked)
	for q, code := range scores {
		if levels[q] = -1; code > 0 {
			levels[q] = places[asked.DomainOf(q)][code-1]
		}
	}
	return levels, nil
}

// places are the levels, from 0, that the domains have at the places of the axis.
func places(asked instrument.Spec) []map[uint8]int {
	levels, _, _ := asked.Axis()
	list := make([]map[uint8]int, len(levels))
	for d, own := range levels {
		list[d] = map[uint8]int{}
		for level, place := range own {
			list[d][uint8(place)] = level
		}
	}
	return list
}

// cohorts are the ids of the cohorts that the company is in.
func (o Own) cohorts() []string {
	ids := []string{publication.AllCohort}
	for _, id := range slices.Sorted(maps.Keys(o.Attributes)) {
		ids = append(ids, id+"="+strings.TrimSpace(o.Attributes[id]))
	}
	return ids
}
