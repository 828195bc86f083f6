package responses

import (
	"io"
	"iter"
	"unicode/utf8"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/table"
)

const (
	expectObject  = `one JSON object a line: {"company": "…", "attributes": {"…": "…"}, "scores": {"…": 0}}`
	expectKey     = "one of the keys company, attributes and scores"
	expectOnce    = "every key once"
	expectMembers = "a JSON object"
)

// ReadJSONL reads answer sheets from JSON Lines in UTF-8, one object a line:
//
//	{"company": "c1", "attributes": {"size": "small"}, "scores": {"org-01": 3}}
//
// The company is a string; an attribute value is a string; a score is an
// integer, a level of the scale. A missing key, null, an empty string and a
// no_answer text are no answer, or "not stated". Keys that the instrument does
// not know are problems, and so are doubled ones; a column listed under ignore
// is skipped at the top of the object. Blank lines are skipped.
//
// A line that cannot be used is yielded as an [*input.Error] with one problem,
// once for each of its problems, and reading goes on with the next line.
// Problem.Column is the character of the line, from 1, at which the problem
// starts.
// After an error of the reader the sequence ends. It can be walked once.
//
// Privacy: as [ReadCSV]; keys that the instrument does not know are
// not repeated either.
func ReadJSONL(in *instrument.Instrument, r io.Reader, options ...Options) iter.Seq2[Response, error] {
	if o := last(options); o.Mapping != nil {
		return mapped(in, o, tableOf(JSONL, r), false, nil)
	}
	return readJSONL(in, r, nil)
}

// readJSONL is ReadJSONL; take is that of rowReader.
func readJSONL(in *instrument.Instrument, r io.Reader, take func(*intake.Sheet) bool) iter.Seq2[Response, error] {
	return func(yield func(Response, error) bool) {
		if lines := table.NewLines(r); readStart(lines, yield) {
			newJSONReader(in, take).readLines(lines, yield)
		}
	}
}

// readStart looks at the first bytes. It returns false if no line can be read.
func readStart(lines *table.Lines, yield func(Response, error) bool) bool {
	expected := notText(lines)
	if expected != "" {
		yieldProblem(yield, 1, 0, "", expected)
	}
	return expected == ""
}

// readLines reads lines until the walk is over.
func (j *jsonReader) readLines(lines *table.Lines, yield func(Response, error) bool) {
	for {
		line, err := lines.Next()
		switch {
		case err == io.EOF:
			return
		case err == table.ErrLongLine:
			if !yieldProblem(yield, lines.Number, 0, "", table.ExpectShort) {
				return
			}
			continue
		case err != nil:
			yield(Response{}, readError(err))
			return
		case table.Blank(line):
			continue
		}
		j.begin(lines.Number)
		j.read(line)
		if !j.end(yield) {
			return
		}
	}
}

// jsonReader fills sheets from lines of JSON.
type jsonReader struct {
	rowReader
	cursor table.Cursor
	seen   []bool // company, attributes, scores, then every attribute and question
}

// The keys of the object, as positions in seen.
const (
	companyKey = iota
	attributesKey
	scoresKey
	keys
)

func newJSONReader(in *instrument.Instrument, take func(*intake.Sheet) bool) *jsonReader {
	r := newRowReader(in, take)
	return &jsonReader{rowReader: r, seen: make([]bool, keys+len(r.Attributes)+len(r.Questions))}
}

// note notes a problem that starts at a byte of the line, if there is one.
func (j *jsonReader) note(at int, field, expected string) {
	if expected != "" {
		column := utf8.RuneCount(j.cursor.Line[:at]) + 1
		j.problems = append(j.problems, input.Problem{Line: j.sheet.Line, Column: column, Field: field, Expected: expected})
	}
}

// read reads one line. Problems of its content are noted on the way; JSON that
// is not well-formed ends the line.
func (j *jsonReader) read(line []byte) {
	if !utf8.Valid(line) {
		j.problems = append(j.problems, input.Problem{Line: j.sheet.Line, Expected: table.ExpectUTF8})
		return
	}
	clear(j.seen)
	j.cursor.Begin(line)
	if j.cursor.Space(); j.cursor.Peek() != '{' {
		j.note(j.cursor.At, "", expectObject)
		return
	}
	if !j.cursor.Object(j.member) {
		j.note(j.cursor.At, "", "well-formed JSON")
		return
	}
	if j.cursor.Space(); j.cursor.At < len(line) {
		j.note(j.cursor.At, "", "nothing after the object")
		return
	}
	if len(j.problems) == 0 && !j.seen[companyKey] {
		j.note(0, companyColumn, codebook.ExpectCompany)
	}
}

// once notes a key that was there before.
func (j *jsonReader) once(key, at int, name string) {
	if j.seen[key] {
		j.note(at, name, expectOnce)
	}
	j.seen[key] = true
}

// member reads a member of the object: its key starts at byte at, the cursor is
// at its value.
func (j *jsonReader) member(at int, key []byte) bool {
	c := &j.cursor
	switch string(key) {
	case companyColumn:
		j.once(companyKey, at, companyColumn)
		return j.company()
	case "attributes":
		j.once(attributesKey, at, "attributes")
		return j.members("attributes", j.attribute)
	case "scores":
		j.once(scoresKey, at, "scores")
		return j.members("scores", j.score)
	}
	if !j.ignored[string(key)] {
		j.note(at, "", expectKey)
	}
	return c.Skip()
}

// company reads the value of the company.
func (j *jsonReader) company() bool {
	at := j.cursor.At
	if j.cursor.Peek() != '"' {
		j.note(at, companyColumn, codebook.ExpectCompany)
		return j.cursor.Skip()
	}
	text, ok := j.cursor.String()
	if ok {
		j.note(at, companyColumn, setCompany(j.sheet, text))
	}
	return ok
}

// members reads an object of attributes or scores; null is an empty one.
func (j *jsonReader) members(name string, member func(int, []byte) bool) bool {
	switch j.cursor.Peek() {
	case '{':
		return j.cursor.Object(member)
	case 'n':
	default:
		j.note(j.cursor.At, name, expectMembers)
	}
	return j.cursor.Skip()
}

// attribute reads a member of attributes.
func (j *jsonReader) attribute(at int, key []byte) bool {
	i, ok := j.attributeAt[string(key)]
	if !ok {
		j.note(at, "attributes", expectAttribute)
		return j.cursor.Skip()
	}
	name, value := j.Attributes[i].ID, j.cursor.At
	j.once(keys+i, at, name)
	switch j.cursor.Peek() {
	case '"':
		text, ok := j.cursor.String()
		if ok {
			j.note(value, name, j.lookup.attribute(j.sheet, i, text))
		}
		return ok
	case 'n':
	default:
		j.note(value, name, j.ExpectValue(i, codebook.Unlike))
	}
	return j.cursor.Skip()
}

// score reads a member of scores.
func (j *jsonReader) score(at int, key []byte) bool {
	i, ok := j.questionAt[string(key)]
	if !ok {
		j.note(at, "scores", expectQuestion)
		return j.cursor.Skip()
	}
	name, value := j.Questions[i].ID, j.cursor.At
	j.once(keys+len(j.Attributes)+i, at, name)
	switch c := j.cursor.Peek(); {
	case c == '-' || '0' <= c && c <= '9':
		number, ok := j.cursor.Integer()
		if !ok { // a number that is spelt in another way
			ok = j.cursor.Skip()
			number = j.cursor.Line[value:j.cursor.At]
		}
		j.note(value, name, j.answer(j.sheet, i, number))
		return ok
	case c == '"':
		text, ok := j.cursor.String()
		if ok {
			j.note(value, name, j.answer(j.sheet, i, text))
		}
		return ok
	case c != 'n':
		j.note(value, name, j.ExpectAnswer(i, codebook.Unlike))
	}
	return j.cursor.Skip()
}
