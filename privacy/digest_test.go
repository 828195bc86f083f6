package privacy

import (
	"context"
	"crypto/aes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestDigestDefinition computes the definition lane by lane: the key stream
// of AES-256 in counter mode from zero, block by block, under the SHA-256 of
// domain and record; sums of little-endian numbers of 16 bits; and an HMAC of
// the number of records and the sums. The records come in another order and
// from another slice, and as two parts that are merged.
func TestDigestDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		records := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 20), 0, 12).Draw(t, "records")
		var lanes [1024]uint16
		for _, record := range records {
			seed := sha256.Sum256(append([]byte("maturitybench/privacy/record/2\x00"), record...))
			block, err := aes.NewCipher(seed[:])
			if err != nil {
				t.Fatal(err)
			}
			for i := range 128 {
				var in, out [16]byte
				binary.BigEndian.PutUint64(in[8:], uint64(i))
				block.Encrypt(out[:], in[:])
				for j := range 8 {
					lanes[8*i+j] += binary.LittleEndian.Uint16(out[2*j:])
				}
			}
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte("maturitybench/privacy/data/2\x00"))
		binary.Write(mac, binary.LittleEndian, uint64(len(records)))
		binary.Write(mac, binary.LittleEndian, lanes)
		want := [32]byte(mac.Sum(nil))

		shuffled := rapid.Permutation(records).Draw(t, "order")
		buffer := make([]byte, 0, 20)
		got := Digest(key, func(yield func([]byte) bool) {
			for _, record := range shuffled {
				buffer = append(buffer[:0], record...)
				if !yield(buffer) {
					return
				}
			}
		})
		if got != want {
			t.Fatalf("digest %x, want %x", got, want)
		}
		first := rapid.IntRange(0, len(records)).Draw(t, "first part")
		var parts [2]Multiset
		for i, record := range records {
			parts[min(i/max(first, 1), 1)].Add(record)
		}
		rest, err := parts[0].MergeRaw(append(parts[1].AppendRaw(nil), 7))
		if err != nil || len(rest) != 1 {
			t.Fatalf("MergeRaw leaves %d bytes, %v", len(rest), err)
		}
		var merged Multiset
		merged.Merge(&parts[0])
		if got := merged.Digest(key); got != want {
			t.Fatalf("digest of the merged parts %x, want %x", got, want)
		}
	})
}

func TestMultisetIsSealed(t *testing.T) {
	var m Multiset
	m.Add([]byte("record"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(verb, &m); got != "sealed" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
	if _, err := json.Marshal(&m); err == nil {
		t.Error("JSON is written")
	}
	if err := gob.NewEncoder(io.Discard).Encode(&m); err == nil {
		t.Error("gob is written")
	}
	if _, err := m.MergeRaw(make([]byte, 2055)); err == nil {
		t.Error("a multiset of 2055 bytes is accepted")
	}
}

func TestGatherEndsThePublication(t *testing.T) {
	ledger, failed := NewMemoryLedger(), errors.New("the file is gone")
	if err := ledger.OpenAccount(t.Context(), Account{ID: "a", Unit: "company", Roster: SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}); err != nil {
		t.Fatal(err)
	}
	entry := Entry{
		Account: "a", Wave: "w", Revision: 1, Roster: SecretRoster, Loss: Loss{MuSquared: 1, Delta: SamplerDelta},
		Data: Gathered(func(context.Context) (*Multiset, error) { return nil, failed }),
	}
	publish := func() error {
		_, err := ledger.Publish(t.Context(), entry, func(*Draws) (Record, error) { return Record{}, errors.New("called") })
		return err
	}
	if err := publish(); err != failed {
		t.Errorf("the error is %v, want %v", err, failed)
	}
	entry.Data = Gathered(func(context.Context) (*Multiset, error) { return nil, nil })
	if err := publish(); err != errNoData {
		t.Errorf("nothing is gathered: the error is %v, want %v", err, errNoData)
	}
}

func TestDigestTellsDataApart(t *testing.T) {
	key := []byte("key")
	digest := func(key []byte, records ...string) [32]byte {
		return Digest(key, func(yield func([]byte) bool) {
			for _, record := range records {
				if !yield([]byte(record)) {
					return
				}
			}
		})
	}
	seen := map[[32]byte]string{}
	for name, d := range map[string][32]byte{
		"none":         digest(key),
		"empty record": digest(key, ""),
		"one":          digest(key, "a"),
		"twice":        digest(key, "a", "a"),
		"two":          digest(key, "a", "b"),
		"joined":       digest(key, "ab"),
		"other key":    digest([]byte("yek"), "a"),
		"plan":         PlanDigest([]byte("a")),
	} {
		if other, ok := seen[d]; ok {
			t.Errorf("%s and %s have the same digest", name, other)
		}
		seen[d] = name
	}
}

// TestPlanDigest is SHA-256 of the domain, a zero byte and the plan.
func TestPlanDigest(t *testing.T) {
	want := sha256.Sum256(slices.Concat([]byte("maturitybench/privacy/plan/1"), []byte{0}, []byte("plan")))
	if got := PlanDigest([]byte("plan")); got != want {
		t.Errorf("digest %s, want %s", hex.EncodeToString(got[:]), hex.EncodeToString(want[:]))
	}
}
