package stage

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Identity stands for a company: the first half of the SHA-256 of its text.
//
// It has a fixed size, and no name is kept. Two of n different names have the
// same identity with probability n²/2¹²⁹, below 2⁻⁶⁶ for the largest data set;
// the second would be reported as a second response of its company. It is not
// secrecy: names can be guessed and hashed, so identities are raw data as well.
type Identity [16]byte

// Identify is the identity of a company's trimmed text.
func Identify(company []byte) Identity {
	sum := sha256.Sum256(company)
	return Identity(sum[:16])
}

// MaxCompanies is the number of companies that a data set stays below: sums of
// bounded vectors fit into 64 bits because of it.
const MaxCompanies = 1 << 31

// Key is the secret of a checksum of rows, drawn anew for every publication.
// The zero Key asks for no checksum.
type Key [2]uint64

// NewKey draws a key.
func NewKey() Key {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	return Key{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:]) | 1}
}

// sum is a checksum of one row: its words of eight bytes are mixed in one after
// the other by multiplication to 128 bits. Summed over the rows it tells two
// walks over different rows apart, but for one in 2⁶³ or so by chance: a guard
// against a file that changes while it is read, not a cryptographic hash.
// company is [Key.Mark] of the company.
func (k Key) sum(company uint64, row []byte) uint64 {
	state := k.mix(company ^ uint64(len(row)))
	for ; len(row) >= 8; row = row[8:] {
		state = k.mix(state ^ binary.LittleEndian.Uint64(row))
	}
	last := uint64(0)
	for i, b := range row {
		last |= uint64(b) << (8 * i)
	}
	return k.mix(k.mix(state^last) ^ k[0])
}

// Mark is what checksums know a company by: its text, or whatever a walk has in its place, as
// long as the other walk has it too.
func (k Key) Mark(company []byte) uint64 {
	state := k[0] ^ uint64(len(company))
	for ; len(company) >= 8; company = company[8:] {
		state = k.mix(state ^ binary.LittleEndian.Uint64(company))
	}
	last := uint64(0)
	for i, b := range company {
		last |= uint64(b) << (8 * i)
	}
	return k.mix(state ^ last)
}

// Hash is a hash of a company under the key, for comparing companies. What
// chance makes equal has to be told apart exactly.
func (k Key) Hash(company *Identity) uint64 {
	state := k.mix(k[0] ^ binary.LittleEndian.Uint64(company[:]))
	return k.mix(k.mix(state^binary.LittleEndian.Uint64(company[8:])) ^ k[0])
}

// mix is a folded product with an odd secret; the rotated state keeps zero from
// being absorbed.
func (k Key) mix(state uint64) uint64 {
	hi, lo := bits.Mul64(state, k[1]|1)
	return hi ^ lo ^ bits.RotateLeft64(state, 32)
}
