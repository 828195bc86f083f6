package ledger

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.key")
	made, err := CreateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ReadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made.bytes(), read.bytes()) {
		t.Error("the key that is read is not the one that was made")
	}
	if bytes.Equal(made.bytes(), make([]byte, keySize)) {
		t.Error("the key is zero")
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("%d files are there, want 1", len(entries))
	}
}

func TestKeyIsNotEncoded(t *testing.T) {
	key := newKey([keySize]byte{1, 2, 3})
	text, err := json.Marshal(map[string]any{"key": key, "value": *key})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(text), `{"key":"sealed","value":"sealed"}`; got != want {
		t.Errorf("JSON is %s, want %s", got, want)
	}
	if err := gob.NewEncoder(io.Discard).Encode(key); err == nil {
		t.Error("gob encodes a key")
	}
}

// A key stays sealed in the unexported field of another struct, whatever the
// verb; package fmt does not call its methods there.
func TestKeyIsNotPrinted(t *testing.T) {
	key := newKey([keySize]byte(bytes.Repeat([]byte{0xab}, keySize)))
	server := struct {
		key   Key
		to    *Key
		keys  []*Key
		error error
	}{*key, key, []*Key{key}, nil}
	for _, verb := range "vTtbcdoOqxXUeEfFgGspw!" {
		for _, flag := range []string{"", "+", "#"} {
			format := "%" + flag + string(verb)
			text := fmt.Sprintf(format, server) + fmt.Sprintf(format, &server) + fmt.Sprintf(format, key)
			for _, leak := range []string{"171 171", "abab", "ABAB", "0xab, 0xab", "\xab", "««"} {
				if strings.Contains(text, leak) {
					t.Errorf("%s prints %q", format, text)
				}
			}
		}
	}
}

func TestNoKeyMakesNoLedger(t *testing.T) {
	for _, key := range []*Key{nil, {}} {
		if _, err := New(t.Context(), nil, Dialect{}, "test", key); !errors.Is(err, ErrKeyMissing) {
			t.Errorf("error %v, want ErrKeyMissing", err)
		}
	}
}

// The key is found in no error about its file.
func FuzzParseKey(f *testing.F) {
	digits := strings.Repeat("0123456789abcdef", 4)
	for _, seed := range []string{"", "\n", digits, digits + "\n", digits + "\r\n", digits[1:], strings.ToUpper(digits), digits[:63] + "x"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		key, err := parseKey("path", text)
		if err != nil {
			if key != nil || !errors.Is(err, ErrKeyRefused) {
				t.Errorf("key %v, error %v", key, err)
			}
			if len(text) >= 8 && strings.Contains(err.Error(), string(text)) {
				t.Error("the error quotes the file")
			}
			return
		}
		again, err := parseKey("path", bytes.TrimSuffix(text, []byte("\n")))
		if err != nil || !bytes.Equal(again.bytes(), key.bytes()) {
			t.Errorf("without the line feed: %v", err)
		}
	})
}
