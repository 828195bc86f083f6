package benchmark

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tree is a JSON value with its path in the document, for errors.
type tree struct {
	path  string
	value any // map[string]tree, []tree, json.Number, string, bool or nil
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
	return readTree(decoder, "", 0)
}

// readTree reads the next value of a valid text.
func readTree(d *json.Decoder, path string, depth int) (tree, error) {
	token, err := d.Token()
	if err != nil {
		return tree{}, err
	}
	open, ok := token.(json.Delim)
	if !ok {
		return tree{path, token}, nil
	}
	if depth == deepest {
		return tree{}, fmt.Errorf("%s: nested too deeply", path)
	}
	if open == '[' {
		list := []tree{}
		for d.More() {
			item, err := readTree(d, fmt.Sprintf("%s[%d]", path, len(list)), depth+1)
			if err != nil {
				return tree{}, err
			}
			list = append(list, item)
		}
		_, err := d.Token()
		return tree{path, list}, err
	}
	object := map[string]tree{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return tree{}, err
		}
		name, _ := key.(string)
		inner := keyPath(path, name)
		if _, twice := object[name]; twice {
			return tree{}, fmt.Errorf("%s: given twice", inner)
		}
		if object[name], err = readTree(d, inner, depth+1); err != nil {
			return tree{}, err
		}
	}
	_, err = d.Token()
	return tree{path, object}, err
}

// keyPath appends a key to a path; long or strange keys are quoted and cut.
func keyPath(path, key string) string {
	if len(key) > 64 || strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }) {
		key = strconv.QuoteToASCII(key[:min(len(key), 64)])
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// treeReader takes values out of a tree. After the first problem, which is
// kept in err, it returns zero values.
type treeReader struct{ err error }

// fail records the first problem.
func (r *treeReader) fail(t tree, problem string) {
	if r.err != nil {
		return
	}
	if t.path == "" {
		r.err = errors.New(problem)
		return
	}
	r.err = fmt.Errorf("%s: %s", t.path, problem)
}

// object is the members of an object that has exactly these keys. A key that
// ends in ? may be missing.
func (r *treeReader) object(t tree, keys ...string) map[string]tree {
	members, ok := t.value.(map[string]tree)
	if !ok {
		r.fail(t, "an object is expected")
		return nil
	}
	known := map[string]bool{}
	for _, key := range keys {
		key, optional := strings.CutSuffix(key, "?")
		known[key] = true
		if !optional && !t.has(key) {
			r.fail(t, "the key "+key+" is missing")
		}
	}
	unknown := ""
	for key, member := range members {
		if !known[key] && (unknown == "" || member.path < unknown) {
			unknown = member.path
		}
	}
	if unknown != "" {
		r.fail(tree{path: unknown}, "unknown key")
	}
	return members
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
	if x != math.Trunc(x) || math.Abs(x) > largestPrinted {
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
		return withheld()
	}
	members := r.object(t, "value", "low", "high", "status")
	if r.err != nil {
		return withheld()
	}
	if r.text(members["status"]) != Published.String() {
		r.fail(members["status"], "with a value, published is expected")
	}
	e := Estimate{r.number(members["value"]), r.number(members["low"]), r.number(members["high"]), Published}
	if r.err != nil {
		return withheld()
	}
	return e
}
