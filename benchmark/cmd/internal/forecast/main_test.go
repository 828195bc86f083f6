package forecast

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

func runIn(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Run(ctx, args, &out, &err)
	return code, out.String(), err.String()
}

// The built-in plan, whose forecast takes seconds, gets a table.
func TestFixture(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	code, first, stderr := runIn(t.Context(), "-companies", "300")
	if code != 0 || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	for _, want := range []string{"secret roster", "size=small", "300 companies:"} {
		if !strings.Contains(first, want) {
			t.Errorf("the forecast lacks %q:\n%s", want, first)
		}
	}
	for line := range strings.Lines(first) {
		if n := len([]rune(line)); n > 100 && !strings.Contains(line, "companies:") && !strings.Contains(line, "confidence") && !strings.Contains(line, "assumed") && !strings.Contains(line, "industry") && !strings.Contains(line, "Efficiency") && !strings.Contains(line, "account allows") {
			t.Errorf("a line of the table has %d characters:\n%s", n, line)
		}
	}
}

// Every size gets a table and a verdict.
func TestSizes(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	_, instrument, plan := tiny(t, `{wave: w, account: a, roster: secret, epsilon: 4, delta: 1e-6, expected_companies: 100, statistics: [scores]}`)
	code, stdout, stderr := runIn(t.Context(), "-instrument", instrument, "-plan", plan, "-companies", "17, 300")
	if code != 0 || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	few, many, found := strings.Cut(stdout, "300 companies:")
	if !found || !strings.Contains(few, "17 companies: most likely nothing is published") || !strings.Contains(many, "the report can tell the number of companies") {
		t.Errorf("the forecasts of 17 and 300 companies:\n%s", stdout)
	}
}

// A forecast is made of public facts and a fixed seed: it comes out the same. More skipped
// answers make it worse, and it says what it assumes.
func TestSkipped(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	_, instrument, plan := tiny(t, `{wave: w, account: a, roster: public, epsilon: 6, delta: 1e-6, expected_companies: 40, statistics: [scores]}`)
	files := []string{"-instrument", instrument, "-plan", plan, "-companies", "100"}
	_, usual, _ := runIn(t.Context(), files...)
	if _, again, _ := runIn(t.Context(), files...); again != usual {
		t.Error("two forecasts of the same plan differ")
	}
	code, much, stderr := runIn(t.Context(), append(files, "-skipped", "0.4")...)
	if code != 0 || !strings.Contains(usual, "5% of the answers are assumed to be skipped") || !strings.Contains(much, "40% of the answers are assumed to be skipped") {
		t.Errorf("exit code %d, %s\n%s", code, stderr, much)
	}
	if _, none, _ := runIn(t.Context(), append(files, "-skipped", "0")...); !strings.Contains(none, "Every company is assumed to answer every question") {
		t.Errorf("without skipped answers:\n%s", none)
	}
	if code, _, stderr := runIn(t.Context(), "-skipped", "0.95"); code != 1 || !strings.Contains(stderr, "0 to 0.9") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}

// tiny writes an instrument of one question, and a plan for it, into a folder.
func tiny(t *testing.T, planText string) (dir, instrument, plan string) {
	t.Helper()
	dir = t.TempDir()
	instrument, plan = filepath.Join(dir, "i.yaml"), filepath.Join(dir, "p.yaml")
	put(t, instrument, `{id: tiny, version: "1", title: Tiny, scale: [{level: 1, name: "No"}, {level: 2, name: "Yes"}],
  domains: [{id: d, title: D, questions: [{id: q, text: Is it done?}]}]}`)
	put(t, plan, planText)
	return dir, instrument, plan
}

func TestOwnFiles(t *testing.T) {
	dir, instrument, plan := tiny(t, `{wave: w, account: a, roster: public, epsilon: 6, delta: 1e-6, expected_companies: 40}`)
	code, stdout, stderr := runIn(t.Context(), "-instrument", instrument, "-plan", plan, "-companies", "40")
	if code != 0 || !strings.Contains(stdout, "the number of companies exactly") {
		t.Errorf("exit code %d, standard output:\n%s", code, stdout)
	}
	if !strings.Contains(stderr, "warning: epsilon 6 is above 4") {
		t.Errorf("standard error %q lacks the warning of the plan", stderr)
	}

	put(t, plan, "wave: w\naccount: a\nroster: public\nepsilon: 99\ndelta: 1e-6\nexpected_companies: 40\n")
	code, stdout, stderr = runIn(t.Context(), "-instrument", instrument, "-plan", plan)
	if code != 1 || stdout != "" || !strings.Contains(stderr, "p.yaml:4:10: epsilon: expected") {
		t.Errorf("a wrong plan: exit code %d, standard error:\n%s", code, stderr)
	}
	code, _, stderr = runIn(t.Context(), "-instrument", filepath.Join(dir, "nowhere.yaml"))
	if code != 1 || !strings.Contains(stderr, "no such file") {
		t.Errorf("no instrument: exit code %d, standard error:\n%s", code, stderr)
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestFlags(t *testing.T) {
	for _, test := range []struct {
		args []string
		code int
	}{
		{[]string{"-h"}, 0},
		{[]string{"-companies", ""}, 2},
		{[]string{"-companies", "0"}, 2},
		{[]string{"-companies", "17,many"}, 2},
		{[]string{"-companies", "100001"}, 2},
		{[]string{"-companies", "1,2,3,4,5,6,7,8,9,10,11"}, 2},
		{[]string{"17"}, 2},
		{[]string{"-plan", ""}, 2},
		{[]string{"-smallest", ""}, 2},
		{[]string{"-smallest", "0"}, 2},
		{[]string{"-smallest", "NaN"}, 2},
		{[]string{"-smallest", "8.1"}, 2},
		{[]string{"-smallest", "1,2,3,4,5,6,7,8,1,2,3"}, 2},
	} {
		code, stdout, stderr := runIn(t.Context(), test.args...)
		if code != test.code || (code == 0) != (stderr == "") || (code == 0) != (stdout != "") {
			t.Errorf("forecast %q: exit code %d, want %d; standard output %q, standard error %q", test.args, code, test.code, stdout, stderr)
		}
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code, stdout, stderr := runIn(ctx); code != 1 || stdout != "" || stderr != "forecast: interrupted\n" {
		t.Errorf("exit code %d, standard output %q, standard error %q", code, stdout, stderr)
	}
}

func TestCells(t *testing.T) {
	for _, test := range []struct {
		name             string
		width, published float64
		want             string
	}{
		{"question means", 0.336, 1, "±0.34 ~0.17"},
		{"question means", 0.336, 0.98, "±0.34 ~0.17 98%"},
		{"question means", 0.336, 0.004, "(±0.34 ~0.17)"},
		{"overall mean", 0.0021, 1, "±0.002 ~0.001"},
		{"shares", 0.0967, 1, "±10% ~5%"},
		{"at least", 0.0042, 1, "±0.4% ~0.2%"},
		{"companies", 8.9, 1, "±9 ~4"},
		{"companies", 0, 1, "±0 ~0"},
	} {
		if got := cell(instrument.Spec{}, benchmark.StatisticForecast{Name: test.name, HalfWidth: test.width, Error: test.width / 2, Published: test.published}); got != test.want {
			t.Errorf("%s ±%v, %v published: %q, want %q", test.name, test.width, test.published, got, test.want)
		}
	}
	for _, test := range []struct {
		p    float64
		want string
	}{{0, "0%"}, {1e-9, "<0.1%"}, {0.002, "0.2%"}, {0.5, "50%"}, {0.994, "99.4%"}, {0.99951, ">99.9%"}, {1 - 1e-15, "100%"}, {1, "100%"}} {
		if got := Probability(test.p); got != test.want {
			t.Errorf("probability %v: %q, want %q", test.p, got, test.want)
		}
	}
	for _, test := range []struct {
		passes, shown float64
		want          string
	}{{0, 0, "0%"}, {0.01, 0, "<0.1%"}, {0.9999, 1, ">99.9%"}, {1, 0.5, "50%"}} {
		if got := shown(benchmark.CohortForecast{Passes: test.passes, Shown: test.shown}); got != test.want {
			t.Errorf("passes %v, shown %v: %q, want %q", test.passes, test.shown, got, test.want)
		}
	}
}

// Scores of yes and no are percentages, of several scales those of that one.
func TestCellsOfYesAndNo(t *testing.T) {
	levels := []instrument.Level{{Level: 0, Name: "No"}, {Level: 1, Name: "Yes"}}
	one := instrument.Spec{Scale: levels}
	several := instrument.Spec{Scales: []instrument.NamedScale{{ID: "done", Title: "Done", Levels: levels}, {ID: "plain", Levels: levels}, {ID: "often", Levels: make([]instrument.Level, 5)}}}
	for _, test := range []struct {
		in   instrument.Spec
		name string
		want string
	}{
		{one, "overall mean", "±25% ~12%"},
		{one, "question means", "±25% ~12%"},
		{one, "companies", "±0.2 ~0.1"},
		{several, "domain means (Done)", "±25% ~12%"},
		{several, "domain means (plain)", "±25% ~12%"},
		{several, "domain means (often)", "±0.25 ~0.12"},
	} {
		if got := cell(test.in, benchmark.StatisticForecast{Name: test.name, HalfWidth: 0.25, Error: 0.12, Published: 1}); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestVerdict(t *testing.T) {
	families := func(published ...string) []benchmark.StatisticForecast {
		list := []benchmark.StatisticForecast{{Name: "companies", HalfWidth: 3}, {Name: "overall mean", HalfWidth: 0.25}, {Name: "shares", HalfWidth: 0.1}}
		for i := range list {
			for _, name := range published {
				if list[i].Name == name {
					list[i].Status = publication.Published
				}
			}
		}
		return list
	}
	all := benchmark.CohortForecast{ID: "all", Passes: 1, Shown: 1, Statistics: families("companies", "overall mean")}
	within := func(shown float64, published ...string) benchmark.CohortForecast {
		return benchmark.CohortForecast{ID: "size=small", Passes: shown, Shown: shown, Statistics: families(append(published, "companies")...)}
	}
	for _, test := range []struct {
		name    string
		cohorts []benchmark.CohortForecast
		want    string
	}{
		{"too small", []benchmark.CohortForecast{{ID: "all", Passes: 0.2, Shown: 0.2}},
			"9 companies: most likely nothing is published; the panel passes the threshold with a probability of 20%. Only from 30 companies on is it more likely than not."},
		{"all alone", []benchmark.CohortForecast{all},
			"9 companies: the report can tell the number of companies to ±3 and the overall mean to ±0.25. Out of reach: the shares of the levels."},
		{"none within", []benchmark.CohortForecast{all, within(0.1), within(0.4)},
			"No cohort within it is likely to be shown; the likeliest is size=small with a probability of 40%."},
		{"some within", []benchmark.CohortForecast{all, within(0.1), within(0.9, "overall mean")},
			"Likely to be shown of the 2 cohorts within it: 1, each with the overall mean."},
		{"every one within", []benchmark.CohortForecast{all, within(0.9, "shares"), within(0.9, "overall mean")},
			"Every cohort within it is likely to be shown, with nothing but their numbers of companies."},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(Verdict(instrument.Spec{}, &benchmark.Forecast{Companies: 9, Least: 30, Cohorts: test.cohorts}), " ")
			if !strings.Contains(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// Little is what is not surely enough shown, or has no mean.
func TestLittle(t *testing.T) {
	forecast := func(shown float64, name string, status publication.Status, more ...benchmark.StatisticForecast) *benchmark.Forecast {
		return &benchmark.Forecast{Cohorts: []benchmark.CohortForecast{{Shown: shown, Statistics: append([]benchmark.StatisticForecast{
			{Name: "companies", Status: publication.Published}, {Name: name, Status: status}}, more...)}}}
	}
	for _, test := range []struct {
		forecast *benchmark.Forecast
		want     bool
	}{
		{forecast(0.95, "overall mean", publication.Published), false},
		{forecast(0.95, "domain means", publication.Published), false},
		{forecast(0.85, "overall mean", publication.Published), true},
		{forecast(0.95, "overall mean", publication.Withheld), true},
		{forecast(0.95, "overall quartiles", publication.Published, benchmark.StatisticForecast{Name: "overall mean"}), true},
	} {
		if got := Little(test.forecast); got != test.want {
			t.Errorf("%+v: %v, want %v", test.forecast.Cohorts[0], got, test.want)
		}
	}
}
