package benchmark

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// contract reads a release.json as a foreign program would, from the
// description of the format alone, and returns everything that is wrong with
// it. It uses nothing of the package.
func contract(data []byte) []string {
	var c contractChecker
	if !bytes.HasSuffix(data, []byte("}\n")) || bytes.Contains(data, []byte("\r")) {
		c.wrong("text", "lines do not end in LF")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var root map[string]any
	if err := decoder.Decode(&root); err != nil {
		return []string{err.Error()}
	}
	c.root(root)
	return c.problems
}

type contractChecker struct {
	problems []string
	levels   []int64
	first    *big.Rat
	last     *big.Rat
	k        *big.Rat
	public   bool
	profiles []string
}

// withOptional adds the optional keys that the object has.
func withOptional(v any, optional []string, keys ...string) []string {
	object, _ := v.(map[string]any)
	for _, key := range optional {
		if _, ok := object[key]; ok {
			keys = append(keys, key)
		}
	}
	return keys
}

var (
	hexID       = regexp.MustCompile(`^[0-9a-f]{32}$`)
	plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]{1,6})?$`)
	fullNumber  = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	positive    = regexp.MustCompile(`^[1-9][0-9]*$`)
	zero, whole = big.NewRat(0, 1), big.NewRat(1, 1)
)

func (c *contractChecker) wrong(path, format string, args ...any) {
	c.problems = append(c.problems, path+": "+fmt.Sprintf(format, args...))
}

// keys is the object v if it has exactly these keys.
func (c *contractChecker) keys(path string, v any, want ...string) map[string]any {
	object, ok := v.(map[string]any)
	if !ok {
		c.wrong(path, "is %T", v)
		return map[string]any{}
	}
	var have []string
	for key := range object {
		have = append(have, key)
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		c.wrong(path, "keys are %v", have)
	}
	return object
}

func (c *contractChecker) items(path string, v any, n int) []any {
	list, ok := v.([]any)
	if !ok || n >= 0 && len(list) != n {
		c.wrong(path, "is not a list of %d", n)
		return make([]any, max(n, 0))
	}
	return list
}

func (c *contractChecker) number(path string, v any, form *regexp.Regexp) *big.Rat {
	n, ok := v.(json.Number)
	if !ok || !form.MatchString(n.String()) {
		c.wrong(path, "number %v", v)
		return new(big.Rat)
	}
	r, _ := new(big.Rat).SetString(n.String())
	return r
}

func (c *contractChecker) root(root map[string]any) {
	c.keys("release", root, withOptional(root, []string{"reestimated"},
		"format", "id", "account", "wave", "revision", "confidence", "instrument", "privacy", "cohorts")...)
	if root["format"] != "maturitybench.release/1" {
		c.wrong("format", "%v", root["format"])
	}
	if id, _ := root["id"].(string); !hexID.MatchString(id) {
		c.wrong("id", "%v", root["id"])
	}
	c.number("revision", root["revision"], positive)
	c.number("confidence", root["confidence"], fullNumber)
	c.privacy(root["privacy"])

	in := c.keys("instrument", root["instrument"], withOptional(root["instrument"],
		[]string{"profiles", "crosswalk"}, "id", "version", "title", "scale", "domains", "attributes")...)
	if list, ok := in["profiles"]; ok {
		for _, p := range c.items("profiles", list, -1) {
			c.profiles = append(c.profiles, p.(map[string]any)["id"].(string))
		}
	}
	for i, level := range c.items("scale", in["scale"], -1) {
		n, err := level.(map[string]any)["level"].(json.Number).Int64()
		if err != nil || i > 0 && n != c.levels[i-1]+1 {
			c.wrong("scale", "level %d", i)
		}
		c.levels = append(c.levels, n)
	}
	c.first, c.last = big.NewRat(c.levels[0], 1), big.NewRat(c.levels[len(c.levels)-1], 1)
	var domains, questions []string
	for _, d := range c.items("domains", in["domains"], -1) {
		domain := c.keys("domain", d, "id", "title", "questions")
		domains = append(domains, domain["id"].(string))
		for _, q := range c.items("questions", domain["questions"], -1) {
			questions = append(questions, c.keys("question", q, "id", "text")["id"].(string))
		}
	}
	values := map[string][]string{}
	for _, a := range c.items("attributes", in["attributes"], -1) {
		attribute := a.(map[string]any)
		for _, v := range c.items("values", attribute["values"], -1) {
			id := attribute["id"].(string)
			values[id] = append(values[id], v.(map[string]any)["id"].(string))
		}
	}
	cohorts := c.items("cohorts", root["cohorts"], -1)
	c.order(cohorts, values)
	for _, cohort := range cohorts {
		c.cohort(cohort.(map[string]any), domains, questions)
	}
}

func (c *contractChecker) privacy(v any) {
	p := c.keys("privacy", v, "roster", "epsilon", "delta", "epsilon_between_two_answers", "min_companies", "noise", "loss", "statement")
	if p["roster"] != "secret" && p["roster"] != "public" {
		c.wrong("roster", "%v", p["roster"])
	}
	c.public = p["roster"] == "public"
	c.k = c.number("min_companies", p["min_companies"], positive)
	epsilon := c.number("epsilon", p["epsilon"], fullNumber)
	if between := c.number("between", p["epsilon_between_two_answers"], fullNumber); between.Cmp(epsilon) < 0 {
		c.wrong("between", "below ε")
	}
	c.number("delta", p["delta"], fullNumber)
	if p["noise"] != "secure" && p["noise"] != "test" {
		c.wrong("noise", "%v", p["noise"])
	}
	loss := c.keys("loss", p["loss"], "pure_epsilon", "mu", "delta_selection")
	for key, part := range loss {
		c.number("loss."+key, part, fullNumber)
	}
	statement := c.keys("statement", p["statement"], "loss", "unit", "neighbours", "definition", "bounds", "groups",
		"denominators", "composition", "post_processing", "accuracy", "bias", "trust", "randomness", "assurance", "custody", "aggregation")
	for key, sentence := range statement {
		if s, _ := sentence.(string); strings.TrimSpace(s) == "" {
			c.wrong("statement."+key, "is no sentence")
		}
	}
}

// order: all first; then attribute by attribute every value, in order; never
// a lone suppressed sibling; nothing when all is suppressed.
func (c *contractChecker) order(cohorts []any, values map[string][]string) {
	var ids []string
	suppressed := map[string]int{}
	total := 0
	for _, v := range cohorts {
		cohort := v.(map[string]any)
		id, _ := cohort["id"].(string)
		ids = append(ids, id)
		if cohort["status"] == "suppressed" {
			attribute, _, _ := strings.Cut(id, "=")
			suppressed[attribute]++
			total++
		}
	}
	if len(ids) == 0 || ids[0] != "all" {
		c.wrong("cohorts", "all is not first")
		return
	}
	if suppressed["all"] > 0 && total != len(ids) {
		c.wrong("cohorts", "all is suppressed, others are not")
	}
	want := []string{"all"}
	for i := 1; i < len(ids); {
		attribute, _, _ := strings.Cut(ids[i], "=")
		for _, v := range values[attribute] {
			want = append(want, attribute+"="+v)
		}
		if len(values[attribute]) == 0 {
			c.wrong("cohorts", "%q has no values left", ids[i])
			return
		}
		i += len(values[attribute])
		if suppressed[attribute] == 1 {
			c.wrong("cohorts", "one suppressed value of %s", attribute)
		}
		delete(values, attribute)
	}
	if !slices.Equal(ids, want) {
		c.wrong("cohorts", "ids are %v", ids)
	}
}

func (c *contractChecker) cohort(cohort map[string]any, domains, questions []string) {
	path, _ := cohort["id"].(string)
	if cohort["status"] == "suppressed" {
		c.keys(path, cohort, "id", "status")
		return
	}
	c.keys(path, cohort, withOptional(cohort, []string{"profiles", "unshrunken"}, "id", "status", "companies", "overall", "domains", "questions")...)
	if cohort["status"] != "published" {
		c.wrong(path, "status %v", cohort["status"])
	}
	n := c.estimate(path+".companies", cohort["companies"], c.k, nil)
	if n == nil || !n.value.IsInt() || !n.low.IsInt() || !n.high.IsInt() {
		c.wrong(path, "companies are not whole")
	} else if c.public && n.low.Cmp(n.high) != 0 {
		c.wrong(path, "companies are not exact")
	}
	c.score(path+".overall", c.keys(path, cohort["overall"], "mean", "quartiles"))
	for i, d := range c.items(path+".domains", cohort["domains"], len(domains)) {
		domain := c.keys(path, d, "id", "mean", "quartiles")
		if domain["id"] != domains[i] {
			c.wrong(path, "domain %v", domain["id"])
		}
		c.score(path+"."+domains[i], domain)
	}
	for i, q := range c.items(path+".questions", cohort["questions"], len(questions)) {
		question := c.keys(path, q, "id", "mean", "shares", "at_least")
		if question["id"] != questions[i] {
			c.wrong(path, "question %v", question["id"])
		}
		c.question(path+"."+questions[i], question)
	}
	shares, _ := cohort["profiles"].([]any)
	if len(shares) != len(c.profiles) {
		c.wrong(path, "shares of %d profiles", len(shares))
	}
	for i, p := range shares {
		profile := c.keys(path, p, "id", "share")
		if profile["id"] != c.profiles[i] {
			c.wrong(path, "profile %v", profile["id"])
		}
		c.estimate(path, profile["share"], zero, whole)
	}
	if u, ok := cohort["unshrunken"]; ok {
		c.unshrunken(path+".unshrunken", u, len(domains), len(questions))
	}
}

// unshrunken are estimates that no scale bounds.
func (c *contractChecker) unshrunken(path string, v any, domains, questions int) {
	u := c.keys(path, v, withOptional(v, []string{"profiles"}, "overall", "domains", "questions")...)
	least := big.NewRat(-1_000_000_000, 1)
	c.estimate(path, u["overall"], least, nil)
	lists := map[string]int{"domains": domains, "questions": questions}
	if len(c.profiles) > 0 {
		lists["profiles"] = len(c.profiles)
	}
	for key, n := range lists {
		for _, e := range c.items(path+"."+key, u[key], n) {
			c.estimate(path+"."+key, e, least, nil)
		}
	}
}

type threeNumbers struct{ value, low, high *big.Rat }

// estimate is nil if withheld. A nil bound bounds nothing.
func (c *contractChecker) estimate(path string, v any, least, most *big.Rat) *threeNumbers {
	object, _ := v.(map[string]any)
	if object["status"] == "withheld" {
		c.keys(path, v, "status")
		return nil
	}
	c.keys(path, v, "value", "low", "high", "status")
	if object["status"] != "published" {
		c.wrong(path, "status %v", object["status"])
	}
	e := threeNumbers{
		c.number(path, object["value"], plainNumber),
		c.number(path, object["low"], plainNumber),
		c.number(path, object["high"], plainNumber),
	}
	if e.low.Cmp(e.value) > 0 || e.value.Cmp(e.high) > 0 {
		c.wrong(path, "value outside its interval")
	}
	if e.low.Cmp(least) < 0 || most != nil && e.high.Cmp(most) > 0 {
		c.wrong(path, "outside the scale")
	}
	return &e
}

// family are estimates that are published together, or nil.
func (c *contractChecker) family(path string, v any, n int, least, most *big.Rat) []*threeNumbers {
	var list []*threeNumbers
	for _, item := range c.items(path, v, n) {
		if e := c.estimate(path, item, least, most); e != nil {
			list = append(list, e)
		}
	}
	if len(list) != 0 && len(list) != n {
		c.wrong(path, "%d of %d published", len(list), n)
		return nil
	}
	return list
}

func (c *contractChecker) score(path string, s map[string]any) {
	c.estimate(path+".mean", s["mean"], c.first, c.last)
	quartiles := c.family(path+".quartiles", s["quartiles"], 3, c.first, c.last)
	for i := 1; i < len(quartiles); i++ {
		if quartiles[i-1].value.Cmp(quartiles[i].value) > 0 {
			c.wrong(path, "quartiles do not ascend")
		}
	}
}

func (c *contractChecker) question(path string, q map[string]any) {
	mean := c.estimate(path+".mean", q["mean"], c.first, c.last)
	shares := c.family(path+".shares", q["shares"], len(c.levels), zero, whole)
	tails := c.family(path+".at_least", q["at_least"], len(c.levels)-1, zero, whole)
	if (shares == nil) != (tails == nil) {
		c.wrong(path, "shares without at_least, or at_least without shares")
	}
	if shares == nil || tails == nil {
		return
	}
	sum, weighted := new(big.Rat), new(big.Rat)
	for i := len(shares) - 1; i >= 0; i-- {
		sum.Add(sum, shares[i].value)
		level := big.NewRat(c.levels[i], 1)
		weighted.Add(weighted, level.Mul(level, shares[i].value))
		if i > 0 && sum.Cmp(tails[i-1].value) != 0 {
			c.wrong(path, "at_least[%d] is not the tail of the shares", i-1)
		}
	}
	if sum.Cmp(whole) != 0 {
		c.wrong(path, "shares sum to %s", sum.FloatString(7))
	}
	if mean != nil && mean.value.Cmp(weighted) != 0 {
		c.wrong(path, "the mean is not that of the shares")
	}
}
