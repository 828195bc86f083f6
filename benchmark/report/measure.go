package report

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/width"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"

	stdfont "golang.org/x/image/font"
)

// faces are the fonts of figures, regular and bold: Liberation Sans, whose
// letters are as wide as those of Arial and Helvetica.
var faces = sync.OnceValue(func() [2]font.Face {
	cache := font.NewCache(liberation.Collection())
	sans := font.Font{Typeface: "Liberation", Variant: "Sans"}
	fat := sans
	fat.Weight = stdfont.WeightBold
	return [2]font.Face{cache.Lookup(sans, 10), cache.Lookup(fat, 10)}
})

// face is the font of a text.
func face(size float64, bold bool) font.Face {
	f := faces()[0]
	if bold {
		f = faces()[1]
	}
	f.Font.Size = font.Length(size)
	return f
}

// glyphs looks up which characters the fonts have, and how wide they are.
type glyphs struct {
	lock    sync.Mutex
	buffer  sfnt.Buffer
	advance map[rune]float64 // in em; negative: not in the font
}

var known = [2]glyphs{{advance: map[rune]float64{}}, {advance: map[rune]float64{}}}

// em is the width of a character in units of the size, and whether the font
// has it.
func em(r rune, bold bool) (float64, bool) {
	i := 0
	if bold {
		i = 1
	}
	g := &known[i]
	g.lock.Lock()
	defer g.lock.Unlock()
	a, ok := g.advance[r]
	if !ok {
		a = -1
		f := faces()[i].Face
		const size = 1000
		if index, err := f.GlyphIndex(&g.buffer, r); err == nil && index != 0 {
			if w, err := f.GlyphAdvance(&g.buffer, index, size<<6, stdfont.HintingNone); err == nil {
				a = float64(w) / 64 / size
			}
		}
		if len(g.advance) < 1<<14 {
			g.advance[r] = a
		}
	}
	if a >= 0 {
		return a, true
	}
	if isWide(r) {
		return 1, false
	}
	return 0.7, false
}

// isWide reports whether a character is as wide as it is high, as those of
// Chinese, Japanese and Korean are. Lines may break beside them.
func isWide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// drawable reports whether the embedded fonts can show a text: all characters
// are there, and none runs from right to left or joins its neighbours.
func drawable(s string) bool {
	for _, r := range s {
		if _, ok := em(r, false); !ok || unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Mn) {
			return false
		}
	}
	return true
}

// textWidth is the width of a line in points.
func textWidth(s string, size float64, bold bool) float64 {
	w := 0.0
	for _, r := range s {
		e, _ := em(r, bold)
		w += e
	}
	return w * size
}

// wider is how much wider other fonts may run that stand in.
const wider = 1.06

// fallbackWider is how much wider DejaVu Sans runs, which stands in where none of the fonts asked for is
// installed: for texts that must not leave the picture at its side.
const fallbackWider = 1.18

// wrap breaks a text into lines of at most the given width, at spaces, beside
// wide characters, and inside of a word that is too long for a line.
func wrap(s string, size float64, bold bool, most float64) []string {
	most /= wider
	var lines []string
	line := ""
	for _, word := range pieces(s) {
		candidate := line + word
		if textWidth(strings.TrimRight(candidate, " "), size, bold) <= most {
			line = candidate
			continue
		}
		if line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
		}
		line = ""
		for _, r := range word { // letter by letter: usually the word fits
			if line != "" && textWidth(strings.TrimRight(line+string(r), " "), size, bold) > most {
				lines = append(lines, line)
				line = ""
			}
			line += string(r)
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces splits a text where a line may break; a space stays with what is
// before it.
func pieces(s string) []string {
	var out []string
	from := 0
	previous := rune(0)
	for i, r := range s {
		if i > from && (previous == ' ' && r != ' ' || isWide(r) || isWide(previous)) {
			out = append(out, s[from:i])
			from = i
		}
		previous = r
	}
	if from < len(s) {
		out = append(out, s[from:])
	}
	return out
}
