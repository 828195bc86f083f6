// Package privacytest gives tests a ledger whose noise is reproducible.
package privacytest
