package publication

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"maturitybench/benchmark/internal/specfile"
	"maturitybench/privacy"
)

// WithdrawalFormat is the value of the key "format" of every withdrawal.json.
const WithdrawalFormat = "maturitybench.withdrawal/1"

// WithdrawalFile is the name of the notice beside a release.json.
const WithdrawalFile = "withdrawal.json"

// ErrWithdrawn says that a release was withdrawn; the text that wraps it says when,
// and why.
var ErrWithdrawn = errors.New("the release was withdrawn")

// Withdrawal is the public notice that a release should not be used any more. It
// stands beside the release, which stays as it was published: what has been read
// cannot be taken back, and its loss is not given back either.
type Withdrawal struct {
	Release  string `json:"release"`  // id of the release
	Account  string `json:"account"`  // of the release
	Wave     string `json:"wave"`     // of the release
	Revision int    `json:"revision"` // of the release
	Date     string `json:"date"`     // of the withdrawal on the ledger's clock, such as 2026-03-01
	Reason   string `json:"reason"`   // for the readers: one line of at most 500 bytes
}

// NewWithdrawal is the notice about a release. Date counts as a day in UTC.
func NewWithdrawal(r *Release, date time.Time, reason string) Withdrawal {
	return Withdrawal{r.ID, r.Account, r.Wave, r.Revision, date.UTC().Format(time.DateOnly), reason}
}

// ParseWithdrawal reads a withdrawal.json, strictly as [Parse] does.
func ParseWithdrawal(data []byte) (Withdrawal, error) { return parseWithdrawal(WithdrawalFile, data) }

func parseWithdrawal(name string, data []byte) (Withdrawal, error) {
	var document struct {
		Format string `json:"format"`
		Withdrawal
	}
	if err := specfile.ReadJSON(name, data, &document, nil); err != nil {
		return Withdrawal{}, err
	}
	if document.Format != WithdrawalFormat {
		return Withdrawal{}, fmt.Errorf("publication: %s: format: %s is expected", name, WithdrawalFormat)
	}
	if err := document.Withdrawal.check(); err != nil {
		return Withdrawal{}, fmt.Errorf("publication: %s: %w", name, err)
	}
	return document.Withdrawal, nil
}

// check holds a notice against the rules of its format.
func (w Withdrawal) check() error {
	_, err := time.Parse(time.DateOnly, w.Date)
	switch {
	case !idPattern.MatchString(w.Release):
		return errors.New("release: 32 hex digits are expected")
	case !specfile.IsID(w.Account):
		return errors.New("account: an id is expected")
	case !specfile.IsID(w.Wave):
		return errors.New("wave: an id is expected")
	case w.Revision < 1:
		return errors.New("revision: 1 or more is expected")
	case err != nil:
		return errors.New("date: a date such as 2026-03-01 is expected")
	case w.Reason == "" || !privacy.ValidReason(w.Reason):
		return errors.New("reason: one line of at most 500 bytes is expected")
	}
	return nil
}

// Encode writes the document of the format [WithdrawalFormat]. A notice that
// breaks a rule of the format is an error.
func (w Withdrawal) Encode() ([]byte, error) {
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("publication: %s: %w", WithdrawalFile, err)
	}
	data, err := json.MarshalIndent(struct {
		Format string `json:"format"`
		Withdrawal
	}{WithdrawalFormat, w}, "", "  ")
	return append(data, '\n'), err
}

// Withdraw puts the notice to the release that it is about, or to a re-estimate of
// that release; for another one it is an error. A report says so then, and neither a
// comparison nor a prior takes the release. Bytes and JSON stay as they are.
func (r *Release) Withdraw(notice Withdrawal) error {
	if err := notice.check(); err != nil {
		return fmt.Errorf("publication: %s: %w", WithdrawalFile, err)
	}
	same := notice.Release == r.ID || r.Reestimated != nil && notice.Release == r.Reestimated.From
	if !same || notice.Account != r.Account || notice.Wave != r.Wave || notice.Revision != r.Revision {
		return fmt.Errorf("publication: %s: it is about another release, wave %s of account %s, revision %d", WithdrawalFile, notice.Wave, notice.Account, notice.Revision)
	}
	r.Withdrawn = &notice
	return nil
}

// Usable returns an error, of [ErrWithdrawn], for a release that was withdrawn.
func (r *Release) Usable() error {
	if w := r.Withdrawn; w != nil {
		return fmt.Errorf("%w: wave %s, revision %d, on %s: %s", ErrWithdrawn, w.Wave, w.Revision, w.Date, w.Reason)
	}
	return nil
}

// withdrawn puts the notice to a release that stands beside its file, if one does.
func (r *Release) withdrawn(path string) error {
	path = filepath.Join(filepath.Dir(path), WithdrawalFile)
	data, err := specfile.ReadFile(path, MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	notice, err := parseWithdrawal(path, data)
	if err != nil {
		return err
	}
	return r.Withdraw(notice)
}
