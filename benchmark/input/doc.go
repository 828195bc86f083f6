// Package input says what is wrong with a file, a table or a specification: all of
// it at once, each problem with its place and with what was expected there.
//
//  1. A [Problem] has a line, a column and a field, as far as there are any.
//  2. [NewError] puts the problems of one input into an [Error], in the order of
//     the file: the first 20, and the number of the others.
//  3. A caller that wants to show them in its own way asks errors.As for an *Error.
//
// Privacy: no problem holds an answer or the name of a company.
package input
