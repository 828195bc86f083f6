package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
)

// GatherKey is the secret under which records are gathered in a [Multiset]. It is
// derived from a ledger's key, in a domain of its own: it is the same in every
// publication of the ledger, so that data are recognised, and says nothing about
// the ledger's key, so that machines which may see the raw data can have it. It
// prints as sealed.
//
// Privacy: with a GatherKey and a [Multiset] a guess of all records can be
// tested; with a GatherKey and a [Digest] it cannot, since the digest is under the
// ledger's key.
type GatherKey [32]byte

// NewGatherKey derives the key from a ledger's.
func NewGatherKey(ledger []byte) GatherKey { return derive(ledger, gatherDomain) }

// Derive is a key of its own for every text.
func (k GatherKey) Derive(text string) [32]byte { return derive(k[:], text) }

// derive is HMAC-SHA-256.
func derive(key []byte, text string) [32]byte {
	mac := hmac.New(sha256.New, key)
	io.WriteString(mac, text)
	return [32]byte(mac.Sum(nil))
}

// Format prints the word sealed under every verb.
func (k GatherKey) Format(f fmt.State, _ rune) { io.WriteString(f, "sealed") }

// LogValue logs the word sealed.
func (k GatherKey) LogValue() slog.Value { return slog.StringValue("sealed") }

// MarshalText refuses: the standard encoders use it.
func (k GatherKey) MarshalText() ([]byte, error) { return nil, errSealed }
