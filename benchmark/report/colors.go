package report

import (
	"fmt"
	"image/color"
	"math"
	"strings"
)

// The colours of figures on a light card. Ink and muted stand out from it by
// more than 4.5 to 1, also on the lightest levels.
var (
	card   = rgb(0xffffff)
	ink    = rgb(0x17202c)
	muted  = rgb(0x4d5868)
	faint  = rgb(0xa9b2bf)
	paper  = rgb(0xf2f4f7)
	grid   = rgb(0xdde2e9)
	accent = rgb(0x1f5f99) // blue
	second = rgb(0xb3460b) // vermilion, told apart from blue by every eye

	bandColor = mix(card, accent, 0.3) // of the interval of an estimate
)

// black and white are for texts on the colours of levels, which are the same
// in every theme; white is not that of the card.
var black, white = rgb(0x000000), rgb(0xfefefe)

// dark are the colours on a dark card that stand for those on a light one.
var dark = []struct{ light, dark color.NRGBA }{
	{card, rgb(0x1a212a)},
	{ink, rgb(0xe8ecf1)},
	{muted, rgb(0xb0bac7)},
	{faint, rgb(0x66717f)},
	{paper, rgb(0x27303b)},
	{grid, rgb(0x323c48)},
	{accent, rgb(0x74b4ea)},
	{second, rgb(0xf2a765)},
	{bandColor, mix(rgb(0x1a212a), rgb(0x74b4ea), 0.4)},
	{mix(card, second, 0.3), mix(rgb(0x1a212a), rgb(0xf2a765), 0.4)},
	{mix(card, muted, 0.3), mix(rgb(0x1a212a), rgb(0xb0bac7), 0.4)},
}

// themed is the spelling of a colour in a figure of a page, which follows the
// reader's choice of light or dark.
func themed(c color.Color) string {
	for i, pair := range dark {
		if c == pair.light {
			return fmt.Sprintf("var(--figure-%d)", i)
		}
	}
	return hexadecimal(c)
}

// figureStyle sets the colours that [themed] spells.
func figureStyle() string {
	var light, night strings.Builder
	for i, pair := range dark {
		fmt.Fprintf(&light, " --figure-%d: %s;", i, hexadecimal(pair.light))
		fmt.Fprintf(&night, " --figure-%d: %s;", i, hexadecimal(pair.dark))
	}
	return ":root {" + light.String() + " }\n@media screen and (prefers-color-scheme: dark) { :root {" + night.String() + " } }\n"
}

// ramp are the stops from the lowest to the highest level: yellow, green and
// blue that also differ in lightness, after ColorBrewer's YlGnBu, which is
// safe for the colour-blind.
var ramp = []color.NRGBA{rgb(0xfdf6c9), rgb(0xc7e9b4), rgb(0x7fcdbb), rgb(0x41b6c4), rgb(0x2c7fb8), rgb(0x253494)}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

// shade is the colour at a part of the ramp, 0 to 1.
func shade(part float64) color.NRGBA {
	at := min(max(part, 0), 1) * float64(len(ramp)-1)
	i := min(int(at), len(ramp)-2)
	return mix(ramp[i], ramp[i+1], at-float64(i))
}

// mix is a colour between two.
func mix(a, b color.NRGBA, part float64) color.NRGBA {
	between := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + part*(float64(y)-float64(x)))) }
	return color.NRGBA{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B), 0xff}
}

// onto is the colour of text on a background: whichever of black and white has
// more contrast, which is 4.5 to 1 at least.
func onto(background color.NRGBA) color.NRGBA {
	if contrast(background, black) > contrast(background, white) {
		return black
	}
	return white
}

// contrast is the ratio of WCAG 2.2, "contrast ratio", from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is that of WCAG 2.2, "relative luminance".
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// hexadecimal is the spelling of a colour in SVG.
func hexadecimal(c color.Color) string {
	if c == nil {
		return "none"
	}
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}
