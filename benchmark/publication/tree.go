package publication

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"maturitybench/benchmark/internal/decimal"
)

// tree is a JSON value with its place in the document, for errors.
type tree struct {
	spot  *spot // nil at the root
	value any   // map[string]tree, []tree, json.Number, string, bool or nil
}

// spot is where a value stands: under a key of an object, or in a list.
type spot struct {
	parent *spot
	key    string // of an object
	index  int    // in a list; −1 in an object
}

// path spells a spot: cohorts[0].overall.mean. Long or strange keys are
// quoted and cut.
func (s *spot) path() string {
	if s == nil {
		return ""
	}
	before := s.parent.path()
	if s.index >= 0 {
		return fmt.Sprintf("%s[%d]", before, s.index)
	}
	key := s.key
	if len(key) > 64 || strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }) {
		key = strconv.QuoteToASCII(key[:min(len(key), 64)])
	}
	if before == "" {
		return key
	}
	return before + "." + key
}

// deepest is more than the deepest nesting of a release.
const deepest = 16

// parseTree reads one JSON value. Unlike encoding/json it refuses keys that
// occur twice and texts that are not UTF-8.
func parseTree(data []byte) (tree, error) {
	if !utf8.Valid(data) {
		return tree{}, errors.New("not UTF-8")
	}
	if !json.Valid(data) {
		return tree{}, errors.New("not valid JSON")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return readTree(decoder, nil, 0)
}

// readTree reads the next value of a valid text.
func readTree(d *json.Decoder, at *spot, depth int) (tree, error) {
	token, err := d.Token()
	if err != nil {
		return tree{}, err
	}
	open, ok := token.(json.Delim)
	if !ok {
		return tree{at, token}, nil
	}
	if depth == deepest {
		return tree{}, fmt.Errorf("%s: nested too deeply", at.path())
	}
	value := any(nil)
	if open == '[' {
		value, err = readList(d, at, depth+1)
	} else {
		value, err = readObject(d, at, depth+1)
	}
	if err != nil {
		return tree{}, err
	}
	_, err = d.Token() // the closing bracket or brace
	return tree{at, value}, err
}

func readList(d *json.Decoder, at *spot, depth int) ([]tree, error) {
	list := []tree{}
	for d.More() {
		item, err := readTree(d, &spot{parent: at, index: len(list)}, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, nil
}

func readObject(d *json.Decoder, at *spot, depth int) (map[string]tree, error) {
	object := map[string]tree{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string)
		under := &spot{at, key, -1}
		if _, twice := object[key]; twice {
			return nil, fmt.Errorf("%s: given twice", under.path())
		}
		if object[key], err = readTree(d, under, depth); err != nil {
			return nil, err
		}
	}
	return object, nil
}

// treeReader takes values out of a tree. After the first problem, which is
// kept in err, it returns zero values.
type treeReader struct{ err error }

// fail records the first problem.
func (r *treeReader) fail(t tree, problem string) {
	if r.err != nil {
		return
	}
	if t.spot == nil {
		r.err = errors.New(problem)
		return
	}
	r.err = fmt.Errorf("%s: %s", t.spot.path(), problem)
}

// object is the members of an object that has exactly these keys. A key that
// ends in ? may be missing.
func (r *treeReader) object(t tree, keys ...string) map[string]tree {
	members, ok := t.value.(map[string]tree)
	if !ok {
		r.fail(t, "an object is expected")
		return nil
	}
	known := 0
	for _, key := range keys {
		key, optional := strings.CutSuffix(key, "?")
		if t.has(key) {
			known++
		} else if !optional {
			r.fail(t, "the key "+key+" is missing")
		}
	}
	if known < len(members) && r.err == nil {
		r.fail(firstUnknown(members, keys), "unknown key")
	}
	return members
}

// firstUnknown is the first of the members that are not among the keys.
func firstUnknown(members map[string]tree, keys []string) tree {
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if !slices.Contains(keys, key) && !slices.Contains(keys, key+"?") {
			return members[key]
		}
	}
	return tree{}
}

// has reports whether t is an object with the key.
func (t tree) has(key string) bool {
	members, _ := t.value.(map[string]tree)
	_, ok := members[key]
	return ok
}

// list is the items of a list.
func (r *treeReader) list(t tree) []tree {
	items, ok := t.value.([]tree)
	if !ok {
		r.fail(t, "a list is expected")
	}
	return items
}

// text is a string.
func (r *treeReader) text(t tree) string {
	s, ok := t.value.(string)
	if !ok {
		r.fail(t, "a text is expected")
	}
	return s
}

// optionalText is the text under a key, or none.
func (r *treeReader) optionalText(members map[string]tree, key string) string {
	if member, ok := members[key]; ok {
		return r.text(member)
	}
	return ""
}

// number is a finite number.
func (r *treeReader) number(t tree) float64 {
	n, ok := t.value.(json.Number)
	if !ok {
		r.fail(t, "a number is expected")
		return 0
	}
	x, err := n.Float64()
	if err != nil || math.IsInf(x, 0) {
		r.fail(t, "a number is expected that a float64 can hold")
		return 0
	}
	return x
}

// integer is a whole number within ± a billion.
func (r *treeReader) integer(t tree) int {
	x := r.number(t)
	if x != math.Trunc(x) || math.Abs(x) > decimal.Largest {
		r.fail(t, "a whole number is expected")
		return 0
	}
	return int(x)
}

// estimate is an Estimate in one of its two forms.
func (r *treeReader) estimate(t tree) Estimate {
	if !t.has("value") {
		members := r.object(t, "status")
		if r.err == nil && r.text(members["status"]) != Withheld.String() {
			r.fail(members["status"], "without a value, withheld is expected")
		}
		return NoEstimate()
	}
	members := r.object(t, "value", "low", "high", "status")
	if r.err != nil {
		return NoEstimate()
	}
	if r.text(members["status"]) != Published.String() {
		r.fail(members["status"], "with a value, published is expected")
	}
	e := Estimate{r.number(members["value"]), r.number(members["low"]), r.number(members["high"]), Published}
	if r.err != nil {
		return NoEstimate()
	}
	return e
}
