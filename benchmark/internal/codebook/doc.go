// Package codebook turns the texts of answer sheets into codes, and the names of
// columns into what they hold. It knows those parts of an instrument that
// appear on a sheet: the ids, titles and texts, and the levels.
//
// A [Texts] is made of an instrument; a mapping adds texts and bands of numbers.
// After that it is read-only, and every goroutine looks texts up through a
// [Reader] of its own.
package codebook
