package stage

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Chunk is some responses, one after the other in the order of companies.
type Chunk struct {
	Companies []Identity // nil for walks without Records and Key
	Rows      []byte
}

// Memory is responses in memory, which must not change.
type Memory []Chunk

// How many responses a core takes at a time, between looks at the context: as many
// as leave every core some blocks, so that none waits long for the last one.
const (
	leastBlock = 512
	mostBlock  = 4096
	coreBlocks = 4
)

// Walk adds up the responses on all cores.
func (m Memory) Walk(ctx context.Context, walk *Walk) (*Part, error) {
	cores := runtime.GOMAXPROCS(0)
	blocks := m.blocks(walk.Stride, cores)
	parts := make([]*Part, max(1, min(cores, len(blocks))))
	var next atomic.Int64
	var all sync.WaitGroup
	for i := range parts {
		parts[i] = walk.NewPart()
		all.Go(func() {
			for ctx.Err() == nil {
				at := int(next.Add(1)) - 1
				if at >= len(blocks) {
					return
				}
				parts[i].Add(blocks[at].Companies, blocks[at].Rows)
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

// blocks cuts the chunks up.
func (m Memory) blocks(stride, cores int) []Chunk {
	all := 0
	for _, chunk := range m {
		all += len(chunk.Rows) / stride
	}
	size := min(max(all/(coreBlocks*cores)+1, leastBlock), mostBlock)
	var blocks []Chunk
	for _, chunk := range m {
		companies := len(chunk.Rows) / stride
		for first := 0; first < companies; first += size {
			last := min(first+size, companies)
			block := Chunk{Rows: chunk.Rows[first*stride : last*stride]}
			if chunk.Companies != nil {
				block.Companies = chunk.Companies[first:last]
			}
			blocks = append(blocks, block)
		}
	}
	return blocks
}
