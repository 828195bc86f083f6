package certificate

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"maturitybench/benchmark"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/derived"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// Format is the value of the key "format" of every certificate.
const Format = "maturitybench.certificate/1"

// The kinds of certificates.
const (
	Public = "public" // for everybody
	Full   = "full"   // with the noisy numbers, for an auditor
)

// MaxSize bounds a certificate, in bytes.
const MaxSize = 256 << 20

// Certificate is what is claimed of one publication. Every field is checked by
// [Verify].
type Certificate struct {
	Format    string         `json:"format"`
	Kind      string         `json:"kind"`      // Public or Full
	Estimator string         `json:"estimator"` // that made the numbers, see benchmark.Estimator
	Account   string         `json:"account"`
	Wave      string         `json:"wave"`
	Revision  int            `json:"revision"`
	Roster    privacy.Roster `json:"roster"`

	Plan        string `json:"plan"`         // canonical JSON, with the instrument
	PlanHash    string `json:"plan_hash"`    // of Plan, see PlanHash
	Release     string `json:"release"`      // the text of release.json
	ReleaseHash string `json:"release_hash"` // SHA-256, 64 hex digits

	Mechanisms []derived.Mechanism `json:"mechanisms"` // all draws of noise, in their order
	Epsilon    float64             `json:"epsilon"`
	Delta      float64             `json:"delta"`
	Between    float64             `json:"epsilon_between_two_answers"`
	Groups     []Group             `json:"groups"`

	Commitment  string `json:"commitment"`            // SHA-256 of salt and measurement, 64 hex digits
	Salt        string `json:"salt,omitempty"`        // 64 hex digits, where the measurement is there
	Measurement string `json:"measurement,omitempty"` // the noisy numbers as the ledger stores them

	JournalCommitment string `json:"journal_commitment,omitempty"` // SHA-256 of salt and journal, where the ledger keeps one
	JournalSalt       string `json:"journal_salt,omitempty"`       // 64 hex digits, in a full certificate
	Journal           string `json:"journal,omitempty"`            // number and hash of the publication's record, such as 12:3f…, in a full one
}

// Group is the loss of several companies together, as in a release.
type Group struct {
	Companies int     `json:"companies"`
	Epsilon   float64 `json:"epsilon"`
	Delta     float64 `json:"delta"`
}

// Make makes the full certificate of a publication from what its ledger keeps:
// the canonical plan, the record, and where its record stands in the journal
// (ledger.Stored.Journal, as text; "" of a ledger without one). It is an error if
// they do not verify, as for a release that this version's estimator did not make.
//
// Privacy: post-processing of published noise, which costs nothing; but a full
// certificate is not for the public, see [Certificate.Public].
func Make(plan []byte, record privacy.Record, journal string) (*Certificate, error) {
	release, err := publication.Parse(record.Release)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	facts, err := benchmark.Derive(plan, record.Measurement, release)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	c := &Certificate{
		Format: Format, Kind: Full, Estimator: benchmark.Estimator,
		Account: release.Account, Wave: release.Wave, Revision: release.Revision, Roster: release.Privacy.Roster,
		Plan: string(plan), PlanHash: hashOfPlan(plan),
		Release: string(record.Release), ReleaseHash: hashOf(record.Release),
		Mechanisms: facts.Mechanisms, Epsilon: release.Privacy.Epsilon, Delta: release.Privacy.Delta, Between: release.Privacy.Between,
		Groups: groupsOf(release), Measurement: string(record.Measurement), Journal: journal,
	}
	c.Commitment, c.Salt = commit(c.Measurement)
	if journal != "" {
		c.JournalCommitment, c.JournalSalt = commit(journal)
	}
	if _, err := Verify(c); err != nil {
		return nil, err
	}
	return c, nil
}

// commit is the hash of a text with a fresh salt, and that salt.
func commit(text string) (commitment, salt string) {
	var random [32]byte
	rand.Read(random[:])
	return hashOf(append(random[:], text...)), hex.EncodeToString(random[:])
}

// Public is the certificate for everybody. It has the noisy numbers only if the
// release shows every cohort that they were measured for, and never the place in
// the journal: that counts the attempts that were refused, and whether one was
// may depend on the answers. It commits to both.
//
// Privacy: of a suppressed cohort it says no more than the release. A
// commitment has 256 random bits of salt, so that guesses of the numbers cannot
// be compared with it.
func (c *Certificate) Public() (*Certificate, error) {
	if _, err := Verify(c); err != nil {
		return nil, err
	}
	public := *c
	public.Kind, public.Journal, public.JournalSalt = Public, "", ""
	if open, err := c.open(); err != nil {
		return nil, err
	} else if !open {
		public.Salt, public.Measurement = "", ""
	}
	return &public, nil
}

// open reports whether the release shows all cohorts that were measured.
func (c *Certificate) open() (bool, error) {
	release, err := publication.Parse([]byte(c.Release))
	if err != nil {
		return false, err
	}
	facts, err := benchmark.Derive([]byte(c.Plan), nil, release)
	if err != nil {
		return false, err
	}
	return shown(release, facts.Measured), nil
}

// shown reports whether the first n cohorts are published.
func shown(release *publication.Release, n int) bool {
	for _, cohort := range release.Cohorts[:min(n, len(release.Cohorts))] {
		if cohort.Status != publication.Published {
			return false
		}
	}
	return true
}

// Parse reads a certificate strictly: unknown, missing and doubled keys are
// problems of an *input.Error, with line and column. It verifies nothing.
func Parse(data []byte) (*Certificate, error) {
	if len(data) > MaxSize {
		return nil, errors.New("certificate: the file is too large")
	}
	c := &Certificate{}
	if err := specfile.ReadJSON("certificate.json", data, c, nil); err != nil {
		return nil, err
	}
	return c, nil
}

// Encode is the certificate as canonical JSON with a line feed at the end.
func (c *Certificate) Encode() ([]byte, error) {
	data, err := decimal.CanonicalJSON(c)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return append(data, '\n'), nil
}

// PlanHash is the hash of a plan, 64 hex digits, which an organiser can announce
// before answers are collected; [Certificate.PlanHash] must then be the same.
func PlanHash(plan *benchmark.Plan) (string, error) {
	text, err := plan.Canonical()
	if err != nil {
		return "", err
	}
	return hashOfPlan(text), nil
}

func hashOfPlan(plan []byte) string {
	sum := privacy.PlanDigest(plan)
	return hex.EncodeToString(sum[:])
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func groupsOf(release *publication.Release) []Group {
	groups := []Group{}
	for _, g := range release.Privacy.Groups {
		groups = append(groups, Group(g))
	}
	return groups
}

// measured is the measurement, nil where it is not there.
func (c *Certificate) measured() []byte {
	if c.Measurement == "" {
		return nil
	}
	return []byte(c.Measurement)
}
