package beam

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

// publish tries to publish a source and returns the error; nothing may be
// charged. A plan for fewer than 40 companies makes one walk, others two.
func publish(ctx context.Context, tb testing.TB, expected int, source *responses.Source) error {
	tb.Helper()
	ledger, plan := newLedger(tb, privacy.SecretRoster), newPlan(tb, privacy.SecretRoster, expected)
	_, err := benchmark.Publish(ctx, ledger, plan, source)
	if err == nil {
		tb.Fatal("no error")
	}
	header, rows := panelCSV(tb, 60)
	// The account and the wave are as they were: other data can be published.
	inMemory(tb, ledger, plan, bytes.Join(append([][]byte{header}, rows...), nil))
	return err
}

// The problems of one file are those that LoadDataset lists, word for word.
func TestProblemsOfOneFile(t *testing.T) {
	header, rows := panelCSV(t, 60)
	columns := strings.Split(string(bytes.TrimSpace(header)), ",")
	broken := func(change func(cells []string)) []byte {
		cells := strings.Split(string(bytes.TrimSpace(rows[0])), ",")
		change(cells)
		return []byte(strings.Join(cells, ",") + "\n")
	}
	at := func(name string) int {
		for i, column := range columns {
			if column == name {
				return i
			}
		}
		t.Fatalf("no column %s", name)
		return 0
	}
	company, question := at("company"), at("org-01")
	for _, test := range []struct {
		name, file string
		data       [][]byte
	}{
		{"second response", "a.csv", [][]byte{header, rows[0], rows[1], rows[2], rows[1], rows[0]}},
		{"wrong cells", "a.csv", [][]byte{header, rows[1], broken(func(c []string) { c[question], c[question+1] = "6", "x" }),
			broken(func(c []string) { c[company] = "" }), []byte("one cell\n")}},
		{"second response of a row with problems", "a.csv", [][]byte{header, broken(func(c []string) { c[question] = "6" }), rows[0], rows[1],
			broken(func(c []string) { clear(c[1:]) }), broken(func(c []string) { c[question] = "7" })}},
		{"header", "a.csv", [][]byte{[]byte("company,org-01\n"), rows[0]}},
		{"no header", "a.csv", nil},
		{"many problems", "a.csv", append([][]byte{header, rows[0]}, func() (more [][]byte) {
			for i := range 30 {
				more = append(more, broken(func(c []string) { c[company], c[question] = fmt.Sprint(i), "7" }), rows[0])
			}
			return more
		}()...)},
		{"JSON Lines", "a.jsonl", [][]byte{[]byte(`{"company": "x", "scores": {"org-01": 9, "none": 1}}` + "\n{\n\n" + `{"company": "x", "scores": {}}`)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(write(t, map[string][]byte{test.file: bytes.Join(test.data, nil)}), test.file)
			_, want := responses.Load(context.Background(), instrument.JSP(), path)
			got := publish(context.Background(), t, 20, Files(instrument.JSP(), options, path))
			wrong, ok := errors.AsType[*input.Error](got)
			if want == nil || !ok || wrong.Error() != want.Error() {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
}

// Files that no worker can read are refused by name, before a pipeline is run:
// the job reads the canonical form alone.
func TestFilesOfOtherKinds(t *testing.T) {
	never := Options{Run: func(context.Context, *beam.Pipeline) error { return errors.New("a pipeline is run") }}
	for name, want := range map[string]string{
		"a.dat": expectEnding, "a": expectEnding, "a.csv.gz": expectUnpacked, "a.jsonl.zst": expectUnpacked, "a.parquet": expectSheets, "A.XLSX": expectTable,
	} {
		path := filepath.Join(write(t, map[string][]byte{name: []byte("company,org-01\n"), "b.csv": nil}), "*")
		got := publish(context.Background(), t, 20, Files(instrument.JSP(), never, path))
		wrong, ok := errors.AsType[*input.Error](got)
		if !ok || filepath.Base(wrong.File) != name || len(wrong.Problems) != 1 || wrong.Problems[0].Expected != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	folder := write(t, map[string][]byte{"a.csv.gz": nil, "b.parquet": nil, "c.csv": nil})
	got := publish(context.Background(), t, 20, Files(instrument.JSP(), never, filepath.Join(folder, "*")))
	if !strings.Contains(got.Error(), "a.csv.gz: "+"expected "+expectUnpacked) || !strings.Contains(got.Error(), "b.parquet: expected "+expectSheets) {
		t.Errorf("two files: got %v", got)
	}
}

// A company in two files is found, whichever workers read them, and is not named.
func TestSecondResponseInAnotherFile(t *testing.T) {
	header, rows := panelCSV(t, 60)
	folder := write(t, map[string][]byte{
		"1.csv": bytes.Join([][]byte{header, rows[0], rows[1]}, nil),
		"2.csv": bytes.Join([][]byte{header, rows[2], rows[3], rows[1]}, nil),
		"3.csv": bytes.Join([][]byte{header, rows[1]}, nil),
	})
	err := publish(context.Background(), t, 20, Files(instrument.JSP(), options, filepath.Join(folder, "*.csv")))
	one, two, three := filepath.Join(folder, "1.csv"), filepath.Join(folder, "2.csv"), filepath.Join(folder, "3.csv")
	want := "publish wave w: " +
		two + ":4: company: expected one response a company; line 3 of " + one + " has the first\n" +
		three + ":2: company: expected one response a company; line 3 of " + one + " has the first"
	if err.Error() != want {
		t.Errorf("got  %v\nwant %v", err, want)
	}
}

// A source that changes between the walks is an error.
func TestChangedFile(t *testing.T) {
	header, rows := panelCSV(t, 60)
	file := bytes.Join(append([][]byte{header}, rows...), nil)
	path := filepath.Join(write(t, map[string][]byte{"a.csv": file}), "a.csv")
	runs := 0
	changing := Options{Run: func(ctx context.Context, p *beam.Pipeline) error {
		if runs++; runs == 2 {
			cells := bytes.Split(bytes.TrimSpace(rows[7]), []byte(","))
			last := &cells[len(cells)-1]
			if *last = []byte("0"); bytes.HasSuffix(bytes.TrimSpace(rows[7]), []byte(",0")) {
				*last = []byte("1")
			}
			changed := bytes.Replace(file, rows[7], append(bytes.Join(cells, []byte(",")), '\n'), 1)
			if err := os.WriteFile(path, changed, 0o600); err != nil {
				return err
			}
		}
		return inProcess(ctx, p)
	}}
	if err := publish(context.Background(), t, 60, Files(instrument.JSP(), changing, path)); !errors.Is(err, responses.ErrChanged) {
		t.Errorf("got %v, want %v", err, responses.ErrChanged)
	}
}

// Errors of the runner, of files and of options are passed on.
func TestFailures(t *testing.T) {
	header, rows := panelCSV(t, 60)
	path := filepath.Join(write(t, map[string][]byte{"a.csv": bytes.Join(append([][]byte{header}, rows...), nil)}), "a.csv")
	broken := errors.New("the cluster is on fire")
	for _, test := range []struct {
		name    string
		options Options
		pattern string
		want    string
	}{
		{"runner", Options{Run: func(context.Context, *beam.Pipeline) error { return broken }}, path, broken.Error()},
		{"no runner", Options{}, path, "Options.Run is not set"},
		{"runner that does nothing", Options{Run: func(context.Context, *beam.Pipeline) error { return nil }}, path, "the job left no result"},
		{"no rows", options, filepath.Join(write(t, map[string][]byte{"a.csv": header}), "*.csv"), "expected at least one response"},
		{"missing file", options, path + ".csv", "expected at least one file"},
		{"unknown file system", options, "nowhere://a.csv", `file system scheme "nowhere" not registered`},
		{"unknown key", Options{Run: inProcess, Key: "none"}, path, `no key "none" is registered`},
		{"short key", Options{Run: inProcess, Key: "short"}, path, `key "short" has fewer than 32 bytes`},
		{"failing key", Options{Run: inProcess, Key: "failing"}, path, "no secret today"},
		{"key of the driver alone", Options{Run: inProcess, Key: "driver"}, path, "cannot be opened"},
		{"async", options, path, "--async"},
	} {
		t.Run(test.name, func(t *testing.T) {
			driverKey.Store(0)
			if test.name == "async" {
				if err := setFlag("async", "true"); err != nil {
					t.Fatal(err)
				}
				defer setFlag("async", "false")
			}
			err := publish(context.Background(), t, 20, Files(instrument.JSP(), test.options, test.pattern))
			if !strings.Contains(err.Error(), test.want) || len(err.Error()) > 300 {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// The text of a failure is the last cause that a runner names; the error is the
// whole.
func TestCause(t *testing.T) {
	for text, want := range map[string]string{
		"no cause at all\n": "no cause at all",
		"\tPlan[1]:\n1: ParDo\nfailed\n\tcaused by:\nsource failed\n\tcaused by:\nthe disk is full\n": "the disk is full",
		"failed\n\tcaused by:\n":  "failed\n\tcaused by:",
		strings.Repeat("ä", 3000): strings.Repeat("ä", mostCause/2) + "…",
	} {
		if got := cause(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	whole := errors.New("a\n\tcaused by:\nb")
	if err := error(&failure{whole}); err.Error() != "beam: the pipeline failed: b" || !errors.Is(err, whole) {
		t.Errorf("got %v", err)
	}
}

// driverKey counts the calls of the key "driver".
var driverKey atomic.Int64

func init() {
	RegisterKey("short", func(context.Context) ([]byte, error) { return make([]byte, 31), nil })
	RegisterKey("failing", func(context.Context) ([]byte, error) { return nil, errors.New("no secret today") })
	RegisterKey("good", func(context.Context) ([]byte, error) { return bytes.Repeat([]byte{7}, 32), nil })
	// Another secret each time, as if the workers had a key of their own.
	RegisterKey("driver", func(context.Context) ([]byte, error) {
		return bytes.Repeat([]byte{byte(driverKey.Add(1))}, 32), nil
	})
}

// A publication that is cancelled ends promptly, with the error of its context.
func TestCancel(t *testing.T) {
	header, rows := panelCSV(t, 60)
	var file bytes.Buffer
	file.Write(header)
	for i := range 5000 {
		for _, row := range rows {
			fmt.Fprintf(&file, "%d-%s", i, row)
		}
	}
	path := filepath.Join(write(t, map[string][]byte{"a.csv": file.Bytes()}), "a.csv")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stopping := Options{Run: func(ctx context.Context, p *beam.Pipeline) error {
		time.AfterFunc(100*time.Millisecond, cancel)
		return inProcess(ctx, p)
	}}
	start := time.Now()
	if err := publish(ctx, t, 20, Files(instrument.JSP(), stopping, path)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	running := func() (n int) {
		drivers.Range(func(any, any) bool { n++; return true })
		return n
	}
	for running() > 0 { // the workers of this process stop as well
		if time.Since(start) > 20*time.Second {
			t.Fatal("the job goes on")
		}
		time.Sleep(10 * time.Millisecond)
	}
}
