package responses_test

import (
	"strings"
	"testing"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/responses"

	"github.com/google/go-cmp/cmp"
)

// Every answer is read on the scale of its question, by number or by name, and stands on the
// sheet at its place on the axis: nine places in twelfths of the range, of which five levels
// have every second one.
func TestReadScales(t *testing.T) {
	in := fixture.Several()
	ids := []string{}
	for _, q := range in.Spec().Questions() {
		ids = append(ids, q.ID)
	}
	want := make([]uint8, len(ids))
	want[0], want[1], want[6], want[7], want[11], want[12], want[18] = 1, 7, 4, 9, 9, 1, 3
	cells := make([]string, len(ids))
	cells[0], cells[1], cells[6], cells[7], cells[11], cells[12], cells[18] = "1", "4", "Rather disagree", "7", "Yes", "0", "2"
	csv := "company,size," + strings.Join(ids, ",") + "\nc,small," + strings.Join(cells, ",") + "\n"
	object := `{"company": "c", "attributes": {"size": "small"}, "scores": {"` + ids[0] + `": 1, "` + ids[1] + `": "Often", "` + ids[6] + `": 3, "` + ids[7] + `": "7 - Strongly agree", "` +
		ids[11] + `": 1, "` + ids[12] + `": "No", "` + ids[18] + `": 2}}` + "\n"
	byHand, err := responses.New(in, "c", map[string]string{"size": "small"}, map[string]int{ids[0]: 1, ids[1]: 4, ids[6]: 3, ids[7]: 7, ids[11]: 1, ids[12]: 0, ids[18]: 2})
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string]responses.Response{"by hand": byHand}
	for r, err := range responses.ReadCSV(in, strings.NewReader(csv)) {
		if err != nil {
			t.Fatal(err)
		}
		sheets["csv"] = r
	}
	for r, err := range responses.ReadJSONL(in, strings.NewReader(object)) {
		if err != nil {
			t.Fatal(err)
		}
		sheets["jsonl"] = r
	}
	for name, r := range sheets {
		if diff := cmp.Diff(want, intake.Open(r).Scores); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if len(sheets) != 3 {
		t.Errorf("%d sheets", len(sheets))
	}
	records := intake.Records(in)
	for _, f := range records.Questions {
		for _, code := range want {
			if q := f.At - 1; code == want[q] && code > 0 && len(f.Codes[code-1]) == 0 {
				t.Errorf("an answer to question %d at place %d has no record", q, code)
			}
		}
	}
}

// A level of another scale is none, and the error says which levels a question has.
func TestReadScalesProblems(t *testing.T) {
	in := fixture.Several()
	for name, c := range map[string]struct {
		id    string
		level int
		want  string
	}{
		"two on yes and no":  {"inventory-1", 2, "inventory-1: expected a level from 0 to 1, or no answer"},
		"none of five":       {"reviews-1", 0, "reviews-1: expected a level from 1 to 5, or no answer"},
		"eight of agreement": {"speaking-1", 8, "speaking-1: expected a level from 1 to 7, or no answer"},
	} {
		_, err := responses.New(in, "c", nil, map[string]int{c.id: c.level})
		if wrong, ok := err.(*input.Error); !ok || len(wrong.Problems) != 1 || !strings.Contains(wrong.Problems[0].String(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	header := []string{"company", "size"}
	for _, q := range in.Spec().Questions() {
		header = append(header, q.ID)
	}
	problems := 0
	for _, err := range responses.ReadCSV(in, strings.NewReader(strings.Join(header, ",")+"\nc,small"+strings.Repeat(",6", len(header)-2)+"\n")) {
		if err != nil {
			problems++
		}
	}
	if problems != 17 { // all but the five that have seven levels
		t.Errorf("%d problems with a row of sixes, expected 17", problems)
	}
}
