// Package fold gives texts that people spell in several ways one spelling: the
// names of companies, so that one company counts once, and the labels of
// answers and columns, so that an export of a survey tool is read as it is.
//
// The spelling is that of NFKC_Casefold (Unicode Standard Annex 31 and
// section 3.13 of the core specification): compatibility characters and
// composed letters have one form, upper and lower case are the same, and
// characters that nobody sees are left out. White space of any kind and length
// is one space, and none at either end.
package fold
