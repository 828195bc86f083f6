package codebook

import (
	"strconv"
	"strings"
)

// Numbers says how numbers are spelt.
type Numbers struct{ Comma bool } // the sign before the fraction is a comma, not a dot

// parse reads a number in a folded text: a sign, digits, which may be grouped in
// threes by spaces, apostrophes or the other sign, and a fraction. An apostrophe
// in front, by which spreadsheets mark texts, does not count. Texts such as 1e5,
// 0x10 and inf are no numbers. percent reports whether a % sign follows.
func (n Numbers) parse(text string) (value float64, percent, ok bool) {
	text = strings.TrimPrefix(text, "'")
	text, percent = strings.CutSuffix(text, "%")
	text = strings.TrimSpace(text)
	sign, digits := "", text
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+") {
		sign, digits = text[:1], text[1:]
	}
	point, group := ".", ","
	if n.Comma {
		point, group = ",", "."
	}
	whole, fraction, hasFraction := strings.Cut(digits, point)
	whole, ok = ungroup(whole, group)
	if !ok || !isDigits(fraction) || whole == "" && fraction == "" || hasFraction && fraction == "" || len(text) > 64 {
		return 0, false, false
	}
	value, err := strconv.ParseFloat(sign+"0"+whole+"."+fraction+"0", 64)
	return value, percent, err == nil
}

// ungroup takes the signs between groups of three digits out.
func ungroup(whole, group string) (string, bool) {
	if isDigits(whole) {
		return whole, true
	}
	for _, sign := range []string{group, " ", "'"} {
		parts := strings.Split(whole, sign)
		if len(parts) == 1 || len(parts[0]) == 0 || len(parts[0]) > 3 || !isDigits(parts[0]) {
			continue
		}
		for _, part := range parts[1:] {
			if len(part) != 3 || !isDigits(part) {
				return "", false
			}
		}
		return strings.Join(parts, ""), true
	}
	return "", false
}

// isDigits reports whether a text consists of digits; the empty one does.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
