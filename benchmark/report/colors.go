package report

import (
	"fmt"
	"image/color"
	"math"
)

// The colours of figures, which sit on a light card in every theme. Ink and
// muted stand out from it by more than 4.5 to 1, also on the lightest levels.
var (
	card   = rgb(0xffffff)
	ink    = rgb(0x17202c)
	muted  = rgb(0x4d5868)
	faint  = rgb(0xa9b2bf)
	paper  = rgb(0xf2f4f7)
	grid   = rgb(0xdde2e9)
	accent = rgb(0x1f5f99) // blue
	second = rgb(0xb3460b) // vermilion, told apart from blue by every eye
)

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
// more contrast, which is 4.58 to 1 at least.
func onto(background color.NRGBA) color.NRGBA {
	black, white := rgb(0x000000), rgb(0xffffff)
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
