package beam

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"maturitybench/benchmark/input"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.Combiner2[found, []byte](&problemFn{})
}

// most is how many problems are listed, as by responses.Load.
const most = 20

// placed is a problem and its place among all. It holds no answer and no
// company.
type placed struct {
	File     string
	Line     int
	Number   int // of the problem in its file
	Column   int
	Field    string
	Expected string
}

func newPlaced(file string, number int, p input.Problem) placed {
	return placed{file, p.Line, number, p.Column, p.Field, p.Expected}
}

func (p placed) compare(other placed) int {
	return cmp.Or(cmp.Compare(p.File, other.File), cmp.Compare(p.Line, other.Line), cmp.Compare(p.Number, other.Number),
		cmp.Compare(p.Column, other.Column), cmp.Compare(p.Field, other.Field), cmp.Compare(p.Expected, other.Expected))
}

// found is the first problems, and the number of the others.
type found struct {
	List []placed
	More int
}

// add adds problems.
func (f found) add(more int, problems ...placed) found {
	f.More += more
	for _, p := range problems {
		at, _ := slices.BinarySearchFunc(f.List, p, placed.compare)
		f.List = slices.Insert(f.List, at, p)
	}
	if extra := len(f.List) - most; extra > 0 {
		f.List, f.More = f.List[:most], f.More+extra
	}
	return f
}

// err is an input.Error for every file with a problem; nil without problems.
func (f found) err() error {
	var files []*input.Error
	for _, p := range f.List {
		if n := len(files); n == 0 || files[n-1].File != p.File {
			files = append(files, &input.Error{File: p.File})
		}
		last := files[len(files)-1]
		last.Problems = append(last.Problems, input.Problem{Line: p.Line, Column: p.Column, Field: p.Field, Expected: p.Expected})
	}
	switch len(files) {
	case 0:
		return nil
	case 1:
		files[0].More = f.More
		return files[0]
	}
	files[len(files)-1].More = f.More
	errs := make([]error, len(files))
	for i, file := range files {
		errs[i] = file
	}
	return errors.Join(errs...)
}

// problemFn keeps the first problems, of the lists of bundles.
type problemFn struct{}

func (problemFn) CreateAccumulator() found                      { return found{} }
func (problemFn) MergeAccumulators(f, other found) found        { return f.add(other.More, other.List...) }
func (problemFn) ExtractOutput(f found) (out []byte, err error) { return json.Marshal(f) }

// AddInput adds the problems of a bundle.
func (problemFn) AddInput(f found, data []byte) (found, error) {
	var other found
	if err := json.Unmarshal(data, &other); err != nil {
		return f, fmt.Errorf("beam: %w", err)
	}
	return f.add(other.More, other.List...), nil
}
