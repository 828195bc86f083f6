package responses

import (
	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/stage"
)

// What the tests' small instrument expects of a sheet.
const (
	expectCompany = codebook.ExpectCompany
	expectValue   = "a value of this attribute (small, large), or nothing"
)

// Memory is the bytes that a data set holds on to, its rows and companies.
func Memory(d *Dataset) int {
	bytes := 0
	for _, chunk := range d.box.Open().chunks {
		bytes += cap(chunk.Rows) + cap(chunk.Companies)*len(stage.Identity{})
	}
	return bytes
}
