package publication_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
)

var update = flag.Bool("update", false, "rewrite the files under testdata")

// sameRelease compares contents.
var sameRelease = cmp.Options{cmpopts.EquateNaNs(), cmpopts.IgnoreUnexported(publication.Release{}), cmpopts.EquateEmpty()}

func releaseValidator(t testing.TB) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(publication.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("release.schema.json", document); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile("release.schema.json")
}

func validate(schema *jsonschema.Schema, data []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(document)
}

func TestReleaseKeepsTheContractInEveryShape(t *testing.T) {
	schema := releaseValidator(t)
	rapid.Check(t, func(t *rapid.T) {
		r := fixture.DrawRelease(t)
		data := r.Bytes()
		for _, problem := range fixture.Contract(data) {
			t.Error(problem)
		}
		if err := validate(schema, data); err != nil {
			t.Error(err)
		}
		parsed, err := publication.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, parsed, sameRelease); diff != "" {
			t.Errorf("parsed (-built +parsed):\n%s", diff)
		}
		if !bytes.Equal(parsed.Bytes(), data) {
			t.Error("Bytes of the parsed release are others")
		}
		again, err := parsed.Encode()
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("encoded again: other bytes (%v)", err)
		}
	})
}

// The bytes are those that were read, whatever their layout.
func TestBytesAreThoseThatWereRead(t *testing.T) {
	var buffer bytes.Buffer
	if err := json.Compact(&buffer, fixture.Release(t, "secret").Bytes()); err != nil {
		t.Fatal(err)
	}
	data := buffer.Bytes()
	r, err := publication.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(r.Bytes(), data) {
		t.Error("other bytes")
	}
	r.Bytes()[0] = 'x'
	if !bytes.Equal(r.Bytes(), data) {
		t.Error("the caller can change the stored bytes")
	}
}

func TestReleaseInsideOtherJSON(t *testing.T) {
	r := fixture.Release(t, "secret")
	data, err := json.Marshal(map[string]any{"release": r})
	if err != nil {
		t.Fatal(err)
	}
	var back struct{ Release *publication.Release }
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, back.Release, sameRelease); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(`{"release": {}}`), &back); err == nil {
		t.Error("an empty release is accepted")
	}
}

func TestLoadRelease(t *testing.T) {
	r := fixture.Release(t, "secret")
	path := filepath.Join(t.TempDir(), "release.json")
	if err := os.WriteFile(path, r.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	loaded, err := publication.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, loaded, sameRelease); diff != "" {
		t.Error(diff)
	}
	if err := os.WriteFile(path, r.Bytes()[:100], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := publication.Load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a cut file: %v", err)
	}
	if _, err := publication.Load(path + "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestLookups(t *testing.T) {
	r := fixture.Release(t, "secret")
	c, ok := r.Cohort("size=small")
	if !ok || c.Status != publication.Published {
		t.Fatalf("size=small: %v %v", c.Status, ok)
	}
	if q, ok := c.Question("org-02"); !ok || q.ID != "org-02" || q.Mean.Status != publication.Published {
		t.Errorf("org-02: %v %v", q.Mean, ok)
	}
	if d, ok := c.Domain("risk"); !ok || d.ID != "risk" {
		t.Errorf("risk: %v", ok)
	}
	if _, ok := c.Question("org-99"); ok {
		t.Error("a question that is not there is found")
	}
	if _, ok := c.Domain("org-01"); ok {
		t.Error("a question is found as a domain")
	}
	if _, ok := r.Cohort("size=huge"); ok {
		t.Error("a cohort that is not there is found")
	}
	hidden, ok := r.Cohort("region=eu")
	if !ok || hidden.Status != publication.Suppressed {
		t.Fatalf("region=eu: %v %v", hidden.Status, ok)
	}
	if q, ok := hidden.Question("org-01"); ok || q.Mean.String() != "withheld" {
		t.Errorf("a suppressed cohort has a question: %v", q.Mean)
	}
}
