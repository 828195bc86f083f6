package beam

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"maturitybench/benchmark/internal/stage"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	registerFn[resultFn]()
	register.Iter1[[]byte]()
}

// result is what a pipeline leaves for the driver, sealed, in a file.
type result struct {
	Tallies  [][]byte // sealed
	Problems []found
}

// resultFn writes the result.
type resultFn struct {
	Job  job
	File string

	vault *vault
}

// Setup opens the job.
func (f *resultFn) Setup(ctx context.Context) (err error) {
	f.vault, err = f.Job.vault(ctx)
	return err
}

// ProcessElement writes the file, from the tally and the problems of the whole
// job. Either is missing if there was none.
func (f *resultFn) ProcessElement(ctx context.Context, _ []byte, tallies, problems func(*[]byte) bool) error {
	var r result
	var data []byte
	for tallies(&data) {
		r.Tallies = append(r.Tallies, append([]byte(nil), data...))
	}
	for problems(&data) {
		var p found
		if err := json.Unmarshal(data, &p); err != nil {
			return fmt.Errorf("beam: %w", err)
		}
		r.Problems = append(r.Problems, p)
	}
	plain, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("beam: %w", err)
	}
	return writeFile(ctx, f.File, f.vault.seal(resultTag, plain))
}

// writeFile writes a file of any file system that the program knows.
func writeFile(ctx context.Context, name string, data []byte) error {
	files, err := filesystem.New(ctx, name)
	if err != nil {
		return fmt.Errorf("beam: %w", err)
	}
	defer files.Close()
	if err := filesystem.Write(ctx, files, name, data); err != nil {
		return fmt.Errorf("beam: %w", err)
	}
	return nil
}

// takeFile reads a file and removes it.
func takeFile(ctx context.Context, name string) ([]byte, error) {
	files, err := filesystem.New(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("beam: %w", err)
	}
	defer files.Close()
	data, err := filesystem.Read(ctx, files, name)
	if err != nil {
		return nil, fmt.Errorf("beam: the job left no result; its workers must be able to write to Options.Scratch: %w", err)
	}
	if remover, ok := files.(filesystem.Remover); ok {
		err = remover.Remove(ctx, name)
	}
	if err != nil {
		return nil, fmt.Errorf("beam: %w", err)
	}
	return data, nil
}

// part opens a result.
func (w *worker) part(data []byte) (*stage.Part, error) {
	plain, err := w.open(resultTag, data)
	if err != nil {
		return nil, err
	}
	var r result
	if err := json.Unmarshal(plain, &r); err != nil {
		return nil, errSeal
	}
	var all found
	for _, f := range r.Problems {
		all = all.add(f.More, f.List...)
	}
	if err := all.err(); err != nil {
		return nil, err
	}
	part := w.walk.NewPart()
	for _, sealed := range r.Tallies {
		if err := w.merge(part, &partial{sealed: sealed}); err != nil {
			return nil, err
		}
	}
	if part.Companies() >= stage.MaxCompanies {
		return nil, errors.New("beam: too many companies")
	}
	return part, nil
}
