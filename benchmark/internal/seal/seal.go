// Package seal keeps raw data out of logs, errors and files.
//
// A type that holds raw answers embeds [Seal]. It then prints as the word
// sealed under every verb of package fmt and in every slog handler, and
// cannot be written as JSON, text, XML, YAML, gob or by another encoder of the
// standard library's interfaces.
//
// Package fmt calls no methods on the unexported fields of somebody else's
// struct; it prints what it finds there by reflection, but never follows a
// pointer to a struct below the top. So a sealed type keeps its raw data
// behind one pointer to a struct, and stays sealed inside any other value.
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
// Privacy: raw answers leave a sealed type by the measurement alone. Seal
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

// NoCopy, as the type of a field named _, lets go vet find copies of the
// struct that holds it.
type NoCopy struct{}

// Lock does nothing; go vet looks for it.
func (*NoCopy) Lock() {}

// Unlock does nothing; go vet looks for it.
func (*NoCopy) Unlock() {}
