package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"maturitybench/benchmark/publication"
)

// dataPackage is a descriptor of the Data Package standard, version 2.
type dataPackage struct {
	Schema       string         `json:"$schema"`
	Name         string         `json:"name"`
	ID           string         `json:"id"`
	Title        string         `json:"title"`
	Description  string         `json:"description"`
	Version      string         `json:"version"`
	Created      string         `json:"created,omitempty"`
	Contributors []contributor  `json:"contributors,omitempty"`
	Licenses     []license      `json:"licenses,omitempty"`
	Resources    []dataResource `json:"resources"`
}

type contributor struct {
	Title string   `json:"title"`
	Roles []string `json:"roles"`
}

// license has a name, which is an id of opendefinition.org, or a path, an address.
type license struct {
	Title string `json:"title,omitempty"`
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
}

// openLicenses are the ids by which the standard names the usual licences.
var openLicenses = []string{
	"CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0",
	"ODC-BY-1.0", "ODC-PDDL-1.0", "ODbL-1.0",
}

// licensed is the licence of a text that the standard has a form for; nil if it has none.
func licensed(text string) []license {
	for _, id := range openLicenses {
		if strings.EqualFold(strings.Join(strings.Fields(text), "-"), id) {
			return []license{{Title: text, Name: id}}
		}
	}
	if strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") {
		return []license{{Path: text}}
	}
	return nil
}

type dataResource struct {
	Name      string      `json:"name"`
	Path      string      `json:"path"`
	Type      string      `json:"type,omitempty"`
	Format    string      `json:"format"`
	Mediatype string      `json:"mediatype"`
	Encoding  string      `json:"encoding"`
	Bytes     int         `json:"bytes"`
	Hash      string      `json:"hash"`
	Table     *dataSchema `json:"schema,omitempty"`
}

type dataSchema struct {
	Fields        []dataField `json:"fields"`
	MissingValues []string    `json:"missingValues"`
}

type dataField struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	Description string         `json:"description"`
	Constraints map[string]any `json:"constraints,omitempty"`
}

// DataPackage writes datapackage.json, which describes tables.csv and
// release.json of the same folder to programs, by the Data Package standard
// (datapackage.org, version 2): columns with their types and meanings, sizes
// and SHA-256 of the files. Of the options it uses Title, Publisher, Date and
// License. The release must have its bytes, as one from Publish or
// [publication.Load] has. The error is the writer's.
func DataPackage(w io.Writer, r *publication.Release, o Options) error {
	var tables bytes.Buffer
	if err := CSV(&tables, r); err != nil {
		return err
	}
	t := texts(Texts())
	p := dataPackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   packageName(r.Account + "-" + r.Wave), ID: r.ID, Title: clean(o.Title), Version: fmt.Sprint(r.Revision),
		Description: t.say("description", "title", r.Instrument.Title, "wave", r.Wave),
		Resources: []dataResource{
			resource("tables", "tables.csv", "csv", "text/csv", tables.Bytes()),
			resource("release", "release.json", "json", "application/json", r.Bytes()),
		},
	}
	if said := (&builder{texts: t, release: r}).notAsked(); said != nil {
		p.Description += " " + said.String()
	}
	if w := r.Withdrawn; w != nil {
		notice, err := w.Encode()
		if err != nil {
			return err
		}
		p.Description = t.rich("withdrawn", "date", w.Date, "reason", w.Reason).String() + " " + p.Description
		p.Resources = append(p.Resources, resource("withdrawal", publication.WithdrawalFile, "json", "application/json", notice))
	}
	if p.Title == "" {
		p.Title = t.say("title", "title", r.Instrument.Title, "wave", r.Wave)
	}
	if !o.Date.IsZero() {
		p.Created = o.Date.Format("2006-01-02T15:04:05Z07:00")
	}
	if o.Publisher != "" {
		p.Contributors = []contributor{{clean(o.Publisher), []string{"publisher"}}}
	}
	if text := clean(o.License); text != "" {
		if p.Licenses = licensed(text); p.Licenses == nil {
			p.Description += " " + t.rich("methods.license", "license", text).String()
		}
	}
	p.Resources[0].Type, p.Resources[0].Table = "table", csvSchema()
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(p)
}

func resource(name, path, format, mediatype string, data []byte) dataResource {
	sum := sha256.Sum256(data)
	return dataResource{
		Name: name, Path: path, Format: format, Mediatype: mediatype, Encoding: "utf-8",
		Bytes: len(data), Hash: "sha256:" + hex.EncodeToString(sum[:]),
	}
}

// csvSchema describes the columns of tables.csv.
func csvSchema() *dataSchema {
	s := &dataSchema{MissingValues: []string{""}}
	for _, c := range csvColumns {
		f := dataField{Name: c.name, Type: c.kind, Description: c.description}
		if c.name == "status" {
			f.Constraints = map[string]any{"required": true, "enum": []string{"published", "withheld", "suppressed"}}
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

// packageName spells a text as the name of a package: lower-case letters,
// digits, points and hyphens.
func packageName(s string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '.', r == '-':
			return r
		}
		return '-'
	}, strings.ToLower(s))
	return strings.Trim(name, "-.")
}
