package privacy

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// Multiset gathers the records of a data set for a [Digest], in any order and
// on any number of cores or machines: parts that saw different records merge by
// adding. The zero Multiset is empty and ready to use. It is not safe for
// concurrent use.
//
// It is a lattice hash: every record is hashed to 1024 numbers of 16 bits, and
// the multiset is their sum, number by number, mod 2¹⁶ (Bellare & Micciancio, A
// New Paradigm for Collision-Free Hashing, 1997; with these sizes Lewi, Kim,
// Maykov & Weis, Securing Update Propagation with Homomorphic Hashing, 2019,
// which estimate that a collision costs 2²⁰⁰ operations). A sum of shorter
// hashes would not do without a key: an attacker who chooses many records finds
// two sets of the same sum (Wagner, A Generalized Birthday Problem, 2002). A
// multiset needs no key, so that machines which know the records, but must not
// know the ledger's key, can gather it.
//
// The numbers of a record are the AES-256 key stream in counter mode under the
// record's SHA-256, in a domain of its own. Equal records are told apart from
// none as long as there are fewer than 2¹⁶ of them.
//
// Privacy: a function of the raw data without noise and, unlike the digest,
// without a key: whoever holds it can test a guess of all data. It prints as
// sealed and refuses the standard encoders; [Multiset.AppendRaw] writes it for
// another machine that may see the raw data.
type Multiset struct {
	count uint64
	sum   [multisetWords]uint64 // four lanes of 16 bits each

	record []byte // scratch: the domain, then a record
	stream [8 * multisetWords]byte
}

const (
	multisetWords = 256
	// multisetSize is the length of a multiset in bytes, count and sum.
	multisetSize = 8 + 8*multisetWords
)

// zeros is what the key stream is added to, and its counter's start.
var zeros [8 * multisetWords]byte

// Add adds a record. The slice may be reused.
func (m *Multiset) Add(record []byte) {
	m.record = append(append(m.record[:0], recordDomain...), record...)
	key := sha256.Sum256(m.record)
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // only for keys of another length
	}
	cipher.NewCTR(block, zeros[:aes.BlockSize]).XORKeyStream(m.stream[:], zeros[:])
	m.count++
	for i := range m.sum {
		m.sum[i] = addLanes(m.sum[i], binary.LittleEndian.Uint64(m.stream[8*i:]))
	}
}

// addLanes adds four numbers of 16 bits, each mod 2¹⁶.
func addLanes(x, y uint64) uint64 {
	const top = 0x8000_8000_8000_8000
	return (x&^top + y&^top) ^ (x^y)&top
}

// Merge adds the records of another multiset.
func (m *Multiset) Merge(other *Multiset) {
	m.count += other.count
	for i, w := range other.sum {
		m.sum[i] = addLanes(m.sum[i], w)
	}
}

// AppendRaw appends the multiset as 2056 bytes for [Multiset.MergeRaw].
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
		return nil, errors.New("privacy: a multiset of records has 2056 bytes")
	}
	m.count += binary.LittleEndian.Uint64(data)
	for i := range m.sum {
		m.sum[i] = addLanes(m.sum[i], binary.LittleEndian.Uint64(data[8+8*i:]))
	}
	return data[multisetSize:], nil
}

// Digest is the keyed digest of the records, see [Digest].
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
