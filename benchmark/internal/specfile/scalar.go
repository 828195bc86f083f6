package specfile

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// What a node reads as.
const (
	kindText    = "a text"
	kindNumber  = "a number"
	kindBoolean = "a boolean"
	kindNull    = "null"
	kindDate    = "a date"
	kindList    = "a list"
	kindMapping = "keys with values"
)

// What plain texts mean. Readers of YAML 1.1 and 1.2 disagree about many of
// them, so that a text that means something to either is to be quoted.
var plainKinds = []struct {
	kind string
	form *regexp.Regexp
}{
	{kindNull, regexp.MustCompile(`^(~|null|Null|NULL|)$`)},
	{kindBoolean, regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$`)},
	{kindDate, regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?$`)},
	{kindNumber, regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$`)},
	{kindNumber, regexp.MustCompile(`^[-+]?(0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|\.(inf|Inf|INF))$`)},
	{kindNumber, regexp.MustCompile(`^(\.(nan|NaN|NAN)|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)$`)}, // base 60
}

// The spellings of numbers that are read the same way everywhere.
var (
	WholeNumber   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	decimalNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// reading is the text of a scalar and what it reads as.
type reading struct{ text, kind string }

// readingOf reads a node by itself: the parser takes 1e-6 for a text and drops
// the spelling of null.
func readingOf(n ast.Node) reading {
	switch n := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return reading{kind: kindMapping}
	case *ast.SequenceNode:
		return reading{kind: kindList}
	case *ast.LiteralNode:
		return reading{n.Value.Value, kindText}
	case *ast.StringNode:
		if n.Token.Type != token.StringType {
			return reading{n.Value, kindText} // quoted
		}
		return plain(n.Value)
	}
	t := n.GetToken()
	if t.Type == token.ImplicitNullType {
		return reading{"", kindNull}
	}
	return plain(t.Value)
}

// plain reads an unquoted text.
func plain(text string) reading {
	for _, p := range plainKinds {
		if p.form.MatchString(text) {
			return reading{text, p.kind}
		}
	}
	return reading{text, kindText}
}

// Shown is a text of the file as a message shows it: short and on one line.
func Shown(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return onOneLine(text)
}

// onOneLine escapes what does not belong inside a line.
func onOneLine(text string) string {
	var b strings.Builder
	for _, r := range text {
		if IsBreak(r) {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// IsBreak reports whether a character does not belong inside a line.
func IsBreak(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
