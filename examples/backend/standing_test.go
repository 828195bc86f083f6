package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark"
	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// publishWave runs a wave of the survey on what is there already, with 40 others, and
// returns Acme's link, which answered the levels of q1, q2 and q3.
func (b *bench) publishWave(wave, version string, levels string) (own string) {
	b.Helper()
	kept := b.server
	b.start(kept.ledger, func(c *config) {
		in, err := instrument.Parse("instrument", []byte(strings.Replace(instrumentFile, `version: "1"`, `version: "`+version+`"`, 1)))
		b.must(err)
		spec := c.plan.Spec()
		spec.Wave, spec.Epsilon = wave, 2
		c.instrument = in
		c.plan, err = benchmark.NewPlan(in, spec)
		b.must(err)
	})
	kept.store.close()
	b.panel(40)
	own = b.enrol("Acme")
	b.want(204, "POST", own, `{"scores": `+levels+`}`, asJSON)
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	return own
}

// rows are the title, the wave, the own score and its change of every row of a history.
func rows(page string) (list []string) {
	title := ""
	for _, m := range regexp.MustCompile(`<th scope="colgroup" colspan="5">(.*?)</th>|<th scope="row">(.*?)</th><td class="number">(.*?)</td><td class="number">(.*?)</td>`).FindAllStringSubmatch(page, -1) {
		if m[1] != "" {
			title = m[1]
			continue
		}
		list = append(list, strings.TrimSpace(title+" "+m[2]+" "+m[3]+" "+strings.ReplaceAll(m[4], "&#43;", "+")))
	}
	return list
}

// A member sees its own scores over the waves: those that are here still, and those of
// the sheets that it brings; another version of the questionnaire is not held against
// this one; and nobody sees those of another company.
func TestHistory(t *testing.T) {
	b := newBench(t)
	b.publishWave("2023", "0", `{"q1": 0}`)
	b.publishWave("2024", "1", `{"q1": 0, "q2": 1, "q3": 2}`)
	b.organise(204, "purge", "")
	b.publishWave("2025", "1", `{"q1": 1, "q2": 1}`)
	own := b.publishWave("2026", "1", `{"q1": 2, "q2": 2, "q3": 0}`)
	now := []string{"Overall 2025 1", "Overall 2026 1.33 +0.3", "Practices 2025 1", "Practices 2026 2 +1.0", "Checks 2025 no answer", "Checks 2026 0"}
	page := b.want(200, "GET", at(own, "standing"), "").Body.String()
	if diff := cmp.Diff(now, rows(page)); diff != "" {
		t.Errorf("the history (-want +got):\n%s", diff)
	}
	for _, said := range []string{"not compared: 2023.", `name="2024"`, `href="standing.html"`} {
		if !strings.Contains(strings.Join(strings.Fields(page), " "), said) {
			t.Errorf("the history does not say %q: %s", said, page)
		}
	}
	media, body := upload(t, "answers-2024.json", `{"company": "own", "attributes": {}, "scores": {"q1": 0, "q2": 1, "q3": 2}}`)
	body = strings.Replace(body, `name="file"`, `name="2024"`, 1)
	then := []string{"Overall 2024 1", "Overall 2025 1 +0.0", now[1], "Practices 2024 0.50", "Practices 2025 1 +0.5", now[3], "Checks 2024 2", now[4], now[5]}
	if diff := cmp.Diff(then, rows(b.want(200, "POST", at(own, "standing"), body, media).Body.String())); diff != "" {
		t.Errorf("the history with a sheet (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(now, rows(b.want(200, "GET", at(own, "standing"), "").Body.String())); diff != "" {
		t.Errorf("the sheet was stored (-want +got):\n%s", diff)
	}
	if german := rows(b.want(200, "GET", at(own, "standing"), "", "Accept-Language: de").Body.String()); german[1] != "Insgesamt 2026 1,33 +0,3" {
		t.Errorf("in German: %q", german)
	}
	other := b.want(200, "GET", at(b.enrol("Bolt"), "standing"), "").Body.String()
	if got := rows(other); len(got) != 0 || !strings.Contains(other, "no answers of yours to compare") {
		t.Errorf("another company sees %q", got)
	}
	b.want(404, "GET", at(b.enrol("Bolt"), "standing.html"), "")
	b.organise(204, "purge", "")
	b.want(404, "POST", at(own, "standing"), body, media)
}

// Own scores of yes and no, their changes and the means are in percent; others are as they are.
func TestHistoryOfYesAndNo(t *testing.T) {
	levels := func(names ...string) instrument.Spec {
		var on instrument.Spec
		for i, name := range names {
			on.Scale = append(on.Scale, instrument.Level{Level: 1 + i, Name: name})
		}
		return on
	}
	for _, test := range []struct {
		on       instrument.Spec
		language string
		want     [3]string
	}{
		{levels("No", "Yes"), "en", [3]string{"29%", "+4%", "27% [24%, 30%]"}},
		{levels("No", "Yes"), "de", [3]string{"29\u00a0%", "+4\u00a0%", "27\u00a0% [24\u00a0%; 30\u00a0%]"}},
		{levels("No", "Some", "Yes"), "en", [3]string{"1.29", "+0.0", "1.27 [1.24, 1.30]"}},
	} {
		h := history{view: view{language: test.language}}
		for i, own := range []float64{1.25, 1.29} {
			s := compare.ScoreStanding{Mean: publication.Estimate{Value: 1.27, Low: 1.24, High: 1.30, Status: publication.Published}, Verdict: compare.Indistinguishable}
			h.addScore(0, test.on, "Done", fmt.Sprint(i), s, func(func(int) int) (float64, bool) { return own, true }, nil)
		}
		last := h.Scores[0].Waves[1]
		if got := [3]string{last.Own, last.Change, last.Mean}; got != test.want {
			t.Errorf("%s, %d levels: %q, want %q", test.language, len(test.on.Scale), got, test.want)
		}
	}
}
