package table

import "maturitybench/benchmark/input"

// Problem is one thing that is wrong with a file.
type Problem = input.Problem

// Unreadable is the error of a row that cannot be read; the rows after it can.
type Unreadable struct{ Problem }

func (u *Unreadable) Error() string { return u.Problem.String() }
