package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// severalCohort invents a cohort of an instrument of several scales.
func severalCohort(in instrument.Spec, n, shift float64) draft.Cohort {
	c := fixture.Panel{In: in, Random: rand.New(rand.NewPCG(7, uint64(n))), Error: 0.2}.Cohort(n, 4, shift)
	for range in.Profiles {
		c.Profiles = append(c.Profiles, fixture.Around(0.3, 0.1))
	}
	return c
}

// formSheet is a file that a company may drop, with what package compare and the
// company's own page say of it.
type formSheet struct {
	Name     string            `json:"name"`
	Data     string            `json:"data"`
	Standing *compare.Standing `json:"standing,omitempty"`
	Words    []string          `json:"words,omitempty"`
	Problems [][3]any          `json:"problems,omitempty"` // line, column, field
}

// forms are releases of all kinds, by name.
func forms(t testing.TB) map[string]*publication.Release {
	yes := demo(12, 3, plainText)
	yes.Scale = yes.Scale[:2]
	all := map[string]*publication.Release{
		"yes": made(t, sized(yes, 3, plainText), "size=v1", "size=v2"), "negative": made(t, below(demo(8, 2, plainText))),
		"scripts": made(t, sized(demo(14, 7, scripts), 4, scripts)), "many": made(t, sized(demo(150, 10, plainText), 9, plainText), "size=v1", "size=v2"),
	}
	blank := demo(8, 2, plainText)
	blank.Blank = instrument.LowestBlank
	all["blank"] = made(t, blank)
	several := fixture.Several().Spec()
	several.Scales[0].Levels[1].Test = "It happened at least once."
	all["several"] = fixture.Make(t, fixture.Head(several, privacy.SecretRoster), []draft.Cohort{
		severalCohort(several, 90, 0), severalCohort(several, 50, 0.1), severalCohort(several, 40, -0.2),
	})
	for _, in := range fixture.Valued()[:4] {
		all["valued-"+in.ID()] = fixture.Make(t, fixture.Head(in.Spec(), privacy.SecretRoster), []draft.Cohort{
			fixture.Panel{In: in.Spec(), Random: rand.New(rand.NewPCG(7, 9)), Error: 0.2}.Cohort(90, 4, 0), {Suppressed: true}, {Suppressed: true}, {Suppressed: true},
		})
	}
	for _, name := range fixtures {
		all[name] = load(t, name)
	}
	return all
}

// The page of every kind of release, and sheets of every kind with what is to be
// read from them: "go test -artifacts" keeps them for .ci/pages, which drops
// them in a browser.
func TestForms(t *testing.T) {
	if testing.Short() {
		t.Skip("large tier")
	}
	for name, r := range forms(t) {
		var page bytes.Buffer
		if err := StandingForm(&page, r, Options{}); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"http://", "https://", "NaN", "ZgotmplZ", "<no value>", "url(", "@import", "%!", "eval", "innerHTML", "Storage", "cookie", "fetch", "XMLHttpRequest", "sendBeacon", "WebSocket"} {
			if rest, _, _ := strings.Cut(page.String(), `id="release"`); strings.Contains(strings.ReplaceAll(rest, "https://example.org", ""), bad) || strings.Contains(script(t, page.String()), bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		data, err := json.MarshalIndent(formSheets(t, r), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		keep(t, "form-"+name, func(w io.Writer) error { _, err := w.Write(page.Bytes()); return err }, data)
	}
}

// keep keeps a page and its sheets for .ci/pages.
func keep(t *testing.T, name string, write func(io.Writer) error, sheets []byte) {
	t.Helper()
	var page bytes.Buffer
	if err := write(&page); err != nil {
		t.Fatal(err)
	}
	for end, content := range map[string][]byte{".html": page.Bytes(), ".sheets.json": sheets} {
		if err := os.WriteFile(filepath.Join(t.ArtifactDir(), name+end), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var scriptElement = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

func script(t *testing.T, page string) string {
	t.Helper()
	found := scriptElement.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the page has no script")
	}
	return found[1]
}

// The policy of the page allows its own script and style and nothing else.
func TestFormPolicy(t *testing.T) {
	var out bytes.Buffer
	if err := StandingForm(&out, load(t, "hostile"), Options{Logo: "data:image/png;base64,AAAA", Language: "de"}); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)[1]
	hash := func(s string) string {
		digest := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
	}
	want := "default-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'; img-src data:; script-src " + hash(script(t, page)) + "; style-src " + hash(style)
	got := html.UnescapeString(regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)[1])
	if got != want {
		t.Errorf("policy %s, want %s", got, want)
	}
	if strings.Count(page, "<script") != 2 || strings.Count(page, "</script") != 2 {
		t.Error("the page has scripts that are not its own")
	}
}

// A release that was withdrawn is not compared with.
func TestFormOfWithdrawnRelease(t *testing.T) {
	r := load(t, "secret")
	if err := r.Withdraw(publication.NewWithdrawal(r, time.Date(2029, time.March, 1, 0, 0, 0, 0, time.UTC), "twice")); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := StandingForm(&out, r, Options{}); err != nil {
		t.Fatal(err)
	}
	if page := out.String(); !strings.Contains(page, "Withdrawn on ") || strings.Contains(page, "<script") || strings.Contains(page, "<form") {
		t.Errorf("the page of a withdrawn release: %.2000s", page)
	}
}

// The data of the page are the release and the texts as they are.
func TestFormData(t *testing.T) {
	for name, r := range forms(t) {
		b, err := newBuilder(r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := formData(b)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(string(data), "<>\u2028\u2029") {
			t.Errorf("%s: the data may end their element", name)
		}
		var read struct {
			Release json.RawMessage
			Texts   map[string]string
		}
		if err := json.Unmarshal([]byte(data), &read); err != nil {
			t.Fatal(err)
		}
		again, err := publication.Parse(read.Release)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if want, err := json.Marshal(r); err != nil || !bytes.Equal(want, read.Release) {
			t.Errorf("%s: another release, %s: %v", name, again.ID, err)
		}
	}
}

// Every text of the script is among its data.
func TestFormTexts(t *testing.T) {
	b, err := newBuilder(load(t, "secret"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := formData(b)
	if err != nil {
		t.Fatal(err)
	}
	var read struct{ Texts map[string]string }
	if err := json.Unmarshal([]byte(data), &read); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range scriptNames {
		source, err := scriptFiles.ReadFile("script/" + name + ".js")
		if err != nil {
			t.Fatal(err)
		}
		all.Write(source)
	}
	found := 0
	for _, match := range regexp.MustCompile(`"((?:standing|form|expected|format|column|own|verdict|says|quarter|status|figure|legend|table)\.[a-z0-9.-]+|overall|attribute)"`).FindAllStringSubmatch(all.String(), -1) {
		found++
		if _, ok := read.Texts[match[1]]; !ok && match[1] != "attribute" {
			t.Errorf("the script says %s, which it does not have", match[1])
		}
	}
	if found < 60 {
		t.Errorf("only %d texts were found in the script", found)
	}
	if files, err := scriptFiles.ReadDir("script"); err != nil || len(files) != len(scriptNames) {
		t.Errorf("%d files of script, %d are used: %v", len(files), len(scriptNames), err)
	}
}

// formSheets are sheets of an instrument, right and wrong ones.
func formSheets(t *testing.T, r *publication.Release) []formSheet {
	t.Helper()
	in, err := instrument.New(r.Instrument)
	if err != nil {
		t.Fatal(err)
	}
	var list []formSheet
	for _, name := range []string{"full.csv", "skipped.csv", "names.csv", "quoted.csv", "titles.csv", "one.csv", "own.json", "own.jsonl"} {
		list = append(list, formSheet{Name: name, Data: sheetText(r.Instrument, name)})
	}
	header, row, _ := strings.Cut(sheetText(r.Instrument, "full.csv"), "\n")
	last := row[:strings.LastIndex(row, ",")]
	for name, data := range map[string]string{
		"empty.csv": "", "header.csv": header + "\n", "two.csv": header + "\n" + row + row, "level.csv": header + "\n" + last + ",99\n",
		"between.csv": header + "\n" + last + ",0.5\n", "short.csv": header + "\n" + last + "\n", "semicolons.csv": strings.ReplaceAll(header, ",", ";") + "\n",
		"unknown.csv": header + ",shoe size\n" + strings.TrimSpace(row) + ",43\n", "twice.csv": header + "," + header[strings.LastIndex(header, ",")+1:] + "\n",
		"missing.csv": header[:strings.LastIndex(header, ",")] + "\n" + last + "\n", "other.csv": "a,b\n1,2\n", "quotes.csv": header + "\n" + last + `,"1" x` + "\n",
		"open.csv": header + "\n" + last + `,"1` + "\n", "name.csv": header + "\n" + row[strings.Index(row, ","):], "answers.csv": header + "\nc" + strings.Repeat(",", strings.Count(header, ",")) + "\n",
		"own.txt": row, "array.json": "[]", "broken.json": "{", "question.json": `{"company": "c", "scores": {"nobody": 1}}`, "score.json": `{"company": "c", "scores": {"` + in.Spec().Domains[0].Questions[0].ID + `": true}}`,
	} {
		list = append(list, formSheet{Name: name, Data: data})
	}
	slices.SortFunc(list, func(a, b formSheet) int { return strings.Compare(a.Name, b.Name) })
	for i := range list {
		expectSheet(t, in, r, Options{}, &list[i])
	}
	return list
}

// expectSheet adds what package compare says of a sheet.
func expectSheet(t *testing.T, in *instrument.Instrument, r *publication.Release, o Options, s *formSheet) {
	t.Helper()
	own, err := compare.Parse(in, s.Name, []byte(s.Data))
	var wrong *input.Error
	if errors.As(err, &wrong) {
		for _, p := range wrong.Problems {
			s.Problems = append(s.Problems, [3]any{p.Line, p.Column, p.Field})
		}
		if len(s.Problems) == 0 {
			s.Problems = [][3]any{{0, 0, ""}}
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if s.Standing, err = compare.NewStanding(r, own); err != nil {
		t.Fatal(err)
	}
	d, err := newStanding(r, s.Standing, o)
	if err != nil {
		t.Fatal(err)
	}
	s.Words = wordsOfSections(d.sections)
}

// wordsOfSections are the texts of sections in their order, each table once and
// "how to read" apart.
func wordsOfSections(sections []section) []string {
	var words []string
	add := func(texts ...rich) {
		for _, text := range texts {
			words = append(words, strings.Join(strings.Fields(text.String()), " "))
		}
	}
	known := map[string]bool{}
	figure := func(t table) {
		if !known[t.ID] {
			known[t.ID] = true
			add(t.Header...)
			for _, row := range t.Rows {
				add(row...)
			}
		}
	}
	for _, s := range sections {
		if s.ID == "standing.reading" {
			continue
		}
		add(s.Title)
		for _, b := range s.Blocks {
			switch v := b.(type) {
			case subheading:
				add(v.Text)
			case paragraph:
				add(v.Text)
			case bullets:
				add(v.Items...)
			case steps:
				add(v.Items...)
			case plate:
				figure(v.Figure.table)
			case pair:
				figure(v.Left.Figure.table)
				figure(v.Right.Figure.table)
			}
		}
	}
	return words
}

// sheetText is a sheet of an instrument, by the name of the file.
func sheetText(in instrument.Spec, name string) string {
	rng := rand.New(rand.NewPCG(1, uint64(len(in.Questions())+len(name))))
	questions := in.Questions()
	levels := make([]int, len(questions)) // −1: none
	for i := range levels {
		levels[i] = rng.IntN(len(in.OnQuestion(i).Scale))
		if name == "skipped.csv" && rng.IntN(3) == 0 || name == "one.csv" && i > 0 {
			levels[i] = -1
		}
	}
	values := map[string]string{}
	for i, a := range in.Attributes {
		if name != "skipped.csv" || i == 0 {
			values[a.ID] = a.Values[rng.IntN(len(a.Values))].ID
		}
	}
	if strings.HasPrefix(name, "own.json") {
		scores := map[string]any{}
		for i, q := range questions {
			if scores[q.ID] = in.OnQuestion(i).Scale[levels[i]].Level; i == 1 {
				scores[q.ID] = nil
			}
		}
		data, _ := json.MarshalIndent(map[string]any{"company": "C 1", "attributes": values, "scores": scores}, "", " ")
		if name == "own.jsonl" {
			var line bytes.Buffer
			_ = json.Compact(&line, data)
			return line.String() + "\n"
		}
		return string(data)
	}
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	header, row := []string{"company"}, []string{"C 1"}
	for _, id := range slices.Sorted(maps.Keys(values)) {
		header, row = append(header, id), append(row, values[id])
	}
	for _, a := range in.Attributes {
		if _, ok := values[a.ID]; !ok {
			header, row = append(header, a.ID), append(row, "")
		}
	}
	for i, q := range questions {
		column, cell := q.ID, ""
		if levels[i] >= 0 {
			cell = levelText(in.OnQuestion(i), levels[i], i, name)
		}
		switch name {
		case "titles.csv":
			if n := slices.IndexFunc(questions, func(o instrument.Question) bool {
				return strings.EqualFold(clean(o.Text), clean(q.Text)) && o.ID != q.ID
			}); n < 0 {
				column = quoted(" " + strings.ToUpper(clean(q.Text)))
			}
		case "quoted.csv":
			column, cell = quoted(column), ` "`+cell+"\n\""
		}
		header, row = append(header, column), append(row, cell)
	}
	return strings.Join(header, ",") + "\r\n" + strings.Join(row, ",") + "\r\n"
}

// levelText spells a level in one of the ways that a sheet may have.
func levelText(in instrument.Spec, level, i int, name string) string {
	l := in.Scale[level]
	number := fmt.Sprint(l.Level)
	same := 0
	for _, other := range in.Scale {
		if strings.EqualFold(other.Name, l.Name) {
			same++
		}
	}
	if name != "names.csv" || same > 1 || strings.ContainsAny(l.Name, `",`) {
		return number
	}
	return []string{number, number + ".0", " " + number + " ", l.Name, strings.ToUpper(l.Name), number + " - " + l.Name, number + "\u2013" + l.Name, l.Name + " (" + number + ")", "\u00a0" + number}[i%9]
}
