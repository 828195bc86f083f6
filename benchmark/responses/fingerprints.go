package responses

import (
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
			var list []uint64
			for {
				at := int(next.Add(1)) - 1
				if at >= len(found) {
					return
				}
				list = list[:0]
				for _, f := range seen {
					for _, piece := range f.lists[at].pieces {
						list = append(list, piece...)
					}
					f.lists[at].pieces = nil
				}
				slices.Sort(list)
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

// mostSuspects is the number of companies that are compared exactly. A source
// with more second responses than that is so broken that the hashes may count
// them.
const mostSuspects = 1 << 20
