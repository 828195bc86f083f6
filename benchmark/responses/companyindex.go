package responses

import (
	"hash/maphash"
	"math"
	"sort"
)

// companyIndex tells whether a company is there already, and on which line. It
// keeps the identities, which the data set needs anyway, and beside them a table
// of numbers of four bytes, filled to four fifths at most.
type companyIndex struct {
	seed      maphash.Seed // names are chosen by others
	companies [][]identity // in chunks of chunkCompanies
	slots     []uint32     // number of a company from 1; 0: free
	n         int
	lines     []lineStart
}

// lineStart says that company number first, from 0, is on a line; those after
// it, up to the next lineStart, are on the lines after that.
type lineStart struct{ first, line uint32 }

func (x *companyIndex) init() {
	x.seed, x.companies, x.slots = maphash.MakeSeed(), make([][]identity, 1), make([]uint32, 64)
}

// len is the number of companies.
func (x *companyIndex) len() int { return x.n }

// add adds a company that is on a line, and returns 0; or the line on which it
// is already.
func (x *companyIndex) add(company *identity, line int) (first int) {
	at := x.find(company)
	if x.slots[at] > 0 {
		return x.lineOf(int(x.slots[at]) - 1)
	}
	if x.n*5 >= len(x.slots)*4 {
		x.grow()
		at = x.find(company)
	}
	last := len(x.companies) - 1
	if len(x.companies[last]) == chunkCompanies {
		x.companies = append(x.companies, make([]identity, 0, chunkCompanies))
		last++
	}
	x.companies[last] = append(x.companies[last], *company)
	x.note(uint32(x.n), uint32(min(line, math.MaxUint32)))
	x.n++
	x.slots[at] = uint32(x.n)
	return 0
}

// find is the slot of a company, or a free one for it.
func (x *companyIndex) find(company *identity) int {
	mask := len(x.slots) - 1
	for at := int(maphash.Bytes(x.seed, company[:])) & mask; ; at = (at + 1) & mask {
		if n := x.slots[at]; n == 0 || *x.company(int(n) - 1) == *company {
			return at
		}
	}
}

func (x *companyIndex) company(n int) *identity {
	return &x.companies[n/chunkCompanies][n%chunkCompanies]
}

// grow doubles the table.
func (x *companyIndex) grow() {
	x.slots = make([]uint32, 2*len(x.slots))
	for n := range x.n {
		x.slots[x.find(x.company(n))] = uint32(n + 1)
	}
}

// note notes the line of the next company, unless it goes without saying.
func (x *companyIndex) note(n, line uint32) {
	if len(x.lines) > 0 {
		if last := x.lines[len(x.lines)-1]; line == last.line+n-last.first {
			return
		}
	}
	x.lines = append(x.lines, lineStart{n, line})
}

// lineOf is the line of a company.
func (x *companyIndex) lineOf(n int) int {
	after := sort.Search(len(x.lines), func(i int) bool { return int(x.lines[i].first) > n })
	start := x.lines[after-1] // the first one starts at company 0
	return int(start.line) + n - int(start.first)
}
