package draw

import (
	"encoding/binary"
	"math"
	"math/rand/v2"

	"github.com/google/differential-privacy/go/v3/noise"
)

// The anchor at which the secure sampler is always called. Its standard
// deviation is set by the sensitivity argument alone, see [Sigma].
const (
	AnchorEpsilon = 1
	AnchorDelta   = 1e-6
)

// Sigma is the standard deviation that the secure sampler uses for the
// sensitivity argument lInf: the number that the sampler itself computes on
// every draw.
func Sigma(lInf int64) float64 {
	return noise.SigmaForGaussian(1, float64(lInf), AnchorEpsilon, AnchorDelta)
}

// Source is a source of integer noise. The zero Source is the secure one: all
// its bits are those of crypto/rand.
type Source struct {
	seeded   *rand.Rand // nil: secure
	recorder Recorder   // nil: nobody looks
}

// Seeded is a reproducible source for tests. It is not private: whoever knows
// the seed can take the noise away. It is not safe for concurrent use.
func Seeded(seed [32]byte) Source {
	return Source{seeded: rand.New(rand.NewChaCha8(seed))}
}

// Seed is a seed of which only the first eight bytes differ.
func Seed(seed uint64) (s [32]byte) {
	binary.LittleEndian.PutUint64(s[:], seed)
	return s
}

// Secure reports whether the noise is that of crypto/rand, and nobody but the
// publication sees it.
func (s Source) Secure() bool { return s.seeded == nil && s.recorder == nil }

// Gaussian is x plus integer noise with standard deviation sigma, where sigma
// is [Sigma](lInf); the secure sampler is Google's. The error is that of the secure sampler for arguments that
// it refuses.
func (s Source) Gaussian(x, lInf int64, sigma float64) (int64, error) {
	if s.seeded != nil {
		return x + int64(math.Round(s.seeded.NormFloat64()*sigma)), nil
	}
	return noise.Gaussian().AddNoiseInt64(x, 1, lInf, AnchorEpsilon, AnchorDelta)
}
