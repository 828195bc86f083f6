package certificate

import "errors"

// ErrConflict says that two certificates for the same account, wave and revision
// cannot both be true: something was published twice.
var ErrConflict = errors.New("certificate: two certificates for one account, wave and revision disagree")

// Compare holds two certificates against each other. If they are for the same
// account, wave and revision, and their plans, releases, noisy numbers or places in
// the journal differ,
// it returns [ErrConflict]: together they convict whoever issued them. Each should
// be verified first. Commitments are not compared, since each certificate has its
// own salt.
func Compare(a, b *Certificate) error {
	switch {
	case a.Account != b.Account || a.Wave != b.Wave || a.Revision != b.Revision:
		return nil
	case a.Plan != b.Plan, a.Release != b.Release, differ(a.Measurement, b.Measurement), differ(a.Journal, b.Journal):
		return ErrConflict
	}
	return nil
}

// differ says that both texts are there and are not the same.
func differ(a, b string) bool { return a != "" && b != "" && a != b }

// Opens reports whether a certificate with the noisy numbers is the one to which a
// public certificate commits.
func (c *Certificate) Opens(public *Certificate) bool {
	return c.Measurement != "" && c.Commitment == public.Commitment && c.JournalCommitment == public.JournalCommitment &&
		Compare(c, public) == nil && (&verification{c: c}).commitment() == nil
}
