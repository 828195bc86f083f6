package fold

// summaries are the words that stand where a company should in rows of a
// spreadsheet that sum others up, folded.
var summaries = func() map[string]bool {
	words := map[string]bool{}
	for _, word := range []string{
		"total", "totals", "grand total", "subtotal", "sub-total", "overall total", "sum", "sums",
		"mean", "means", "grand mean", "median", "average", "averages", "avg", "avg.", "overall average",
		"minimum", "maximum", "standard deviation", "std dev", "std. dev.", "stdev", "st. dev.", "variance", "quartile",
		"gesamt", "gesamtsumme", "summe", "insgesamt", "mittelwert", "durchschnitt", "standardabweichung",
		"somme", "moyenne", "médiane", "écart type", "écart-type", "ensemble",
		"suma", "media", "mediana", "promedio", "totale", "somma", "totaal", "gemiddelde",
	} {
		words[string(Name(nil, []byte(word)))] = true
	}
	return words
}()

// Summary reports whether a folded name is the word of a row that sums others
// up (total, mean, median, …) rather than the name of a company. White space and
// colons behind the word do not count.
func Summary(name []byte) (word string, ok bool) {
	for len(name) > 0 && (name[len(name)-1] == ':' || name[len(name)-1] == ' ') {
		name = name[:len(name)-1]
	}
	if len(name) > 32 || !summaries[string(name)] {
		return "", false
	}
	return string(name), true
}
