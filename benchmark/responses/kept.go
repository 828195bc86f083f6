package responses

import (
	"context"
	"encoding/binary"
	"sync"
	"sync/atomic"

	"maturitybench/benchmark/internal/stage"
)

// keptBytes is how many bytes of answers a publication keeps unless [Options] say
// otherwise: those of ten million companies that answer 44 questions. It was chosen to
// be little beside the hashes of a hundred million companies, which are 800 MB.
const keptBytes = 256 << 20

// kept is how many bytes of answers a publication keeps.
func (o Options) kept() int64 {
	if o.Keep == 0 {
		return keptBytes
	}
	return o.Keep
}

// kept is what the first walk over a source keeps for the second one: the rows of the
// blocks that come first, as many as there is room for, without their companies.
//
// The second walk adds these up as the first one has seen them, and reads what comes
// after them again. So the two see the same answers, whatever happens to the source: it
// can change in what is read again alone, and there the checksum tells.
//
// Privacy: raw answers in memory, until the publication ends.
type kept struct {
	layout
	room   int64    // bytes that are free
	full   bool     // nothing more is kept: there was no room for a block
	text   int64    // bytes of the source with the rows
	ends   int      // line ends in them
	pieces [][]byte // packed rows, in any order
}

// layout is that of a packed row: a byte an attribute, then half a byte an answer, of
// which the row has one byte. An answer is below 16.
type layout struct{ stride, answers int }

// newKept returns room for the rows of a walk, nil if no other walk follows.
func newKept(walk *stage.Walk, bytes int64) *kept {
	if walk.To == 1 {
		return nil
	}
	return &kept{layout: layout{walk.Stride, walk.Answers}, room: bytes}
}

// size is the length of a packed row.
func (l layout) size() int { return l.answers + (l.stride-l.answers+1)/2 }

// take takes room for the rows of the next block, if there is enough for all of them.
// Otherwise it returns nil, for this block and for all after it.
func (k *kept) take(text, ends int) []byte {
	size := (ends + 1) * k.size()
	if k.full = k.full || int64(size) > k.room; k.full {
		return nil
	}
	k.room -= int64(size)
	k.text += int64(text)
	k.ends += ends
	return make([]byte, 0, size)
}

// add adds up the rows on all cores.
//
// Privacy: raw answers, for the sums of the workers alone.
func (k *kept) add(ctx context.Context, workers []*worker) error {
	var next atomic.Int64
	var all sync.WaitGroup
	for _, worker := range workers {
		all.Go(func() {
			for ctx.Err() == nil {
				at := int(next.Add(1)) - 1
				if at >= len(k.pieces) {
					return
				}
				worker.rows = k.unpack(worker.rows, k.pieces[at])
				worker.addUp()
			}
		})
	}
	all.Wait()
	return ctx.Err()
}

// pack appends rows to packed ones.
//
// Privacy: raw answers, as they are in the rows.
func (l layout) pack(packed, rows []byte) []byte {
	for ; len(rows) > 0; rows = rows[l.stride:] {
		packed = append(packed, rows[:l.answers]...)
		answers := rows[l.answers:l.stride]
		for ; len(answers) >= 8; answers = answers[8:] {
			eight := binary.LittleEndian.Uint64(answers) // to half of each byte, of each two, and of each four
			eight = (eight | eight>>4) & 0x00ff_00ff_00ff_00ff
			eight = (eight | eight>>8) & 0x0000_ffff_0000_ffff
			packed = binary.LittleEndian.AppendUint32(packed, uint32(eight|eight>>16))
		}
		for ; len(answers) >= 2; answers = answers[2:] {
			packed = append(packed, answers[0]|answers[1]<<4)
		}
		packed = append(packed, answers...)
	}
	return packed
}

// unpack appends the rows that are packed.
//
// Privacy: raw answers, as they are in packed.
func (l layout) unpack(rows, packed []byte) []byte {
	for size := l.size(); len(packed) > 0; packed = packed[size:] {
		rows = append(rows, packed[:l.answers]...)
		halves, left := packed[l.answers:size], l.stride-l.answers
		for ; left >= 8; left -= 8 {
			eight := uint64(binary.LittleEndian.Uint32(halves))
			eight = (eight | eight<<16) & 0x0000_ffff_0000_ffff
			eight = (eight | eight<<8) & 0x00ff_00ff_00ff_00ff
			rows = binary.LittleEndian.AppendUint64(rows, (eight|eight<<4)&0x0f0f_0f0f_0f0f_0f0f)
			halves = halves[4:]
		}
		for ; left >= 2; left -= 2 {
			rows = append(rows, halves[0]&0xf, halves[0]>>4)
			halves = halves[1:]
		}
		rows = append(rows, halves...)
	}
	return rows
}
