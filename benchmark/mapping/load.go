package mapping

import (
	_ "embed"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/specfile"
)

// Load reads a mapping from a YAML or JSON file. The error for a wrong one is an
// [*input.Error] with every problem of the file. Whether the mapping fits an
// instrument is checked where answer sheets are read.
func Load(path string) (*Mapping, error) {
	data, err := specfile.ReadFile(path, specfile.MaxFileSize)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

// Parse is [Load] for data in memory; name stands for the file in errors.
func Parse(name string, data []byte) (*Mapping, error) {
	m := &Mapping{}
	c, err := specfile.ReadYAML(name, data, m)
	if err != nil {
		return nil, err
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	m.source = c
	return m, nil
}

// Err is the error of problems that name fields of the mapping by the path of
// their keys: with their places, if the mapping was read from a file. It is nil
// if there are none.
func (m *Mapping) Err(problems []input.Problem) error {
	if len(problems) == 0 || m.source == nil {
		return input.NewError("", problems)
	}
	c := *m.source
	for _, p := range problems {
		c.Expect(p.Field, "%s", p.Expected)
	}
	return c.Err()
}

//go:embed mapping.schema.json
var schema []byte

// Schema is the JSON Schema (draft 2020-12) of mapping files.
func Schema() []byte { return append([]byte(nil), schema...) }
