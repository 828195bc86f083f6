package inputtest

import (
	"iter"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// MutantsPerInput is how many texts [Mutants] yields if MATURITYBENCH_MUTANTS does not
// name a larger number. With it the seeds of a fuzz target alone are as many inputs as one
// likes, read at full speed, without the instructions that count coverage:
//
//	MATURITYBENCH_MUTANTS=2000000 go test -run FuzzCSV ./benchmark/internal/table
const MutantsPerInput = 64

// tokens are what the syntax of tables, of JSON and of YAML hangs on, and
// numbers and letters that are read in some other way than they look.
var tokens = []string{
	",", ";", "\t", "|", `"`, `""`, "'", "\n", "\r\n", "\r", " ", "\u00a0", "\u2028", "\ufeff", "\x00", "\xff", "\xff\xfe", "ä", "İ",
	"{", "}", "[", "]", ":", ": ", "- ", "&a", "*a", "#", "|\n", `\`, `\u0000`, `\ud800`, "null", "true",
	"0", "-1", "03", "3.0", "3,0", "1e9", "1e400", "-0", "NaN", "Inf", "0x1", "½", "٣", "1_0", "99999999999999999999",
	"<", "</", ">", "/>", "&amp;", "sep=;", "/", "//", "%", "51+", "1-2", "Feb-50", "2026-03-01",
}

// Mutants yields a text and texts made of it, the same ones for the same seed:
// parts are taken out, repeated, moved and overwritten. A fuzz target that reads
// all of them spends its time reading, and its coverage still guides what the
// next text is. The slice is used again.
func Mutants(data []byte, seed uint64) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		r := rand.New(rand.NewPCG(seed, uint64(len(data))))
		var text []byte
		for n := range wanted() {
			if n < MutantsPerInput || n%MutantsPerInput == 0 {
				text = append(text[:0], data...)
			}
			if n > 0 {
				for range 1 + r.IntN(4) {
					text = mutate(r, text)
				}
			}
			if !yield(text) {
				return
			}
		}
	}
}

// wanted is how many texts are asked for, a few in the quick tier.
func wanted() int {
	if testing.Short() {
		return 8
	}
	n, _ := strconv.Atoi(os.Getenv("MATURITYBENCH_MUTANTS"))
	return max(n, MutantsPerInput)
}

// mutate changes one place of a text.
func mutate(r *rand.Rand, text []byte) []byte {
	from, to := part(r, len(text))
	switch r.IntN(6) {
	case 0: // out
		return append(text[:from], text[to:]...)
	case 1: // twice
		return insert(text, r.IntN(len(text)+1), string(text[from:to]))
	case 2: // elsewhere
		moved := string(text[from:to])
		text = append(text[:from], text[to:]...)
		return insert(text, r.IntN(len(text)+1), moved)
	case 3: // another byte
		if from < len(text) {
			text[from] ^= 1 << r.IntN(8)
		}
		return text
	case 4: // in place of a part
		token := tokens[r.IntN(len(tokens))]
		return insert(append(text[:from], text[to:]...), from, token)
	default:
		return insert(text, from, tokens[r.IntN(len(tokens))])
	}
}

// part is a part of a text of n bytes, mostly a short one.
func part(r *rand.Rand, n int) (from, to int) {
	from = r.IntN(n + 1)
	return from, min(n, from+1<<r.IntN(6))
}

func insert(text []byte, at int, what string) []byte {
	text = append(text, what...)
	copy(text[at+len(what):], text[at:])
	copy(text[at:], what)
	return text
}
