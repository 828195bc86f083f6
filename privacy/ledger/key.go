package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
)

const keySize = 32

const hintKey = "restore the key file of this ledger from its back-up"

// Key is the secret under which a ledger recognises data. It never leaves the
// process: a Key prints as "sealed" and has no accessor. The zero Key is none.
type Key struct {
	// Package fmt calls no method on the unexported field of another struct and
	// prints what it finds there, also behind one pointer; of a pointer behind a
	// pointer it prints the address.
	secret **[keySize]byte
}

func newKey(secret [keySize]byte) *Key {
	to := &secret
	return &Key{&to}
}

// bytes is the secret.
func (k *Key) bytes() []byte { return (*k.secret)[:] }

// Format prints "sealed" under every verb.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, "sealed") }

// MarshalText returns "sealed", for every encoding that looks for it.
func (k Key) MarshalText() ([]byte, error) { return []byte("sealed"), nil }

// GobEncode refuses.
func (k Key) GobEncode() ([]byte, error) {
	return nil, errors.New("ledger: a key is not encoded")
}

// check is what the ledger stores to recognise its key: a digest of 32 random
// bytes, from which nobody finds them.
func (k *Key) check() []byte {
	h := sha256.New()
	io.WriteString(h, "maturitybench.ledger/key-check/1\x00")
	h.Write(k.bytes())
	return h.Sum(nil)
}

// ReadKey reads a key file: 64 hexadecimal digits and a line feed, readable by
// its owner only. A missing file is an [ErrKeyMissing], any other flaw of it an
// [ErrKeyRefused].
func ReadKey(path string) (*Key, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, keyError(path, ErrKeyMissing, hintKey)
	}
	if err != nil {
		return nil, keyError(path, err, "")
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, keyError(path, err, "")
	}
	if !info.Mode().IsRegular() {
		return nil, keyError(path, fmt.Errorf("%w: not a regular file", ErrKeyRefused), hintKey)
	}
	if perm := info.Mode().Perm(); perm&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, keyError(path, fmt.Errorf("%w: others may read or write it, its mode is %04o", ErrKeyRefused, perm), "set its mode to 0600")
	}
	text, err := io.ReadAll(io.LimitReader(file, 2*keySize+2))
	if err != nil {
		return nil, keyError(path, err, "")
	}
	return parseKey(path, text)
}

// parseKey reads the text of a key file. Its errors do not quote the text.
func parseKey(path string, text []byte) (*Key, error) {
	if n := len(text); n > 0 && text[n-1] == '\n' {
		text = text[:n-1]
	}
	var secret [keySize]byte
	if len(text) != 2*keySize {
		return nil, keyError(path, fmt.Errorf("%w: it is not one line of %d hexadecimal digits", ErrKeyRefused, 2*keySize), hintKey)
	}
	if _, err := hex.Decode(secret[:], text); err != nil {
		return nil, keyError(path, fmt.Errorf("%w: it is not hexadecimal", ErrKeyRefused), hintKey)
	}
	return newKey(secret), nil
}

// CreateKey makes a key of crypto/rand and its file, mode 0600, which must not
// exist. The file appears under its name complete, and file and directory are
// flushed before CreateKey returns; an error that wraps [fs.ErrExist] says that
// the file is there already, complete.
func CreateKey(path string) (*Key, error) {
	key := newKey([keySize]byte{})
	rand.Read(key.bytes()) // crypto/rand.Read never fails
	// A link is exclusive like O_EXCL and, unlike it, never shows half a file.
	if err := writeFile(path, hex.EncodeToString(key.bytes())+"\n", os.Link); err != nil {
		return nil, keyError(path, err, "the directory must exist and be writable, on a file system with hard links")
	}
	return key, nil
}

// SyncDirectory makes the names of a directory's files durable. Its errors are
// those of the file system; on Windows it does nothing.
func SyncDirectory(path string) error {
	if runtime.GOOS == "windows" {
		return nil // directories cannot be flushed there, and need not be
	}
	directory, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}

func keyError(path string, err error, hint string) error {
	return &Error{Op: "key", Name: path, Err: err, Hint: hint}
}
