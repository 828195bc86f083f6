package privacy

// Roster says who is common knowledge, and with it which data sets are
// neighbours.
type Roster string

const (
	// SecretRoster protects who took part: neighbouring data sets differ in
	// the presence of one company with all its answers and attributes.
	SecretRoster Roster = "secret"
	// PublicRoster protects answers only: the companies that handed in an
	// answer sheet, and their attributes, are common knowledge; neighbouring
	// data sets differ in one company's answers being there or left out
	// everywhere.
	PublicRoster Roster = "public"
	// CountedRoster protects names and answers, and not how many companies took
	// part: in neighbouring data sets another company with the same attributes
	// took part in the place of one, with other answers or none. The sizes of
	// the panel and of its cohorts are common knowledge, and the same in both.
	// Who took part is therefore hidden among companies of the same attributes
	// only.
	CountedRoster Roster = "counted"
)

// Valid reports whether r is one of the three rosters.
func (r Roster) Valid() bool { return r == SecretRoster || r.ExactSizes() }

// ExactSizes reports whether the sizes of the panel and of its cohorts are
// common knowledge. They are then published as they are, and a cohort is large
// enough or not without a noisy test.
func (r Roster) ExactSizes() bool { return r == PublicRoster || r == CountedRoster }

// Steps is how many answer sheets are put in or left out on the way from a data
// set to a neighbour: one, or two where a sheet takes the place of another. If
// no sheet's vector is longer than R, the totals of neighbours are at most
// Steps·R apart, and noise is calibrated for that.
func (r Roster) Steps() int64 {
	if r == CountedRoster {
		return 2
	}
	return 1
}

// EpsilonBetweenTwoAnswers is the ε, at delta, for telling two answer sheets of
// one company with the same attributes apart, for a loss under this roster;
// rounded up at the fourth decimal, and +Inf if delta leaves nothing for the
// Gaussian noise. Under [CountedRoster] the two make neighbours, so that it is
// what is lost; otherwise see [EpsilonBetweenTwoAnswers].
func (r Roster) EpsilonBetweenTwoAnswers(loss Loss, delta float64) float64 {
	if r == CountedRoster {
		return ceil(loss.Epsilon(delta))
	}
	return EpsilonBetweenTwoAnswers(loss, delta)
}
