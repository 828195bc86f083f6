// Package codebook turns the texts of answer sheets into codes, and the names of
// columns into what they hold. It knows of an instrument what stands on a sheet:
// the ids, titles and texts, and the levels.
//
// A [Texts] is made of an instrument; a mapping adds texts and bands of numbers.
// It is read-only then, and a [Reader] of one goroutine looks texts up in it.
package codebook
