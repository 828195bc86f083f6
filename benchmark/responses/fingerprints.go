package responses

import (
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// fingerprints is a list of hashes of companies, by their first byte. It needs 8
// bytes a company, and never moves what it has.
type fingerprints struct{ lists [256]fingerprintList }

// fingerprintList is a list in pieces.
type fingerprintList struct{ pieces [][]uint64 }

// pieceLength is the length of all pieces but the first few, which are shorter.
const pieceLength = 2048

func (f *fingerprints) add(hash uint64) { f.lists[hash>>56].add(hash) }

func (l *fingerprintList) add(hash uint64) {
	last := len(l.pieces) - 1
	if last < 0 || len(l.pieces[last]) == cap(l.pieces[last]) {
		l.pieces = append(l.pieces, make([]uint64, 0, pieceLength>>max(8-len(l.pieces), 0)))
		last++
	}
	l.pieces[last] = append(l.pieces[last], hash)
}

// twice is the hashes that are there more than once, in order, each as often
// as it is there beyond the first time.
func twice(seen []*fingerprints) []uint64 {
	var found [256][]uint64
	var next atomic.Int32
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			var sorter sorter
			for {
				at := int(next.Add(1)) - 1
				if at >= len(found) {
					return
				}
				var pieces [][]uint64
				for _, f := range seen {
					pieces = append(pieces, f.lists[at].pieces...)
					f.lists[at].pieces = nil
				}
				list := sorter.sort(pieces)
				for i := 1; i < len(list); i++ {
					if list[i] == list[i-1] {
						found[at] = append(found[at], list[i])
					}
				}
			}
		})
	}
	all.Wait()
	return slices.Concat(found[:]...)
}

// sorter sorts hashes that have their first byte in common.
type sorter struct {
	ends []uint32 // of the ranges of the list whose hashes start alike
	list []uint64
}

// sort is the hashes of some lists in order, valid until the next call. Hashes are spread
// evenly: by their next bits they fall into ranges of some four, each of which is sorted.
func (s *sorter) sort(lists [][]uint64) []uint64 {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	length := max(bits.Len(uint(n))-2, 0)
	start := func(hash uint64) uint64 { return hash << 8 >> 1 >> (63 - length) }
	s.ends = slices.Grow(s.ends[:0], 1<<length)[:1<<length]
	s.list = slices.Grow(s.list[:0], n)[:n]
	clear(s.ends)
	for _, list := range lists {
		for _, hash := range list {
			s.ends[start(hash)]++
		}
	}
	next := uint32(0)
	for i, count := range s.ends {
		s.ends[i] = next // where the range starts: it ends after the last of its hashes
		next += count
	}
	for _, list := range lists {
		for _, hash := range list {
			at := &s.ends[start(hash)]
			s.list[*at] = hash
			*at++
		}
	}
	next = 0
	for _, end := range s.ends {
		slices.Sort(s.list[next:end])
		next = end
	}
	return s.list
}

// mostSuspects is the number of companies that are compared exactly. A source
// with more second responses than that is so broken that the hashes may count
// them.
const mostSuspects = 1 << 20
