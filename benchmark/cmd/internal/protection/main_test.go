package protection

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
)

// tiny is an instrument with one question, and an attribute.
func tiny(t *testing.T) *instrument.Instrument {
	t.Helper()
	in, err := instrument.Parse("i", []byte(`{id: tiny, version: "1", title: Tiny & small, scale: [{level: 0, name: "no"}, {level: 1, name: "yes"}],
  domains: [{id: d, title: D, questions: [{id: q, text: Q}]}], attributes: [{id: size, title: Size, values: [{id: s, title: S}, {id: l, title: L}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// survey is a plan and an account of a roster, for small panels and large ones.
func survey(t *testing.T, roster privacy.Roster, companies int, lifetime float64) (*instrument.Instrument, *benchmark.Plan, privacy.Account, *facts) {
	t.Helper()
	in := tiny(t)
	account := privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y", Lifetime: lifetime}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: roster, Epsilon: 3, Delta: 1e-6, ExpectedCompanies: companies, Cohorts: []string{"size"}})
	if err != nil {
		t.Fatal(err)
	}
	f := told(t, in, plan, account)
	translated(t, func(l language) { l.page(f.page()) })
	return in, plan, account, f
}

// forecasts are those of the plans of [survey], by roster and companies: the account changes
// nothing about them.
var forecasts = map[string]*benchmark.Forecast{}

// told is newFacts, with every forecast made once.
func told(t *testing.T, in *instrument.Instrument, plan *benchmark.Plan, account privacy.Account) *facts {
	t.Helper()
	key := fmt.Sprint(plan.Spec().Roster, plan.Spec().ExpectedCompanies)
	if forecasts[key] == nil {
		f, err := newFacts(in, plan, account)
		if err != nil {
			t.Fatal(err)
		}
		forecasts[key] = f.forecast
		return f
	}
	f, err := withoutForecast(in, plan, account)
	if err != nil {
		t.Fatal(err)
	}
	f.forecast = forecasts[key]
	return f
}

// each runs a test for every roster, with a small and a large panel.
func each(t *testing.T, test func(t *testing.T, roster privacy.Roster, companies int)) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		for _, companies := range []int{20, 200} {
			if companies == 200 && testing.Short() {
				continue // its forecast is of many numbers
			}
			t.Run(fmt.Sprint(roster, companies), func(t *testing.T) { test(t, roster, companies) })
		}
	}
}

func says(t *testing.T, text string, wants ...string) {
	t.Helper()
	text = regexp.MustCompile(`[ \n]+`).ReplaceAllString(text, " ")
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q:\n%s", want, text)
		}
	}
}

// What is said before the data is what the release says afterwards.
func TestReleaseSaysTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	each(t, func(t *testing.T, roster privacy.Roster, companies int) {
		in, plan, account, f := survey(t, roster, companies, 0)
		ledger := privacy.NewMemoryLedger()
		if err := ledger.OpenAccount(t.Context(), account); err != nil {
			t.Fatal(err)
		}
		release, err := benchmark.Publish(t.Context(), ledger, plan, panel(t, in, 0))
		if err != nil {
			t.Fatal(err)
		}
		got, want := f.privacy, release.Privacy
		want.Account = publication.AccountLoss{}
		want.Statement = elsewhere(want.Statement)
		want.Statement.Composition, got.Statement.Composition = "", ""
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("before\n%+v\nafterwards\n%+v", got, want)
		}
	})
}

// panel is a hundred companies; another number is another panel.
func panel(t *testing.T, in *instrument.Instrument, number int) *responses.Dataset {
	t.Helper()
	var rows strings.Builder
	rows.WriteString("company,size,q\n")
	for i := range 100 {
		fmt.Fprintf(&rows, "c%d,s,%d\n", i, (i>>(number%7)+number)%2)
	}
	data, err := responses.NewDataset(t.Context(), in, responses.ReadCSV(in, strings.NewReader(rows.String())))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// ε and δ follow from the deviations of the noise that the page prints: of one company,
// of two answer sheets and of several companies, with their factors.
func TestNumbersFollowFromTheNoise(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	each(t, func(t *testing.T, roster privacy.Roster, companies int) {
		_, _, _, f := survey(t, roster, companies, 0)
		p := f.privacy
		pure, squares := 0.0, 0.0
		for _, d := range f.draws {
			switch {
			case d.spherical:
				// A density that falls like exp(−ε·|x|/R) in n dimensions has a deviation of √(n+1)·R/ε in each.
				n := math.Round(math.Pow(d.relative*p.Loss.PureEpsilon, 2) - 1)
				pure = math.Sqrt(n+1) / d.relative
			case d.threshold:
				squares += 1 / (d.relative * d.relative) // one company is in all, and in one cohort of size
			default:
				squares += 1 / (d.relative * d.relative)
			}
		}
		epsilon := func(m float64, delta float64) float64 {
			total := m * pure
			if squares > 0 {
				total += privacy.GaussianEpsilon(privacy.Mu(math.Ceil(m*math.Sqrt(squares)*1e6)), delta)
			}
			return total
		}
		own := p.Delta - p.Loss.DeltaSelection - p.Loss.DeltaSampler
		near := func(what string, got, want float64) {
			if math.Abs(got-want) > 2e-3*want {
				t.Errorf("%s: the page says %v, the noise %v", what, got, want)
			}
		}
		near("presence", p.Epsilon, epsilon(1, own))
		if roster == privacy.CountedRoster {
			near("between", p.Between, epsilon(1, own))
		} else {
			near("between", p.Between, epsilon(2, own))
		}
		for _, g := range p.Groups {
			if g.Companies != 2 && g.Companies != 3 && g.Companies != 5 {
				t.Errorf("a group of %d", g.Companies)
			}
			near(fmt.Sprint("group of ", g.Companies), g.Epsilon, epsilon(float64(g.Companies), own))
		}
		text := string(f.page().text())
		says(t, text, fmt.Sprintf("ε: %v odds change at most by a factor of: 21 ", p.Epsilon), "an even chance becomes at most: 95.3%") // e³ = 20.09, e³/(1+e³) = 0.9526
		for _, g := range p.Groups {
			says(t, text, fmt.Sprintf("companies together: %d ε: %v δ: %s", g.Companies, g.Epsilon, number(g.Delta)))
		}
		if squares > 0 || roster == privacy.SecretRoster {
			says(t, text, fmt.Sprintf("δ = 0.000001 is about the chance that the factor does not hold, one in 1\u202f000\u202f000. For all of the %d companies that are expected together it is %s;", companies, map[int]string{20: "0.00002", 200: "0.0002"}[companies]))
		} else {
			says(t, text, "No δ is spent")
		}
		spent := p.Loss.DeltaSelection+p.Loss.DeltaSampler > 0
		if strings.Contains(text, "No δ is spent") == spent || strings.Contains(text, "so many times as much:") == spent || strings.Contains(text, "(ε = 3, δ =") != spent {
			t.Errorf("δ of %v and %v is spent, and the page says otherwise", p.Loss.DeltaSelection, p.Loss.DeltaSampler)
		}
	})
}

// A ledger accepts so many waves as the page says, and no more; so it does within the
// lifetime, when every wave is older than the window.
func TestWavesThatFit(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	each(t, func(t *testing.T, roster privacy.Roster, companies int) {
		in, plan, account, f := survey(t, roster, companies, 8)
		ledger := privacy.NewMemoryLedger()
		if err := ledger.OpenAccount(t.Context(), account); err != nil {
			t.Fatal(err)
		}
		waves := 0
		for ; waves < 20; waves++ {
			spec := plan.Spec()
			spec.Wave, spec.Reason = fmt.Sprint("w", waves), "a test has few panels"
			next, err := benchmark.NewPlan(in, spec)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := benchmark.Publish(t.Context(), ledger, next, panel(t, in, waves)); errors.Is(err, privacy.ErrBudgetExceeded) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		standing, err := ledger.Remaining(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		if f.within != waves || f.ever != waves || f.lostWithin != standing.Spent() || waves < 2 {
			t.Errorf("%d and %d waves that lose %v; the ledger accepts %d, which lose %v", f.within, f.ever, f.lostWithin, waves, standing.Spent())
		}
		says(t, string(f.page().text()), fmt.Sprintf("Waves like this one fit %s within such a time; together they lose ε = %v.", times(waves), standing.Spent()),
			fmt.Sprintf("lifetime the account may lose ε = 8: waves like this one fit %s, and lose ε = %v together", times(waves), standing.Spent()))
	})
}

// Each roster says what it protects and nothing that it does not.
func TestRosters(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for roster, test := range map[privacy.Roster]struct{ says, not []string }{
		privacy.SecretRoster:  {[]string{"tell well whether your company took part", "odds change"}, []string{"treated as known", "printed exactly"}},
		privacy.PublicRoster:  {[]string{"what your company answered, or whether it answered", "treated as known", "The account has no lifetime"}, []string{"whether your company took part", "printed exactly"}},
		privacy.CountedRoster: {[]string{"another one of the same attributes", "printed exactly"}, []string{"treated as known", "two such steps"}},
	} {
		_, _, _, f := survey(t, roster, 200, 0)
		text := strings.Join(strings.Fields(string(f.page().text())), " ")
		says(t, text, test.says...)
		for _, wrong := range append(test.not, " here", "this document", "this report") {
			if regexp.MustCompile(regexp.QuoteMeta(wrong) + `\b`).MatchString(text) {
				t.Errorf("%s roster: the page says %q:\n%s", roster, wrong, text)
			}
		}
	}
	// A wave that the account has no room for is said to be one.
	in, plan, account, _ := survey(t, privacy.SecretRoster, 200, 0)
	account.Epsilon = 2
	says(t, string(told(t, in, plan, account).page().text()), "This plan does not fit")
}

// The page in a browser and the plain text say the same.
func TestBothForms(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	t.Chdir(t.TempDir())
	var stdout, stderr bytes.Buffer
	if code := Run(t.Context(), []string{"-plan", asking(t, ".", "[scores, questions, shares]"), "-out", "p"}, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	page, err := os.ReadFile("p/privacy.html")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("p/privacy.txt")
	if err != nil {
		t.Fatal(err)
	}
	body := string(page[bytes.Index(page, []byte("<main")):])
	plain := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " "))
	letters := func(s string) map[string]int {
		count := map[string]int{}
		for _, word := range regexp.MustCompile(`[\p{L}\d.]{4,}`).FindAllString(s, -1) {
			count[word]++
		}
		return count
	}
	in, words := letters(plain), letters(string(text))
	for word := range in {
		if words[word] == 0 {
			t.Errorf("the text lacks %q", word)
		}
	}
	for word := range words {
		if in[word] == 0 {
			t.Errorf("the page lacks %q", word)
		}
	}
	for line := range strings.Lines(string(text)) {
		if n := len([]rune(line)); n > width+1 {
			t.Errorf("a line of %d characters: %s", n, line)
		}
	}
	stderr.Reset()
	if code := Run(t.Context(), []string{"-plan", "nowhere.yaml"}, &stdout, &stderr); code != 1 || !strings.Contains(stderr.String(), "nowhere.yaml") {
		t.Errorf("exit code %d: %s", code, &stderr)
	}
}

// Factors are rounded up, and no chance is said to be certain.
func TestNumbers(t *testing.T) {
	for x, want := range map[float64]string{1: "1", math.Exp(1): "2.8", 54.598: "55", 7262.6: "7\u202f263", 999999.5: "1\u202f000\u202f000", 2037873: "3 million", 1.39e12: "2 trillion", 1e15: "more than 10^15"} {
		if got := whole(x); got != want {
			t.Errorf("%v is printed as %q, want %q", x, got, want)
		}
	}
	for p, want := range map[float64]string{0.5: "50.0%", 0.9821: "98.3%", 0.99986: "99.99%", 0.9999999: "99.99999%", 1: "all but certainty"} {
		if got := percent(p); got != want {
			t.Errorf("%v is printed as %q, want %q", p, got, want)
		}
	}
	if got := number(1e-6 * 20); got != "0.00002" {
		t.Errorf("2e-5 is printed as %s", got)
	}
}
