package privacytest_test

import (
	"testing"
	"time"

	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// TestAt: three years later the first publication has left the window.
func TestAt(t *testing.T) {
	ledger := privacytest.NewLedger(t, 1)
	at := func(year int) time.Time { return time.Date(year, 3, 1, 0, 0, 0, 0, time.UTC) }
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(privacytest.At(t, at(2026)), account); err != nil {
		t.Fatal(err)
	}
	publish := func(year int, wave string) {
		t.Helper()
		entry := privacy.Entry{Account: "a", Wave: wave, Revision: 1, Roster: account.Roster, Reason: "made-up",
			Loss: privacy.Loss{PureEpsilon: 4e9}, Data: privacy.Records(func(func([]byte) bool) {})}
		_, err := ledger.Publish(privacytest.At(t, at(year)), entry, func(*privacy.Draws) (privacy.Record, error) { return privacy.Record{}, nil })
		if err != nil {
			t.Error(err)
		}
	}
	publish(2026, "first")
	publish(2027, "second")
	if err := ledger.ConfirmDate(privacytest.At(t, at(2029)), 2029, 3, 1); err != nil {
		t.Error(err)
	}
	s, err := ledger.Remaining(privacytest.At(t, at(2029)), "a")
	if err != nil || s.Window.Publications != 1 || s.Lifetime.Publications != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	publish(2029, "third")
}
