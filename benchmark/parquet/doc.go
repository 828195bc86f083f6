// Package parquet reads answer sheets from Parquet files, the format in which
// large surveys are kept: one row group after the other, a few hundred rows at
// a time.
//
//	data, err := parquet.Load(ctx, instrument.JSP(), "responses.parquet")
//
// It is a module of its own, since the Parquet library is as large as all the
// rest: a program that imports benchmark alone does not link it.
//
// The columns are those of a CSV file (see [responses.ReadCSV]):
// company, every attribute and every question of the instrument, in any order;
// columns listed under ignore are skipped, whatever they hold. A column is flat
// and holds texts or integers, required or optional; null is no answer, or "not
// stated". Integers of any width and sign are read. Without a mapping a column of
// floats is an error, whatever its values, and so is a column of booleans, dates
// or times: a program that wrote a question as floats because of missing answers
// has a nullable integer type for that. A mapping ([responses.Options]) reads all
// of these, a date as 2026-03-01 and a time as 2026-03-01 10:30:00.25, as UTC
// where no zone is stored.
//
// A damaged file is an error. Its content is checked against its own lengths and
// counts, and a panic of the Parquet library becomes an error too; its checksums
// are verified where it has some. Memory is not bounded against a
// file that was made to exhaust it.
package parquet
