package publication_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
)

// object follows keys (string) and indices (int) into a JSON value.
func object(v any, path ...any) map[string]any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v.(map[string]any)
}

// number is a JSON number as it is spelt.
func number(s string) json.Number { return json.Number(s) }

func withheldObject() map[string]any { return map[string]any{"status": "withheld"} }

// before are earlier waves of a release.
func before(waves ...any) (list []any) {
	for _, w := range waves {
		list = append(list, map[string]any{"wave": w, "revision": number("1"), "release": strings.Repeat("0", 32)})
	}
	return list
}

// A mutation breaks one rule of the format in a release that keeps all of them.
type mutation struct {
	name   string
	mutate func(root map[string]any)
	want   string // part of the error: the path
	shape  bool   // the JSON Schema sees it, too
}

var mutations = []mutation{
	{"other format", func(r map[string]any) { r["format"] = "maturitybench.release/2" }, "format:", true},
	{"id in capitals", func(r map[string]any) { r["id"] = strings.Repeat("A", 32) }, "id:", true},
	{"id too short", func(r map[string]any) { r["id"] = "00" }, "id:", true},
	{"account with a space", func(r map[string]any) { r["account"] = "a b" }, "account:", true},
	{"empty wave", func(r map[string]any) { r["wave"] = "" }, "wave:", true},
	{"wave is a number", func(r map[string]any) { r["wave"] = number("2026") }, "wave:", true},
	{"revision 0", func(r map[string]any) { r["revision"] = number("0") }, "revision:", true},
	{"revision 1.5", func(r map[string]any) { r["revision"] = number("1.5") }, "revision:", true},
	{"revision beyond int", func(r map[string]any) { r["revision"] = number("1e30") }, "revision:", false},
	{"confidence 1", func(r map[string]any) { r["confidence"] = number("1") }, "confidence:", true},
	{"unknown key", func(r map[string]any) { r["notes"] = "x" }, "notes: expected no such key", true},
	{"key in capitals", func(r map[string]any) { r["Wave"] = "2026" }, "Wave: expected no such key", true},
	{"missing key", func(r map[string]any) { delete(r, "privacy") }, "privacy: expected a value: the key is required", true},
	{"null", func(r map[string]any) { r["cohorts"] = nil }, "cohorts:", true},
	{"no cohorts", func(r map[string]any) { r["cohorts"] = []any{} }, "cohorts:", true},

	{"instrument with no_answer", func(r map[string]any) { object(r, "instrument")["no_answer"] = []any{"NA"} }, "instrument.no_answer", true},
	{"instrument without attributes", func(r map[string]any) { delete(object(r, "instrument"), "attributes") }, "instrument.attributes:", true},
	{"one level", func(r map[string]any) {
		object(r, "instrument")["scale"] = []any{map[string]any{"level": number("0"), "name": "a"}}
	}, "instrument:", true},
	{"level without number", func(r map[string]any) { delete(object(r, "instrument", "scale", 0), "level") }, "instrument.scale[0].level:", true},
	{"levels with a gap", func(r map[string]any) { object(r, "instrument", "scale", 5)["level"] = number("6") }, "scale[5].level", false},
	{"a question twice", func(r map[string]any) { object(r, "instrument", "domains", 0, "questions", 1)["id"] = "org-01" }, "questions[1].id", false},

	{"unknown statistics", func(r map[string]any) { r["statistics"] = []any{"means"} }, "statistics:", true},
	{"statistics twice", func(r map[string]any) { r["statistics"] = []any{"scores", "scores"} }, "statistics:", true},
	{"no statistics", func(r map[string]any) { r["statistics"] = []any{} }, "statistics:", true},
	{"statistics out of order", func(r map[string]any) { r["statistics"] = []any{"shares", "scores"} }, "statistics:", false},
	{"all statistics by name", func(r map[string]any) { r["statistics"] = []any{"scores", "quartiles", "questions", "shares"} }, "statistics:", false},
	{"scores not asked for", func(r map[string]any) { r["statistics"] = []any{"quartiles", "questions", "shares"} }, "cohorts[0]: scores were not asked for", false},
	{"quartiles not asked for", func(r map[string]any) { r["statistics"] = []any{"scores", "questions", "shares"} }, "cohorts[0]: quartiles were not asked for", false},
	{"questions not asked for", func(r map[string]any) { r["statistics"] = []any{"scores", "quartiles", "shares"} }, "cohorts[0]: questions were not asked for", false},
	{"shares not asked for", func(r map[string]any) { r["statistics"] = []any{"scores", "quartiles", "questions"} }, "cohorts[0]: shares were not asked for", false},

	{"unknown roster", func(r map[string]any) { object(r, "privacy")["roster"] = "open" }, "privacy.roster", true},
	{"ε of 0", func(r map[string]any) { object(r, "privacy")["epsilon"] = number("0") }, "privacy.epsilon", true},
	{"δ of 0", func(r map[string]any) { object(r, "privacy")["delta"] = number("0") }, "privacy.delta", true},
	{"smaller ε between answers", func(r map[string]any) { object(r, "privacy")["epsilon_between_two_answers"] = number("3.9") }, "privacy.epsilon_between_two_answers", false},
	{"k of 2", func(r map[string]any) { object(r, "privacy")["min_companies"] = number("2") }, "privacy.min_companies", true},
	{"unknown noise", func(r map[string]any) { object(r, "privacy")["noise"] = "none" }, "privacy.noise", true},
	{"negative μ", func(r map[string]any) { object(r, "privacy", "loss")["mu"] = number("-1") }, "privacy.loss.mu", true},
	{"μ with seven decimals", func(r map[string]any) { object(r, "privacy", "loss")["mu"] = number("0.8344071") }, "privacy.loss.mu", false},
	{"pure ε above ε", func(r map[string]any) { object(r, "privacy", "loss")["pure_epsilon"] = number("5") }, "privacy.loss.pure_epsilon", false},
	{"δ of the selection is δ", func(r map[string]any) { object(r, "privacy", "loss")["delta_selection"] = number("0.000001") }, "privacy.loss.delta_selection", false},
	{"δ of selection and sampler is δ", func(r map[string]any) { object(r, "privacy", "loss")["delta_sampler"] = number("0.0000009") }, "privacy.loss.delta_sampler", false},
	{"no δ of the sampler", func(r map[string]any) { delete(object(r, "privacy", "loss"), "delta_sampler") }, "privacy.loss.delta_sampler: expected a value: the key is required", true},
	{"no groups", func(r map[string]any) { delete(object(r, "privacy"), "groups") }, "privacy.groups: expected a value: the key is required", true},
	{"a group of one", func(r map[string]any) { object(r, "privacy", "groups", 0)["companies"] = number("1") }, "privacy.groups[0].companies", true},
	{"a larger group loses less", func(r map[string]any) { object(r, "privacy", "groups", 2)["epsilon"] = number("14") }, "privacy.groups[2].epsilon", false},
	{"a larger group with a smaller δ", func(r map[string]any) { object(r, "privacy", "groups", 1)["delta"] = number("0.000001") }, "privacy.groups[1].delta", false},
	{"no day of the calendar", func(r map[string]any) { object(r, "privacy", "account")["date"] = "2026-02-30" }, "privacy.account.date", false},
	{"earlier in the sequence than in the window", func(r map[string]any) { object(r, "privacy", "account")["sequence"] = number("1") }, "privacy.account.sequence", false},
	{"a window of nothing", func(r map[string]any) { object(r, "privacy", "account")["window"] = "0y" }, "privacy.account.window", true},
	{"more lost than allowed", func(r map[string]any) { object(r, "privacy", "account")["lost"] = number("8.1") }, "privacy.account.lost", false},
	{"a short lifetime", func(r map[string]any) { object(r, "privacy", "account")["lifetime"] = number("7") }, "privacy.account.lifetime", false},
	{"a smaller δ for ever", func(r map[string]any) { object(r, "privacy", "account")["delta_ever"] = number("0.000001") }, "privacy.account.delta_ever", false},
	{"fifteen sentences", func(r map[string]any) { delete(object(r, "privacy", "statement"), "bias") }, "privacy.statement.bias: expected a value: the key is required", true},
	{"empty sentence", func(r map[string]any) { object(r, "privacy", "statement")["trust"] = "" }, "privacy.statement.trust", true},
	{"seventeen sentences", func(r map[string]any) { object(r, "privacy", "statement")["more"] = "x." }, "privacy.statement.more", true},

	{"a negative share of answers left out", func(r map[string]any) { object(r, "sheets", "left_out")["low"] = number("-0.1") }, "sheets.left_out", true},
	{"more than everything scaled down", func(r map[string]any) { object(r, "sheets", "scaled_down")["high"] = number("1.1") }, "sheets.scaled_down", true},
	{"sheets without what was left out", func(r map[string]any) { delete(object(r, "sheets"), "left_out") }, "sheets.left_out: expected a value: the key is required", true},
	{"sheets scaled up", func(r map[string]any) { object(r, "sheets")["scaled_up"] = withheldObject() }, "sheets.scaled_up", true},
	{"all suppressed, the sheets not", func(r map[string]any) {
		for i, c := range r["cohorts"].([]any) {
			r["cohorts"].([]any)[i] = map[string]any{"id": c.(map[string]any)["id"], "status": "suppressed"}
		}
	}, "sheets: nothing is published", false},

	{"all is missing", func(r map[string]any) { r["cohorts"] = r["cohorts"].([]any)[1:] }, "cohorts:", false},
	{"a value is missing", func(r map[string]any) { r["cohorts"] = r["cohorts"].([]any)[:3] }, "cohorts[3].id", false},
	{"values in another order", func(r map[string]any) {
		object(r, "cohorts", 1)["id"], object(r, "cohorts", 2)["id"] = "size=medium", "size=small"
	}, "cohorts[1].id", false},
	{"an attribute twice", func(r map[string]any) { r["cohorts"] = append(r["cohorts"].([]any), r["cohorts"].([]any)[1:4]...) }, "cohorts[7].id", false},
	{"unknown attribute", func(r map[string]any) { object(r, "cohorts", 1)["id"] = "age=old" }, "cohorts[1].id", false},
	{"cohort without value", func(r map[string]any) { object(r, "cohorts", 1)["id"] = "size" }, "cohorts[1].id", true},
	{"a lone suppressed sibling", func(r map[string]any) {
		r["cohorts"].([]any)[3] = map[string]any{"id": "size=large", "status": "suppressed"}
	}, "cohorts[1]: a single suppressed value", false},
	{"all suppressed, others not", func(r map[string]any) {
		r["cohorts"].([]any)[0] = map[string]any{"id": "all", "status": "suppressed"}
	}, "cohorts[1]: nothing is published", false},
	{"suppressed with a reason", func(r map[string]any) { object(r, "cohorts", 5)["reason"] = "too small" }, "cohorts[5].reason", true},
	{"suppressed with a count", func(r map[string]any) { object(r, "cohorts", 5)["companies"] = withheldObject() }, "cohorts[5]", true},
	{"withheld cohort", func(r map[string]any) { object(r, "cohorts", 5)["status"] = "withheld" }, "cohorts[5].status", true},
	{"published and empty", func(r map[string]any) { object(r, "cohorts", 5)["status"] = "published" }, "cohorts[5].status", true},

	{"companies withheld", func(r map[string]any) { object(r, "cohorts", 0)["companies"] = withheldObject() }, "cohorts[0].companies", true},
	{"half a company", func(r map[string]any) { object(r, "cohorts", 0, "companies")["high"] = number("122.5") }, "cohorts[0].companies", true},
	{"companies below k", func(r map[string]any) { object(r, "cohorts", 0, "companies")["low"] = number("4") }, "cohorts[0].companies", false},
	{"value above high", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["value"] = number("4.9") }, "cohorts[0].overall.mean", false},
	{"value below low", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["value"] = number("0.1") }, "cohorts[0].overall.mean", false},
	{"high beyond the scale", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["high"] = number("5.000001") }, "cohorts[0].overall.mean", false},
	{"low beyond the scale", func(r map[string]any) { object(r, "cohorts", 0, "domains", 1, "mean")["low"] = number("-0.1") }, "cohorts[0].domains[1].mean", false},
	{"seven decimals", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["low"] = number("1.0000001") }, "cohorts[0].overall.mean", false},
	{"number as a text", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["low"] = "1" }, "cohorts[0].overall.mean.low", true},
	{"number beyond float64", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["low"] = number("-1e999") }, "cohorts[0].overall.mean.low", false},
	{"withheld with a value", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["status"] = "withheld" }, "cohorts[0].overall.mean.status", true},
	{"published without a value", func(r map[string]any) { delete(object(r, "cohorts", 0, "overall", "mean"), "value") }, "cohorts[0].overall.mean", true},
	{"no low", func(r map[string]any) { delete(object(r, "cohorts", 0, "overall", "mean"), "low") }, "cohorts[0].overall.mean", true},
	{"an error bar", func(r map[string]any) { object(r, "cohorts", 0, "overall", "mean")["error"] = number("0.1") }, "cohorts[0].overall.mean.error", true},
	{"no mean", func(r map[string]any) { delete(object(r, "cohorts", 0, "overall"), "mean") }, "cohorts[0].overall", true},
	{"no median", func(r map[string]any) { delete(object(r, "cohorts", 0, "overall", "percentiles"), "median") }, "cohorts[0].overall.percentiles", true},
	{"another percentile", func(r map[string]any) { object(r, "cohorts", 0, "overall", "percentiles")["p20"] = withheldObject() }, "cohorts[0].overall.percentiles.p20", true},
	{"one quartile withheld", func(r map[string]any) {
		object(r, "cohorts", 0, "domains", 2, "percentiles")["median"] = withheldObject()
	}, "cohorts[0].domains[2].percentiles.median", true},
	{"one outer percentile withheld", func(r map[string]any) { object(r, "cohorts", 0, "domains", 2, "percentiles")["p90"] = withheldObject() }, "cohorts[0].domains[2].percentiles.p90", true},
	{"quartiles descend", func(r map[string]any) {
		p := object(r, "cohorts", 0, "domains", 2, "percentiles")
		p["q1"], p["q3"] = p["q3"], p["q1"]
	}, "cohorts[0].domains[2].percentiles.median", false},
	{"an outer percentile inside", func(r map[string]any) {
		p := object(r, "cohorts", 0, "domains", 2, "percentiles")
		p["p10"] = p["median"]
	}, "cohorts[0].domains[2].percentiles.q1", false},
	{"a domain is missing", func(r map[string]any) {
		object(r, "cohorts", 0)["domains"] = object(r, "cohorts", 0)["domains"].([]any)[:2]
	}, "cohorts[0].domains", false},
	{"domains in another order", func(r map[string]any) { object(r, "cohorts", 0, "domains", 0)["id"] = "risk" }, "cohorts[0].domains[0].id", false},
	{"a question is missing", func(r map[string]any) {
		object(r, "cohorts", 0)["questions"] = object(r, "cohorts", 0)["questions"].([]any)[1:]
	}, "cohorts[0].questions", false},
	{"questions in another order", func(r map[string]any) { object(r, "cohorts", 0, "questions", 3)["id"] = "org-03" }, "cohorts[0].questions[3].id", false},

	{"five shares", func(r map[string]any) {
		q := object(r, "cohorts", 0, "questions", 2)
		q["shares"] = q["shares"].([]any)[:5]
	}, "cohorts[0].questions[2]", false},
	{"no shares", func(r map[string]any) { object(r, "cohorts", 0, "questions", 2)["shares"] = []any{} }, "cohorts[0].questions[2]", true},
	{"a share withheld", func(r map[string]any) {
		object(r, "cohorts", 0, "questions", 2)["shares"].([]any)[0] = withheldObject()
	}, "cohorts[0].questions[2].shares", true},
	{"shares without at_least", func(r map[string]any) {
		object(r, "cohorts", 0, "questions", 2)["at_least"] = []any{withheldObject(), withheldObject(), withheldObject(), withheldObject(), withheldObject()}
	}, "cohorts[0].questions[2]", false},
	{"shares that do not sum to 1", func(r map[string]any) {
		share := object(r, "cohorts", 0, "questions", 2, "shares", 0)
		share["value"] = share["low"]
	}, "cohorts[0].questions[2].shares", false},
	{"a share above 1", func(r map[string]any) {
		object(r, "cohorts", 0, "questions", 2, "shares", 0)["high"] = number("1.000001")
	}, "cohorts[0].questions[2].shares[0]", true},
	{"at_least that is no tail", func(r map[string]any) {
		tail := object(r, "cohorts", 0, "questions", 2, "at_least", 3)
		tail["value"] = tail["high"]
	}, "cohorts[0].questions[2].at_least[3]", false},
	{"a mean that is not that of the shares", func(r map[string]any) {
		mean := object(r, "cohorts", 0, "questions", 2, "mean")
		mean["value"] = mean["high"]
	}, "cohorts[0].questions[2].mean", false},
}

func TestParseReleaseRefusesEveryBreach(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	refuseAll(t, fixture.Release(t, "secret").Bytes(), mutations)
}

func refuseAll(t *testing.T, data []byte, mutations []mutation) {
	t.Helper()
	schema := releaseValidator(t)
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			decoder := json.NewDecoder(bytes.NewReader(data))
			decoder.UseNumber()
			var root map[string]any
			if err := decoder.Decode(&root); err != nil {
				t.Fatal(err)
			}
			m.mutate(root)
			mutated, err := json.Marshal(root)
			if err != nil {
				t.Fatal(err)
			}
			_, err = publication.Parse(mutated)
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), m.want) {
				t.Errorf("the error does not say %q: %v", m.want, err)
			}
			if err := validate(schema, mutated); (err != nil) != m.shape {
				t.Errorf("the schema says %v", err)
			}
		})
	}
}

// profileMutations break a release with profiles, a crosswalk and unshrunken
// numbers.
var profileMutations = []mutation{
	{"a profile is missing", func(r map[string]any) {
		object(r, "cohorts", 0)["profiles"] = object(r, "cohorts", 0)["profiles"].([]any)[:1]
	}, "cohorts[0].profiles", false},
	{"no profiles", func(r map[string]any) { delete(object(r, "cohorts", 0), "profiles") }, "cohorts[0].profiles", false},
	{"profiles in another order", func(r map[string]any) { object(r, "cohorts", 0, "profiles", 0)["id"] = "badge" }, "cohorts[0].profiles[0].id", false},
	{"a profile without share", func(r map[string]any) { delete(object(r, "cohorts", 0, "profiles", 0), "share") }, "cohorts[0].profiles[0]", true},
	{"a share of companies above 1", func(r map[string]any) {
		object(r, "cohorts", 0, "profiles", 0, "share")["high"] = number("1.000001")
	}, "cohorts[0].profiles[0].share", true},
	{"a minimum off the scale", func(r map[string]any) {
		object(r, "instrument", "profiles", 0, "minimum")["org-01"] = number("6")
	}, "profiles[0].minimum.org-01", false},
	{"a minimum of no level", func(r map[string]any) {
		object(r, "instrument", "profiles", 0, "minimum")["org-01"] = number("1.5")
	}, "instrument.profiles[0].minimum.org-01", true},
	{"a minimum of no question", func(r map[string]any) {
		object(r, "instrument", "profiles", 0, "minimum")["org-09"] = number("1")
	}, "minimum.org-09", false},
	{"minima as a list", func(r map[string]any) { object(r, "instrument", "profiles", 0)["minimum"] = []any{} }, "instrument.profiles[0].minimum", true},
	{"unknown change", func(r map[string]any) {
		object(r, "instrument", "crosswalk", "questions", 0)["change"] = "improved"
	}, "crosswalk.questions[0].change", true},
	{"crosswalk from nowhere", func(r map[string]any) { delete(object(r, "instrument", "crosswalk"), "from") }, "instrument.crosswalk", true},
	{"crosswalk from itself", func(r map[string]any) { object(r, "instrument", "crosswalk", "from")["version"] = "2" }, "crosswalk.from", false},

	{"no earlier waves", func(r map[string]any) { r["earlier"] = []any{} }, "earlier", true},
	{"leaning on itself", func(r map[string]any) { r["earlier"] = before("2024", r["wave"]) }, "earlier[1].wave", false},
	{"leaning twice on a wave", func(r map[string]any) { r["earlier"] = before("2023", "2024", "2023") }, "earlier[2].wave", false},
	{"an earlier wave of no name", func(r map[string]any) { r["earlier"] = before("2 4") }, "earlier[0].wave", true},
	{"an earlier wave of revision 0", func(r map[string]any) {
		r["earlier"] = before("2024")
		object(r, "earlier", 0)["revision"] = number("0")
	}, "earlier[0].revision", true},
	{"an earlier wave without a release", func(r map[string]any) {
		r["earlier"] = before("2024")
		object(r, "earlier", 0)["release"] = "f"
	}, "earlier[0].release", true},

	{"re-estimated from itself", func(r map[string]any) {
		r["reestimated"] = map[string]any{"from": r["id"], "estimator": "2", "count": number("1")}
	}, "reestimated.from", false},
	{"re-estimate number 0", func(r map[string]any) {
		r["reestimated"] = map[string]any{"from": strings.Repeat("1", 32), "estimator": "2", "count": number("0")}
	}, "reestimated.count", true},
	{"re-estimated by nobody", func(r map[string]any) {
		r["reestimated"] = map[string]any{"from": strings.Repeat("1", 32), "count": number("1")}
	}, "reestimated", true},

	{"an unshrunken mean is missing", func(r map[string]any) {
		u := object(r, "cohorts", 0, "unshrunken")
		u["questions"] = u["questions"].([]any)[1:]
	}, "cohorts[0].unshrunken", false},
	{"an unshrunken mean of what is withheld", func(r map[string]any) {
		object(r, "cohorts", 0, "overall")["mean"] = withheldObject()
	}, "cohorts[0].unshrunken.overall", false},
	{"an unshrunken interval upside down", func(r map[string]any) {
		object(r, "cohorts", 0, "unshrunken", "domains", 0)["high"] = number("-4")
	}, "cohorts[0].unshrunken.domains[0]", false},
	{"unshrunken shares", func(r map[string]any) {
		object(r, "cohorts", 0, "unshrunken")["shares"] = []any{}
	}, "cohorts[0].unshrunken.shares", true},
}

func TestParseReleaseRefusesBreachesOfProfiles(t *testing.T) {
	refuseAll(t, fixture.Release(t, "profiles").Bytes(), profileMutations)
}

// A public roster counts exactly.
func TestPublicRosterIsExact(t *testing.T) {
	data := string(fixture.Release(t, "public").Bytes())
	data = strings.Replace(data, `"companies": {"value": 57, "low": 57,`, `"companies": {"value": 57, "low": 56,`, 1)
	if _, err := publication.Parse([]byte(data)); err == nil || !strings.Contains(err.Error(), "cohorts[0].companies") {
		t.Errorf("an interval is accepted: %v", err)
	}
}

func TestParseReleaseRefusesBrokenJSON(t *testing.T) {
	data := string(fixture.Release(t, "suppressed").Bytes())
	for name, text := range map[string]string{
		"empty":          "",
		"list":           "[]",
		"cut":            data[:len(data)/2],
		"two values":     data + data,
		"doubled key":    strings.Replace(data, `"wave": "2026"`, `"wave": "2026", "wave": "2026"`, 1),
		"no UTF-8":       strings.Replace(data, "Synthetic", "\xff", 1),
		"nested deeply":  strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"byte order":     "\ufeff" + data,
		"trailing comma": strings.Replace(data, `"status": "suppressed"}`, `"status": "suppressed",}`, 1),
	} {
		if text == data {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := publication.Parse([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// smallest is a short release that has every part.
func smallest(t testing.TB) []byte {
	in := instrument.Spec{
		ID: "x", Version: "1", Title: "X", Scale: []instrument.Level{{Level: 0, Name: "a", Test: ""}, {Level: 1, Name: "b", Test: "c"}},
		Domains:    []instrument.Domain{{ID: "d", Title: "D", Questions: []instrument.Question{{ID: "q", Text: "Q"}}}},
		Attributes: []instrument.Attribute{{ID: "s", Title: "", Values: []instrument.Value{{ID: "u", Title: "U"}, {ID: "v", Title: ""}}}},
	}
	p := fixture.Panel{In: in, Random: rand.New(rand.NewPCG(4, 4)), Error: 0.1}
	r := fixture.Make(t, fixture.Head(in, "secret"), []draft.Cohort{p.Cohort(50, 5, 0), {Suppressed: true}, {Suppressed: true}})
	statement := reflect.ValueOf(&r.Privacy.Statement).Elem()
	for _, field := range statement.Fields() {
		field.SetString("x.")
	}
	data, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func FuzzParseRelease(f *testing.F) {
	f.Add(smallest(f))
	f.Add([]byte(`{"format": "maturitybench.release/1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := publication.Parse(data)
		if err != nil {
			return
		}
		if !bytes.Equal(r.Bytes(), data) {
			t.Fatal("other bytes")
		}
		encoded, err := r.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if problems := fixture.Contract(encoded); len(problems) > 0 {
			t.Fatal(problems)
		}
		if _, err := publication.Parse(encoded); err != nil {
			t.Fatal(err)
		}
	})
}
