package encode

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"maturitybench/benchmark/internal/model"
)

// Fingerprint names what the coordinates of the vector mean: every integer of
// the encoding and sigma, the standard deviation of the noise on them. A
// measurement must not be read by an encoding with another fingerprint.
func (e *Encoding) Fingerprint(sigma float64) string {
	hash := sha256.New()
	w := bufio.NewWriter(hash)
	fmt.Fprintln(w, "full", Sensitivity, scoreUnit, clipUnit, shapeUnit, cdfUnit, sigma, e.center, e.quarters, e.rows)
	fingerprintScores(w, e.layout.shape)
	for _, f := range e.features {
		fmt.Fprintln(w, f.block, f.index, f.terms, f.scale)
	}
	for _, b := range []*scoreBlock{&e.kept.scores, &e.rest.scores} {
		fmt.Fprintln(w, b.centers)
		for _, g := range b.groups {
			fmt.Fprintln(w, g.group, g.rows, g.scale, g.whitening)
		}
	}
	return finish(w, hash.Sum)
}

// Fingerprint is that of [Encoding.Fingerprint] for the small encoding.
func (s *Small) Fingerprint(sigma float64) string {
	hash := sha256.New()
	w := bufio.NewWriter(hash)
	fmt.Fprintln(w, "small", Sensitivity, scoreUnit, sigma, s.center, s.count, s.parts, s.partial, s.offset, s.mark, s.shape.Domains)
	fingerprintScores(w, s.shape)
	return finish(w, hash.Sum)
}

// fingerprintScores writes how scores are made of levels, where that is not the mean of
// their numbers.
func fingerprintScores(w *bufio.Writer, shape model.Shape) {
	if shape.Values != nil || shape.Weighted() {
		fmt.Fprintln(w, "scores", shape.Values, shape.Weights, shape.DomainWeights)
	}
}

// finish is the first half of the digest of what was written, in hexadecimal.
func finish(w *bufio.Writer, sum func([]byte) []byte) string {
	_ = w.Flush() // a hash never fails
	return hex.EncodeToString(sum(nil)[:sha256.Size/2])
}
