package ledgertest

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// mu is the parameter of the one draw of a test's publication.
const mu privacy.Mu = 500_000

// charge is the loss of that draw: μ² and what every release pays for the
// sampler.
var charge = privacy.Loss{MuSquared: int64(mu) * int64(mu), Delta: privacy.SamplerDelta}

// Account has room for n charges within three years and none for one more: its ε
// is that of n charges, rounded up at the second decimal, far below that of n+1.
func Account(t testing.TB, id string, n int) privacy.Account {
	t.Helper()
	const delta = 1e-5
	epsilon := total(n).Epsilon(delta)
	a := privacy.Account{ID: id, Unit: "company", Roster: privacy.SecretRoster, Epsilon: math.Ceil(epsilon*100) / 100, Delta: delta, Window: "3y"}
	if !total(n).Fits(a.Epsilon, delta) || total(n+1).Fits(a.Epsilon, delta) {
		t.Fatalf("ε = %v has not room for exactly %d charges", a.Epsilon, n)
	}
	return a
}

// total is the loss of n charges.
func total(n int) (sum privacy.Loss) {
	for range n {
		sum = sum.Plus(charge)
	}
	return sum
}

// Entry asks for a publication of a wave of an account.
func Entry(account, wave string) privacy.Entry {
	return privacy.Entry{
		Account:  account,
		Wave:     wave,
		Revision: 1,
		Roster:   privacy.SecretRoster,
		Plan:     []byte("plan of " + wave),
		Loss:     charge,
		Data:     Records("r1 of "+account, "r2 of "+wave, "r3"),
	}
}

// Records yields texts through one buffer, as a data set does.
func Records(texts ...string) privacy.Data {
	return privacy.Records(func(yield func([]byte) bool) {
		var buffer []byte
		for _, text := range texts {
			buffer = append(buffer[:0], text...)
			if !yield(buffer) {
				return
			}
		}
	})
}

// Release draws noise for the charge and writes it down, so that two records
// are the same only if they come from the same draws.
func Release(draws *privacy.Draws) (privacy.Record, error) {
	mechanism, err := privacy.NewGaussian(1<<20, mu)
	if err != nil {
		return privacy.Record{}, err
	}
	noisy := draws.Gaussian(mechanism, make([]int64, 4))
	var measurement []byte
	for _, y := range noisy {
		measurement = binary.BigEndian.AppendUint64(measurement, uint64(y))
	}
	return privacy.Record{Measurement: measurement, Release: fmt.Appendf(nil, "{%x}\n", measurement)}, nil
}

// Never fails the test if the ledger runs it.
func Never(t *testing.T) func(*privacy.Draws) (privacy.Record, error) {
	return func(*privacy.Draws) (privacy.Record, error) {
		t.Error("the release was computed")
		return privacy.Record{}, nil
	}
}

// OpenAccount opens an account with room for n charges.
func OpenAccount(t *testing.T, l *ledger.Ledger, id string, n int) privacy.Account {
	t.Helper()
	a := Account(t, id, n)
	if err := l.OpenAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	return a
}

// Publish publishes or fails the test.
func Publish(t *testing.T, l *ledger.Ledger, e privacy.Entry) privacy.Record {
	t.Helper()
	record, err := l.Publish(t.Context(), e, Release)
	if err != nil {
		t.Fatal(err)
	}
	return record
}
