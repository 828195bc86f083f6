package responses

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/internal/table"
)

// blockSize is how many bytes of a file a core takes at a time.
const blockSize = 128 << 10

// taking takes a response, or an error in its place, and reports whether to go on.
type taking = func(Response, error) bool

// blockReader reads the rows of blocks on one core.
type blockReader func(*table.Lines, taking)

// inBlocks reports whether the rows of the source are read on several cores.
func (r *sheetFile) inBlocks() bool {
	return r.open != nil && r.options.Mapping == nil && r.format != JSON
}

// blocks reads what comes before the rows of a file. It returns the blocks of the
// rows, and a function that makes readers of them; or, if no row can be read, nil,
// and yield has got the problems.
func (r *sheetFile) blocks(from io.Reader, size int, yield taking) (*table.Blocks, func(take func(*intake.Sheet) bool) blockReader) {
	lines := table.NewLines(from)
	if r.format == JSONL {
		if !readStart(lines, yield) {
			return nil, nil
		}
		return lines.Blocks(0, size), func(take func(*intake.Sheet) bool) blockReader {
			return newJSONReader(r.in, take).readLines
		}
	}
	header := tableReader{rowReader: newRowReader(r.in, nil)}
	if !readHeader(&header, lines, table.NewSplitter(lines, ','), yield) {
		return nil, nil
	}
	return lines.Blocks(',', size), func(take func(*intake.Sheet) bool) blockReader {
		sheets := tableReader{rowReader: newRowReader(r.in, take)}
		sheets.setColumns(header.columns)
		return func(lines *table.Lines, yield taking) {
			for rows := table.NewSplitter(lines, ','); readRow(&sheets, rows, yield); {
			}
		}
	}
}

// numberedBlock is a block with its place in the file, and what was found in it.
type numberedBlock struct {
	table.Block
	number int
	found  problemList
	err    error // ends the walk
}

// blockWalk is a walk over the blocks of a source: the rows are read, and added
// up, on all cores.
type blockWalk struct {
	*stream
	first     bool // the walk for the records, which looks for problems
	companies atomic.Int64
	failed    atomic.Bool
	lock      sync.Mutex
	faulty    []numberedBlock // with problems or an error
}

// walkBlocks is Walk for a source that is read in blocks.
func (s *stream) walkBlocks(ctx context.Context, walk *stage.Walk, workers []*worker) (*faults, error) {
	if err := s.options.Check(s.in); err != nil {
		return nil, err
	}
	file, err := s.open()
	if err != nil {
		return nil, fmt.Errorf("responses: %w", err)
	}
	defer file.Close()
	tracked := &trackedReader{ctx: ctx, r: file, options: s.options, from: walk.From, to: walk.To, told: walk.From}
	w := &blockWalk{stream: s, first: walk.Records != nil}
	start := numberedBlock{number: -1}
	blocks, newReader := s.blocks(tracked, blockSize, w.taking(&start, nil))
	w.note(start)
	if blocks != nil && start.err == nil {
		w.run(blocks, newReader, workers)
	}
	found := &faults{}
	for _, block := range w.faulty {
		if block.err != nil {
			return nil, block.err
		}
		for _, p := range block.found.problems {
			found.problem(p)
		}
		found.more += block.found.more
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	tracked.tell(walk.To)
	return found, nil
}

// run reads the blocks, which workers take one after the other.
func (w *blockWalk) run(blocks *table.Blocks, newReader func(func(*intake.Sheet) bool) blockReader, workers []*worker) {
	full, empty := make(chan numberedBlock, len(workers)), make(chan []byte, 2*len(workers)+1)
	for range cap(empty) {
		empty <- nil
	}
	var all sync.WaitGroup
	for _, worker := range workers {
		all.Go(func() {
			read := newReader(worker.take)
			for block := range full {
				read(block.Lines(), w.taking(&block, worker))
				n := worker.flush()
				if w.companies.Add(int64(n)) >= maxCompanies && block.err == nil {
					block.err = errTooMany
				}
				w.note(block)
				empty <- block.Text
			}
		})
	}
	for number := 0; !w.failed.Load(); number++ {
		block, err := blocks.Next(<-empty)
		if err != nil {
			if err != io.EOF {
				w.note(numberedBlock{number: number, err: readError(err)})
			}
			break
		}
		full <- numberedBlock{Block: block, number: number}
	}
	close(full)
	all.Wait()
	slices.SortFunc(w.faulty, func(a, b numberedBlock) int { return cmp.Compare(a.number, b.number) })
}

// taking takes the problems of a block, whose rows a worker reads.
func (w *blockWalk) taking(block *numberedBlock, worker *worker) taking {
	return func(r Response, err error) bool {
		if owner := r.owner(); owner != nil && worker.seen != nil {
			company := stage.Identify(owner.Company)
			worker.seen.add(w.key.Hash(&company))
		}
		if block.err = block.found.gather(err); block.err == nil && !w.first {
			block.err = ErrChanged // there was no problem before
		}
		return block.err == nil
	}
}

// note notes a block that is not as it should be.
func (w *blockWalk) note(block numberedBlock) {
	if block.err == nil && len(block.found.problems) == 0 {
		return
	}
	block.Text = nil
	w.lock.Lock()
	defer w.lock.Unlock()
	w.faulty = append(w.faulty, block)
	if block.err != nil {
		w.failed.Store(true)
	}
}
