package responses_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"testing"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
)

// benchCompanies is the size of the files that the benchmarks read.
const benchCompanies = 5_000

// BenchmarkCSV compares the intake of a CSV file, down to the packed data set,
// with encoding/csv reading the same bytes and throwing them away.
func BenchmarkCSV(b *testing.B) {
	for _, form := range []struct {
		name string
		data []byte
	}{{"plain", csvFile(b, false)}, {"quoted", csvFile(b, true)}} {
		b.Run(form.name, func(b *testing.B) {
			beside(b, form.data, bareCSV, func(data []byte) error {
				in := instrument.JSP()
				_, err := responses.NewDataset(context.Background(), in, responses.ReadCSV(in, bytes.NewReader(data)))
				return err
			})
		})
	}
}

// BenchmarkJSONL compares the intake of a JSON Lines file with encoding/json
// decoding the same lines into a struct with maps.
func BenchmarkJSONL(b *testing.B) {
	beside(b, jsonFile(b), bareJSON, func(data []byte) error {
		in := instrument.JSP()
		_, err := responses.NewDataset(context.Background(), in, responses.ReadJSONL(in, bytes.NewReader(data)))
		return err
	})
}

// beside runs the bare decoder and the intake in turn and reports the speed of
// the intake as a share of the bare decoder's. Each is the fastest of its runs.
func beside(b *testing.B, data []byte, bare, intake func([]byte) error) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	bareTime, intakeTime := time.Hour, time.Hour
	for b.Loop() {
		bareTime = min(bareTime, timed(b, data, bare))
		intakeTime = min(intakeTime, timed(b, data, intake))
	}
	b.ReportMetric(bareTime.Seconds()/intakeTime.Seconds(), "x-bare")
	b.ReportMetric(float64(intakeTime.Nanoseconds())/benchCompanies, "ns/company")
}

func timed(b *testing.B, data []byte, run func([]byte) error) time.Duration {
	start := time.Now()
	if err := run(data); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func bareCSV(data []byte) error {
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// jsonSheet is a line of a JSON Lines file.
type jsonSheet struct {
	Company    string            `json:"company"`
	Attributes map[string]string `json:"attributes"`
	Scores     map[string]int    `json:"scores"`
}

func bareJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	for {
		var sheet jsonSheet
		if err := decoder.Decode(&sheet); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// csvFile is a synthetic panel as CSV, every cell quoted on demand.
func csvFile(tb testing.TB, quoted bool) []byte {
	var file bytes.Buffer
	if err := synthetic.WriteCSV(&file, instrument.JSP(), synthetic.NewPanel(benchCompanies, 1)); err != nil {
		tb.Fatal(err)
	}
	if !quoted {
		return file.Bytes()
	}
	text := bytes.ReplaceAll(file.Bytes(), []byte(","), []byte(`","`))
	text = bytes.ReplaceAll(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"), []byte("\"\n\""))
	return fmt.Appendf(nil, "\"%s\"\n", text)
}

// jsonFile is the same panel as JSON Lines.
func jsonFile(tb testing.TB) []byte {
	in := instrument.JSP()
	sample, err := synthetic.NewSample(in, synthetic.NewPanel(benchCompanies, 1))
	if err != nil {
		tb.Fatal(err)
	}
	var file bytes.Buffer
	encoder := json.NewEncoder(&file)
	for i := range sample.Levels {
		if err := encoder.Encode(sheetOf(in.Spec(), sample, i)); err != nil {
			tb.Fatal(err)
		}
	}
	return file.Bytes()
}

// sheetOf is a made-up sheet as a backend would hold it.
func sheetOf(spec instrument.Spec, sample *synthetic.Sample, i int) jsonSheet {
	sheet := jsonSheet{fmt.Sprintf("synthetic-%05d", i+1), map[string]string{}, map[string]int{}}
	for a, v := range sample.Attributes[i] {
		if v >= 0 {
			sheet.Attributes[spec.Attributes[a].ID] = spec.Attributes[a].Values[v].ID
		}
	}
	q := 0
	for _, domain := range spec.Domains {
		for _, question := range domain.Questions {
			if level := sample.Levels[i][q]; level >= 0 {
				sheet.Scores[question.ID] = spec.Scale[level].Level
			}
			q++
		}
	}
	return sheet
}
