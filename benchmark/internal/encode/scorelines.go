package encode

import "math"

// scoreLines are a bound of what [scoreBlock.norm] adds up, as tables without cases: a line for every score and place, from −1, which
// adds nothing. Most pairs of scores add little, whatever their places: of those a line has the most that any other place
// would add, and only the others are looked up.
type scoreLines struct {
	alone []float64 // by score and place: what a score adds by itself, and at most with scores before it that are not looked up
	width int       // places
	pairs []pairLines
	slack float64 // how much smaller the norm can be
}

// pairLines is what a score and one before it add.
type pairLines struct {
	score, other int
	norms        []int32 // by the places of both, rounded up, in units of lineUnit
}

// lineUnit is 2⁻²⁶ of the budget: what rounding adds, for every two scores, is no more.
const lineUnit = 1 << 14

// A pair is looked up if it can add more than this part of the budget over the number of pairs and exactPairs: if that
// takes less time than to compute the norm exactly for so many more companies. A company takes about exactPairs times as
// long as a pair for that, and about half of what a pair can add tells how many they are.
const (
	hiddenPart = 2
	exactPairs = 50
)

func (b *scoreBlock) newLines() *scoreLines {
	places, width := b.thresholds+1, b.thresholds+2
	l := &scoreLines{alone: make([]float64, b.scores*width), width: width}
	if len(b.groups) == 0 {
		return l
	}
	var all []pairRange
	for a := range b.scores {
		for i := range places {
			l.alone[a*width+1+i] = float64(b.pairs[(a*places+i)*(b.scores*places+1)])
		}
		for c := range a {
			all = append(all, b.rangeOf(a, c))
		}
	}
	hidden := hiddenPart * float64(budget) / float64(len(all)+exactPairs)
	for _, p := range all {
		if max(p.most, -p.least) > math.MaxInt32*lineUnit { // far above the budget: the exact bound decides
			l.forbid()
			return l
		}
		if p.most-p.least <= hidden {
			l.slack += p.most - p.least
			l.addMost(b, p)
		} else {
			l.pairs = append(l.pairs, b.lookUp(p))
		}
	}
	return l
}

// forbid lets nothing fit.
func (l *scoreLines) forbid() {
	for i := range l.alone {
		l.alone[i] = math.Inf(1)
	}
}

// pairRange is between what a score and one before it add.
type pairRange struct {
	score, other int
	least, most  float64 // or nothing
}

// with is what a score at a place adds with another one at a place: twice, as the pair is there once only.
func (b *scoreBlock) with(score, place, other, at int) int64 {
	places := b.thresholds + 1
	return 2 * b.pairs[(score*places+place)*b.scores*places+other*places+at]
}

func (b *scoreBlock) rangeOf(score, other int) pairRange {
	p := pairRange{score: score, other: other}
	for i := range b.thresholds + 1 {
		for j := range b.thresholds + 1 {
			norm := float64(b.with(score, i, other, j))
			p.least, p.most = min(p.least, norm), max(p.most, norm)
		}
	}
	return p
}

// addMost adds the most that the other score can add, at every place.
func (l *scoreLines) addMost(b *scoreBlock, p pairRange) {
	for i := range b.thresholds + 1 {
		most := int64(0)
		for j := range b.thresholds + 1 {
			most = max(most, b.with(p.score, i, p.other, j))
		}
		l.alone[p.score*l.width+1+i] += float64(most)
	}
}

// lookUp is the table of a pair.
func (b *scoreBlock) lookUp(p pairRange) pairLines {
	width := b.thresholds + 2
	l := pairLines{p.score, p.other, make([]int32, width*width)}
	for i := range b.thresholds + 1 {
		for j := range b.thresholds + 1 {
			l.norms[(1+i)*width+1+j] = int32(math.Ceil(float64(b.with(p.score, i, p.other, j)) / lineUnit))
		}
	}
	return l
}

// norms adds what pairs of scores add, and what the last one adds by itself, for responses with these lines.
func (l *scoreLines) norms(to []float64, lines [][batchRows]int32) {
	var room [batchRows]int64
	sums, width, n := room[:len(to)], int32(l.width), len(to)
	for p := 0; p < len(l.pairs); p++ {
		first := &l.pairs[p]
		if p+1 < len(l.pairs) && l.pairs[p+1].score == first.score {
			p++
			second := &l.pairs[p]
			addTwo(sums, width, lines[first.score][:n], first.norms, lines[first.other][:n], second.norms, lines[second.other][:n])
			continue
		}
		addOne(sums, width, lines[first.score][:n], first.norms, lines[first.other][:n])
	}
	last := len(lines) - 1
	for i, sum := range sums {
		to[i] = float64(sum)*lineUnit + l.alone[last*l.width+int(lines[last][i])]
	}
}

// addOne adds what a score and another one add. In functions of their own the loops have enough registers.
//
//go:noinline
func addOne(sums []int64, width int32, score, norms, other []int32) {
	score, other = score[:len(sums)], other[:len(sums)]
	for i := range sums {
		sums[i] += int64(norms[score[i]*width+other[i]])
	}
}

// addTwo adds what a score and two others add.
//
//go:noinline
func addTwo(sums []int64, width int32, score, norms, other, more, another []int32) {
	score, other, another = score[:len(sums)], other[:len(sums)], another[:len(sums)]
	for i := range sums {
		line := score[i] * width
		sums[i] += int64(norms[line+other[i]]) + int64(more[line+another[i]])
	}
}
