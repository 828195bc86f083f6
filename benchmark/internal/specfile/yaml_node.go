package specfile

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// convert turns what the parser made into a value.
func (c *Checker) convert(n ast.Node) node {
	r := readingOf(n)
	value := node{place: c.beginning(n), kind: r.kind, text: r.text}
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, e := range n.Values {
			value.keys = append(value.keys, entry{place: c.beginning(e.Key), key: readingOf(e.Key).text, value: c.convert(e.Value)})
		}
	case *ast.MappingValueNode:
		value.keys = []entry{{place: c.beginning(n.Key), key: readingOf(n.Key).text, value: c.convert(n.Value)}}
	case *ast.SequenceNode:
		for _, item := range n.Values {
			value.items = append(value.items, c.convert(item))
		}
	}
	return value
}

// beginning is where a node begins.
func (c *Checker) beginning(n ast.Node) place {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	t := n.GetToken()
	where := place{t.Position.Line, t.Position.Column}
	start := []rune(firstLine(t.Origin))
	if len(start) == 0 || where.line < 1 || where.line > len(c.lines) {
		return where
	}
	// The parser miscounts after a tab and before spaces at the end of a line.
	line := c.lines[where.line-1]
	begins := func(column int) bool {
		from, to := column-1, column-1+len(start)
		return from >= 0 && to <= len(line) && slices.Equal(line[from:to], start)
	}
	if begins(where.column+1) && !begins(where.column) {
		return place{where.line, where.column + 1}
	}
	for column := where.column; column >= max(1, where.column-100); column-- {
		if begins(column) {
			return place{where.line, column}
		}
	}
	return where
}

// firstLine is the first line of a text without the space around it.
func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(line)
}
