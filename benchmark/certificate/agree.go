package certificate

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Tolerance is how far a printed number may lie from the one that another machine
// derives, whose arithmetic rounds differently: two units of the last of the six
// decimals.
const Tolerance = 2e-6

// numbers are the keys of a release that have numbers which are derived from the noise.
var numbers = []string{"cohorts", "sheets"}

// agree compares two JSON texts but for some keys. Under the keys of numbers numbers may
// differ by [Tolerance], everything else must be the same.
func agree(want, got []byte, but ...string) error {
	var a, b map[string]any
	if err := errors.Join(json.Unmarshal(want, &a), json.Unmarshal(got, &b)); err != nil {
		return err
	}
	for _, key := range but {
		delete(a, key)
		delete(b, key)
	}
	return same("", a, b, 0)
}

// same compares two values, and names the first place where they differ.
func same(path string, a, b any, tolerance float64) error {
	switch a := a.(type) {
	case map[string]any:
		other, ok := b.(map[string]any)
		if !ok || !slices.Equal(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(other))) {
			return fmt.Errorf("%s: other keys follow", where(path))
		}
		for _, key := range slices.Sorted(maps.Keys(a)) {
			within := tolerance
			if path == "" && slices.Contains(numbers, key) {
				within = Tolerance
			}
			if err := same(path+"."+key, a[key], other[key], within); err != nil {
				return err
			}
		}
	case []any:
		other, ok := b.([]any)
		if !ok || len(a) != len(other) {
			return fmt.Errorf("%s: %d values follow", where(path), len(a))
		}
		for i := range a {
			if err := same(fmt.Sprintf("%s[%d]", path, i), a[i], other[i], tolerance); err != nil {
				return err
			}
		}
	case float64:
		other, ok := b.(float64)
		// The last bits are those of the decimal fractions themselves.
		if !ok || !(math.Abs(a-other) <= tolerance*(1+1e-6)) {
			return fmt.Errorf("%s: %v follows, not %v", where(path), a, b)
		}
	default:
		if a != b {
			return fmt.Errorf("%s: another value follows", where(path))
		}
	}
	return nil
}

func where(path string) string {
	if path == "" {
		return "document"
	}
	return path[1:]
}
