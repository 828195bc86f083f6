package instrument

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// files are the instruments that ship, but for the built-in one.
//
//go:embed shipped/*.yaml
var files embed.FS

// shipped are the instruments by name, each read when it is asked for.
var shipped = func() map[string]func() *Instrument {
	list, err := files.ReadDir("shipped")
	if err != nil {
		panic("instrument: " + err.Error()) // the files are part of the build
	}
	all := map[string]func() *Instrument{"jsp": JSP}
	for _, f := range list {
		path := "shipped/" + f.Name()
		all[strings.TrimSuffix(f.Name(), ".yaml")] = sync.OnceValue(func() *Instrument {
			data, err := files.ReadFile(path)
			if err == nil {
				var in *Instrument
				if in, err = Parse(path, data); err == nil {
					return in
				}
			}
			panic("instrument: " + err.Error()) // and tested
		})
	}
	return all
}()

// Names are the names of the instruments that ship with this package, sorted:
//
//	c2m2      Cybersecurity Capability Maturity Model 2.1: ten domains, 356 practices, a profile for every domain and MIL
//	jsp       [JSP]
//	jsp-2     the sections of the Joint Security Plan of 2024, as far as their headings are public
//	nist-csf  NIST Cybersecurity Framework 2.0: 106 subcategories on its four tiers
//	samm      OWASP SAMM 2: 90 questions, scores from 0 to 3
//
// Their ids, names and structure are the official ones ([Source] says whose), and their
// questions short titles in words of this module: [Instrument.Retitle] puts the official
// wording, or a translation, in their place.
func Names() []string {
	var names []string
	for name := range shipped {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Named is the instrument of a name among [Names].
func Named(name string) (*Instrument, error) {
	in, ok := shipped[name]
	if !ok {
		return nil, fmt.Errorf("instrument: %q, expected one of %s", name, strings.Join(Names(), ", "))
	}
	return in(), nil
}

// NamedText is the file of an instrument among [Names], to be copied and changed.
func NamedText(name string) ([]byte, error) {
	if _, err := Named(name); err != nil {
		return nil, err
	}
	if name == "jsp" {
		return JSPText(), nil
	}
	return files.ReadFile("shipped/" + name + ".yaml")
}
