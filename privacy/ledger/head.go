package ledger

import (
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
)

// Head says how far a journal goes and what is in it: the number of its last
// record and the hash of that record, which depends on every record before.
// The head of a ledger in which nothing has happened has the number 0 and a
// hash of its own. The zero Head is none at all.
//
// An organiser who keeps a head outside of the database finds by
// [Ledger.VerifySince] that the journal was cut, rewritten or replaced by an
// older copy. A head counts refused attempts, and whether an attempt was
// refused may depend on the raw data: it is kept by those who may hold the
// data, and not published.
type Head struct {
	Number int64    // of the last record, from 1; 0: nothing has happened
	Hash   [32]byte // of that record
}

var errHead = errors.New("ledger: a head must be a number, a colon and 64 hexadecimal digits in lower case")

// String is the text that [ParseHead] reads, such as 12:3f…, or "" for the
// zero Head.
func (h Head) String() string {
	if h == (Head{}) {
		return ""
	}
	return strconv.FormatInt(h.Number, 10) + ":" + hex.EncodeToString(h.Hash[:])
}

// ParseHead reads the text of a head, the inverse of [Head.String]. A head has
// one text: anything else is an error.
func ParseHead(text string) (Head, error) {
	var h Head
	number, hash, ok := strings.Cut(text, ":")
	if !ok || len(hash) != 2*len(h.Hash) {
		return Head{}, errHead
	}
	var err error
	if h.Number, err = strconv.ParseInt(number, 10, 64); err != nil {
		return Head{}, errHead
	}
	if _, err = hex.Decode(h.Hash[:], []byte(hash)); err != nil || h.Number < 0 || h.String() != text {
		return Head{}, errHead
	}
	return h, nil
}

// MarshalText is [Head.String].
func (h Head) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText is [ParseHead], and the zero Head from no text.
func (h *Head) UnmarshalText(text []byte) error {
	var parsed Head
	if len(text) > 0 {
		var err error
		if parsed, err = ParseHead(string(text)); err != nil {
			return err
		}
	}
	*h = parsed
	return nil
}
