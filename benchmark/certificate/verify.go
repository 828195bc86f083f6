package certificate

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/internal/derived"
	"maturitybench/benchmark/publication"
)

// Report says what a verification found to hold, and what it could not see.
type Report struct {
	Checked   []string
	Unchecked []string
}

// ErrEstimator says that a certificate names an estimator that this version of
// the library does not have, so that its numbers cannot be derived.
var ErrEstimator = errors.New("certificate: made with another estimator: verify it with the version of the library that has it")

// ErrPlan says that the plan of a certificate is not the one that was announced.
var ErrPlan = errors.New("certificate: the plan is not the one that was announced before answers were collected")

// Option is something that only who verifies can know.
type Option func(*verification)

// Announced is the hash of the plan as it was announced before answers were
// collected (see [PlanHash]), in hexadecimal digits of any case. A certificate of
// another plan is [ErrPlan].
func Announced(planHash string) Option {
	return func(v *verification) { v.announced = &planHash }
}

// Verify derives what the plan of a certificate means, and from the noisy numbers,
// if they are there, every printed number: statuses must be the same, and numbers
// must agree within [Tolerance]. The error names the first thing that does not
// hold. It needs neither data nor ledger.
func Verify(c *Certificate, options ...Option) (Report, error) {
	v := verification{c: c}
	for _, option := range options {
		option(&v)
	}
	for _, step := range []func() error{v.form, v.announcement, v.plan, v.noise, v.promise, v.numbers} {
		if err := step(); err != nil {
			if errors.Is(err, ErrEstimator) || errors.Is(err, ErrPlan) {
				return Report{}, err
			}
			return Report{}, fmt.Errorf("certificate: %w", err)
		}
	}
	v.unchecked("that the noisy numbers were measured from the answers of real companies, and that their noise was drawn once and at random")
	v.unchecked("what the account had lost before this publication, which the ledger knows")
	v.unchecked("that no other certificate exists for this account, wave and revision: compare the ones you meet")
	return v.report, nil
}

// verification is a verification in progress.
type verification struct {
	c         *Certificate
	announced *string // hash of a plan
	release   *publication.Release
	facts     derived.Facts
	report    Report
}

func (v *verification) checked(what string)   { v.report.Checked = append(v.report.Checked, what) }
func (v *verification) unchecked(what string) { v.report.Unchecked = append(v.report.Unchecked, what) }

// form checks what needs no derivation: kinds and hashes.
func (v *verification) form() (err error) {
	c := v.c
	switch {
	case c.Format != Format:
		return fmt.Errorf("format: %s is expected", Format)
	case c.Kind != Public && c.Kind != Full:
		return errors.New("kind: public or full is expected")
	case c.Kind == Full && c.Measurement == "":
		return errors.New("measurement: a full certificate has one")
	case c.PlanHash != hashOfPlan([]byte(c.Plan)):
		return errors.New("plan_hash: it is not that of the plan")
	case c.ReleaseHash != hashOf([]byte(c.Release)):
		return errors.New("release_hash: it is not that of the release")
	case c.Estimator != benchmark.Estimator:
		return ErrEstimator
	}
	if err := v.commitment(); err != nil {
		return err
	}
	v.checked("the hashes of plan and release")
	if v.release, err = publication.Parse([]byte(c.Release)); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	if v.release.Reestimated != nil {
		return errors.New("release: a re-estimate has no certificate of its own")
	}
	return nil
}

// commitment checks the hashes of what is there.
func (v *verification) commitment() error {
	c := v.c
	if err := opened("", c.Commitment, c.Salt, c.Measurement); err != nil {
		return err
	}
	if c.Measurement != "" {
		v.checked("the commitment to the noisy numbers")
	}
	switch {
	case c.JournalCommitment == "" && c.Journal == "" && c.JournalSalt == "":
		v.unchecked("the place in a journal, which is not in this certificate")
		return nil
	case c.Kind == Public && c.Journal != "":
		return errors.New("journal: a public certificate has none: it counts refused attempts")
	case c.Kind == Full && c.Journal == "":
		return errors.New("journal: a full certificate that commits to one has it")
	case c.Journal != "" && !place.MatchString(c.Journal):
		return errors.New("journal: a number, a colon and 64 hexadecimal digits in lower case are expected")
	}
	if err := opened("journal_", c.JournalCommitment, c.JournalSalt, c.Journal); err != nil {
		return err
	}
	if c.Journal == "" {
		v.unchecked("the commitment to the place in the journal, which an auditor's certificate opens")
		return nil
	}
	v.checked("the commitment to the place in the journal")
	v.unchecked("that the journal has this record: the ledger's own verification since " + c.Journal + " tells")
	return nil
}

// place is a head of a journal.
var place = regexp.MustCompile(`^[1-9][0-9]*:[0-9a-f]{64}$`)

// opened checks a commitment to a text, which may not be there.
func opened(key, commitment, salt, text string) error {
	digits, err := hex.DecodeString(commitment)
	if err != nil || len(digits) != 32 {
		return errors.New(key + "commitment: 64 hexadecimal digits are expected")
	}
	if text == "" {
		if salt != "" {
			return errors.New(key + "salt: none is expected without what it opens")
		}
		return nil
	}
	random, err := hex.DecodeString(salt)
	if err != nil || len(random) != 32 {
		return errors.New(key + "salt: 64 hexadecimal digits are expected")
	}
	if commitment != hashOf(append(random, text...)) {
		return errors.New(key + "commitment: it is not that of the salt and what it opens")
	}
	return nil
}

// announcement compares the plan with the one that was announced.
func (v *verification) announcement() error {
	if v.announced == nil {
		v.unchecked("that the plan was announced before answers were collected: no hash of it was given")
		return nil
	}
	digits, err := hex.DecodeString(*v.announced)
	switch {
	case err != nil || len(digits) != 32:
		return fmt.Errorf("the announced hash of the plan: 64 hexadecimal digits are expected, not %q", *v.announced)
	case !strings.EqualFold(*v.announced, v.c.PlanHash):
		return fmt.Errorf("%w: that has the hash %s, this one %s", ErrPlan, strings.ToLower(*v.announced), v.c.PlanHash)
	}
	v.checked("that the plan is the one that was announced")
	return nil
}

// plan compiles the plan and compares what it says with the release.
func (v *verification) plan() (err error) {
	c, r := v.c, v.release
	if v.facts, err = benchmark.Derive([]byte(c.Plan), c.measured(), r); err != nil {
		return err
	}
	switch {
	case c.Account != r.Account:
		return errors.New("account: it is not that of the release")
	case c.Wave != r.Wave:
		return errors.New("wave: it is not that of the release")
	case c.Revision != r.Revision:
		return errors.New("revision: it is not that of the release")
	case c.Roster != r.Privacy.Roster:
		return errors.New("roster: it is not that of the release")
	case !slices.EqualFunc(r.Cohorts, v.facts.Cohorts, func(c publication.Cohort, id string) bool { return c.ID == id }):
		return errors.New("release: cohorts: they are not those of the plan")
	case c.Kind == Public && c.Measurement != "" && !shown(r, v.facts.Measured):
		return errors.New("measurement: a public certificate of a release that suppresses a measured cohort has none")
	}
	for _, cohort := range r.Cohorts[v.facts.Measured:] {
		if cohort.Status != publication.Suppressed {
			return fmt.Errorf("release: cohort %s: it was not measured", cohort.ID)
		}
	}
	if err := agree(v.facts.Head, []byte(c.Release), numbers...); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	v.checked("the id of the release, its instrument and its cohorts against the plan")
	v.checked("every sentence of the privacy statement")
	return nil
}

// noise compares the mechanisms.
func (v *verification) noise() error {
	if len(v.c.Mechanisms) != len(v.facts.Mechanisms) {
		return errors.New("mechanisms: the plan draws other noise")
	}
	for i, want := range v.facts.Mechanisms {
		got := v.c.Mechanisms[i]
		for _, n := range []struct {
			key       string
			got, want float64
		}{{"sigma", got.Sigma, want.Sigma}, {"tau", got.Tau, want.Tau}, {"mu", got.Mu, want.Mu}, {"epsilon", got.Epsilon, want.Epsilon}} {
			if !(math.Abs(n.got-n.want) <= 1e-12*math.Abs(n.want)) {
				return fmt.Errorf("mechanisms[%d].%s: %v is expected, not %v", i, n.key, n.want, n.got)
			}
		}
		if got.Name != want.Name || got.Noise != want.Noise || got.Bound != want.Bound || got.Vectors != want.Vectors || got.Beside != want.Beside {
			return fmt.Errorf("mechanisms[%d]: %s, %s, a bound of %d, %d vectors and %d numbers beside are expected", i, want.Name, want.Noise, want.Bound, want.Vectors, want.Beside)
		}
	}
	v.checked("the bound of the vectors, the standard deviations σ of the noise and the mark τ of the threshold")
	return nil
}

// promise compares ε and δ with the release, which [verification.plan] has
// compared with the plan.
func (v *verification) promise() error {
	c, p := v.c, v.release.Privacy
	switch {
	case c.Epsilon != p.Epsilon:
		return errors.New("epsilon: it is not that of the plan")
	case c.Delta != p.Delta:
		return errors.New("delta: it is not that of the plan")
	case c.Between != p.Between:
		return errors.New("epsilon_between_two_answers: it is not that of the plan")
	case !slices.Equal(c.Groups, groupsOf(v.release)):
		return errors.New("groups: they are not those of the plan")
	}
	v.checked("ε, δ, ε between two answers, and the losses of groups")
	if p.Noise != publication.SecureNoise {
		v.unchecked("any protection: the noise is that of a test")
	}
	return nil
}

// numbers compares the printed numbers with those that follow from the noisy
// ones.
func (v *verification) numbers() error {
	if v.facts.Release == nil {
		v.unchecked("the printed numbers and which cohorts are suppressed: the noisy numbers are not in this certificate; an auditor's has them")
		v.unchecked("the commitment to the noisy numbers")
		return nil
	}
	if err := agree(v.facts.Release, []byte(v.c.Release)); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	v.checked("every printed number within 2e-6, and every status exactly, against the noisy numbers")
	return nil
}
