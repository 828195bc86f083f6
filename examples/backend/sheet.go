package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// maxBody is the largest size of a request, in bytes: room for a thousand
// questions.
const maxBody = 128 << 10

// sheet is what a member hands in, and what is stored of it.
type sheet struct {
	Attributes map[string]string `json:"attributes"` // value id by attribute id
	Scores     map[string]int    `json:"scores"`     // level by question id; none: no answer
}

// Values that stand for an impossible answer, so that responses.New reports it
// with all other problems.
const (
	wrongLevel = math.MinInt // on no scale
	wrongText  = "\x00"      // no value of any attribute
)

// readSheet reads the sheet of a request, a form or JSON. Its errors are
// problems; the sheet is still to be checked.
func (s *server) readSheet(r *http.Request) (sheet, error) {
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch mediaType {
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return sheet{}, unreadable(err, "a form")
		}
		return s.formSheet(r.PostForm), nil
	case "multipart/form-data":
		own, err := openSheet(r, "file", s.instrument)
		if errors.Is(err, http.ErrMissingFile) {
			err = badRequest(expectSheet("file"))
		}
		return own, err
	case "application/json":
		body, err := readObject(r, expectJSON)
		if err != nil {
			return sheet{}, err
		}
		return s.jsonSheet(body)
	}
	return sheet{}, errMediaType
}

func expectSheet(field string) expected {
	return expected{field, "a sheet that was downloaded here, or one row of a table with its head, as .json or .csv"}
}

// openSheet reads a file of a form: a sheet as [compare.Parse] reads it, which is
// what download gave; http.ErrMissingFile if there is none.
func openSheet(r *http.Request, field string, in *instrument.Instrument) (sheet, error) {
	if err := r.ParseMultipartForm(maxBody); err != nil { // nothing of so little goes to the disk
		return sheet{}, unreadable(err, "a form with a file")
	}
	file, header, err := r.FormFile(field)
	if err != nil {
		return sheet{}, http.ErrMissingFile
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return sheet{}, unreadable(err, "a form with a file")
	}
	own, err := compare.Parse(in, "sheet"+strings.ToLower(path.Ext(header.Filename)), data)
	if problems, ok := errors.AsType[*input.Error](err); ok {
		return sheet{}, badAnswers(problems)
	}
	if err != nil {
		return sheet{}, badRequest(expectSheet(field))
	}
	return sheet{own.Attributes, own.Scores}, nil
}

const expectJSON = "one JSON object with the objects attributes and scores, and every key once"

// unreadable is the problem of a body that cannot be read.
func unreadable(err error, want string) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return errTooLarge
	}
	return badRequest(expected{Expected: want})
}

// formSheet reads the fields of the form: ids of attributes and questions
// never coincide. A doubled field is a wrong one.
func (s *server) formSheet(form url.Values) sheet {
	sheet := sheet{map[string]string{}, map[string]int{}}
	for _, attribute := range s.spec.Attributes {
		if text := one(form[attribute.ID]); text != "" {
			sheet.Attributes[attribute.ID] = text
		}
		delete(form, attribute.ID)
	}
	for id, values := range form { // the rest: responses.New knows the questions
		if text := one(values); text != "" {
			sheet.Scores[id] = s.level(text)
		}
	}
	return sheet
}

// one is the value of a field that is given once.
func one(values []string) string {
	switch len(values) {
	case 0:
		return ""
	case 1:
		return values[0]
	}
	return wrongText
}

// level is the level of a text, or wrongLevel.
func (s *server) level(text string) int {
	if level, ok := s.levels[text]; ok {
		return level
	}
	return wrongLevel
}

// jsonSheet reads {"attributes": {…}, "scores": {…}}; null is no answer.
func (s *server) jsonSheet(body object) (sheet, error) {
	sheet := sheet{map[string]string{}, map[string]int{}}
	parts := map[string]object{"attributes": {}, "scores": {}}
	for key, value := range body {
		part, ok := parts[key]
		if !ok || json.Unmarshal(value, &part) != nil {
			return sheet, badRequest(expected{Expected: expectJSON})
		}
		parts[key] = part
	}
	for id, value := range parts["attributes"] {
		var text string
		if json.Unmarshal(value, &text) != nil {
			text = wrongText
		}
		if text != "" {
			sheet.Attributes[id] = text
		}
	}
	for id, value := range parts["scores"] {
		if string(value) != "null" {
			sheet.Scores[id] = s.level(string(value))
		}
	}
	return sheet, nil
}

// response is a sheet as the library takes it, or a problem.
func (s *server) response(company string, sheet sheet) (responses.Response, error) {
	response, err := responses.New(s.instrument, company, sheet.Attributes, sheet.Scores)
	if problems, ok := errors.AsType[*input.Error](err); ok {
		return response, badAnswers(problems)
	}
	return response, err
}

// unfinished is the problem of a sheet that may be without answers yet.
func (s *server) unfinished(own sheet) error {
	if len(own.Scores) == 0 {
		own.Scores = map[string]int{s.spec.Domains[0].Questions[0].ID: s.spec.On(0).Scale[0].Level}
	}
	_, err := s.response("member", own)
	return err
}

// leftOut is the number of answers and attributes of earlier that s lacks.
func (s sheet) leftOut(earlier sheet) (n int) {
	for id := range earlier.Attributes {
		if _, ok := s.Attributes[id]; !ok {
			n++
		}
	}
	for id := range earlier.Scores {
		if _, ok := s.Scores[id]; !ok {
			n++
		}
	}
	return n
}

// over is s with what it lacks of earlier.
func (s sheet) over(earlier sheet) sheet {
	merged := sheet{maps.Clone(earlier.Attributes), maps.Clone(earlier.Scores)}
	if merged.Attributes == nil {
		merged.Attributes = map[string]string{}
	}
	if merged.Scores == nil {
		merged.Scores = map[string]int{}
	}
	maps.Copy(merged.Attributes, s.Attributes)
	maps.Copy(merged.Scores, s.Scores)
	return merged
}

// object is a JSON object whose keys are all different. Encoding/json by itself
// takes the last of several values, which need not be what the member meant.
type object map[string]json.RawMessage

// readObject reads the body of a request as one JSON object.
func readObject(r *http.Request, want string) (body object, err error) {
	data, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(data, &body)
	}
	if err != nil {
		return nil, unreadable(err, want)
	}
	return body, nil
}

var errObject = errors.New("not an object with every key once")

// UnmarshalJSON reads an object, and refuses null.
func (o *object) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return errObject
	}
	*o = object{}
	for decoder.More() {
		token, err := decoder.Token()
		key, ok := token.(string)
		if _, doubled := (*o)[key]; err != nil || !ok || doubled {
			return errObject
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return errObject
		}
		(*o)[key] = value
	}
	return nil
}
