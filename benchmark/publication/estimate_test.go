package publication_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

func TestEstimateString(t *testing.T) {
	for _, c := range []struct {
		e             publication.Estimate
		text, percent string
	}{
		{publication.Estimate{}, "withheld", "withheld"},
		{publication.NoEstimate(), "withheld", "withheld"},
		{publication.Estimate{0, 0, 0, publication.Withheld}, "withheld", "withheld"}, // never 0
		{publication.Estimate{1.71, 1.52, 1.9, publication.Published}, "1.7 [1.5, 1.9]", "171% [152%, 190%]"},
		{publication.Estimate{1.71, 1.59, 1.91, publication.Published}, "1.7 [1.5, 2.0]", "171% [159%, 191%]"},
		{publication.Estimate{1.714, 1.681, 1.746, publication.Published}, "1.71 [1.68, 1.75]", "171% [168%, 175%]"},
		{publication.Estimate{1.7142, 1.7091, 1.7203, publication.Published}, "1.714 [1.709, 1.721]", "171.4% [170.9%, 172.1%]"},
		{publication.Estimate{-0.666667, -0.790124, -0.444444, publication.Published}, "-0.7 [-0.8, -0.4]", "-67% [-80%, -44%]"},
		{publication.Estimate{118, 111, 125, publication.Published}, "118 [111, 125]", "11800% [11100%, 12500%]"},
		{publication.Estimate{118, 118, 118, publication.Published}, "118", "11800%"},
		{publication.Estimate{0.34, 0.281, 0.409, publication.Published}, "0.34 [0.28, 0.41]", "34% [28%, 41%]"},
		{publication.Estimate{0.000004, 0, 0.031, publication.Published}, "0.00 [0.00, 0.04]", "0% [0%, 4%]"},
		{publication.Estimate{1.5, 1.5, 1.5, publication.Published}, "1.5", "150%"},
		{publication.Estimate{0.3, 0.299999, 0.300001, publication.Published}, "0.3000 [0.2999, 0.3001]", "30.00% [29.99%, 30.01%]"},
		{publication.Estimate{0, 0, 0.000001, publication.Published}, "0.0000 [0.0000, 0.0001]", "0.00% [0.00%, 0.01%]"},
	} {
		if got := c.e.String(); got != c.text {
			t.Errorf("%#v: %s, want %s", c.e, got, c.text)
		}
		if got := c.e.Percent(); got != c.percent {
			t.Errorf("%#v: %s, want %s", c.e, got, c.percent)
		}
		if got := fmt.Sprint(c.e); got != c.text {
			t.Errorf("printed as %s", got)
		}
	}
}

func TestEstimateJSON(t *testing.T) {
	for text, want := range map[string]publication.Estimate{
		`{"value":1.71,"low":1.52,"high":1.9,"status":"published"}`:   {1.71, 1.52, 1.9, publication.Published},
		`{"value":-2,"low":-2,"high":8,"status":"published"}`:         {-2, -2, 8, publication.Published},
		`{"value":0.000001,"low":0,"high":1e-6,"status":"published"}`: {0.000001, 0, 0.000001, publication.Published},
		`{"status":"withheld"}`: publication.NoEstimate(),
	} {
		var e publication.Estimate
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if diff := cmp.Diff(want, e, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
		data, err := json.Marshal(e)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		var again publication.Estimate
		if err := json.Unmarshal(data, &again); err != nil || !cmp.Equal(again, e, cmpopts.EquateNaNs()) {
			t.Errorf("%s became %s (%v)", text, data, err)
		}
	}
	if data, err := json.Marshal(publication.Estimate{0.000001, math.Copysign(0, -1), 0.5, publication.Published}); string(data) != `{"value":0.000001,"low":0,"high":0.5,"status":"published"}` {
		t.Errorf("%s %v", data, err)
	}
}

func TestEstimateJSONIsStrict(t *testing.T) {
	for _, text := range []string{
		`{}`, `null`, `1.7`, `"withheld"`, `[]`,
		`{"status":"suppressed"}`,
		`{"status":"Withheld"}`,
		`{"status":"published"}`,
		`{"value":1,"low":1,"high":1}`,
		`{"value":1,"low":1,"high":1,"status":"withheld"}`,
		`{"value":null,"low":1,"high":1,"status":"published"}`,
		`{"value":1,"low":1,"high":1,"status":"published","n":17}`,
		`{"value":1,"value":2,"low":1,"high":1,"status":"published"}`,
		`{"Value":1,"low":1,"high":1,"status":"published"}`,
		`{"status":"withheld","reason":"n < k"}`,
	} {
		e := publication.Estimate{1, 1, 1, publication.Published}
		if err := json.Unmarshal([]byte(text), &e); err == nil {
			t.Errorf("%s is read as %v", text, e)
		}
	}
	for _, e := range []publication.Estimate{{math.NaN(), 0, 1, publication.Published}, {0, 0, math.Inf(1), publication.Published}, {0, 0, 0, publication.Suppressed}} {
		if data, err := json.Marshal(e); err == nil {
			t.Errorf("%v is written as %s", e, data)
		}
	}
}

func TestStatusText(t *testing.T) {
	for _, s := range []publication.Status{publication.Withheld, publication.Published, publication.Suppressed} {
		text, err := s.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back publication.Status
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%s is read as %v (%v)", text, back, err)
		}
	}
	if _, err := publication.Status(7).MarshalText(); err == nil {
		t.Error("an unknown status is written")
	}
	if err := new(publication.Status).UnmarshalText([]byte("hidden")); err == nil {
		t.Error("an unknown status is read")
	}
	if got := publication.Status(7).String(); got != "Status(7)" {
		t.Errorf("printed as %s", got)
	}
}

// The printed interval holds the printed value and the exact interval.
func TestPrintedIntervalIsOutward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := decimal.Micro(rapid.Int64Range(-2_000_000, 8_000_000).Draw(t, "low"))
		value := low + decimal.Micro(rapid.Int64Range(0, 1_000_000).Draw(t, "value"))
		high := value + decimal.Micro(rapid.Int64Range(1, 1_000_000).Draw(t, "high"))
		e := publication.Estimate{value.Float(), low.Float(), high.Float(), publication.Published}
		var v, l, h float64
		if _, err := fmt.Sscanf(e.String(), "%g [%g, %g]", &v, &l, &h); err != nil {
			t.Fatal(e, err)
		}
		if l > e.Low || h < e.High || v < l || v > h {
			t.Errorf("%v %v %v is printed as %v", e.Value, e.Low, e.High, e)
		}
	})
}
