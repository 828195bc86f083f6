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
	packed []byte // room for its rows, nil if they are not kept
	found  problemList
	err    error // ends the walk
}

// blockWalk is a walk over the blocks of a source: the rows are read, and added
// up, on all cores.
type blockWalk struct {
	*stream
	first     bool  // the walk for the records, which looks for problems
	keep      *kept // for the next walk, nil if none follows
	companies atomic.Int64
	failed    atomic.Bool
	lock      sync.Mutex
	faulty    []numberedBlock // with problems or an error
}

// walkBlocks is Walk for a source that is read in blocks. The second walk reads what the
// first one has not kept.
func (s *stream) walkBlocks(ctx context.Context, walk *stage.Walk, workers []*worker) (*faults, error) {
	if err := s.options.Check(s.in); err != nil {
		return nil, err
	}
	tracked := &trackedReader{ctx: ctx, options: s.options, from: walk.From, to: walk.To, told: walk.From}
	w := &blockWalk{stream: s, first: walk.Records != nil}
	if w.first {
		s.kept, w.keep = nil, newKept(walk, s.options.kept())
	} else if s.kept != nil {
		if err := s.kept.add(ctx, workers); err != nil {
			return nil, err
		}
	}
	if s.kept == nil || s.kept.full {
		if err := w.read(tracked, workers); err != nil {
			return nil, err
		}
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
	if w.first {
		s.kept = w.keep
	}
	return found, nil
}

// read opens the source and reads it.
func (w *blockWalk) read(tracked *trackedReader, workers []*worker) error {
	file, err := w.open()
	if err != nil {
		return fmt.Errorf("responses: %w", err)
	}
	defer file.Close()
	tracked.r = file
	start := numberedBlock{number: -1}
	blocks, newReader := w.blocks(tracked, w.size, w.taking(&start, nil))
	if blocks != nil && start.err == nil {
		start.err = w.skip(blocks)
	}
	if w.note(start); blocks != nil && start.err == nil {
		w.run(blocks, newReader, workers)
	}
	return nil
}

// skip leaves out what was kept. Of a source that has become shorter than that nobody is left
// to be read again.
func (w *blockWalk) skip(blocks *table.Blocks) error {
	if w.kept == nil {
		return nil
	}
	if err := blocks.Skip(w.kept.text, w.kept.ends); err != nil && err != io.EOF {
		return readError(err)
	}
	return nil
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
				worker.packed = block.packed
				read(block.Lines(), w.taking(&block, worker))
				n := worker.flush()
				if w.companies.Add(int64(n)) >= maxCompanies && block.err == nil {
					block.err = errTooMany
				}
				block.packed = worker.packed
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
		next := numberedBlock{Block: block, number: number}
		if w.keep != nil {
			next.packed = w.keep.take(len(block.Text), block.Ends)
		}
		full <- next
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

// note notes what is kept of a block, or that it is not as it should be.
func (w *blockWalk) note(block numberedBlock) {
	w.lock.Lock()
	defer w.lock.Unlock()
	if block.err == nil && len(block.found.problems) == 0 {
		if block.packed != nil {
			w.keep.pieces = append(w.keep.pieces, block.packed)
		}
		return
	}
	block.Text, block.packed = nil, nil
	w.faulty = append(w.faulty, block)
	if block.err != nil {
		w.failed.Store(true)
	}
}
