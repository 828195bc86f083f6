package setup

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

//go:embed account.yaml plan.yaml README.md
var texts embed.FS

// survey is what the templates of the files are filled with.
type survey struct {
	options
	File       string // the name of the instrument's copy
	Instrument instrument.Spec
	Rounded    int // the planning figure, with one significant digit
	Delta      string
}

func newSurvey(o options, file string, in *instrument.Instrument) survey {
	s := survey{options: o, File: file, Instrument: in.Spec(), Rounded: o.companies, Delta: "1e-6"}
	if s.account == "" {
		s.account = s.Instrument.ID
	}
	if !o.roster.ExactSizes() {
		s.Rounded = oneDigit(o.companies)
	}
	if s.Rounded > 100_000 { // δ is at most a tenth of one over the number of companies
		s.Delta = "1e-9"
	}
	return s
}

// oneDigit is the nearest number with one significant digit: what a public plan may say
// under a secret roster.
func oneDigit(n int) int {
	step := math.Pow(10, math.Floor(math.Log10(float64(n))))
	return int(math.Round(float64(n)/step) * step)
}

func (s survey) Account() string { return s.account }
func (s survey) Wave() string    { return s.wave }
func (s survey) Roster() string  { return string(s.roster) }
func (s survey) Companies() int  { return s.companies }
func (s survey) Cohorts() string { return strings.Join(s.cohorts, ", ") }
func (s survey) Attributes() string {
	var ids []string
	for _, a := range s.Instrument.Attributes {
		ids = append(ids, a.ID)
	}
	return strings.Join(ids, ", ")
}

// knowsCohorts returns an error unless the cohorts are attributes of the instrument.
func (s survey) knowsCohorts() error {
	for _, id := range s.cohorts {
		if !slices.ContainsFunc(s.Instrument.Attributes, func(a instrument.Attribute) bool { return a.ID == id }) {
			return fmt.Errorf("-cohorts %s: expected attributes of the instrument: %s", strings.Join(s.cohorts, ","), cmp.Or(s.Attributes(), "it has none"))
		}
	}
	return nil
}

// Odds says what a reader's odds are about, by the roster.
func (s survey) Odds() string {
	switch s.roster {
	case privacy.PublicRoster:
		return "whether a company gave these answers or none"
	case privacy.CountedRoster:
		return "which of two companies took part, and with which answers,"
	}
	return "whether a company took part with these answers"
}

// fill is a file of the survey.
func (s survey) fill(name string) ([]byte, error) {
	t, err := template.New(name).Funcs(template.FuncMap{"cell": cell}).ParseFS(texts, name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, s)
	return b.Bytes(), err
}

// cell is a text within a table of Markdown.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text)
}

// next prints the next steps.
func (s survey) next(w io.Writer) error {
	in := func(name string) string { return filepath.Join(s.out, name) }
	instrument, plan, account := "-instrument "+in(s.File), "-plan "+in("plan.yaml"), "-account "+in("account.yaml")
	_, err := fmt.Fprintf(w, `
Next:
  1. Read and edit %s, account.yaml and plan.yaml: each line says what it does.
  2. What can %d companies get? Free, before any data:
       maturitybench forecast %s %s -companies %d
  3. The page for your privacy officer and your members:
       maturitybench privacy %s %s %s
  4. Collect a row for each company in answers.xlsx or answers.csv. For the export of a
     survey tool, draft writes a mapping: maturitybench draft -export EXPORT %s
  5. Publish. The first wave opens the account, which cannot be changed afterwards:
       maturitybench publish %s %s %s -responses %s
`, s.File, s.companies, instrument, plan, s.companies, instrument, plan, account, instrument, instrument, plan, account, in("answers.xlsx"))
	return err
}
