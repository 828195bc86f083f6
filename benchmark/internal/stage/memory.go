package stage

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Memory is responses in memory, which must not change.
type Memory struct {
	Companies []Identity // nil for walks without Records and Key
	Rows      []byte
}

// block is how many responses are added between looks at the context.
const block = 4096

// Walk adds up the responses on all cores.
func (m Memory) Walk(ctx context.Context, walk *Walk) (*Part, error) {
	companies := len(m.Rows) / walk.Stride
	blocks := (companies + block - 1) / block
	parts := make([]*Part, max(1, min(runtime.GOMAXPROCS(0), blocks)))
	var next atomic.Int64
	var all sync.WaitGroup
	for i := range parts {
		parts[i] = walk.NewPart()
		all.Go(func() {
			for ctx.Err() == nil {
				first := int(next.Add(1)-1) * block
				if first >= companies {
					return
				}
				m.add(parts[i], first, min(first+block, companies), walk.Stride)
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, other := range parts[1:] {
		parts[0].Merge(other)
	}
	return parts[0], nil
}

// add adds the responses from first to before last.
func (m Memory) add(part *Part, first, last, stride int) {
	var companies []Identity
	if m.Companies != nil {
		companies = m.Companies[first:last]
	}
	part.Add(companies, m.Rows[first*stride:last*stride])
}
