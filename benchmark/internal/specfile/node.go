package specfile

import "strings"

// node is a value of a file, whichever format the file has.
type node struct {
	place  place // YAML
	offset int   // JSON: bytes before the value
	kind   string
	text   string  // of a scalar
	keys   []entry // of keys with values
	items  []node  // of a list
}

// entry is a key with its value.
type entry struct {
	place  place
	offset int
	key    string
	value  node
}

// spot is where a value stands: under a key, or in a list. The root has none.
type spot struct {
	parent *spot
	key    string
	index  int // in a list; −1 under a key
}

// String is the path: domains[1].questions[0].id.
func (s *spot) String() string {
	if s == nil {
		return ""
	}
	if s.index >= 0 {
		return Element(s.parent.String(), s.index)
	}
	return Join(s.parent.String(), s.key)
}

// position is the line and column of a byte of a text.
func position(text []byte, offset int) place {
	before := string(text[:min(offset, len(text))])
	last := strings.LastIndexByte(before, '\n')
	return place{strings.Count(before, "\n") + 1, len([]rune(before[last+1:])) + 1}
}
