package encode

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// codes is a table whose sums over the answers of a domain hold several sums in the
// fields of a word, where questions have no weights. It is by two answer bytes at a time, the second one times
// 16, which halves the look-ups; 0 is no answer.
type codes struct {
	sums  [256]uint64 // 1 in countBits; then x, and the shape polynomials from order 2 on plus their bias, in fields of their own
	field uint        // bits of a field but the first
}

// countBits is the room for the number of questions of a domain.
const countBits = 11

// init fills the table for domains of at most size questions. It reports
// whether the fields fit into a word: if not, it is of no use.
func (c *codes) init(polynomials [][]int64, values []int64, size int) bool {
	largest := values[len(values)-1]
	for _, p := range polynomials {
		largest = max(largest, slices.Max(p)+biasOf(p))
	}
	c.field = uint(bits.Len64(uint64(largest * int64(size))))
	if countBits+int(c.field)*(1+len(polynomials)) > 64 {
		return false
	}
	for l, value := range values {
		c.sums[1+l] = 1 | uint64(value)<<countBits
		for o, p := range polynomials {
			c.sums[1+l] |= uint64(p[l]+biasOf(p)) << (countBits + c.field*uint(1+o))
		}
	}
	fillPairs(&c.sums)
	return true
}

// fillPairs fills a table by two answers from that by one.
func fillPairs(table *[256]uint64) {
	for pair := 16; pair < 256; pair++ {
		table[pair] = table[pair%16] + table[pair/16]
	}
}

// pairs makes indexes of tables by two answers of the first eight, in the low bytes of four
// fields of 16 bits. An answer byte is below 16.
func pairs(answers []byte) uint64 {
	eight := binary.LittleEndian.Uint64(answers)
	return eight | eight>>4
}

// sumPairs adds up what a table says of every answer of a domain.
func sumPairs(table *[256]uint64, answers []byte) uint64 {
	sum := uint64(0)
	for ; len(answers) >= 8; answers = answers[8:] {
		four := pairs(answers)
		sum += table[uint8(four)] + table[uint8(four>>16)] +
			(table[uint8(four>>32)] + table[uint8(four>>48)])
	}
	for q := 1; q < len(answers); q += 2 {
		sum += table[answers[q-1]|answers[q]<<4]
	}
	if len(answers)%2 > 0 {
		sum += table[answers[len(answers)-1]]
	}
	return sum
}

// read takes a sum apart: m, Σx, and the fields of the polynomials.
func (c *codes) read(sum uint64) (count, x int64, polynomials uint64) {
	return int64(sum & (1<<countBits - 1)), int64(sum >> countBits & (1<<(c.field&63) - 1)), sum >> ((countBits + c.field) & 63)
}

// norm is the squared norm of a domain's shapes but for what depends on m alone.
func (c *codes) norm(order []orderNorm, polynomials uint64) float64 {
	norm, field := 0.0, c.field&63
	mask := uint64(1)<<field - 1
	for _, o := range order[1:] {
		x := float64(int64(polynomials & mask))
		polynomials >>= field
		norm += x * (o.linear + o.square*x)
	}
	return norm
}

// orderNorm is what the sum of one function of the level, plus its bias, over the answers of a
// domain, adds to the squared norm: sum·(linear + square·sum).
type orderNorm struct{ linear, square float64 }

// raise makes the sum one that is larger by this much.
func (o *orderNorm) raise(by float64, norm *float64) {
	*norm += by * (o.square*by - o.linear)
	o.linear -= 2 * o.square * by
}

// biasOf is what is added to a function of the level, so that it is nowhere negative.
func biasOf(p []int64) int64 { return -min(slices.Min(p), 0) }
