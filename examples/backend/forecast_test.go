package main

import (
	"slices"
	"strings"
	"testing"
)

// The organiser sees what the report would show at the rate so far, with the warning
// under a secret roster; it is logged nowhere, and without the key nobody sees it.
func TestForecast(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	b := newBench(t)
	b.panel(40)
	log := b.log.String()
	page := b.want(200, "GET", b.desk()+"forecast", "", "Accept-Language: de").Body.String()
	for _, said := range []string{"Mit 40 Unternehmen", "darf nicht öffentlich werden", "Mittelwert insgesamt", "±"} {
		if !strings.Contains(page, said) {
			t.Errorf("the page does not say %q: %s", said, page)
		}
	}
	for _, name := range []string{"companies", "overall mean", "domain quartiles", "question means", "at least"} {
		if strings.Contains(page, ">"+name+"<") {
			t.Errorf("%q is not translated", name)
		}
	}
	if strings.TrimPrefix(b.log.String(), log) != "" {
		t.Errorf("the log has %s", b.log.String())
	}
	for _, test := range []struct {
		answered, asked int
		want            []int
	}{{0, 0, nil}, {0, 9, []int{9}}, {3, 9, []int{3, 9}}, {9, 9, []int{9}}} {
		if got := sizes(test.answered, test.asked); !slices.Equal(got, test.want) {
			t.Errorf("for %d of %d the forecasts are of %d", test.answered, test.asked, got)
		}
	}
	for share, want := range map[float64]string{0: "0 %", 1: "100 %", 0.994: "> 99 %", 0.001: "< 1 %", 0.5: "50 %"} {
		if got := new(panel).Percent(share); got != want {
			t.Errorf("%v is shown as %q, want %q", share, got, want)
		}
	}
}
