package responses

import (
	"context"
	"iter"

	"maturitybench/benchmark/internal/intake"
)

// tableReading reads a table of texts; see [ReadTable].
type tableReading = func(names []string, rows iter.Seq2[[][]byte, error]) error

// readTable reads all answer sheets of a table, as sheetFile.read does.
func (r *sheetFile) readTable(ctx context.Context, take func(*intake.Sheet) error, problem func(Response, error) error) error {
	return r.table(func(names []string, rows iter.Seq2[[][]byte, error]) error {
		var failed error
		sheets := 0
		sequence := readTable(r.in, names, rows, func(s *intake.Sheet) bool {
			if sheets++; sheets%4096 == 0 {
				failed = ctx.Err()
			}
			if failed == nil {
				failed = take(s)
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
	})
}
