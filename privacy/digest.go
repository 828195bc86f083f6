package privacy

import (
	"crypto/sha256"
	"iter"
)

// Domain tags keep the digests apart from any other use of the same hash.
const (
	recordDomain = "maturitybench/privacy/record/3\x00"
	gatherDomain = "maturitybench/privacy/gather/3\x00"
	dataDomain   = "maturitybench/privacy/data/3\x00"
	planDomain   = "maturitybench/privacy/plan/1\x00"
)

// Digest is a keyed fingerprint of a multiset of records: HMAC-SHA-256 of their
// [Multiset] under the [GatherKey] of the key, in a domain of its own. It does not depend on the order of the
// records, and it tells nothing to anyone without the key. A record is used up
// before the next one is asked for, so its slice may be reused.
//
// Privacy: records are raw data, and the digest is a function of them without
// noise. It serves the ledger to recognise data that it has seen, stays inside
// it, and never reaches a release, an error or a log; the key is kept apart
// from it.
func Digest(key []byte, records iter.Seq[[]byte]) [32]byte {
	m := NewMultiset(NewGatherKey(key))
	for record := range records {
		m.Add(record)
	}
	return m.Digest(key)
}

// PlanDigest is the SHA-256 of a canonical plan, in a domain of its own. Plans
// are public, so it has no key.
func PlanDigest(plan []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte(planDomain))
	h.Write(plan)
	return [32]byte(h.Sum(nil))
}
