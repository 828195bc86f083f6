package codebook

import (
	"fmt"
	"unicode/utf8"

	"maturitybench/benchmark/internal/fold"
)

// maxCompany is the largest length of a company's name, in bytes.
const maxCompany = 200

// ExpectCompany says what a company is.
const ExpectCompany = "a company: a text of 1 to 200 bytes in UTF-8"

// SetCompany appends the one spelling of a company's name to dst. If the text
// is not a name, it says what was expected. Unless any is set, the words that
// mark rows of totals (Total, Mean, …) are not names.
//
// Privacy: one company has one spelling, since two would count as two companies.
func SetCompany(dst, text []byte, any bool) (name []byte, expected string) {
	start := len(dst)
	if !utf8.Valid(text) {
		return dst, ExpectCompany
	}
	dst = fold.Name(dst, text)
	if n := len(dst) - start; n == 0 || n > maxCompany {
		return dst[:start], ExpectCompany
	}
	if any || !mayBeSummary(dst[start:]) {
		return dst, ""
	}
	if word, ok := fold.Summary(dst[start:]); ok {
		return dst[:start], fmt.Sprintf("a company, not a row that sums others up (%s); where a company is called so, a mapping says companies: any", word)
	}
	return dst, ""
}

// mayBeSummary leaves most names out at a glance: the words have no digits at
// their end.
func mayBeSummary(name []byte) bool {
	last := name[len(name)-1]
	return len(name) <= 32 && (last < '0' || last > '9')
}
