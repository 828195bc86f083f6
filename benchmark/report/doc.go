// Package report prints a release. It knows nothing but the release, so
// whatever it prints is free of privacy cost.
//
//  1. [CSV] writes tables.csv: every number of the release, one a row.
//  2. [Markdown] writes report.md: a summary, the tables of an industry
//     report with their intervals, how to read them, and how the companies
//     were protected.
//
// Both are functions of the release alone: the same release gives the same
// bytes. Numbers are shown with the digits that their intervals support;
// tables.csv has all digits.
package report
