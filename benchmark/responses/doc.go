// Package responses takes in answer sheets and seals them: nothing outside of this
// module reads an answer, or a company's name, back.
//
//  1. [Load] reads a file into memory, which gives a [Dataset]; [Open] gives a
//     [Source], which is read when it is published and may be larger than memory.
//  2. [ReadCSV], [ReadJSONL], [ReadRows] and [ReadTable] are the readers beneath,
//     for answers that come from elsewhere; [New] makes the [Response] of one
//     company. [NewDataset] gathers what they yield.
//  3. A [Mapping] among the [Options] reads the export of a survey tool in place of
//     the canonical form: other dialects and encodings, columns by other names,
//     answers by codes and bands, one row an answer (package mapping). Workbooks
//     are read by package xlsx, Parquet by a module of its own.
//  4. Errors are input.Error values with every problem of the file, by line and
//     column. They go to the holder of the file.
//  5. Both are [Data], which benchmark.Publish takes.
//
// A company has one spelling: names that differ in case, white space, invisible
// characters or the composition of letters only are one company, in every reader.
//
// Privacy: these are raw data. They print as sealed, refuse every encoder and have
// no accessor. The packages of this module that add up answers or compare a
// company's own reach them through internal/intake, which other modules cannot
// import.
package responses
