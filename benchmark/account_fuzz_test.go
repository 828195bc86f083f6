package benchmark

import (
	"testing"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/inputtest"
)

// Like [FuzzParsePlan], for accounts.
func FuzzParseAccount(f *testing.F) {
	f.Add([]byte(fullAccount))
	f.Add([]byte("account: 5\nunit: person\nroster: [secret]\nepsilon: 1e9\ndelta: 1e-300\nwindow: 3y\nlifetime: 1e3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		account, err := ParseAccount("f", data)
		if err != nil {
			inputtest.Check(t, err)
			return
		}
		if back, err := ParseAccount("f", fixture.JSON(t, account, "")); err != nil || back != account {
			t.Errorf("%+v reads as %+v, %v", account, back, err)
		}
	})
}
