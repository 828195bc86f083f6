package report

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"time"

	"maturitybench/benchmark/publication"
)

// Options adapt a report to who publishes it. The zero value is a complete
// report.
type Options struct {
	// Title is the heading; empty: the instrument's title and the wave.
	Title string
	// Subtitle stands below the heading; empty: none.
	Subtitle string
	// Publisher is who publishes the report; empty: it is not named.
	Publisher string
	// Date is the day of publication, as its own time zone has it; zero: the
	// report is not dated.
	Date time.Time
	// Contact is where questions go, such as an address; empty: none.
	Contact string
	// License is what readers may do with the report, such as "CC BY 4.0"; empty:
	// nothing is said.
	License string
	// Foreword stands after the first page, plain text with blank lines between
	// paragraphs; empty: none.
	Foreword string
	// Notes stand at the end, plain text like Foreword; empty: none.
	Notes string
	// Logo is an image as a data URI, such as "data:image/png;base64,…": PNG,
	// JPEG, GIF, WebP or SVG; empty: none.
	Logo string
	// LogoText is what the logo shows, for those who do not see it; empty: the
	// logo is an ornament and has no text.
	LogoText string
	// Language is that of the texts, as a tag of BCP 47 ("de", "pt-BR"); empty:
	// "en". Texts in English, German and French are shipped (see [Languages]); for
	// any other language they are English unless Texts has others.
	Language string
	// Texts replace fixed texts by their keys, see [Texts]; nil: none.
	Texts map[string]string
	// StandingPage is the address of the page of [StandingForm] beside the report,
	// such as "standing.html": letters, digits, dots, slashes, hyphens and
	// underscores; empty: the report does not lead to it.
	StandingPage string
	// Earlier are releases of earlier waves of the same account, the oldest
	// first, for the chapter on change; nil: there is no such chapter.
	Earlier []*publication.Release
}

var errLogo = errors.New(`report: the logo is not a data URI of an image: expected "data:image/png;base64," (or jpeg, gif, webp, svg+xml) and base64`)

var (
	address    = regexp.MustCompile(`^([\w.-]+(/[\w.-]+)*)?$`)
	errAddress = errors.New(`report: the address of the page for companies is not one beside the report: expected a name such as "standing.html"`)
)

// check finds what is wrong with the options, texts aside.
func (o Options) check() error {
	if !address.MatchString(o.StandingPage) {
		return errAddress
	}
	if o.Logo == "" {
		return nil
	}
	head, data, ok := strings.Cut(o.Logo, ",")
	if !ok {
		return errLogo
	}
	switch head {
	case "data:image/png;base64", "data:image/jpeg;base64", "data:image/gif;base64", "data:image/webp;base64", "data:image/svg+xml;base64":
	default:
		return errLogo
	}
	if _, err := base64.StdEncoding.DecodeString(data); err != nil {
		return errLogo
	}
	return nil
}

// paragraphs splits plain text at blank lines.
func paragraphs(s string) []block {
	var out []block
	for part := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if text := foreign(part); text.String() != "" {
			out = append(out, paragraph{text})
		}
	}
	return out
}
