package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"maturitybench/privacy"
)

// Tags keep the hashes apart from each other and from any other use of the
// same hash or key (RFC 6962, section 2.1, separates its hashes likewise).
const (
	startTag  = "maturitybench/privacy/ledger/start/1\x00"
	recordTag = "maturitybench/privacy/ledger/record/1\x00"
	sealTag   = "maturitybench/privacy/ledger/seal/1\x00"
	dataTag   = "maturitybench/privacy/ledger/data/1\x00"
)

// startOf is what the first record has for the hash of the one before it. It
// stands for the key, so that no journal continues under another one.
func startOf(keyCheck []byte) Head {
	h := sha256.New()
	io.WriteString(h, startTag)
	h.Write(keyCheck)
	return Head{Hash: [32]byte(h.Sum(nil))}
}

// after is the head of a journal once text is appended to it.
func (h Head) after(text string) Head {
	sum := sha256.New()
	io.WriteString(sum, recordTag)
	io.WriteString(sum, text)
	return Head{Number: h.Number + 1, Hash: [32]byte(sum.Sum(nil))}
}

// text is the canonical record of a row that follows h: lines of a name, a
// space and a value.
func (h Head) text(row record) string {
	var b strings.Builder
	b.WriteString("maturitybench.journal/2\n")
	fmt.Fprintf(&b, "number %d\nprevious %x\n", h.Number+1, h.Hash)
	fmt.Fprintf(&b, "time %s\n", row.time().Format(time.RFC3339))
	b.WriteString(row.fields)
	return b.String()
}

// Kinds of records that the ledger tells apart. The date of the last one is
// confirmed by the organiser.
const (
	kindAccount     = "account"
	kindPublication = "publication"
	kindDate        = "date"
)

// record is what one row of a table tells the journal: when it was written,
// and the lines about it.
type record struct {
	kind   string
	at     int64 // seconds since 1970
	fields string
}

// time is when the row was written.
func (r record) time() time.Time { return time.Unix(r.at, 0).UTC() }

// after is a clock once the row is written.
func (r record) after(clock privacy.Clock) privacy.Clock {
	if r.kind == kindDate {
		return clock.Confirmed(r.time())
	}
	return clock.After(r.time())
}

// newRecord makes lines of names and values in turn; bytes are written in
// hexadecimal.
func newRecord(kind string, at int64, fields ...any) record {
	var b strings.Builder
	b.WriteString("kind " + kind + "\n")
	for i := 0; i < len(fields); i += 2 {
		b.WriteString(fields[i].(string))
		b.WriteByte(' ')
		switch value := fields[i+1].(type) {
		case []byte:
			b.WriteString(hex.EncodeToString(value))
		case string:
			if !privacy.ValidID(value) { // whoever wrote that: it stays on its line
				value = strconv.Quote(value)
			}
			b.WriteString(value)
		default:
			fmt.Fprint(&b, value)
		}
		b.WriteByte('\n')
	}
	return record{kind: kind, at: at, fields: b.String()}
}

// seal shows that the holder of the key wrote a record.
func (k *Key) seal(h Head) []byte {
	mac := hmac.New(sha256.New, k.bytes())
	io.WriteString(mac, sealTag)
	mac.Write(h.Hash[:])
	return mac.Sum(nil)
}

// data stands in the journal for the digest of the data of a publication. It
// changes if the digest is changed, and without the key nobody can tell
// whether two publications have the same data, let alone which.
func (k *Key) data(of target, digest []byte) []byte {
	mac := hmac.New(sha256.New, k.bytes())
	fmt.Fprintf(mac, "%s%q %q %d ", dataTag, of.account, of.wave, of.revision)
	mac.Write(digest)
	return mac.Sum(nil)
}
