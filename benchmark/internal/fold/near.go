package fold

// Nearest is the one of some names that differs from a text in the fewest
// letters: in a third of them at most. It is empty where there is none.
func Nearest(text string, names []string) string {
	label := []rune(Label(text))
	best, least := "", len(label)/3+1
	for _, name := range names {
		if d := distance(label, []rune(Label(name)), least); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is the number of letters that have to be put in, left out, replaced
// or swapped with the next one to make b of a (optimal string alignment), or
// most where it is not below.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) >= most || len(b)-len(a) >= most || len(a) > 200 || len(b) > 200 {
		return most
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most)
}
