package publication

import (
	"bytes"
	"fmt"
	"reflect"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/specfile"
)

// Parse reads a release.json, whole and strictly. Unknown, missing and doubled
// keys, and values of another kind, are problems of an *input.Error, all of them
// with line, column and path. A value out of its range and every breach of the
// agreement between numbers are an error that names the path of the first one.
// Order of keys and white space are free.
func Parse(data []byte) (*Release, error) { return parse("release.json", data) }

// parse is Parse for a file of a name.
func parse(name string, data []byte) (*Release, error) {
	var document struct {
		Format string `json:"format"`
		Release
	}
	if err := specfile.ReadJSON(name, data, &document, forms); err != nil {
		return nil, err
	}
	r := &document.Release
	if document.Format != Format {
		return nil, fmt.Errorf("publication: release: format: %s is expected", Format)
	}
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("publication: release: %w", err)
	}
	r.stored = bytes.Clone(data)
	return r, nil
}

// forms says how a release is spelt where the tags do not say it all: its
// instrument is the public one; a suppressed cohort and a withheld estimate have
// no numbers.
var forms = specfile.Forms{
	reflect.TypeFor[instrument.Spec](): {Omit: []string{"no_answer", "ignore"}},
	reflect.TypeFor[Percentiles]():     {Names: PercentileIDs()},
	reflect.TypeFor[Cohort](): {Unless: "companies", Short: []string{"id", "status"}, Finish: func(v any, whole bool) (key, expected string) {
		switch c := v.(*Cohort); {
		case whole && c.Status != Published:
			return "status", "published, with numbers"
		case !whole && c.Status != Suppressed:
			return "status", "suppressed, without numbers"
		}
		return "", ""
	}},
	reflect.TypeFor[Estimate](): {Unless: "value", Short: []string{"status"}, Finish: func(v any, whole bool) (key, expected string) {
		switch e := v.(*Estimate); {
		case whole && e.Status != Published:
			return "status", "published, with a value"
		case !whole && e.Status != Withheld:
			return "status", "withheld, without a value"
		case !whole:
			*e = NoEstimate()
		}
		return "", ""
	}},
}
