package publication

import (
	"bytes"
	_ "embed"
)

//go:embed release.schema.json
var releaseSchema []byte

// Schema is the JSON Schema (draft 2020-12) of release.json. It knows
// the shape; [Parse] also checks that the numbers agree.
func Schema() []byte { return bytes.Clone(releaseSchema) }
