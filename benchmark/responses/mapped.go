package responses

import (
	"context"
	"errors"
	"io"
	"iter"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
	"maturitybench/benchmark/mapping"
)

// Mapping says how the export of a survey tool is read: see package
// [mapping].
type Mapping = mapping.Mapping

// Counts says what was found in a file that was read through a mapping.
type Counts = translate.Counts

// rulesOf holds the mapping of options against an instrument; nil if there is
// none.
func (o Options) rulesOf(in *instrument.Instrument) (*translate.Rules, error) {
	if o.Mapping == nil {
		return nil, nil
	}
	rules, problems := translate.Compile(*o.Mapping, bookOf(in).Instrument)
	if err := o.Mapping.Err(problems); err != nil {
		return nil, err
	}
	return rules, nil
}

// Check holds the mapping against an instrument. The error for one that does not
// fit is an [*input.Error] that names keys of the mapping.
func (o Options) Check(in *instrument.Instrument) error {
	_, err := o.rulesOf(in)
	return err
}

// last is the options that count.
func last(options []Options) (o Options) {
	for _, o = range options {
	}
	return o
}

// mapped reads a table through the mapping of options. stream says that nothing
// may be kept; take is that of rowReader.
func mapped(in *instrument.Instrument, o Options, rows func(*translate.Rules) table.Rows, stream bool, take func(*intake.Sheet) bool) iter.Seq2[Response, error] {
	return func(yield func(Response, error) bool) {
		rules, err := o.rulesOf(in)
		if err != nil {
			yield(Response{}, err)
			return
		}
		counts, err := rules.Walk(rows(rules), stream, handOut(in, take, yield))
		if o.Counts != nil {
			*o.Counts = counts
		}
		switch {
		case err == nil:
		case errors.Is(err, translate.ErrStream), errors.Is(err, translate.ErrHeld):
			yield(Response{}, input.NewError("", []input.Problem{{Field: "duplicates", Expected: err.Error()}}))
		default:
			yield(Response{}, readError(err))
		}
	}
}

// handOut makes responses of the sheets of a walk, and errors of its problems.
func handOut(in *instrument.Instrument, take func(*intake.Sheet) bool, yield func(Response, error) bool) translate.Yield {
	reused, blank := &intake.Sheet{}, in.Spec().Blank
	return func(s *translate.Sheet, problems []input.Problem) bool {
		if len(problems) > 0 {
			owner := Response{}
			if s != nil && len(s.Company) > 0 {
				owner = newResponse(&intake.Sheet{Line: s.Line, Company: append([]byte(nil), s.Company...)})
			}
			for _, problem := range problems {
				if !yield(owner, input.NewError("", []input.Problem{problem})) {
					return false
				}
				owner = Response{}
			}
			return true
		}
		if take != nil {
			*reused = intake.Sheet{Instrument: in, Line: s.Line, Company: s.Company, Attributes: s.Attributes, Scores: s.Scores}
			reused.Finish(blank)
			return take(reused)
		}
		copied := &intake.NewSheets(in, len(s.Attributes), len(s.Scores), 1)[0]
		copied.Line, copied.Company = s.Line, append(copied.Company, s.Company...)
		copy(copied.Attributes, s.Attributes)
		copy(copied.Scores, s.Scores)
		copied.Finish(blank)
		return yield(newResponse(copied), nil)
	}
}

// tableOf reads a file of a format as a table.
func tableOf(format Format, r io.Reader) func(*translate.Rules) table.Rows {
	return func(rules *translate.Rules) table.Rows {
		if format == CSV {
			return table.CSV(r, rules.Dialect())
		}
		return table.JSON(r, rules.Dialect().Encoding)
	}
}

// textTable is a table of texts with the names of its columns.
func textTable(ctx context.Context, names []string, rows iter.Seq2[[][]byte, error]) table.Rows {
	return func(yield func(*table.Row, error) bool) {
		row := &table.Row{}
		for _, name := range names {
			row.New = append(row.New, table.Name{name})
		}
		for cells, err := range rows {
			row.Line++
			switch {
			case err == nil && row.Line%4096 == 0:
				err = ctx.Err()
			case err == nil && len(cells) != len(names):
				err = errCells
			}
			if err != nil {
				yield(nil, err)
				return
			}
			row.Cells = cells
			if !yield(row, nil) {
				return
			}
			row.New = nil
		}
	}
}

// errCells is for a row of a table that is not as wide as its header.
var errCells = errors.New("a row does not have one cell per column")

// ReadCells reads answer sheets from a table whose header is in its rows, through
// the mapping of options or the zero one. It is for packages of this module,
// which alone can name a table.
func ReadCells(in *instrument.Instrument, rows func(*translate.Rules) table.Rows, options ...Options) iter.Seq2[Response, error] {
	r := &sheetFile{in: in, options: last(options)}
	r.mapped()
	return mapped(in, r.options, rows, false, nil)
}

// NewCellsSource returns the answer sheets of a table such as ReadCells takes,
// which can be read again: every walk calls open, which calls read and returns
// its error. path is the file that errors name.
func NewCellsSource(in *instrument.Instrument, path string, open func(read func(rows func(*translate.Rules) table.Rows) error) error, options ...Options) *Source {
	r := &sheetFile{in: in, path: path, cells: open, options: last(options)}
	r.mapped()
	return r.source()
}
