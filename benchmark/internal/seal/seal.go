package seal

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// Text is what a sealed value prints.
const Text = "sealed"

// ErrSealed is what every encoder of a sealed value returns.
var ErrSealed = errors.New("sealed: raw answers are not written anywhere")

// Seal seals the struct that embeds it. It has no state.
//
// Privacy: raw answers leave a sealed type only through the measurement. Seal
// closes the ways that an honest program takes by accident; it does not stop
// reflection with unsafe.
type Seal struct{}

// Format prints the word sealed, whatever the verb and the flags.
func (Seal) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, Text) }

// String returns the word sealed.
func (Seal) String() string { return Text }

// LogValue logs the word sealed.
func (Seal) LogValue() slog.Value { return slog.StringValue(Text) }

// MarshalJSON returns [ErrSealed].
func (Seal) MarshalJSON() ([]byte, error) { return nil, ErrSealed }

// MarshalText returns [ErrSealed]; XML, YAML and flags use it.
func (Seal) MarshalText() ([]byte, error) { return nil, ErrSealed }

// MarshalBinary returns [ErrSealed].
func (Seal) MarshalBinary() ([]byte, error) { return nil, ErrSealed }

// GobEncode returns [ErrSealed].
func (Seal) GobEncode() ([]byte, error) { return nil, ErrSealed }

// Box holds a pointer to raw data where package fmt does not find it: behind
// another pointer, of which it prints the address whatever the verb. It goes
// into an unexported field; the zero Box is empty.
type Box[T any] struct{ to **T }

// NewBox puts a pointer into a box.
func NewBox[T any](to *T) Box[T] { return Box[T]{&to} }

// Open returns the pointer in the box, nil from the zero Box.
func (b Box[T]) Open() *T {
	if b.to == nil {
		return nil
	}
	return *b.to
}

// NoCopy, as the type of a field named _, lets go vet find copies of the
// struct that holds it.
type NoCopy struct{}

// Lock does nothing; go vet looks for it.
func (*NoCopy) Lock() {}

// Unlock does nothing; go vet looks for it.
func (*NoCopy) Unlock() {}
