// Package responses takes in answer sheets and seals them: nothing outside of this
// module reads an answer, or a company's name, back.
//
//  1. [Load] reads a file into memory, which gives a [Dataset]; [Open] gives a
//     [Source], which is read when it is published and may be larger than memory.
//  2. [ReadCSV], [ReadJSONL], [ReadRows] and [ReadTable] are the readers beneath,
//     for answers that come from elsewhere; [New] makes the [Response] of one
//     company. [NewDataset] gathers what they yield.
//  3. Errors are input.Error values with every problem of the file, by line and
//     column. They go to the holder of the file.
//  4. Both are [Data], which benchmark.Publish takes.
//
// Privacy: these are raw data. They print as sealed, refuse every encoder and have
// no accessor. The packages of this module that add up answers or compare a
// company's own reach them through internal/intake, which other modules cannot
// import.
package responses
