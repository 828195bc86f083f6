package report

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Advance widths of Liberation Sans, which are those of Arial: 0.278 for a
// space, 0.556 for digits and most small letters, 0.722 for a bold A.
func TestTextWidth(t *testing.T) {
	for _, c := range []struct {
		text string
		bold bool
		want float64
	}{{" ", false, 2.78}, {"0", false, 5.56}, {"an", false, 11.12}, {"A", true, 7.22}, {"成", false, 10}} {
		if got := textWidth(c.text, 10, c.bold); math.Abs(got-c.want) > 0.02 {
			t.Errorf("%q is %v wide, want %v", c.text, got, c.want)
		}
	}
}

func TestDrawable(t *testing.T) {
	for text, want := range map[string]bool{
		"Plain – “text” ≥ 3": true, "Ωριμότητα": true, "Зрелость": true, "": true, "成熟度": false, "نضج": false, "אבטחה": false,
	} {
		if drawable(text) != want {
			t.Errorf("drawable(%q) = %v", text, !want)
		}
	}
}

// Lines hold every character but spaces at their ends, in order, and none is
// too wide unless it is a single character.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := clean(rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("abc   WWW成熟")), rapid.Rune())).Draw(t, "text"))
		width := rapid.Float64Range(10, 300).Draw(t, "width")
		lines := wrap(s, 12, false, width)
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(s, " ", ""); got != want {
			t.Errorf("wrap(%q) = %q", s, lines)
		}
		for _, l := range lines {
			if textWidth(l, 12, false) > width && len([]rune(l)) > 1 {
				t.Errorf("the line %q is wider than %v", l, width)
			}
		}
	})
}

func TestWrapBreaksAtSpaces(t *testing.T) {
	if got := strings.Join(wrap("one two three", 10, false, 50), "|"); got != "one two|three" {
		t.Errorf("%q", got)
	}
	if got := wrap("", 10, false, 50); len(got) != 1 || got[0] != "" {
		t.Errorf("an empty text makes the lines %q", got)
	}
}

// Text on every colour of the ramp has the contrast of WCAG 2.2 AA, 4.5 to 1,
// and the ramp gets darker all the way, so that it also works in grey.
func TestColors(t *testing.T) {
	darker := 1.0
	for i := range 101 {
		c := shade(float64(i) / 100)
		if contrast(c, onto(c)) < 4.5 {
			t.Errorf("text at %d%% of the ramp has contrast %.2f", i, contrast(c, onto(c)))
		}
		if l := luminance(c); l > darker {
			t.Errorf("the ramp gets lighter at %d%%", i)
		} else {
			darker = l
		}
	}
	for name, c := range map[string]float64{"ink": contrast(ink, card), "muted": contrast(muted, card), "muted on paper": contrast(muted, paper)} {
		if c < 4.5 {
			t.Errorf("%s has contrast %.2f", name, c)
		}
	}
	// Marks need 3 to 1 beside their background.
	if contrast(accent, card) < 3 || contrast(second, card) < 3 {
		t.Error("marks do not stand out")
	}
}

// The same holds on a dark card.
func TestContrastInTheDark(t *testing.T) {
	night := map[color.NRGBA]color.NRGBA{}
	for _, pair := range dark {
		night[pair.light] = pair.dark
	}
	for name, c := range map[string]float64{
		"ink": contrast(night[ink], night[card]), "muted": contrast(night[muted], night[card]), "muted on paper": contrast(night[muted], night[paper]),
	} {
		if c < 4.5 {
			t.Errorf("%s has contrast %.2f", name, c)
		}
	}
	if contrast(night[accent], night[card]) < 3 || contrast(night[second], night[card]) < 3 {
		t.Error("a colour does not stand out from the card")
	}
	if themed(ink) != "var(--figure-1)" || themed(ramp[0]) != "#fdf6c9" || themed(nil) != "none" {
		t.Errorf("themed colours are spelt %s, %s and %s", themed(ink), themed(ramp[0]), themed(nil))
	}
}
