package beam

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

// sheetsOf are the sheets of a CSV file.
func sheetsOf(tb testing.TB, file []byte) []Sheet {
	tb.Helper()
	records, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	spec := instrument.JSP().Spec()
	attributes := map[string]bool{}
	for _, attribute := range spec.Attributes {
		attributes[attribute.ID] = true
	}
	var sheets []Sheet
	for _, record := range records[1:] {
		sheet := Sheet{Attributes: map[string]string{}, Scores: map[string]int{}}
		for i, cell := range record {
			switch name := records[0][i]; {
			case name == "company":
				sheet.Company = cell
			case cell == "":
			case attributes[name]:
				sheet.Attributes[name] = cell
			default:
				if sheet.Scores[name], err = strconv.Atoi(cell); err != nil {
					tb.Fatal(err)
				}
			}
		}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// The sheets of a pipeline make the release of the same answers in a file, with a
// key that driver and workers know beforehand too.
func TestPublishSheets(t *testing.T) {
	header, rows := panelCSV(t, 120)
	file := bytes.Join(append([][]byte{header}, rows...), nil)
	sheets := sheetsOf(t, file)
	plan := newPlan(t, privacy.SecretRoster, 100, "size")
	want := inMemory(t, newLedger(t, privacy.SecretRoster), plan, file)
	for _, key := range []string{"", "good"} {
		source := Sheets(instrument.JSP(), Options{Run: inProcess, Key: key, Scratch: t.TempDir() + "/results"}, func(s beam.Scope) beam.PCollection {
			return beam.Reshuffle(s, beam.CreateList(s, sheets))
		})
		got, err := benchmark.Publish(context.Background(), newLedger(t, privacy.SecretRoster), plan, source)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Errorf("key %q: another release than on a single machine", key)
		}
	}
}

// Problems of sheets name their place, if it is known, and what was expected.
func TestProblemsOfSheets(t *testing.T) {
	good := Sheet{Company: "Secret Ltd", Scores: map[string]int{"org-01": 1}}
	for _, test := range []struct {
		name   string
		sheets []Sheet
		want   string
	}{
		{"second response", []Sheet{good, good, {Company: "Hidden AG", Scores: map[string]int{"org-01": 1}}},
			"company: expected one response a company"},
		{"second response with places", []Sheet{
			{Company: "Secret Ltd", Scores: map[string]int{"org-01": 1}, File: "table", Line: 8},
			{Company: " Secret Ltd ", Scores: map[string]int{"org-02": 2}, File: "table", Line: 3}},
			"table:8: company: expected one response a company; line 3 has the first"},
		{"unknown level", []Sheet{good, {Company: "Hidden AG", Scores: map[string]int{"org-01": 77}, Line: 4}},
			"4: org-01: expected a level from 0 to 5, or no answer"},
		{"nothing", []Sheet{{}}, "company: expected a company: a text of 1 to 200 bytes in UTF-8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := publish(context.Background(), t, 20, Sheets(instrument.JSP(), options, func(s beam.Scope) beam.PCollection {
				return beam.CreateList(s, test.sheets)
			}))
			if want := "publish wave w: " + test.want; err.Error() != want {
				t.Errorf("got  %v\nwant %v", err, want)
			}
		})
	}
}

// A pipeline that ends in something else than sheets is an error, not a panic.
func TestNoSheets(t *testing.T) {
	for _, end := range []func(beam.Scope) beam.PCollection{
		func(s beam.Scope) beam.PCollection { return beam.Create(s, 1, 2, 3) },
		func(beam.Scope) beam.PCollection { return beam.PCollection{} },
		func(s beam.Scope) beam.PCollection { return beam.ParDo(s, func(string) {}, beam.Create(s, 1)) },
	} {
		err := publish(context.Background(), t, 20, Sheets(instrument.JSP(), options, end))
		if !strings.Contains(err.Error(), "beam: the pipeline ") {
			t.Error(err)
		}
	}
}
