package responses

import (
	"context"
	"iter"

	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
)

// tableReading reads a table of texts; see [ReadTable].
type tableReading = func(names []string, rows iter.Seq2[[][]byte, error]) error

// readTable reads all answer sheets of a table, as sheetFile.read does.
func (r *sheetFile) readTable(ctx context.Context, add func(*intake.Sheet) error, problem func(Response, error) error) error {
	return r.table(func(names []string, rows iter.Seq2[[][]byte, error]) error {
		return drain(ctx, add, problem, func(take func(*intake.Sheet) bool) iter.Seq2[Response, error] {
			if r.options.Mapping != nil {
				return mapped(r.in, r.options, func(*translate.Rules) table.Rows { return textTable(ctx, names, rows) }, !r.loading, take)
			}
			return readTable(r.in, names, rows, take)
		})
	})
}

// readCells does so with a table whose header is in its rows.
func (r *sheetFile) readCells(ctx context.Context, add func(*intake.Sheet) error, problem func(Response, error) error) error {
	return r.cells(func(rows func(*translate.Rules) table.Rows) error {
		return drain(ctx, add, problem, func(take func(*intake.Sheet) bool) iter.Seq2[Response, error] {
			return mapped(r.in, r.options, rows, !r.loading, take)
		})
	})
}

// drain reads all sheets of a sequence.
func drain(ctx context.Context, add func(*intake.Sheet) error, problem func(Response, error) error, read func(take func(*intake.Sheet) bool) iter.Seq2[Response, error]) error {
	var failed error
	sheets := 0
	sequence := read(func(s *intake.Sheet) bool {
		if sheets++; sheets%4096 == 0 {
			failed = ctx.Err()
		}
		if failed == nil {
			failed = add(s)
		}
		return failed == nil
	})
	for response, err := range sequence {
		if err := problem(response, err); err != nil {
			return err
		}
	}
	if failed == nil {
		failed = ctx.Err()
	}
	return failed
}
