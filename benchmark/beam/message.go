package beam

import (
	"reflect"

	"maturitybench/benchmark/internal/seal"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

func init() {
	beam.RegisterCoder(reflect.TypeFor[message](), encodeMessage, decodeMessage)
}

// message is raw data on the way from one function of the pipeline to the next.
// Between functions that run together it stays open, which costs nothing; where
// the runner writes it down or sends it on, its coder seals it.
//
// Privacy: it prints as sealed, whatever the verb.
type message struct {
	seal.Seal
	box    seal.Box[openMessage]
	sealed []byte // what the coder has read; nil for an open message
}

// openMessage is a message that this worker made.
type openMessage struct {
	vault *vault
	tag   string
	plain []byte
}

func newMessage(v *vault, tag string, plain []byte) message {
	return message{box: seal.NewBox(&openMessage{v, tag, plain})}
}

// open is the plain message, if it has the tag.
func (m message) open(v *vault, tag string) ([]byte, error) {
	open := m.box.Open()
	if open == nil {
		return v.open(tag, m.sealed)
	}
	if open.tag != tag {
		return nil, errSeal
	}
	return open.plain, nil
}

// encodeMessage and decodeMessage are the coder.

func encodeMessage(m message) ([]byte, error) {
	if open := m.box.Open(); open != nil {
		return open.vault.seal(open.tag, open.plain), nil
	}
	if m.sealed == nil {
		return nil, errSeal
	}
	return m.sealed, nil
}

func decodeMessage(data []byte) message {
	return message{sealed: append([]byte{}, data...)}
}
