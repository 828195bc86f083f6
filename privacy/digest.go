package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"math/bits"
)

// Domain tags keep the digests apart from any other use of the same hash.
const (
	recordDomain = "maturitybench/privacy/record/1\x00"
	planDomain   = "maturitybench/privacy/plan/1\x00"
)

// Digest is a keyed fingerprint of a multiset of records: the sum mod 2²⁵⁶ of
// HMAC-SHA-256(key, domain ‖ record). It does not depend on the order of the
// records, and it tells nothing to who does not hold the key (a keyed form of
// MSet-Add-Hash of Clarke et al., Incremental Multiset Hash Functions, 2003).
// A record is used up before the next one is asked for, so its slice may be
// reused.
//
// Privacy: records are raw data, and the digest is a function of them without
// noise. It serves the ledger to recognise data that it has seen, stays inside
// it, and never reaches a release, an error or a log; the key is kept apart
// from it.
func Digest(key []byte, records iter.Seq[[]byte]) [32]byte {
	mac := hmac.New(sha256.New, key)
	domain := []byte(recordDomain)
	var sum [4]uint64 // little end first
	var term [sha256.Size]byte
	for record := range records {
		mac.Reset()
		mac.Write(domain)
		mac.Write(record)
		mac.Sum(term[:0])
		var carry uint64
		for i := range sum {
			sum[i], carry = bits.Add64(sum[i], binary.BigEndian.Uint64(term[24-8*i:]), carry)
		}
	}
	var digest [32]byte
	for i, word := range sum {
		binary.BigEndian.PutUint64(digest[24-8*i:], word)
	}
	return digest
}

// PlanDigest is the SHA-256 of a canonical plan, in a domain of its own. Plans
// are public, so it has no key.
func PlanDigest(plan []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte(planDomain))
	h.Write(plan)
	return [32]byte(h.Sum(nil))
}
