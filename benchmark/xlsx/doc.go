// Package xlsx reads the answer sheets of an Excel workbook (Office Open XML,
// .xlsx and .xlsm), row after row, through a mapping or as they are. It is a
// package of its own so that only programs that import it link the library that
// it uses.
package xlsx
