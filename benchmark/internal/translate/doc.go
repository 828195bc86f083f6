// Package translate turns the rows of an export into answer sheets, by a
// mapping. [Compile] holds the mapping against an instrument; [Rules.Walk] then
// finds the columns by their names and reads row after row, in one pass and
// without keeping any, unless the rows of a company do not stand together or
// only the last of them counts.
package translate
