package responses

import (
	"encoding/binary"
	"unicode/utf8"

	"maturitybench/benchmark/internal/codebook"
)

// run is columns that are read alike: questions that follow each other on one scale, or a single column of
// another kind.
type run struct {
	column, columns int
	question        int      // of the first column
	answers         *answers // nil: another kind
}

// setColumns says which columns the rows have.
func (t *tableReader) setColumns(columns []codebook.Column) {
	t.columns, t.runs = columns, nil
	for i, c := range columns {
		if c.Kind != codebook.QuestionKind {
			t.runs = append(t.runs, run{column: i, columns: 1})
			continue
		}
		if n := len(t.runs); n > 0 {
			if last := &t.runs[n-1]; last.answers == t.answers[c.Index] && last.question+last.columns == c.Index {
				last.columns++
				continue
			}
		}
		t.runs = append(t.runs, run{i, 1, c.Index, t.answers[c.Index]})
	}
}

// plain reads a whole row if it is as rows usually are: without quotes, with an
// expected text in every cell. Of any other row it returns false, and the sheet
// has to be cleared.
func (t *tableReader) plain(line []byte) bool {
	start := 0
	for i := range t.runs {
		r := &t.runs[i]
		if r.answers != nil {
			if start = t.plainAnswers(r, line, start); start < 0 {
				return false
			}
			continue
		}
		text, ok := plainCell(line, start)
		if !ok || t.cell(r.column, text) != "" {
			return false
		}
		start += len(text) + 1
	}
	return start == len(line)+1
}

// plainAnswers reads the columns of a run from start on, and returns where the next one starts; −1
// if one of them is not plain. Four answers of one byte, with their commas, are a word.
func (t *tableReader) plainAnswers(r *run, line []byte, start int) int {
	const commas = 0x2c00_2c00_2c00_2c00
	scores, digit := t.sheet.Scores[r.question:][:r.columns], &r.answers.digit
	for len(scores) >= 4 {
		if start+8 <= len(line) {
			word := binary.LittleEndian.Uint64(line[start:])
			four := uint32(digit[uint8(word)]) | uint32(digit[uint8(word>>16)])<<8 | uint32(digit[uint8(word>>32)])<<16 | uint32(digit[uint8(word>>48)])<<24
			if word&0xff00_ff00_ff00_ff00 == commas && four&0x8080_8080 == 0 {
				binary.LittleEndian.PutUint32(scores, four)
				scores, start = scores[4:], start+8
				continue
			}
		}
		n := r.answers.four(scores, line, start)
		if n == 0 {
			if start = t.plainAnswer(r, line, start, r.columns-len(scores)); start < 0 {
				return -1
			}
			scores = scores[1:]
			continue
		}
		scores, start = scores[4:], start+n
	}
	for ; len(scores) > 0; scores = scores[1:] {
		if start = t.plainAnswer(r, line, start, r.columns-len(scores)); start < 0 {
			return -1
		}
	}
	return start
}

// plainAnswer is plainAnswers for one column of the run, of any text.
func (t *tableReader) plainAnswer(r *run, line []byte, start, column int) int {
	text, ok := plainCell(line, start)
	if !ok || t.answer(t.sheet, r.question+column, text) != "" {
		return -1
	}
	return start + len(text) + 1
}

// four reads four cells of at most one byte, with their commas or the end of the line, which are in a word of
// eight bytes, and returns how many bytes they are; 0 if there is another cell among them. Blanks come
// and go as chance has it, so that their steps are computed: it is costly to guess them wrong.
func (a *answers) four(scores []uint8, line []byte, start int) int {
	if start+8 > cap(line) || start > len(line) {
		return 0
	}
	word := binary.LittleEndian.Uint64(line[start : start+8])
	if left := len(line) - start; left < 8 { // what comes after the line is none of its text
		word = word&^(0xff<<(8*left)) | ','<<(8*left)
	}
	four, bytes, wrong := uint32(0), 4, uint64(0)
	for i := range 4 {
		four |= uint32(a.cell[uint8(word)]) << (8 * i)
		full := (word&0xff ^ ',' + 0xff) >> 8 // 1, or 0 for a blank
		wrong |= full * (word>>8&0xff ^ ',')
		word >>= (8 + 8*full) & 63
		bytes += int(full)
	}
	if four&0x8080_8080 != 0 || wrong != 0 || start+bytes > len(line)+1 {
		return 0
	}
	binary.LittleEndian.PutUint32(scores, four)
	return bytes
}

// plainCell is the text of the cell that starts there, if there is one, and it is text without quotes.
func plainCell(line []byte, start int) (text []byte, ok bool) {
	if start > len(line) {
		return nil, false
	}
	all := uint8(0)
	for end, b := range line[start:] {
		if b == ',' {
			text = line[start : start+end]
			return text, all < utf8.RuneSelf || utf8.Valid(text)
		}
		if b == '"' {
			return nil, false
		}
		all |= b
	}
	text = line[start:]
	return text, all < utf8.RuneSelf || utf8.Valid(text)
}
