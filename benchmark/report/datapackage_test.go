package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strconv"
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
		if p.Created != "2026-11-29T00:00:00Z" || p.Licenses[0].Name != "cc-by-4.0" || p.Contributors[0].Title != "A body" {
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
