package protection

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/internal/forecast"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/synthetic/fixture"
	"maturitybench/privacy"
)

// translated fails where something stays English in another language.
func translated(t *testing.T, say func(l language)) {
	t.Helper()
	for _, tag := range report.Languages()[1:] {
		say(language{tag, func(english string) { t.Errorf("%s: %q is not translated", tag, english) }})
	}
}

// Every text is there in every language, with the same places.
func TestLanguages(t *testing.T) {
	var file []map[string]string
	if err := json.Unmarshal(languageText, &file); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, text := range file {
		if seen[text["en"]] {
			t.Errorf("twice: %s", text["en"])
		}
		seen[text["en"]] = true
		places := func(tag string) []string { return slices.Sorted(slices.Values(place.FindAllString(text[tag], -1))) }
		for _, tag := range report.Languages() {
			if text[tag] == "" || !slices.Equal(places(tag), places("en")) {
				t.Errorf("%s: %q for %q", tag, text[tag], text["en"])
			}
		}
		if len(text) != len(report.Languages()) {
			t.Errorf("%d languages: %v", len(text), text)
		}
	}
}

// What the page says only now and then is translated, too; see [survey] for the rest.
func TestRareTexts(t *testing.T) {
	statistics := func(status publication.Status, width float64) (all []benchmark.StatisticForecast) {
		for _, name := range []string{"companies", "overall mean", "overall quartiles", "overall outer percentiles", "domain means", "domain quartiles", "domain outer percentiles",
			"question means", "shares", "at least", "profile shares"} {
			if name == "companies" {
				all = append(all, benchmark.StatisticForecast{Name: name, Status: publication.Published, HalfWidth: width})
				continue
			}
			all = append(all, benchmark.StatisticForecast{Name: name, Status: status, HalfWidth: width})
		}
		return all
	}
	cohort := func(id string, shown float64, status publication.Status, width float64) benchmark.CohortForecast {
		return benchmark.CohortForecast{ID: id, Passes: shown, Shown: shown, Statistics: statistics(status, width)}
	}
	texts := []string{
		grade(1), grade(3), grade(6), whole(1e4), whole(1e7), whole(1e10), whole(1e13), whole(1e16), percent(0.5), percent(1),
		times(0), times(1), times(2), times(3), times(mostWaves), privacy.Span("1d").String(), privacy.Span("20d").String(), privacy.Span("1m").String(),
		privacy.Span("18m").String(), privacy.Span("1y").String(), privacy.Span("3y").String(),
	}
	for _, cohorts := range [][]benchmark.CohortForecast{
		{cohort("all", 0.001, publication.Withheld, 1)},
		{cohort("all", 1, publication.Published, 0.125)},
		{cohort("all", 1, publication.Withheld, 1), cohort("a=b", 0.1, publication.Published, 1)},
		{cohort("all", 1, publication.Published, 0), cohort("a=b", 1, publication.Published, 1)},
		{cohort("all", 1, publication.Published, 1), cohort("a=b", 1, publication.Withheld, 1), cohort("a=c", 0, publication.Withheld, 1)},
	} {
		texts = append(texts, "Expected before any data: "+strings.Join(forecast.Verdict(instrument.Spec{}, &benchmark.Forecast{Companies: 200, Least: 31, Cohorts: cohorts}), " "))
	}
	translated(t, func(l language) {
		for _, text := range texts {
			if l.text(text) == text && strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyz") {
				t.Errorf("%s: %q stays as it is", l.tag, text)
			}
		}
	})
}

// Numbers are written as in the language; names, ids and titles are not touched, and a
// full stop in a title ends no sentence.
func TestValues(t *testing.T) {
	german := language{"de-AT", func(english string) { t.Errorf("%q is not translated", english) }}
	for english, want := range map[string]string{
		"Wave 2026.5 of account a.b, secret roster.":           "Welle 2026.5 des Kontos a.b, geheime Teilnehmer.",
		"All reports ever keep within ε = 12.5. That is once.": "Alle Berichte überhaupt bleiben innerhalb von ε = 12,5. Das ist einmal.",
		"95.3%": "95,3\u00a0%",
		"Out of reach: the overall mean and the question means.": "Außer Reichweite: Mittelwert insgesamt; Mittelwerte der Fragen.",
		"Levels, means, percentiles and shares of all companies and of groups by Size. Not 2.5, each with an interval. After that it publishes nothing more.": "Stufen, Mittelwerte, Perzentile und Anteile aller Unternehmen und von Gruppen nach Size. Not 2.5, jeweils mit einem Intervall. Danach veröffentlicht es nichts mehr.",
	} {
		if got := german.text(english); got != want {
			t.Errorf("%q becomes\n%q, want\n%q", english, got, want)
		}
	}
	var left []string
	strict := language{"fr", func(english string) { left = append(left, english) }}
	if got := strict.text("What nobody wrote. After that it publishes nothing more. Ever."); got != "What nobody wrote. Après cela, il ne publie plus rien. Ever." || len(left) != 2 {
		t.Errorf("%q, and %q left", got, left)
	}
}

// asking writes the built-in plan into a folder, for some statistics alone: all but percentiles
// are soon forecast.
func asking(t *testing.T, dir, statistics string) string {
	t.Helper()
	plan, err := fixture.Files.ReadFile("plan-secret.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "plan.yaml")
	if err := os.WriteFile(path, append(plan, "statistics: "+statistics+"\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// The command writes the page in a language, with the instrument's titles in it.
func TestRunInFrench(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	dir := t.TempDir()
	path := asking(t, dir, "[scores]")
	var stdout, stderr strings.Builder
	if code := Run(t.Context(), []string{"-plan", path, "-out", dir, "-language", "fr-CH"}, &stdout, &stderr); code != 0 {
		t.Fatal(stderr.String())
	}
	page, err := os.ReadFile(dir + "/privacy.html")
	if err != nil {
		t.Fatal(err)
	}
	says(t, string(page), `<html lang="fr-CH">`, "Maturité selon le MedTech Joint Security Plan", "Aller au texte", "Quels risques demeurent", "groupes par Chiffre d’affaires")
	if code := Run(t.Context(), []string{"-out", dir, "-language", "tlh"}, &stdout, &stderr); code != 2 {
		t.Errorf("exit code %d", code)
	}
}
