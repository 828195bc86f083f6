package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/publication"
)

// A report of a release that was withdrawn says so before anything else, in every form;
// the reason is somebody's text and stays text.
func TestWithdrawn(t *testing.T) {
	for _, name := range []string{"secret", "public", "suppressed"} {
		r := load(t, name)
		if strings.Contains(markdownOf(t, r), "Withdrawn") {
			t.Fatalf("%s: a release that stands is called withdrawn", name)
		}
		if err := r.Withdraw(publication.NewWithdrawal(r, time.Date(2029, time.March, 1, 0, 0, 0, 0, time.UTC), "<b>twice</b> *read*")); err != nil {
			t.Fatal(err)
		}
		const lead, rest = "**Withdrawn on 2029-03-01.** This report should not be used any more. The reason: ", "twice"
		page := markdownOf(t, r)
		if at := strings.Index(page, "> "+lead); at < 0 || at > strings.Index(page, "## ") || !strings.Contains(page[at:][:len(lead)+60], rest) || strings.Contains(page, "<b>twice") {
			t.Errorf("%s: the report says %.300q", name, page)
		}
		var html, description bytes.Buffer
		if err := HTML(&html, r, Options{}); err != nil {
			t.Fatal(err)
		}
		text := html.String()
		if at := strings.Index(text, "<strong>Withdrawn on </strong><strong><bdi>2029-03-01</bdi>"); at < 0 || at > strings.Index(text, `<main id="report">`) || strings.Contains(text, "<b>twice") {
			t.Errorf("%s: the page does not say that it was withdrawn", name)
		}
		if cell, err := workbookOf(t, r, Options{}).GetCellValue("Summary", "A3"); err != nil || !strings.HasPrefix(cell, "Withdrawn on 2029-03-01.") {
			t.Errorf("%s: the workbook says %q (%v)", name, cell, err)
		}
		if err := DataPackage(&description, r, Options{}); err != nil {
			t.Fatal(err)
		}
		var p dataPackage
		if err := json.Unmarshal(description.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		last := p.Resources[len(p.Resources)-1]
		if !strings.HasPrefix(p.Description, "Withdrawn on 2029-03-01.") || last.Path != "withdrawal.json" {
			t.Errorf("%s: described as %q, with %s", name, p.Description, last.Path)
		}
	}
}
