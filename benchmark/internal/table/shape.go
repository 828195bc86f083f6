package table

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
)

// expectRecords is for a table that stands sideways, or by its row numbers.
const expectRecords = "one object for every answer sheet, not one that holds the columns, or all sheets by their numbers (in pandas: to_json(orient=\"records\"))"

// isSideways reports whether an object holds a table: its members are objects
// with the same keys, at least two of each.
func isSideways(text []byte) bool {
	var members map[string]map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil || len(members) < 2 {
		return false
	}
	var first []string
	for _, member := range members {
		keys := slices.Sorted(maps.Keys(member))
		if first == nil {
			first = keys
		}
		if len(keys) < 2 || !slices.Equal(keys, first) {
			return false
		}
	}
	return true
}

// numbered is the beginning of an object whose first key is a number.
var numbered = regexp.MustCompile(`^\{\s*"[0-9]+"\s*:\s*\{`)

// isNumbered reports whether an object has one member, an object whose key is a
// number.
func isNumbered(text []byte) bool {
	if !numbered.Match(text) {
		return false
	}
	var members map[string]json.RawMessage
	return json.Unmarshal(text, &members) == nil && len(members) == 1
}
