package certificate

import (
	"bytes"
	_ "embed"
)

//go:embed certificate.schema.json
var certificateSchema []byte

// Schema is the JSON Schema (draft 2020-12) of a certificate. It knows the shape;
// [Verify] checks that all of it follows from the plan and the noisy numbers.
func Schema() []byte { return bytes.Clone(certificateSchema) }
