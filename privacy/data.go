package privacy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
)

var errNoData = errors.New("privacy: a publication must show its data to the ledger")

// Data are the raw data of a publication as a ledger may look at them: by their
// keyed [Digest] and in no other way. A ledger may be anybody's code, so there is
// no way from Data to a record, to the [Multiset] of the records or to their
// number.
//
// Privacy: whoever chooses the key can test a guess of all records at once, as
// the holder of every ledger's key can.
type Data struct {
	// Package fmt prints the address of a pointer that is behind a pointer.
	gather **func(context.Context, GatherKey) (*Multiset, error)
}

// Records are data as their canonical records. A record is used up before the
// next one is asked for, so its slice may be reused.
func Records(records iter.Seq[[]byte]) Data {
	if records == nil {
		return Data{}
	}
	return Gathered(func(ctx context.Context, key GatherKey) (*Multiset, error) {
		m := NewMultiset(key)
		for record := range records {
			if ctx.Err() != nil {
				break
			}
			m.Add(record)
		}
		return m, nil
	})
}

// Gathered are data that gather returns the multiset of, under the key that it is
// handed. It is called once by a publication, before anything is drawn; its error
// ends the publication and is returned.
func Gathered(gather func(context.Context, GatherKey) (*Multiset, error)) Data {
	if gather == nil {
		return Data{}
	}
	to := &gather
	return Data{&to}
}

// Digest is the [Digest] of the records. It ends early with the error of the
// context, or with that of the gathering. A ledger calls it once for an entry,
// before anything is drawn.
func (d Data) Digest(ctx context.Context, key []byte) ([32]byte, error) {
	if d == (Data{}) {
		return [32]byte{}, errNoData
	}
	m, err := (**d.gather)(ctx, NewGatherKey(key))
	if err != nil {
		return [32]byte{}, err
	}
	if m == nil {
		return [32]byte{}, errNoData
	}
	return m.Digest(key), ctx.Err()
}

// Format prints "sealed" under every verb.
func (d Data) Format(f fmt.State, _ rune) { io.WriteString(f, "sealed") }

// MarshalText refuses: JSON, text, XML and YAML encoders use it.
func (d Data) MarshalText() ([]byte, error) { return nil, errSealed }

// GobEncode refuses.
func (d Data) GobEncode() ([]byte, error) { return nil, errSealed }
