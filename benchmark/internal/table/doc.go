// Package table reads tables of texts: comma-separated values in the dialects
// and encodings of spreadsheets and survey tools, and objects of JSON. It knows
// nothing of instruments: a [Row] has cells, and says where they are in the file.
package table
