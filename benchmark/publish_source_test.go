package benchmark_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// texts is a source that gives one text after the other; the last one again
// and again. It counts how often it was opened.
type texts struct {
	list   []string
	opened int
}

// nothingKept makes a publication read a source again for its second walk.
var nothingKept = responses.Options{Keep: -1}

func (s *texts) open() (io.ReadCloser, error) {
	text := s.list[min(s.opened, len(s.list)-1)]
	s.opened++
	return io.NopCloser(strings.NewReader(text)), nil
}

// panelCSV is a made-up panel as CSV.
func panelCSV(tb testing.TB, in *instrument.Instrument, panel synthetic.Panel) string {
	tb.Helper()
	var file bytes.Buffer
	if err := synthetic.WriteCSV(&file, in, panel); err != nil {
		tb.Fatal(err)
	}
	return file.String()
}

// shuffled is a CSV file with its rows in another order.
func shuffled(file string, seed uint64) string {
	lines := strings.SplitAfter(file, "\n")
	rows := lines[1 : len(lines)-1]
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return strings.Join(lines, "")
}

// publishSource publishes a source with the publication's plan.
func (p publishing) publishData(tb testing.TB, ctx context.Context, ledger privacy.Ledger, data responses.Data) (*publication.Release, error) {
	tb.Helper()
	if err := ledger.OpenAccount(tb.Context(), p.account); err != nil {
		tb.Fatal(err)
	}
	return benchmark.Publish(ctx, ledger, p.plan(tb), data)
}

// TestSourceEqualsDataset publishes a panel from memory and from sources in
// other orders of rows, on one core and on two, with the same noise: the
// releases are the same bytes, whether the answers are kept or read again. A
// ledger that knows the data from one recognises them from the other, in one walk.
func TestSourceEqualsDataset(t *testing.T) {
	t.Parallel()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		for _, companies := range []int{20, 600} {
			if testing.Short() && (companies > 20 || roster == privacy.CountedRoster) {
				continue
			}
			p := newPublication(roster)
			p.spec.ExpectedCompanies, p.panel.Companies, p.spec.Delta = companies, companies, 1e-6
			file := panelCSV(t, p.in, p.panel)
			data, err := responses.NewDataset(t.Context(), p.in, p.panel.Responses(p.in))
			if err != nil {
				t.Fatal(err)
			}
			want, err := p.publishData(t, t.Context(), privacytest.NewLedger(t, 7), data)
			if err != nil {
				t.Fatal(err)
			}
			known := privacy.NewMemoryLedger()
			if _, err := p.publishData(t, t.Context(), known, data); err != nil {
				t.Fatal(err)
			}
			walks := 2
			if companies < 40 {
				walks = 1 // a small panel has no pilot
			}
			for run := range 4 {
				cores, walks, options := run%2, walks, nothingKept
				if run >= 2 {
					walks, options = 1, responses.Options{}
				}
				runtime.GOMAXPROCS(cores + 1)
				opener := &texts{list: []string{shuffled(file, uint64(cores))}}
				source := responses.NewSource(p.in, responses.CSV, opener.open, options)
				got, err := p.publishData(t, t.Context(), privacytest.NewLedger(t, 7), source)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got.Bytes(), want.Bytes()) {
					t.Errorf("%d companies, %d cores: the release of the source differs", companies, cores+1)
				}
				if opener.opened != walks {
					t.Errorf("the source was opened %d times, want %d", opener.opened, walks)
				}
				if _, err := p.publishData(t, t.Context(), known, source); err != nil {
					t.Error(err)
				}
				if opener.opened != walks+1 {
					t.Errorf("a known source was opened %d times, want once", opener.opened-walks)
				}
				if run >= 2 {
					continue // the data set has been published on as many cores
				}
				again, err := p.publishData(t, t.Context(), privacytest.NewLedger(t, 7), data)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(again.Bytes(), want.Bytes()) {
					t.Errorf("%d companies, %d cores: the release of the data set differs", companies, cores+1)
				}
			}
		}
	}
}

// TestSourceChanged changes the source between the walks. Nothing is charged:
// another plan can be published for the wave afterwards.
func TestSourceChanged(t *testing.T) {
	p := newPublication(privacy.SecretRoster)
	file := panelCSV(t, p.in, p.panel)
	lines := strings.SplitAfter(file, "\n")
	edit := func(change func(rows [][]string)) string {
		rows := make([][]string, len(lines)-1)
		for i := range rows {
			rows[i] = strings.Split(lines[i], ",")
		}
		change(rows)
		var b strings.Builder
		for _, row := range rows {
			b.WriteString(strings.Join(row, ","))
		}
		return b.String()
	}
	for name, second := range map[string]string{
		"one answer": edit(func(rows [][]string) {
			if rows[5][6] = "3"; strings.Contains(lines[5], ",3,") {
				rows[5][6] = "1"
			}
		}),
		"answers exchanged": edit(func(rows [][]string) { rows[1][0], rows[2][0] = rows[2][0], rows[1][0] }),
		"a row gone":        strings.Join(append(lines[:7:7], lines[8:]...), ""),
		"a row more":        file + strings.Replace(lines[3], "synthetic", "other", 1),
		"a row replaced":    strings.Replace(file, "synthetic-017", "other-017", 1),
		"a row twice":       file + lines[3],
		"a broken row":      file + "x\n",
		"nothing":           "",
	} {
		if testing.Short() && name != "one answer" && name != "a broken row" {
			continue // one that is read to its end, and one that is not
		}
		t.Run(name, func(t *testing.T) {
			ledger := privacy.NewMemoryLedger()
			source := responses.NewSource(p.in, responses.CSV, (&texts{list: []string{file, second}}).open, nothingKept)
			if _, err := p.publishData(t, t.Context(), ledger, source); !errors.Is(err, responses.ErrChanged) {
				t.Errorf("the error is %v, want %v", err, responses.ErrChanged)
			}
			q := p
			q.spec.Epsilon, q.spec.Statistics = 3, []string{"scores"} // which are soon published
			if _, err := q.publish(t, ledger); err != nil {
				t.Errorf("publishing afterwards: %v", err)
			}
		})
	}
}

// TestSourceProblems holds the problems of a source against those of the same
// file in memory: second responses and others, in the order of the lines, at
// most twenty.
func TestSourceProblems(t *testing.T) {
	t.Parallel()
	p := newPublication(privacy.SecretRoster)
	p.panel.Companies = 60
	file := panelCSV(t, p.in, p.panel)
	lines := strings.SplitAfter(file, "\n")
	rapid.Check(t, func(rt *rapid.T) {
		var text strings.Builder
		text.WriteString(lines[0])
		for range rapid.IntRange(0, 60).Draw(rt, "rows") {
			row := lines[rapid.IntRange(1, 60).Draw(rt, "company")]
			switch rapid.IntRange(0, 9).Draw(rt, "kind") {
			case 0:
				row = "x" + row[strings.Index(row, ","):]
			case 1:
				row = row[:len(row)-2] + "9\n"
			case 2:
				row = "\n" + row
			case 3:
				row = row[:strings.Index(row, ",")] + "\n"
			}
			text.WriteString(row)
		}
		path := filepath.Join(t.TempDir(), "answers.csv")
		if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
			rt.Fatal(err)
		}
		_, want := responses.Load(t.Context(), p.in, path)
		source, err := responses.Open(p.in, path)
		if err != nil {
			rt.Fatal(err)
		}
		_, got := p.publishData(t, t.Context(), privacy.NewMemoryLedger(), source)
		var wanted, problems *input.Error
		if errors.As(want, &wanted) != errors.As(got, &problems) {
			rt.Fatalf("the source: %v; in memory: %v", got, want)
		}
		if diff := cmp.Diff(wanted, problems); diff != "" {
			rt.Errorf("problems (-in memory +of the source):\n%s", diff)
		}
	})
}

// TestSourceProblemsFarApart has problems at both ends of a file that several cores
// read, and a company in both: they are those of the same file in memory.
func TestSourceProblemsFarApart(t *testing.T) {
	p := newPublication(privacy.SecretRoster)
	p.panel.Companies = 60
	lines := strings.SplitAfter(strings.TrimSuffix(panelCSV(t, p.in, p.panel), "\n"), "\n")
	var text strings.Builder
	text.WriteString(lines[0])
	for i := range 30_000 {
		row := fmt.Sprintf("c%d,%s\n", i, strings.SplitN(strings.TrimSpace(lines[1+i%60]), ",", 2)[1])
		switch i {
		case 3, 17_000, 29_990:
			row = "x,y\n"
		case 9:
			row = strings.Replace(row, "c9,", "\"c\n9\",", 1) // the lines after it are one further
		case 29_995, 15_000:
			row = strings.Replace(row, fmt.Sprintf("c%d,", i), "c7,", 1)
		}
		text.WriteString(row)
	}
	path := filepath.Join(t.TempDir(), "answers.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	_, want := responses.Load(t.Context(), p.in, path)
	source, err := responses.Open(p.in, path)
	if err != nil {
		t.Fatal(err)
	}
	_, got := p.publishData(t, t.Context(), privacy.NewMemoryLedger(), source)
	wanted, _ := errors.AsType[*input.Error](want)
	problems, _ := errors.AsType[*input.Error](got)
	if diff := cmp.Diff(wanted, problems); diff != "" || len(wanted.Problems) != 5 {
		t.Errorf("problems (-in memory +of the source):\n%s", diff)
	}
}

// TestSourceErrors fails to open, and to read, in either walk.
func TestSourceErrors(t *testing.T) {
	p := newPublication(privacy.SecretRoster)
	file := panelCSV(t, p.in, p.panel)
	gone := errors.New("gone")
	for walk := 1; walk <= 2; walk++ {
		for name, failing := range map[string]func() (io.ReadCloser, error){
			"open": func() (io.ReadCloser, error) { return nil, gone },
			"read": func() (io.ReadCloser, error) {
				return io.NopCloser(io.MultiReader(strings.NewReader(file), errorReader{gone})), nil
			},
		} {
			opened := 0
			source := responses.NewSource(p.in, responses.CSV, func() (io.ReadCloser, error) {
				if opened++; opened == walk {
					return failing()
				}
				return io.NopCloser(strings.NewReader(file)), nil
			}, nothingKept)
			if _, err := p.publishData(t, t.Context(), privacy.NewMemoryLedger(), source); !errors.Is(err, gone) {
				t.Errorf("%s in walk %d: the error is %v, want %v", name, walk, err, gone)
			}
		}
	}
	for _, path := range []string{"answers.xlsx", "missing.csv", t.TempDir() + "/folder.csv"} {
		if strings.HasSuffix(path, "folder.csv") {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := responses.Open(p.in, path); err == nil {
			t.Errorf("%s is opened", path)
		}
	}
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }

// TestSourceCancelled cancels in either walk of a source that never ends.
func TestSourceCancelled(t *testing.T) {
	p := newPublication(privacy.SecretRoster)
	file := panelCSV(t, p.in, p.panel)
	for walk := 1; walk <= 2; walk++ {
		ctx, cancel := context.WithCancel(t.Context())
		opened, ledger := 0, privacy.NewMemoryLedger()
		source := responses.NewSource(p.in, responses.CSV, func() (io.ReadCloser, error) {
			if opened++; opened == walk {
				return io.NopCloser(io.MultiReader(strings.NewReader(file), &endless{cancel: cancel})), nil
			}
			return io.NopCloser(strings.NewReader(file)), nil
		}, nothingKept)
		if _, err := p.publishData(t, ctx, ledger, source); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled in walk %d: the error is %v, want %v", walk, err, context.Canceled)
		}
		q := p
		q.spec.Epsilon = 3
		if _, err := q.publish(t, ledger); err != nil {
			t.Errorf("publishing afterwards: %v", err)
		}
	}
}

// endless gives blank lines for ever; the tenth look at it cancels.
type endless struct {
	reads  int
	cancel func()
}

func (e *endless) Read(p []byte) (int, error) {
	if e.reads++; e.reads == 10 {
		e.cancel()
	}
	for i := range p {
		p[i] = '\n'
	}
	return len(p), nil
}

// TestProgress hears of the bytes that are read: it rises to 1, in steps that do
// not count the companies.
func TestProgress(t *testing.T) {
	p := newPublication(privacy.SecretRoster)
	p.panel.Companies, p.spec.ExpectedCompanies = 3000, 3000
	path := filepath.Join(t.TempDir(), "answers.csv")
	if err := os.WriteFile(path, []byte(panelCSV(t, p.in, p.panel)), 0o600); err != nil {
		t.Fatal(err)
	}
	var heard []float64
	progress := func(fraction float64) { heard = append(heard, fraction) }
	options := responses.Options{Progress: progress}
	check := func(what string) {
		t.Helper()
		if len(heard) < 2 || heard[len(heard)-1] != 1 || len(heard) > 2010 {
			t.Errorf("%s: %d steps, expected up to 2000, the last one 1", what, len(heard))
		}
		for i, f := range heard {
			if f < 0 || f > 1 || i > 0 && f < heard[i-1] {
				t.Errorf("%s: step %d is %v after %v", what, i, f, heard[max(i-1, 0)])
			}
		}
		heard = nil
	}
	if _, err := responses.Load(t.Context(), p.in, path, options); err != nil {
		t.Fatal(err)
	}
	check("loading")
	var source *responses.Source
	for _, keep := range []int64{-1, 40_000, 0} {
		var err error
		if source, err = responses.Open(p.in, path, responses.Options{Progress: progress, Keep: keep}); err != nil {
			t.Fatal(err)
		}
		if _, err := p.publishData(t, t.Context(), privacy.NewMemoryLedger(), source); err != nil {
			t.Fatal(err)
		}
		check(fmt.Sprintf("publishing with %d kept", keep))
	}
	if text := fmt.Sprintf("%v %+v %s", source, source, source); text != "sealed sealed sealed" {
		t.Errorf("a source prints %q", text)
	}
}
