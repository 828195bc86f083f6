package instrument_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"

	"github.com/google/go-cmp/cmp"
)

// named is the specification of a shipped instrument.
func named(t *testing.T, name string) instrument.Spec {
	t.Helper()
	in, err := instrument.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	s := in.Spec()
	if name != "jsp" && (s.Source == nil || s.Source.Attribution == "") {
		t.Errorf("%s does not say where it comes from", name)
	}
	return s
}

func TestNames(t *testing.T) {
	if diff := cmp.Diff([]string{"c2m2", "jsp", "jsp-2", "nist-csf", "samm"}, instrument.Names()); diff != "" {
		t.Error(diff)
	}
	if _, err := instrument.Named("bsimm"); err == nil || !strings.Contains(err.Error(), "samm") {
		t.Errorf("error %v", err)
	}
	for _, name := range instrument.Names() {
		named(t, name)
		if in, err := instrument.Load(name); err != nil || in.ID() == "" {
			t.Errorf("Load(%q): %v", name, err)
		}
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("samm", []byte(jspOne), 0o600); err != nil {
		t.Fatal(err)
	}
	if in, err := instrument.Load("samm"); err != nil || in.ID() != "own" {
		t.Errorf("a file of the name is not read: %v", err)
	}
}

const jspOne = "id: own\nversion: \"1\"\ntitle: Own\nscale: [{level: 0, name: a}, {level: 1, name: b}]\ndomains: [{id: d, title: D, questions: [{id: q, text: Q}]}]\n"

// SAMM has five functions of three practices, of two streams of three levels each.
// A practice's score is, by the toolbox, the sum over the levels of the mean of the two streams.
func TestSAMM(t *testing.T) {
	s := named(t, "samm")
	if len(s.Functions) != 5 || len(s.Domains) != 15 || len(s.Questions()) != 90 || s.Blank != instrument.LowestBlank {
		t.Fatalf("%d functions, %d practices, %d questions, blank %q", len(s.Functions), len(s.Domains), len(s.Questions()), s.Blank)
	}
	values := []float64{0, 0.25, 0.5, 1}
	answer := func(q int) int { return (q*7 + q/6) % 4 }
	c, total := s.Scorer(), 0.0
	for d, domain := range s.Domains {
		toolbox := 0.0
		for level := range 3 {
			for stream := range 2 {
				q := d*6 + stream*3 + level
				if want := domain.ID + "-" + string(rune('1'+level)) + "-" + string(rune('A'+stream)); s.Questions()[q].ID != want {
					t.Fatalf("question %s, expected %s", s.Questions()[q].ID, want)
				}
				toolbox += values[answer(q)] / 2
			}
		}
		total += toolbox / 15
		if got, ok := c.Domain(d, answer); !ok || math.Abs(got-toolbox) > 1e-12 {
			t.Errorf("%s: score %v, the toolbox has %v", domain.ID, got, toolbox)
		}
	}
	if got, _ := c.Overall(answer); math.Abs(got-total) > 1e-12 {
		t.Errorf("overall %v, the toolbox has %v", got, total)
	}
	if low, high := s.ScoreEnds(); low != 0 || high != 3 {
		t.Errorf("scores from %v to %v", low, high)
	}
}

// CSF 2.0 has six functions, 22 categories and 106 subcategories; ids of version 1.1 that
// were withdrawn are not reused.
func TestCSF(t *testing.T) {
	s := named(t, "nist-csf")
	sizes := map[string]int{}
	for _, f := range s.Functions {
		for _, id := range f.Domains {
			for _, d := range s.Domains {
				if d.ID == id {
					sizes[f.ID] += len(d.Questions)
				}
			}
		}
	}
	if diff := cmp.Diff(map[string]int{"GV": 31, "ID": 21, "PR": 22, "DE": 11, "RS": 13, "RC": 8}, sizes); diff != "" {
		t.Error(diff)
	}
	if len(s.Domains) != 22 || s.Scale[0].Level != 1 || len(s.Scale) != 4 {
		t.Errorf("%d categories on levels from %d", len(s.Domains), s.Scale[0].Level)
	}
	var am []string
	for _, q := range s.Domains[6].Questions {
		am = append(am, q.ID)
	}
	if diff := cmp.Diff([]string{"ID.AM-01", "ID.AM-02", "ID.AM-03", "ID.AM-04", "ID.AM-05", "ID.AM-07", "ID.AM-08"}, am); diff != "" {
		t.Error(diff)
	}
}

// C2M2 2.1 has 356 practices in ten domains, and a ladder of three profiles for each: a
// level needs all practices of the level and those below, largely implemented.
func TestC2M2(t *testing.T) {
	s := named(t, "c2m2")
	sizes := map[string]int{}
	for _, d := range s.Domains {
		sizes[d.ID] = len(d.Questions)
	}
	if len(s.Questions()) != 356 || len(s.Domains) != 10 || len(s.Profiles) != 30 {
		t.Fatalf("%d practices, %d domains, %d profiles", len(s.Questions()), len(s.Domains), len(s.Profiles))
	}
	first, total := 0, 0
	for i, p := range s.Profiles {
		domain, level, _ := strings.Cut(p.ID, "-MIL")
		for id, minimum := range p.Minimum {
			if minimum != 2 || !strings.HasPrefix(id, domain+"-") {
				t.Errorf("%s asks for %d of %s", p.ID, minimum, id)
			}
		}
		switch level {
		case "1":
			first += len(p.Minimum)
		case "3":
			if total += len(p.Minimum); len(p.Minimum) != sizes[domain] {
				t.Errorf("%s asks for %d of %d practices", p.ID, len(p.Minimum), sizes[domain])
			}
		}
		if level != "1" {
			for id := range s.Profiles[i-1].Minimum {
				if p.Minimum[id] == 0 {
					t.Errorf("%s does not ask for %s", p.ID, id)
				}
			}
		}
	}
	if first != 56 || total != 356 {
		t.Errorf("%d practices at MIL1, %d at MIL3", first, total)
	}
}

// Every question of the first Joint Security Plan is accounted for in the second.
func TestJSP2(t *testing.T) {
	s := named(t, "jsp-2")
	if s.ID != "jsp" || s.Version != "2" || s.Crosswalk == nil {
		t.Fatal(s.ID, s.Version)
	}
	var old, now []string
	for _, entry := range s.Crosswalk.Questions {
		old, now = append(old, entry.Old...), append(now, entry.New...)
	}
	var first, second []string
	for _, q := range instrument.JSP().Spec().Questions() {
		first = append(first, q.ID)
	}
	for _, q := range s.Questions() {
		second = append(second, q.ID)
	}
	for _, list := range [][]string{old, now, first, second} {
		slices.Sort(list)
	}
	if diff := cmp.Diff(first, old); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(second, now); diff != "" {
		t.Error(diff)
	}
}

func TestTexts(t *testing.T) {
	in, err := instrument.Named("samm")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "texts.yaml")
	text := "version: de-1\ntexts: {G: Steuerung, G-SM-1-A: \"Ist die Risikobereitschaft bekannt?\"}\nlevels: {0: Nein}\nattributes: [{id: size, values: [{id: small}, {id: large}]}]\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	translated, err := in.LoadTexts(path)
	if err != nil {
		t.Fatal(err)
	}
	s := translated.Spec()
	if s.Version != "2+de-1" || s.Functions[0].Title != "Steuerung" || s.Questions()[0].Text != "Ist die Risikobereitschaft bekannt?" ||
		s.Scale[0].Name != "Nein" || s.Scale[1].Name != "For some" || s.Attributes[0].ID != "size" || in.Equal(translated) {
		t.Errorf("%+v", s.Functions[0])
	}
	_, err = in.ParseTexts("texts.yaml", []byte("version: \"\"\ntexts: {G-SM-9-A: x, D: \"\"}\nlevels: {4: x}\n"))
	want := []string{
		"1:10: version: expected a text that is not empty",
		"2:19: texts.G-SM-9-A: expected the id of a question, domain, function or profile of the instrument",
		"2:25: texts.D: expected a text that is not empty",
		"3:13: levels.4: expected the number of a level of the instrument",
	}
	if diff := cmp.Diff(want, inputtest.Problems(t, err)); diff != "" {
		t.Error(diff)
	}
}
