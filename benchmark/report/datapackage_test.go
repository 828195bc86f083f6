package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The descriptor fits the file that it describes: every column is there under its
// name, every field is of its type, and the digests are those of the files.
func TestDataPackage(t *testing.T) {
	for _, name := range fixtures {
		r := load(t, name)
		var out, tables bytes.Buffer
		o := Options{Publisher: "A body", License: "CC BY 4.0", Date: time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC)}
		if err := errors.Join(DataPackage(&out, r, o), CSV(&tables, r)); err != nil {
			t.Fatal(err)
		}
		var p dataPackage
		if err := json.Unmarshal(out.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if p.Created != "2026-11-29T00:00:00Z" || p.Licenses[0].Name != "CC-BY-4.0" || p.Contributors[0].Title != "A body" {
			t.Errorf("%s: made by %v on %s under %v", name, p.Contributors, p.Created, p.Licenses)
		}
		for i, data := range [][]byte{tables.Bytes(), r.Bytes()} {
			if got, want := p.Resources[i], resource("", "", "", "", data); got.Bytes != want.Bytes || got.Hash != want.Hash {
				t.Errorf("%s: %s is described as %d bytes, %s", name, got.Path, got.Bytes, got.Hash)
			}
		}
		rows, err := csv.NewReader(&tables).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		fields := p.Resources[0].Table.Fields
		if len(fields) != len(rows[0]) {
			t.Fatalf("%s: %d fields, %d columns", name, len(fields), len(rows[0]))
		}
		for i, f := range fields {
			if f.Name != rows[0][i] || f.Description == "" {
				t.Errorf("%s: column %s is described as %s, %q", name, rows[0][i], f.Name, f.Description)
			}
			for _, row := range rows[1:] {
				if row[i] == "" {
					continue
				}
				switch f.Type {
				case "integer":
					_, err = strconv.Atoi(row[i])
				case "number":
					_, err = strconv.ParseFloat(row[i], 64)
				}
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	if err := DataPackage(&full{10}, load(t, "secret"), Options{}); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
}

func TestPackageName(t *testing.T) {
	for text, want := range map[string]string{"CC BY 4.0": "cc-by-4.0", "Trade_Body-2026": "trade-body-2026", "ß.": ""} {
		if got := packageName(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// A licence that the standard has no form for stands in the description.
func TestLicenses(t *testing.T) {
	for text, want := range map[string]string{
		"cc by sa 4.0":                 `"licenses":[{"title":"cc by sa 4.0","name":"CC-BY-SA-4.0"}]`,
		"https://example.org/terms":    `"licenses":[{"path":"https://example.org/terms"}]`,
		"for members only":             `Terms of use: for members only.`,
		"CC BY 4.0 and more than that": `Terms of use: CC BY 4.0 and more than that.`,
	} {
		var out, compact bytes.Buffer
		if err := DataPackage(&out, load(t, "secret"), Options{License: text}); err != nil {
			t.Fatal(err)
		}
		if err := json.Compact(&compact, out.Bytes()); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(compact.String(), want) {
			t.Errorf("%q: %s lacks %s", text, &compact, want)
		}
	}
}

// The descriptor keeps what the standard says that one must: specifications Data Package,
// Data Resource and Table Schema of datapackage.org, version 2. It is read here as what any
// program would, without the types that wrote it.
func TestDataPackageKeepsTheStandard(t *testing.T) {
	var (
		name  = regexp.MustCompile(`^[a-z0-9._-]+$`)
		hash  = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
		types = []string{"string", "number", "integer", "boolean", "date", "time", "datetime", "year", "any"}
	)
	for _, fixture := range fixtures {
		for _, o := range []Options{{}, {Publisher: "A body", License: "CC BY 4.0", Date: time.Now()}, {License: "see above"}} {
			var out bytes.Buffer
			if err := DataPackage(&out, load(t, fixture), o); err != nil {
				t.Fatal(err)
			}
			var p map[string]any
			if err := json.Unmarshal(out.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			must := func(ok bool, rule string) {
				t.Helper()
				if !ok {
					t.Errorf("%s, %+v: %s:\n%s", fixture, o, rule, &out)
				}
			}
			text := func(of map[string]any, key string) string { s, _ := of[key].(string); return s }
			list := func(of map[string]any, key string) (all []map[string]any) {
				values, _ := of[key].([]any)
				for _, v := range values {
					m, ok := v.(map[string]any)
					must(ok, key+" must be objects")
					all = append(all, m)
				}
				return all
			}
			must(text(p, "$schema") == "https://datapackage.org/profiles/2.0/datapackage.json", "$schema must be the profile")
			must(name.MatchString(text(p, "name")), "name should be usable in an address")
			if created := text(p, "created"); p["created"] != nil {
				_, err := time.Parse(time.RFC3339, created)
				must(err == nil, "created must be a time of RFC 3339")
			}
			for _, l := range list(p, "licenses") {
				must(l["name"] != nil || l["path"] != nil, "a licence must have a name or a path")
				must(l["name"] == nil || slices.Contains(openLicenses, text(l, "name")), "the name of a licence must be an id of opendefinition.org")
			}
			for _, c := range list(p, "contributors") {
				roles, ok := c["roles"].([]any)
				must(text(c, "title") != "" && ok && len(roles) > 0, "a contributor has a title, and roles in a list")
			}
			resources, names := list(p, "resources"), map[string]bool{}
			must(len(resources) > 0, "there must be a resource")
			for _, r := range resources {
				must(name.MatchString(text(r, "name")) && !names[text(r, "name")], "a resource must have a name of its own")
				names[text(r, "name")] = true
				must(filepath.IsLocal(text(r, "path")) && !strings.Contains(text(r, "path"), `\`), "a path must be relative, without dots, with slashes")
				must(hash.MatchString(text(r, "hash")), "a hash must name its algorithm")
				bytes, ok := r["bytes"].(float64)
				must(ok && bytes > 0 && bytes == math.Trunc(bytes), "bytes must be a whole number")
				if r["schema"] == nil {
					must(r["type"] == nil, "what is no table has no type")
					continue
				}
				must(text(r, "type") == "table", "what has a schema must be a table")
				schema, _ := r["schema"].(map[string]any)
				missing, ok := schema["missingValues"].([]any)
				must(ok && len(missing) == 1 && missing[0] == "", "missingValues must be a list of texts")
				columns := map[string]bool{}
				for _, f := range list(schema, "fields") {
					must(text(f, "name") != "" && !columns[text(f, "name")], "a field must have a name of its own")
					columns[text(f, "name")] = true
					must(slices.Contains(types, text(f, "type")), "a field must have a type of the standard")
				}
				must(len(columns) > 0, "a schema must have fields")
			}
		}
	}
}
