package specfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"maturitybench/benchmark/input"
)

// Limits of a YAML file. The largest instrument needs about 1 MiB, 10,000 lines
// or 50,000 tokens, and five levels. The parser's time grows with the square of
// lines and tokens: at these limits it is some seconds.
const (
	MaxFileSize = 4 << 20
	maxLines    = 20_000
	maxTokens   = 100_000
	maxNesting  = 32
)

// ReadFile reads a file of at most limit bytes. Errors of the file system, which
// name the file, are returned as they are.
func ReadFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, input.FileError(path, "a file, not a directory")
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, input.FileError(path, fmt.Sprintf("at most %d MiB", limit>>20))
	}
	return data, nil
}

// ReadYAML reads one YAML document into the struct that spec points to, by its
// yaml tags: a key that is neither known nor new is a problem, and so is a
// missing one unless its tag says omitempty. The checker holds all problems of
// reading and the place of every value; spec is fit for further checks.
// The error is an input.Error when nothing could be read at all.
func ReadYAML(file string, data []byte, spec any) (*Checker, error) {
	c := &Checker{file: file, tag: "yaml", places: map[string]place{}, faulty: map[string]bool{}}
	if c.plainText(data); c.problems != nil {
		return nil, c.Err()
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	for line := range strings.Lines(text) {
		c.lines = append(c.lines, []rune(line))
	}
	root := c.document(text)
	if c.problems != nil {
		return nil, c.Err()
	}
	value := c.convert(root)
	c.decode(&value, reflect.ValueOf(spec).Elem(), nil)
	if c.faulty[""] {
		return nil, c.Err()
	}
	return c, nil
}

// plainText refuses what is no YAML text at all.
func (c *Checker) plainText(data []byte) {
	expected := NotText(data)
	switch {
	case expected != "":
		c.at(place{}, "", expected)
	case len(data) > MaxFileSize:
		c.at(place{}, "", fmt.Sprintf("at most %d MiB", MaxFileSize>>20))
	case bytes.Count(data, []byte("\n")) > maxLines:
		c.at(place{}, "", fmt.Sprintf("at most %d lines", maxLines))
	case len(bytes.TrimSpace(data)) == 0:
		c.at(place{}, "", "YAML, not an empty file")
	default:
		c.characters(data)
	}
}

// characters refuses the first character that no text holds.
func (c *Checker) characters(data []byte) {
	where := place{1, 1}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			c.at(where, "", "text in UTF-8")
			return
		case unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r':
			c.at(where, "", "text without control characters")
			return
		case r == '\n':
			where = place{where.line + 1, 1}
		default:
			where.column++
		}
		data = data[size:]
	}
}

// document parses the one document of a file.
func (c *Checker) document(text string) ast.Node {
	tokens := lexer.Tokenize(text)
	if len(tokens) > maxTokens {
		c.at(place{}, "", fmt.Sprintf("at most %d keys, values and signs", maxTokens))
		return nil
	}
	if c.simple(tokens); c.problems != nil {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		c.syntax(err)
		return nil
	}
	var body ast.Node
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case body == nil:
			body = doc.Body
		default:
			c.at(c.beginning(doc.Body), "", "one YAML document")
			return nil
		}
	}
	if body == nil {
		c.at(place{}, "", "YAML, not comments alone")
	}
	return body
}

// simple refuses anchors, aliases, tags, directives, complex keys and deep
// nesting. None of the formats needs them, and without them a file is never
// larger in memory than on disk.
func (c *Checker) simple(tokens token.Tokens) {
	depth, dashes, line := 0, 0, 0
	for _, t := range tokens {
		where := place{t.Position.Line, t.Position.Column}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.DirectiveType, token.MergeKeyType, token.MappingKeyType:
			c.at(where, "", fmt.Sprintf("plain YAML without anchors, aliases, tags, directives and complex keys, not %s", Shown(t.Value)))
			return
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType:
			if t.Position.Line != line {
				line, dashes = t.Position.Line, 0
			}
			dashes++
		}
		if depth > maxNesting || dashes > maxNesting {
			c.at(where, "", fmt.Sprintf("at most %d levels of nesting", maxNesting))
			return
		}
	}
}

// syntax notes the parser's one complaint.
func (c *Checker) syntax(err error) {
	var syntax *yaml.SyntaxError
	if !errors.As(err, &syntax) {
		c.at(place{}, "", "YAML; "+onOneLine(err.Error()))
		return
	}
	p := syntax.Token.Position
	c.at(place{p.Line, p.Column}, "", "YAML; "+onOneLine(syntax.Message))
}
