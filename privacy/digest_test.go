package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestDigestIsASumOfHMACs computes the definition with big integers, in
// another order and from another slice.
func TestDigestIsASumOfHMACs(t *testing.T) {
	modulus := new(big.Int).Lsh(big.NewInt(1), 256)
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		records := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 20), 0, 12).Draw(t, "records")
		sum := new(big.Int)
		for _, record := range records {
			mac := hmac.New(sha256.New, key)
			mac.Write(append([]byte("maturitybench/privacy/record/1\x00"), record...))
			sum.Add(sum, new(big.Int).SetBytes(mac.Sum(nil)))
		}
		var want [32]byte
		sum.Mod(sum, modulus).FillBytes(want[:])

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
	})
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
