package encode

import (
	"math/bits"

	"maturitybench/benchmark/internal/model"
)

// pairTables hold what is summed over the answers of a domain, in several words, by two answers at a time: a table for
// every pair of weights that two questions beside each other have.
type pairTables struct {
	rows  []uint64 // words of every pair of answers, table by table
	n     int      // words of a row: 1, 2, 3 or a multiple of wideWords
	shift uint     // of the second answer
	at    [][]int  // by domain: the table of every two questions, of the last one alone if they are odd
}

// wideWords is how many words are summed at a time, if they are more than three.
const wideWords = 4

// newPairTables makes the tables: add adds what an answer at a level counts, of a question with this weight.
func newPairTables(shape model.Shape, n int, add func(row []uint64, level int, weight uint64)) *pairTables {
	t, places, first := &pairTables{n: n, shift: uint(bits.Len(uint(shape.Levels)))}, map[[2]int]int{}, 0
	for _, size := range shape.Domains {
		var at []int
		for q := first; q < first+size; q += 2 {
			weights := [2]int{shape.Weight(q)}
			if q+1 < first+size {
				weights[1] = shape.Weight(q + 1)
			}
			if _, ok := places[weights]; !ok {
				places[weights] = len(t.rows)
				t.rows = append(t.rows, make([]uint64, n<<(2*t.shift))...)
				t.fill(t.rows[places[weights]:], weights, shape.Levels, add)
			}
			at = append(at, places[weights])
		}
		t.at = append(t.at, at)
		first += size
	}
	return t
}

// fill fills the table of two questions with these weights.
func (t *pairTables) fill(table []uint64, weights [2]int, levels int, add func(row []uint64, level int, weight uint64)) {
	for pair := range 1 << (2 * t.shift) {
		for i, answer := range [2]int{pair & (1<<t.shift - 1), pair >> t.shift} {
			if answer > 0 && answer <= levels {
				add(table[pair*t.n:][:t.n], answer-1, uint64(weights[i]))
			}
		}
	}
}

// sum adds up what the tables say of the answers of a domain.
func (t *pairTables) sum(words []uint64, d int, answers []byte) {
	tables := t.at[d]
	switch t.n {
	case 1:
		words[0] = t.sumOne(tables, answers)
	case 2:
		words[0], words[1] = t.sumTwo(tables, answers)
	case 3:
		words[0], words[1], words[2] = t.sumThree(tables, answers)
	default:
		for word := 0; word < t.n; word += wideWords {
			t.sumFour(words[word:][:wideWords], word, tables, answers)
		}
	}
}

// sumOne, sumTwo, sumThree and sumFour are one loop, written out for as many words: the sums then stay in
// registers, and the loops of a tally are these.
func (t *pairTables) sumOne(tables []int, answers []byte) (sum uint64) {
	shift, q := t.shift&7, 1
	for ; q < len(answers); q += 2 {
		sum += t.rows[tables[q/2]+(int(answers[q-1])|int(answers[q])<<shift)]
	}
	if q == len(answers) {
		sum += t.rows[tables[q/2]+int(answers[q-1])]
	}
	return sum
}

func (t *pairTables) sumTwo(tables []int, answers []byte) (a, b uint64) {
	shift, q := t.shift&7, 1
	for ; q < len(answers); q += 2 {
		row := t.rows[tables[q/2]+2*(int(answers[q-1])|int(answers[q])<<shift):][:2]
		a += row[0]
		b += row[1]
	}
	if q == len(answers) {
		row := t.rows[tables[q/2]+2*int(answers[q-1]):][:2]
		a += row[0]
		b += row[1]
	}
	return a, b
}

func (t *pairTables) sumThree(tables []int, answers []byte) (a, b, c uint64) {
	shift, q := t.shift&7, 1
	for ; q < len(answers); q += 2 {
		row := t.rows[tables[q/2]+3*(int(answers[q-1])|int(answers[q])<<shift):][:3]
		a += row[0]
		b += row[1]
		c += row[2]
	}
	if q == len(answers) {
		row := t.rows[tables[q/2]+3*int(answers[q-1]):][:3]
		a += row[0]
		b += row[1]
		c += row[2]
	}
	return a, b, c
}

func (t *pairTables) sumFour(to []uint64, word int, tables []int, answers []byte) {
	var a, b, c, d uint64
	for i, table := range tables {
		pair := int(answers[2*i])
		if 2*i+1 < len(answers) {
			pair |= int(answers[2*i+1]) << (t.shift & 7)
		}
		row := t.rows[table+t.n*pair+word:][:wideWords]
		a += row[0]
		b += row[1]
		c += row[2]
		d += row[3]
	}
	to[0], to[1], to[2], to[3] = a, b, c, d
}
