package publication

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/privacy"
)

// Format is the value of the key "format" of every release.json.
const Format = "maturitybench.release/1"

// Release is everything that one publication makes public: the instrument,
// the privacy promise, and the numbers of every cohort. It is a copy of the
// stored document: changing its fields changes nothing else, Bytes included.
//
// The target of every number is the exact statistic of the companies that
// answered, not of their industry.
type Release struct {
	ID         string          `json:"id"`         // 32 hex digits, made of account, plan and instrument: no fingerprint of the answers
	Account    string          `json:"account"`    // whose budget was charged
	Wave       string          `json:"wave"`       // the round of the survey
	Revision   int             `json:"revision"`   // 1, more when the wave was published again
	Confidence float64         `json:"confidence"` // of every interval by itself, 0.5 to 0.99
	Instrument instrument.Spec `json:"instrument"` // the public instrument, without ignore and no_answer
	Privacy    Privacy         `json:"privacy"`
	Cohorts    []Cohort        `json:"cohorts"` // all, then every value of every planned attribute

	Statistics  []string      `json:"statistics,omitempty"`  // kinds of statistics that were asked for; nil: all. See [Release.NotAsked]
	Earlier     []EarlierWave `json:"earlier,omitempty"`     // earlier waves that the numbers of questions lean on, the first one first
	Sheets      *Sheets       `json:"sheets,omitempty"`      // what became of the answer sheets; nil where it was not measured
	Reestimated *Reestimated  `json:"reestimated,omitempty"` // nil for what Publish made

	Withdrawn *Withdrawal `json:"-"` // the notice beside the document; nil if there is none

	stored []byte
}

// EarlierWave is a release of the same account that the estimates of a later one lean on.
type EarlierWave struct {
	Wave     string `json:"wave"`
	Revision int    `json:"revision"` // 1 or more
	Release  string `json:"release"`  // its id
}

// Privacy is the promise under which a release was made.
type Privacy struct {
	Roster       privacy.Roster `json:"roster"`
	Epsilon      float64        `json:"epsilon"`                     // what the report reveals about the presence of one company's answers; under a counted roster, about which of two companies took part
	Delta        float64        `json:"delta"`                       // of both ε
	Between      float64        `json:"epsilon_between_two_answers"` // what it reveals about which of two answer sheets with the same attributes a company gave
	MinCompanies int            `json:"min_companies"`               // k: no cohort with fewer companies is shown
	Noise        string         `json:"noise"`                       // secure, or test: nothing is protected
	Loss         PrivacyLoss    `json:"loss"`
	Groups       []GroupLoss    `json:"groups"`           // what it reveals about the presence of several companies together
	Account      AccountLoss    `json:"account,omitzero"` // what its account has lost; zero where no ledger told
	Statement    Statement      `json:"statement"`
}

// The two values of Privacy.Noise.
const (
	SecureNoise = "secure" // crypto/rand
	TestNoise   = "test"   // seeded, for tests: nothing is protected
)

// PrivacyLoss is the loss of a release in the parts that add over releases.
type PrivacyLoss struct {
	PureEpsilon    float64 `json:"pure_epsilon"`    // ε of pure mechanisms, a multiple of 1e-9
	Mu             float64 `json:"mu"`              // of Gaussian differential privacy, a multiple of 1e-6
	DeltaSelection float64 `json:"delta_selection"` // δ of the choice of cohorts, a multiple of 1e-18
	DeltaSampler   float64 `json:"delta_sampler"`   // δ of the approximation in the sampler of Gaussian noise, likewise
}

// GroupLoss is what a release reveals about the presence of so many companies
// together, see [privacy.ForGroup].
type GroupLoss struct {
	Companies int     `json:"companies"` // how many, 2 or more
	Epsilon   float64 `json:"epsilon"`   // of their presence at Delta, rounded up at the fourth decimal
	Delta     float64 `json:"delta"`     // 1 where nothing is promised
}

// AccountLoss is what an account allows and has lost, a publication included, as
// the ledger told it: public facts.
type AccountLoss struct {
	Date     string  `json:"date"`     // of the publication on the ledger's clock, such as 2026-03-01
	Sequence int     `json:"sequence"` // its number among the publications of the account, from 1
	Window   string  `json:"window"`   // such as 3y
	Epsilon  float64 `json:"epsilon"`  // allowed within any span of time as long as the window, at Delta
	Delta    float64 `json:"delta"`    // of the account
	Lifetime float64 `json:"lifetime"` // ε allowed ever, at Delta; 0: no limit

	Publications int     `json:"publications"` // within the window that ends with this one
	Lost         float64 `json:"lost"`         // their ε at Delta, rounded up at the fourth decimal
	LostEver     float64 `json:"lost_ever"`    // ε of all at DeltaEver, rounded up likewise
	DeltaEver    float64 `json:"delta_ever"`   // δ at which LostEver holds, above 0 and below 1
}

// Total is the loss in exact units, with the part of the sampler.
func (l PrivacyLoss) Total() privacy.Loss {
	return privacy.Loss{
		PureEpsilon: int64(math.Round(l.PureEpsilon * 1e9)),
		MuSquared:   privacy.Mu(math.Round(l.Mu * 1e6)).Squared(),
		Delta:       int64(math.Round(l.DeltaSelection*1e18)) + int64(math.Round(l.DeltaSampler*1e18)),
	}
}

// Cohort is what a release says of one group of companies. A suppressed
// cohort has an ID and a Status only.
type Cohort struct {
	ID        string           `json:"id"`                  // "all", or attribute=value
	Status    Status           `json:"status"`              // Published or Suppressed
	Companies Estimate         `json:"companies"`           // companies in the cohort that answered anything
	Overall   CohortScore      `json:"overall"`             // of the mean of all answers of a company; withheld where the instrument has several scales
	Functions []CohortFunction `json:"functions,omitempty"` // in the instrument's order, if it has any
	Domains   []CohortDomain   `json:"domains"`             // in the instrument's order
	Questions []CohortQuestion `json:"questions"`           // in the instrument's order

	Profiles   []CohortProfile `json:"profiles,omitempty"`   // in the instrument's order, if it has any
	Unshrunken *Unshrunken     `json:"unshrunken,omitempty"` // for changes between waves; see compare.Trend
}

// CohortProfile is the share of a cohort's companies that meet a profile. A
// question without an answer does not meet its minimum.
type CohortProfile struct {
	ID    string   `json:"id"`
	Share Estimate `json:"share"`
}

// Unshrunken holds the means, and the shares that meet a profile, as the noisy
// data alone give them. The estimates of a release lean on a model of answers
// where the data are noisy, which makes them more accurate, but pulls the same
// number in the same direction in every wave. The difference of two unshrunken
// numbers keeps a change in full. They may lie outside the scale, and are
// published only where the estimate is.
type Unshrunken struct {
	Overall   Estimate   `json:"overall"`
	Functions []Estimate `json:"functions,omitempty"` // in the instrument's order, if it has any
	Domains   []Estimate `json:"domains"`             // in the instrument's order
	Questions []Estimate `json:"questions"`           // in the instrument's order
	Profiles  []Estimate `json:"profiles,omitempty"`  // in the instrument's order, if it has any
}

// CohortScore describes the scores of the companies with at least one answer
// in question: their mean and percentiles (type 7).
type CohortScore struct {
	Mean        Estimate    `json:"mean"`
	Percentiles Percentiles `json:"percentiles"`
}

// CohortDomain describes the companies' domain scores, the means of their
// answers in the domain.
type CohortDomain struct {
	ID string `json:"id"`
	CohortScore
}

// CohortFunction is the mean of a tier above the domains: that of the means of its
// domains, each by its weight in the overall score.
type CohortFunction struct {
	ID   string   `json:"id"`
	Mean Estimate `json:"mean"`
}

// CohortQuestion describes the answers of the companies that answered a
// question. Shares and AtLeast are published or withheld together.
type CohortQuestion struct {
	ID      string     `json:"id"`
	Mean    Estimate   `json:"mean"`
	Shares  []Estimate `json:"shares"`   // one a level, summing to 1
	AtLeast []Estimate `json:"at_least"` // AtLeast[i]: share at or above level i+1 of its scale
}

// Cohort looks a cohort up by its id, "all" or attribute=value.
func (r *Release) Cohort(id string) (Cohort, bool) {
	for _, c := range r.Cohorts {
		if c.ID == id {
			return c, true
		}
	}
	return Cohort{}, false
}

// Domain looks a domain up; a suppressed cohort has none.
func (c Cohort) Domain(id string) (CohortDomain, bool) {
	for _, d := range c.Domains {
		if d.ID == id {
			return d, true
		}
	}
	return CohortDomain{}, false
}

// Profile looks a profile up; a suppressed cohort has none.
func (c Cohort) Profile(id string) (CohortProfile, bool) {
	for _, p := range c.Profiles {
		if p.ID == id {
			return p, true
		}
	}
	return CohortProfile{}, false
}

// Question looks a question up; a suppressed cohort has none.
func (c Cohort) Question(id string) (CohortQuestion, bool) {
	for _, q := range c.Questions {
		if q.ID == id {
			return q, true
		}
	}
	return CohortQuestion{}, false
}

// MarshalJSON leaves everything but id and status out of a suppressed cohort.
func (c Cohort) MarshalJSON() ([]byte, error) {
	if c.Status == Suppressed {
		return json.Marshal(struct {
			ID     string `json:"id"`
			Status Status `json:"status"`
		}{c.ID, c.Status})
	}
	type plain Cohort
	return json.Marshal(plain(c))
}

// Bytes returns a copy of the stored document: the bytes that Publish stored
// or that the release was parsed from. It is nil for a Release made otherwise.
func (r *Release) Bytes() []byte { return bytes.Clone(r.stored) }

// MaxSize bounds a release.json.
const MaxSize = 64 << 20

// Load reads a release.json, see [Parse], and the notice of its withdrawal if there is
// one beside it ([WithdrawalFile]).
func Load(path string) (*Release, error) {
	data, err := specfile.ReadFile(path, MaxSize)
	if err != nil {
		return nil, err
	}
	r, err := parse(path, data)
	if _, placed := err.(*input.Error); err != nil && !placed {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err == nil {
		err = r.withdrawn(path)
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}
