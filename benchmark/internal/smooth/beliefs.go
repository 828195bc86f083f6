package smooth

// A series moves from one wave to the next by
//
//	d ~ (1−rare)·N(0, D) + rare·N(0, D+jump),
//
// with one D for all series of a kind; in a step in which the panel is another one all of them move by
// F more. A Unit is a level of a scale of six. Errors and coverage of all of this:
// go run ./examples/accuracy -waves 4 -companies 100 -trials 60 -cohorts=false -changes
const (
	// rare is the share of steps in which a series moves far, and jump the variance of such
	// a step, in Unit²: training, a scandal or a new rule moves a single question by a
	// level. With 0.08 the change of a question that jumps by 1.0 between two waves held in 83 % of
	// 60 panels of 100 companies, ε = 4, with 0.15 in 88 %.
	rare, jump = 0.15, 1.0
	// panelChange is the probability before the data, for every step, that the panel is
	// another one; chosen.
	panelChange = 0.05
	// leastWeight is the weight of a path that still counts; chosen.
	leastWeight = 1e-4
	// mostParts is how many parts a mixture keeps; chosen.
	mostParts = 5
)

// mostJumps is how many far steps of one series are thought of; chosen.
const mostJumps = 2

// Kind is what sort of quantities some series are.
type Kind struct {
	drift, spread float64 // around which D is believed, in Unit², and the spread of its logarithm
	noise         float64 // see Distances
	panels        []float64
}

var (
	// Levels are means by themselves. There are so few of them that how far they move
	// is hardly learnt, so that D is believed to be large: they are drawn to each other by little.
	Levels = Kind{drift: 0.05, spread: 1, noise: 1}
	// Distances are those of means from the one above them, such as those of questions from
	// their domain. Exact ones of made-up panels of 100 companies, of which a third is
	// replaced a year and whose questions drift by 0.1, move by 0.12 if they are questions and by
	// 0.04 if they are domains. Where D is learnt, readings are
	// taken to have 0.75 times the variance that is stated, which allows for more than noise: 0.82
	// of it was noise in question means of the panels above and 0.53 in domains. With all of it D
	// came out too small.
	Distances = Kind{drift: 0.01, spread: 1.5, noise: 0.75, panels: []float64{0.1, 0.4}}
)

// driftsTried are the variances D that are tried, in Unit².
var driftsTried = []float64{1e-4, 2.5e-4, 6e-4, 1.5e-3, 3.5e-3, 8e-3, 0.02, 0.05, 0.12, 0.3}
