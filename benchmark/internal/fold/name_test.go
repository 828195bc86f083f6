package fold_test

import (
	"testing"
	"unicode/utf8"

	"maturitybench/benchmark/internal/fold"

	"pgregory.net/rapid"
)

func name(s string) string { return string(fold.Name(nil, []byte(s))) }

func TestNamesOfOneCompany(t *testing.T) {
	for label, c := range map[string]struct {
		want      string
		spellings []string
	}{
		"plain":          {"acme 2", []string{"acme 2", "Acme 2", "ACME 2", "acme\t2", " acme  2 ", "acme 2\r\n"}},
		"space":          {"acme 2", []string{"acme\u00a02", "acme\u2003 2", "acme\u30002", "\u00a0acme 2\u202f", "acme\u20282"}},
		"invisible":      {"acme 2", []string{"ac\u200bme 2", "\ufeffacme 2", "acme\u00ad 2", "acme 2\u2060", "a\u034fcme 2", "acme\ufe0f 2", "ac\u200dme 2", "ac\u115fme 2"}},
		"controls":       {"acme 2", []string{"acme\x00 2", "\x7facme 2"}},
		"composed":       {"müller ag", []string{"Müller AG", "Mu\u0308ller AG", "MÜLLER AG", "MU\u0308LLER ag"}},
		"sharp s":        {"strasse", []string{"Straße", "STRASSE", "STRAẞE"}},
		"full width":     {"acme 2", []string{"ＡＣＭＥ ２"}},
		"ligature":       {"office", []string{"oﬃce", "OFFICE"}},
		"final sigma":    {"σοφοσ", []string{"ΣΟΦΟΣ", "σοφος"}},
		"kelvin":         {"k", []string{"K", "K"}},
		"hangul":         {"가", []string{"\uac00", "\u1100\u1161"}},
		"nothing to see": {"", []string{"", " ", "\u200b", "\u00a0\u200b "}},
	} {
		for _, spelling := range c.spellings {
			if got := name(spelling); got != c.want {
				t.Errorf("%s: Name(%+q) = %+q, want %+q", label, spelling, got, c.want)
			}
		}
	}
}

func TestNamesOfDifferentCompaniesStayApart(t *testing.T) {
	seen := map[string]string{}
	for _, s := range []string{"acme 2", "acme 3", "acme2", "acme-2", "acmé 2", "müller", "muller", "mueller", "a.c.m.e. 2"} {
		if other, ok := seen[name(s)]; ok {
			t.Errorf("%q and %q fold to the same name", s, other)
		}
		seen[name(s)] = s
	}
}

func TestNameAppends(t *testing.T) {
	if got := string(fold.Name([]byte("x "), []byte(" Acme "))); got != "x acme" {
		t.Errorf("got %q", got)
	}
	if got := string(fold.Name([]byte("x "), []byte(" Ä "))); got != "x ä" {
		t.Errorf("got %q", got)
	}
}

func TestNameIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := name(s)
		if twice := name(once); twice != once {
			t.Fatalf("Name(%+q) = %+q, and again %+q", s, once, twice)
		}
	})
}

// FuzzName looks for texts that are not stable under folding, and for a
// difference between the path for ASCII and the other one.
func FuzzName(f *testing.F) {
	for _, s := range []string{"Acme 2", "Mu\u0308ller", "ＡＢ\u200b", "\xff", "ſ", "ΐ", "\u0345", "ᾳ\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := name(s)
		if !utf8.ValidString(once) {
			t.Errorf("Name(%+q) = %+q is not UTF-8", s, once)
		}
		if twice := name(once); twice != once {
			t.Errorf("Name(%+q) = %+q, and again %+q", s, once, twice)
		}
		if other := name(s + "\u200b"); other != once {
			t.Errorf("Name(%+q) = %+q, and %+q with an invisible character behind it", s, once, other)
		}
	})
}

func BenchmarkName(b *testing.B) {
	dst := make([]byte, 0, 64)
	for _, s := range []string{"company-000123", "Acme Medical Devices 12", "Müller Gerätebau"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				dst = fold.Name(dst[:0], []byte(s))
			}
		})
	}
}
