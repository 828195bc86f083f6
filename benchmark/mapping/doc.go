// Package mapping says how the export of a survey tool is read, as data: a
// mapping file beside the instrument in place of a program that converts.
//
//	company: Your organisation          # the column of the company
//	skip_rows: 2                        # below the header
//	questions: {gov-01: "Q3[SQ001]"}    # columns, where they are not called as the instrument calls them
//	answers: {0: AO01, 1: AO02}         # texts that stand for levels
//	keep: {Status: IP Address}          # rows that count
//
// Most exports need few lines, since question texts, titles of attributes and
// their values, and the names of levels are recognised without any. A mapping is
// read by [Load], held against an instrument where answer sheets are read, by
// packages responses and xlsx, and drafted from an export by package exports.
package mapping
