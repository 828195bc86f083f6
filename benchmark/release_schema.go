package benchmark

import (
	"bytes"
	_ "embed"
)

//go:embed release.schema.json
var releaseSchema []byte

// ReleaseSchema is the JSON Schema (draft 2020-12) of release.json. It knows
// the shape; [ParseRelease] also checks that the numbers agree.
func ReleaseSchema() []byte { return bytes.Clone(releaseSchema) }
