package responses

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
)

// stream is the responses of a [Source] for one publication.
type stream struct {
	*sheetFile
	key  stage.Key // of the hashes of companies
	size int       // of a block
	kept *kept     // by the first walk, nil before it
}

func newStream(r *sheetFile) *stream {
	return &stream{sheetFile: r, key: stage.NewKey(), size: blockSize}
}

// batchSheets is how many sheets go to a worker at a time.
const batchSheets = 512

// batch holds sheets for a worker.
type batch struct {
	names []byte // of the companies, one after the other
	ends  []int  // of each, in names
	rows  []byte
}

// Walk reads the source and adds it up on all cores, or reads it on one of them
// where rows depend on each other. The first walk, for the records, finds companies
// with two responses.
func (s *stream) Walk(ctx context.Context, walk *stage.Walk) (*stage.Part, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := make([]*worker, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i] = &worker{part: walk.NewPart(), key: s.key, check: walk.Key, layout: layout{walk.Stride, walk.Answers}}
		if walk.Records != nil {
			workers[i].seen = &fingerprints{}
		}
	}
	walkOver := s.walkBatches
	if s.inBlocks() {
		walkOver = s.walkBlocks
	}
	problems, err := walkOver(ctx, walk, workers)
	if err != nil {
		return nil, err
	}
	return s.finish(ctx, walk, workers, problems)
}

// walkBatches reads the source on one core, and hands batches of sheets to the
// others.
func (s *stream) walkBatches(ctx context.Context, walk *stage.Walk, workers []*worker) (*faults, error) {
	full, empty := make(chan *batch, 2*len(workers)), make(chan *batch, 4*len(workers))
	for range cap(empty) {
		empty <- &batch{}
	}
	var all sync.WaitGroup
	for _, worker := range workers {
		all.Go(func() {
			for b := range full {
				worker.add(b)
				empty <- b
			}
		})
	}
	problems, err := s.feed(ctx, walk, full, empty)
	close(full)
	all.Wait()
	return problems, err
}

// feed reads the source into batches.
func (s *stream) feed(ctx context.Context, walk *stage.Walk, full chan<- *batch, empty <-chan *batch) (*faults, error) {
	problems, companies := &faults{key: s.key}, 0
	problem := problems.fault
	if walk.Records == nil {
		problem = func(_ Response, err error) error {
			if err := problems.gather(err); err != nil {
				return err
			}
			return ErrChanged // there was no problem before
		}
	}
	b := <-empty
	err := s.read(ctx, walk.From, walk.To, func(sheet *intake.Sheet) error {
		if companies++; companies == maxCompanies {
			return errTooMany
		}
		b.add(sheet)
		if len(b.ends) == batchSheets {
			full <- b
			b = <-empty
		}
		return nil
	}, problem)
	if err == nil {
		full <- b
	}
	return problems, err
}

// faults is the problems of a source, and whose rows they are in.
type faults struct {
	problemList
	key  stage.Key
	seen *fingerprints // nil: of nobody
}

// fault adds a problem. It returns errors that end the walk.
func (f *faults) fault(r Response, err error) error {
	if owner := r.owner(); owner != nil {
		if f.seen == nil {
			f.seen = &fingerprints{}
		}
		company := stage.Identify(owner.Company)
		f.seen.add(f.key.Hash(&company))
	}
	return f.gather(err)
}

// add adds a sheet.
func (b *batch) add(s *intake.Sheet) {
	b.names = append(b.names, s.Company...)
	b.ends = append(b.ends, len(b.names))
	b.rows = append(b.rows, s.Row()...)
}

// worker adds up sheets.
type worker struct {
	part      *stage.Part
	key       stage.Key
	check     stage.Key
	seen      *fingerprints // first walk only
	companies []identity    // that are not added up so far, first walk only
	marks     []uint64      // of these
	rows      []byte        // of these, from blocks
	taken     int           // sheets since the last flush
	packed    []byte        // the rows of the block that are kept, nil if they are not
	layout    layout        // of these
}

// add adds a batch and empties it.
func (w *worker) add(b *batch) {
	start := 0
	for _, end := range b.ends {
		w.company(b.names[start:end])
		start = end
	}
	w.part.AddMarked(w.companies, w.marks, b.rows)
	w.companies, w.marks = w.companies[:0], w.marks[:0]
	b.names, b.ends, b.rows = b.names[:0], b.ends[:0], b.rows[:0]
}

// company notes whose the next row is. The second walk identifies nobody: the checksum tells whether
// the names are the same ones. What is kept needs none.
func (w *worker) company(name []byte) {
	if w.check != (stage.Key{}) && w.packed == nil {
		w.marks = append(w.marks, w.check.Mark(name))
	}
	if w.seen != nil {
		company := stage.Identify(name)
		w.companies = append(w.companies, company)
		w.seen.add(w.key.Hash(&company))
	}
}

// take adds a sheet.
func (w *worker) take(s *intake.Sheet) bool {
	w.company(s.Company)
	w.rows = append(w.rows, s.Row()...)
	if w.taken++; w.taken%batchSheets == 0 {
		w.addUp()
	}
	return true
}

// flush adds up the sheets that were taken, and returns how many there are since
// the last time.
func (w *worker) flush() int {
	w.addUp()
	taken := w.taken
	w.taken = 0
	return taken
}

// addUp adds up the sheets that were taken and are not added up so far.
func (w *worker) addUp() {
	w.part.AddMarked(w.companies, w.marks, w.rows)
	if w.packed != nil {
		w.packed = w.layout.pack(w.packed, w.rows)
	}
	w.companies, w.marks, w.rows = w.companies[:0], w.marks[:0], w.rows[:0]
}

// finish merges what the workers have, if there is no problem.
func (s *stream) finish(ctx context.Context, walk *stage.Walk, workers []*worker, found *faults) (*stage.Part, error) {
	part, seen := workers[0].part, []*fingerprints(nil)
	for i, w := range workers {
		if i > 0 {
			part.Merge(w.part)
		}
		if w.seen != nil {
			seen = append(seen, w.seen)
		}
	}
	if walk.Records == nil {
		return part, nil
	}
	problems := &found.problemList
	if found.seen != nil {
		seen = append(seen, found.seen)
	}
	if suspects := twice(seen); len(suspects) > 0 {
		var err error
		if problems, err = s.confirm(ctx, walk, suspects, problems); err != nil {
			return nil, err
		}
	}
	if err := problems.err(int(part.Companies())); err != nil {
		return nil, s.named(err)
	}
	return part, nil
}

// confirm reads the source once more for the companies whose hash is there more
// than once, compares them exactly, and returns the problems of the source in
// the order of its lines, those of second responses among them.
func (s *stream) confirm(ctx context.Context, walk *stage.Walk, suspects []uint64, others *problemList) (*problemList, error) {
	repeats := len(suspects)
	suspects = slices.Compact(suspects)
	var twins problemList
	lines := map[identity]int{} // of the first responses
	unknown := 0                // sheets of suspects that there was no room to compare
	other := &problemList{}
	look := func(sheet *intake.Sheet) error {
		company := stage.Identify(sheet.Company)
		if _, suspect := slices.BinarySearch(suspects, s.key.Hash(&company)); !suspect {
			return nil
		}
		switch first, ok := lines[company]; {
		case ok:
			twins.problem(onceMore(sheet.Line, first))
		case len(lines) < mostSuspects:
			lines[company] = sheet.Line
		default:
			unknown++
		}
		return nil
	}
	err := s.read(ctx, walk.To, walk.To, look, func(r Response, err error) error {
		if owner := r.owner(); owner != nil {
			look(owner)
		}
		return other.gather(err)
	})
	if err != nil {
		return nil, err
	}
	if len(other.problems) != len(others.problems) || other.more != others.more {
		return nil, ErrChanged
	}
	if unknown > 0 {
		twins.more = max(repeats-len(twins.problems), twins.more)
	}
	all := problemList{problems: slices.Concat(twins.problems, others.problems), more: others.more + twins.more}
	slices.SortStableFunc(all.problems, func(a, b input.Problem) int { return a.Line - b.Line })
	if extra := len(all.problems) - input.MaxProblems; extra > 0 {
		all.problems, all.more = all.problems[:input.MaxProblems], all.more+extra
	}
	return &all, nil
}
