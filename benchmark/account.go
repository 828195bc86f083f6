package benchmark

import "maturitybench/privacy"

// Limits of an account.
const (
	mostAccountEpsilon = 100
	mostAccountDelta   = 1e-3
	mostWaves          = 1000
)

// LoadAccount reads an account from a YAML or JSON file, to be opened in a
// ledger by the organiser. The error for a wrong one is an [*InputError] with
// every problem of the file.
func LoadAccount(path string) (privacy.Account, error) {
	data, err := readFile(path, maxFileSize)
	if err != nil {
		return privacy.Account{}, err
	}
	return ParseAccount(path, data)
}

// ParseAccount is [LoadAccount] for data in memory; name stands for the file in
// errors.
func ParseAccount(name string, data []byte) (privacy.Account, error) {
	var account privacy.Account
	c, err := readYAML(name, data, &account)
	if err != nil {
		return privacy.Account{}, err
	}
	checkAccount(c, account)
	if err := c.err(); err != nil {
		return privacy.Account{}, err
	}
	return account, nil
}

func checkAccount(c *checker, a privacy.Account) {
	c.id("account", a.ID)
	if a.Unit != "company" {
		c.expect("unit", "company: one response a company is what is protected")
	}
	c.roster("roster", a.Roster)
	if !(a.Epsilon > 0 && a.Epsilon <= mostAccountEpsilon) {
		c.expect("epsilon", "a number above 0 and at most %d", mostAccountEpsilon)
	}
	if !(a.Delta >= leastDelta && a.Delta <= mostAccountDelta) {
		c.expect("delta", "a number from 1e-10 to 1e-3: it bounds the chance that the protection fails altogether")
	}
	if a.Waves < 1 || a.Waves > mostWaves {
		c.expect("waves", "a whole number from 1 to %d", mostWaves)
	}
}
