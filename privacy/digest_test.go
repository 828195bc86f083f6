package privacy

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestDigestDefinition computes the definition with numbers of any size: the sum of
// HMACs of the records, little endian, mod 2²⁵⁶, under a key that is derived from
// the ledger's in two steps; and an HMAC of the number of records and the sum
// under the ledger's. The records come in another order and from another slice,
// and as two parts that are merged.
func TestDigestDefinition(t *testing.T) {
	sum := func(key []byte, texts ...[]byte) []byte {
		mac := hmac.New(sha256.New, key)
		for _, text := range texts {
			mac.Write(text)
		}
		return mac.Sum(nil)
	}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		records := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 20), 0, 12).Draw(t, "records")
		gather := sum(key, []byte("maturitybench/privacy/gather/3\x00"))
		ofRecords := sum(gather, []byte("maturitybench/privacy/record/3\x00"))
		total := new(big.Int)
		for _, record := range records {
			hash := sum(ofRecords, record)
			slices.Reverse(hash)
			total.Add(total, new(big.Int).SetBytes(hash))
		}
		total.Mod(total, new(big.Int).Lsh(big.NewInt(1), 256))
		low := total.FillBytes(make([]byte, 32))
		slices.Reverse(low)
		count := binary.LittleEndian.AppendUint64(nil, uint64(len(records)))
		want := [32]byte(sum(key, []byte("maturitybench/privacy/data/3\x00"), count, low))

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
		parts := [2]*Multiset{NewMultiset(GatherKey(gather)), NewMultiset(NewGatherKey(key))}
		for i, record := range records {
			parts[min(i/max(first, 1), 1)].Add(record)
		}
		rest, err := parts[0].MergeRaw(append(parts[1].AppendRaw(nil), 7))
		if err != nil || len(rest) != 1 {
			t.Fatalf("MergeRaw leaves %d bytes, %v", len(rest), err)
		}
		merged := NewMultiset(GatherKey{})
		merged.Merge(parts[0])
		if got := merged.Digest(key); got != want {
			t.Fatalf("digest of the merged parts %x, want %x", got, want)
		}
	})
}

// Whoever gathers has neither the ledger's key nor the digest; what is gathered is
// another number under every key, and so confirms nothing without it.
func TestMultisetIsKeyed(t *testing.T) {
	raw := func(key GatherKey) string {
		m := NewMultiset(key)
		m.Add([]byte("record"))
		return string(m.AppendRaw(nil)[8:])
	}
	key := NewGatherKey([]byte("key"))
	if raw(key) != raw(NewGatherKey([]byte("key"))) {
		t.Error("one key gathers two sums")
	}
	for name, other := range map[string]GatherKey{"of another ledger": NewGatherKey([]byte("yek")), "none": {}} {
		if raw(key) == raw(other) || key == other {
			t.Errorf("the key %s gathers the same sum", name)
		}
	}
	data := Gathered(func(_ context.Context, handed GatherKey) (*Multiset, error) {
		if handed != key {
			t.Error("data are gathered under another key")
		}
		return NewMultiset(handed), nil
	})
	if _, err := data.Digest(t.Context(), []byte("key")); err != nil {
		t.Error(err)
	}
	m := NewMultiset(key)
	m.Add([]byte("record"))
	if m.Digest(key[:]) == m.Digest([]byte("key")) {
		t.Error("the digest is under the key of those who gather")
	}
}

func TestMultisetIsSealed(t *testing.T) {
	m := NewMultiset(GatherKey{7: 77})
	m.Add([]byte("record"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(verb+verb, m, GatherKey{7: 77}); got != "sealedsealed" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
	if _, err := json.Marshal(m); err == nil {
		t.Error("JSON is written")
	}
	if err := gob.NewEncoder(io.Discard).Encode(m); err == nil {
		t.Error("gob is written")
	}
	if _, err := json.Marshal(GatherKey{}); err == nil {
		t.Error("JSON of a key is written")
	}
	if _, err := m.MergeRaw(make([]byte, 39)); err == nil {
		t.Error("a multiset of 39 bytes is accepted")
	}
}

func TestGatherEndsThePublication(t *testing.T) {
	ledger, failed := NewMemoryLedger(), errors.New("the file is gone")
	if err := ledger.OpenAccount(t.Context(), Account{ID: "a", Unit: "company", Roster: SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}); err != nil {
		t.Fatal(err)
	}
	entry := Entry{
		Account: "a", Wave: "w", Revision: 1, Roster: SecretRoster, Loss: Loss{MuSquared: 1, Delta: SamplerDelta},
		Data: Gathered(func(context.Context, GatherKey) (*Multiset, error) { return nil, failed }),
	}
	publish := func() error {
		_, err := ledger.Publish(t.Context(), entry, func(*Draws) (Record, error) { return Record{}, errors.New("called") })
		return err
	}
	if err := publish(); err != failed {
		t.Errorf("the error is %v, want %v", err, failed)
	}
	entry.Data = Gathered(func(context.Context, GatherKey) (*Multiset, error) { return nil, nil })
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
