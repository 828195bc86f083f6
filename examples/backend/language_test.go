package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"maturitybench/benchmark/publication"
)

// said are all texts of the pages in English: those of the templates, and those of the
// program that templates show.
func said(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, name := range []string{"page.html", "form.html", "desk.html"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile("\\bt (\"[^\"]*\"|`[^`]*`)").FindAllStringSubmatch(string(data), -1) {
			text, err := strconv.Unquote(m[1])
			if err != nil {
				t.Fatal(err)
			}
			all[text] = true
		}
		// What stands between tags without t is no text.
		for line := range strings.SplitSeq(string(data), "\n") {
			bare := regexp.MustCompile(`\{\{.*?\}\}|<[^>]*>`).ReplaceAllString(regexp.MustCompile("\\{\\{t (\"[^\"]*\"|`[^`]*`).*?\\}\\}").ReplaceAllString(line, ""), "")
			if regexp.MustCompile(`\pL{2,}`).MatchString(bare) {
				t.Errorf("%s has a text without translation: %q", name, bare)
			}
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool { return inspect(n, all) })
	}
	for _, name := range []string{
		"companies", "overall mean", "overall quartiles", "overall outer percentiles", "domain means", "domain quartiles", "domain outer percentiles",
		"question means", "shares", "at least", "profile shares",
	} {
		all[name] = true // of forecasts, see TestForecast
	}
	return all
}

// inspect notes the texts of problems, of what is expected, of acts, and those that
// methods of view choose from.
func inspect(n ast.Node, all map[string]bool) bool {
	texts := func(e ast.Node) {
		ast.Inspect(e, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if text, _ := strconv.Unquote(l.Value); text != "" {
					all[text] = true
				}
			}
			return true
		})
	}
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Title", "Detail", "Expected"}, key.Name) {
			if _, literal := n.Value.(*ast.BasicLit); literal {
				texts(n.Value)
			}
		}
	case *ast.CompositeLit:
		name, _ := n.Type.(*ast.Ident)
		if name != nil && name.Name == "expected" && len(n.Elts) == 2 {
			if _, literal := n.Elts[1].(*ast.BasicLit); literal {
				texts(n.Elts[1])
			}
		}
		if array, ok := n.Type.(*ast.ArrayType); ok {
			if name, _ := array.Elt.(*ast.Ident); name != nil && name.Name == "expected" {
				for _, e := range n.Elts {
					if c, ok := e.(*ast.CompositeLit); ok && c.Type == nil && len(c.Elts) == 2 {
						if _, literal := c.Elts[1].(*ast.BasicLit); literal {
							texts(c.Elts[1])
						}
					}
				}
			}
		}
	case *ast.ValueSpec:
		if n.Names[0].Name == "acts" {
			for _, e := range n.Values[0].(*ast.CompositeLit).Elts {
				for _, part := range e.(*ast.KeyValueExpr).Value.(*ast.CompositeLit).Elts[:2] {
					texts(part)
				}
			}
		}
		if strings.HasPrefix(n.Names[0].Name, "expect") && len(n.Values) == 1 {
			if _, literal := n.Values[0].(*ast.BasicLit); literal {
				texts(n.Values[0])
			}
		}
	case *ast.FuncDecl:
		if n.Name.Name == "Presence" || n.Name.Name == "Instead" {
			texts(n.Body)
		}
	case *ast.CallExpr:
		if method, ok := n.Fun.(*ast.SelectorExpr); ok && method.Sel.Name == "note" && len(n.Args) == 3 {
			texts(n.Args[2])
		}
		if name, ok := n.Fun.(*ast.Ident); ok && name.Name == "say" && len(n.Args) == 2 {
			if _, literal := n.Args[1].(*ast.BasicLit); literal {
				texts(n.Args[1])
			}
		}
	}
	return true
}

// Every text has a translation in every language, with the same places and the same
// tags, and there is none without its text.
func TestEveryTextIsTranslated(t *testing.T) {
	all := said(t)
	parts := regexp.MustCompile(`\{\d\}|<[^>]*>`)
	for text := range all {
		translations := texts[text]
		if len(translations) != len(languages)-1 {
			t.Errorf("%q has %d translations", text, len(translations))
			continue
		}
		want := parts.FindAllString(text, -1)
		slices.Sort(want)
		for i, translation := range translations {
			got := parts.FindAllString(translation, -1)
			slices.Sort(got)
			if strings.TrimSpace(translation) == "" || !slices.Equal(want, got) {
				t.Errorf("%s: %q stands for %q", languages[1+i], translation, text)
			}
		}
	}
	for text := range texts {
		if !all[text] {
			t.Errorf("nothing says %q", text)
		}
	}
}

// A browser gets pages in the first language that it asks for and that there is; the
// server's where there is none. Programs get English.
func TestLanguageOfABrowser(t *testing.T) {
	b := newBench(t, func(c *config) { c.language = "fr" })
	own := b.enrol("Acme")
	for accept, want := range map[string]string{
		"": "fr", "de": "de", "de-AT,de;q=0.9,en;q=0.8": "de", "it, en-GB;q=0.7, de;q=0.3": "en", "it,pt": "fr", "*": "fr", "DE": "de", ",;,": "fr",
	} {
		page := b.want(200, "GET", own, "", asBrowser, "Accept-Language: "+accept).Body.String()
		if !strings.Contains(page, `<html lang="`+want+`">`) {
			t.Errorf("asked for %q, the page is in %.80q", accept, page)
		}
	}
	for accept, want := range map[string]string{"de": "1. März 2099", "fr": "1er mars 2099", "en": "1 March 2099"} {
		if page := b.want(200, "GET", own, "", "Accept-Language: "+accept).Body.String(); !strings.Contains(page, want) {
			t.Errorf("in %s the page does not have the day %q", accept, want)
		}
	}
	if reply := b.want(400, "POST", own, "q1=", asForm, "Accept-Language: de").Body.String(); !strings.Contains(reply, "no question is answered yet") {
		t.Errorf("a program is told %s", reply)
	}
	if page := b.want(400, "POST", own, "q1=", asForm, asBrowser, "Accept-Language: de").Body.String(); !strings.Contains(page, "noch keine Frage ist beantwortet") {
		t.Errorf("a browser is told %s", page)
	}
}

// What a person typed is never taken for a text or for HTML, in any language.
func TestSayIsLiteral(t *testing.T) {
	for _, language := range languages {
		if got := say(language, "Wave {1} is closed.", "<b>{1}</b>"); strings.Contains(string(got), "<b>") {
			t.Errorf("%s: %s", language, got)
		}
		if got := say(language, "<b>no such text</b>"); got != "&lt;b&gt;no such text&lt;/b&gt;" {
			t.Errorf("%s: %s", language, got)
		}
	}
	for language, want := range map[string]string{"en": "1.7 [1.5, 1.9]", "de": "1,7 [1,5; 1,9]", "fr": "1,7 [1,5 ; 1,9]"} {
		e := publication.Estimate{Value: 1.7, Low: 1.5, High: 1.9, Status: publication.Published}
		if got := local(language, e.String()); strings.ReplaceAll(got, "\u00a0", " ") != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}
