package ledger

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
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
	if *made != *read {
		t.Error("the key that is read is not the one that was made")
	}
	if *made == (Key{}) {
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
	key := Key{secret: [keySize]byte{1, 2, 3}}
	text, err := json.Marshal(map[string]any{"key": key, "pointer": &key})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(text), `{"key":"sealed","pointer":"sealed"}`; got != want {
		t.Errorf("JSON is %s, want %s", got, want)
	}
	if err := gob.NewEncoder(io.Discard).Encode(&key); err == nil {
		t.Error("gob encodes a key")
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
		if err != nil || *again != *key {
			t.Errorf("without the line feed: %v", err)
		}
	})
}
