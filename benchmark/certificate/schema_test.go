package certificate_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"maturitybench/benchmark/certificate"
	"maturitybench/privacy"
)

func validator(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(certificate.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("certificate.schema.json", document); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile("certificate.schema.json")
}

// valid says whether the schema accepts a certificate.
func valid(t *testing.T, schema *jsonschema.Schema, text []byte) error {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(document)
}

// The schema accepts the certificates of all kinds of plans.
func TestSchemaAccepts(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	schema := validator(t)
	for name, kind := range kinds {
		full, k := published(t, kind.spec, kind.companies, 3)
		public, err := full.Public()
		if err != nil {
			t.Fatal(err)
		}
		unjournaled, err := certificate.Make(k.Plan, k.Record, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []*certificate.Certificate{full, public, unjournaled} {
			text, err := c.Encode()
			if err != nil {
				t.Fatal(err)
			}
			if err := valid(t, schema, text); err != nil {
				t.Errorf("%s, %s: %v", name, c.Kind, err)
			}
		}
	}
}

// It names the keys of a certificate, no others.
func TestSchemaKeys(t *testing.T) {
	var schema struct{ Properties map[string]any }
	if err := json.Unmarshal(certificate.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for field := range reflect.TypeFor[certificate.Certificate]().Fields() {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		keys = append(keys, key)
		if schema.Properties[key] == nil {
			t.Errorf("the schema does not have the key %s", key)
		}
	}
	if len(keys) != len(schema.Properties) {
		t.Errorf("%d keys, of which the schema has %d", len(keys), len(schema.Properties))
	}
}

// A malformed certificate is refused by the schema, and by the library too.
func TestSchemaRefuses(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	schema := validator(t)
	full, _ := published(t, spec(privacy.SecretRoster, 30), 60, 3)
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	type members = map[string]any
	first := func(m members) members { return m["mechanisms"].([]any)[0].(members) }
	malformed := map[string]func(members){
		"format":          func(m members) { m["format"] = "maturitybench.certificate/2" },
		"kind":            func(m members) { m["kind"] = "private" },
		"estimator":       func(m members) { m["estimator"] = "" },
		"account":         func(m members) { m["account"] = "a b" },
		"revision":        func(m members) { m["revision"] = 0 },
		"half a revision": func(m members) { m["revision"] = 1.5 },
		"roster":          func(m members) { m["roster"] = "open" },
		"plan":            func(m members) { m["plan"] = "" },
		"plan hash":       func(m members) { m["plan_hash"] = strings.Repeat("g", 64) },
		"short hash":      func(m members) { m["release_hash"] = "12" },
		"no mechanism":    func(m members) { m["mechanisms"] = []any{} },
		"mechanism":       func(m members) { first(m)["name"] = "other" },
		"noise":           func(m members) { first(m)["noise"] = "none" },
		"sigma":           func(m members) { first(m)["sigma"] = 0 },
		"no tau":          func(m members) { delete(first(m), "tau") },
		"more":            func(m members) { first(m)["more"] = 1 },
		"no threshold":    func(m members) { m["mechanisms"] = m["mechanisms"].([]any)[1:] },
		"threshold":       func(m members) { m["roster"] = "public" },
		"epsilon":         func(m members) { m["epsilon"] = -1 },
		"text":            func(m members) { m["epsilon"] = "4" },
		"delta":           func(m members) { m["delta"] = 1 },
		"group of one":    func(m members) { m["groups"].([]any)[0].(members)["companies"] = 1 },
		"commitment":      func(m members) { m["commitment"] = "" },
		"unknown key":     func(m members) { m["note"] = "" },
	}
	for key := range map[string]any{"format": 0, "wave": 0, "plan": 0, "release": 0, "mechanisms": 0, "groups": 0, "commitment": 0, "delta": 0} {
		malformed["no "+key] = func(m members) { delete(m, key) }
	}
	ofFull := map[string]func(members){
		"no measurement":       func(m members) { delete(m, "measurement"); delete(m, "salt") },
		"no salt":              func(m members) { delete(m, "salt") },
		"no journal":           func(m members) { delete(m, "journal"); delete(m, "journal_salt") },
		"journal":              func(m members) { m["journal"] = "0:" + strings.Repeat("3f", 32) },
		"uncommitted journal":  func(m members) { delete(m, "journal_commitment") },
		"journal without salt": func(m members) { delete(m, "journal_salt") },
	}
	ofPublic := map[string]func(members){
		"salt without numbers": func(m members) { delete(m, "measurement"); m["salt"] = m["commitment"] },
		"journal in public":    func(m members) { m["journal"], m["journal_salt"] = full.Journal, full.JournalSalt },
	}
	for _, of := range []struct {
		c     *certificate.Certificate
		wrong map[string]func(members)
	}{{full, ofFull}, {public, ofPublic}, {full, malformed}, {public, malformed}} {
		for name, change := range of.wrong {
			text, err := of.c.Encode()
			if err != nil {
				t.Fatal(err)
			}
			var m members
			if err := json.Unmarshal(text, &m); err != nil {
				t.Fatal(err)
			}
			change(m)
			changed, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			if err := valid(t, schema, changed); err == nil {
				t.Errorf("%s, %s: the schema accepts it", of.c.Kind, name)
			}
			if c, err := certificate.Parse(changed); err == nil {
				if _, err = certificate.Verify(c); err == nil {
					t.Errorf("%s, %s: the library accepts it", of.c.Kind, name)
				}
			}
		}
	}
	if n := len(malformed) + len(ofFull) + len(ofPublic); n < 40 {
		t.Errorf("%d malformed certificates", n)
	}
}
