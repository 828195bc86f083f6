package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"math/bits"
)

// Multiset gathers the records of a data set for a [Digest], in any order and
// on any number of cores or machines: parts that saw different records under the
// same key merge by adding. [NewMultiset] makes one. It is not safe for
// concurrent use.
//
// Every record is hashed by HMAC-SHA-256 under a key of the ledger's, and the
// multiset is the number of records and the sum of their hashes, mod 2²⁵⁶ (a keyed
// multiset hash, Clarke, Devadas, van Dijk, Gassend & Suh, Incremental Multiset
// Hash Functions, 2003). Take two different multisets of fewer than 2³² records each,
// chosen by somebody who does not know the key. Some record is there c times more
// often in one than in the other, 0 < |c| < 2³². Its hash h is independent of the
// others, as far as HMAC-SHA-256 is a pseudorandom function, and c·h takes no
// value mod 2²⁵⁶ with a probability above gcd(c, 2²⁵⁶)/2²⁵⁶ < 2⁻²²⁴: so the sums are
// the same with less than that. Nor can such sets be searched for, as for sums
// without a key (Wagner, A Generalized Birthday Problem, 2002), since nobody sees a
// hash: all that shows is whether a ledger recognises a data set, one publication
// a try.
//
// Privacy: a function of the raw data without noise. Without the key it looks
// random, and confirms no guess of the data; whoever holds the key, and the
// multiset, can test a guess of all data. The machines that gather hold the key of
// the [GatherKey], and the raw data anyway; they could hand in a false sum, and so
// gain nothing from finding two data sets with the same one. The digest is keyed
// again by what they do not hold. A Multiset prints as sealed and refuses the
// standard encoders; [Multiset.AppendRaw] writes it for another machine that may
// see the raw data.
type Multiset struct {
	count uint64
	sum   [4]uint64 // a number of 256 bits, the lowest first

	mac  hash.Hash
	hash [sha256.Size]byte // scratch
}

// multisetSize is the length of a multiset in bytes: its number and its sum.
const multisetSize = 8 + sha256.Size

// NewMultiset is an empty multiset for the records of a ledger's key.
func NewMultiset(key GatherKey) *Multiset {
	records := key.Derive(recordDomain)
	return &Multiset{mac: hmac.New(sha256.New, records[:])}
}

// Add adds a record. The slice may be reused.
func (m *Multiset) Add(record []byte) {
	m.mac.Reset()
	m.mac.Write(record)
	m.add(1, m.mac.Sum(m.hash[:0]))
}

// add adds a number of records and the sum of their hashes.
func (m *Multiset) add(count uint64, sum []byte) {
	m.count += count
	carry := uint64(0)
	for i := range m.sum {
		m.sum[i], carry = bits.Add64(m.sum[i], binary.LittleEndian.Uint64(sum[8*i:]), carry)
	}
}

// Merge adds the records of another multiset of the same key.
func (m *Multiset) Merge(other *Multiset) {
	raw := other.AppendRaw(make([]byte, 0, multisetSize))
	m.add(other.count, raw[8:])
}

// AppendRaw appends the multiset as 40 bytes for [Multiset.MergeRaw].
//
// Privacy: raw data, see [Multiset].
func (m *Multiset) AppendRaw(data []byte) []byte {
	data = binary.LittleEndian.AppendUint64(data, m.count)
	for _, w := range m.sum {
		data = binary.LittleEndian.AppendUint64(data, w)
	}
	return data
}

// MergeRaw adds the records of a multiset that AppendRaw wrote, and returns
// what comes after it.
func (m *Multiset) MergeRaw(data []byte) (rest []byte, err error) {
	if len(data) < multisetSize {
		return nil, errors.New("privacy: a multiset of records has 40 bytes")
	}
	m.add(binary.LittleEndian.Uint64(data), data[8:multisetSize])
	return data[multisetSize:], nil
}

// Digest is the digest of the records under the ledger's key, see [Digest].
func (m *Multiset) Digest(key []byte) [32]byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(dataDomain))
	mac.Write(m.AppendRaw(make([]byte, 0, multisetSize)))
	return [32]byte(mac.Sum(nil))
}

// errSealed is what the standard encoders of a multiset return.
var errSealed = errors.New("privacy: sealed: raw data are not written anywhere")

// Format prints the word sealed under every verb.
func (m *Multiset) Format(f fmt.State, _ rune) { io.WriteString(f, "sealed") }

// LogValue logs the word sealed.
func (m *Multiset) LogValue() slog.Value { return slog.StringValue("sealed") }

// MarshalText refuses: JSON, text, XML and YAML encoders use it.
func (m *Multiset) MarshalText() ([]byte, error) { return nil, errSealed }

// GobEncode refuses.
func (m *Multiset) GobEncode() ([]byte, error) { return nil, errSealed }
