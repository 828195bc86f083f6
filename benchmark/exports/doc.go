// Package exports helps with the exports of survey tools before anything is
// published: no ledger is opened and nothing is charged.
//
//  1. [Open] takes the file as the tool wrote it (package xlsx has the same for
//     workbooks).
//  2. [Draft] looks at it and writes a mapping with comments, and a first
//     instrument if there is none: what was recognised, what was guessed, what is
//     left over. A person edits both.
//  3. [Check] reads the file through the mapping and says what would be counted.
//  4. The file is published with the mapping as an option of packages responses
//     and xlsx.
//
// What the package says is for the holder of the raw file. It shows names of
// columns, texts that several rows have in common, and fractions; never a company
// beside an answer.
package exports
