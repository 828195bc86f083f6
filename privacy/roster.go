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
)

// Valid reports whether r is one of the two rosters.
func (r Roster) Valid() bool { return r == SecretRoster || r == PublicRoster }
