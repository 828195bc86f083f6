package benchmark

import (
	"errors"

	"maturitybench/benchmark/internal/specfile"
	"maturitybench/privacy"
)

// LoadAccount reads an account from a YAML or JSON file, to be opened in a
// ledger by the organiser. The error for a wrong one is an *input.Error with
// every problem of the file.
func LoadAccount(path string) (privacy.Account, error) {
	data, err := specfile.ReadFile(path, specfile.MaxFileSize)
	if err != nil {
		return privacy.Account{}, err
	}
	return ParseAccount(path, data)
}

// ParseAccount is [LoadAccount] for data in memory; name stands for the file in
// errors.
func ParseAccount(name string, data []byte) (privacy.Account, error) {
	var account privacy.Account
	c, err := specfile.ReadYAML(name, data, &account)
	if err != nil {
		return privacy.Account{}, err
	}
	checkAccount(c, account)
	if err := c.Err(); err != nil {
		return privacy.Account{}, err
	}
	return account, nil
}

// checkAccount notes every problem of an account. What benchmarks add to the
// rules of package privacy is the unit.
func checkAccount(c *specfile.Checker, account privacy.Account) {
	if account.Unit != "company" {
		c.Expect("unit", "company: one answer sheet a company is what is protected")
		account.Unit = "company"
	}
	var wrong *privacy.AccountError
	if errors.As(account.Validate(), &wrong) {
		for _, p := range wrong.Problems {
			c.Expect(p.Field, "%s", p.Expected)
		}
	}
}
