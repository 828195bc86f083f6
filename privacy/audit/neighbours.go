package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/draw"
)

// Kind names what differs between two publications that must not.
type Kind string

// The findings of a comparison.
const (
	Failure     Kind = "error"       // one of them failed, or both in another way
	Flow        Kind = "draws"       // another number or order of draws, or other lengths
	Mechanism   Kind = "mechanism"   // other parameters of a draw
	Sensitivity Kind = "sensitivity" // the totals are further apart than the sensitivity
	Calibration Kind = "calibration" // the noise is too small for its sensitivity and loss, is repeated, or is not drawn
	Charge      Kind = "charge"      // another loss, or one that the draws exceed
	Public      Kind = "public"      // another plan, account, wave, revision or roster
	Shape       Kind = "shape"       // the artefact has another form
	Content     Kind = "content"     // the artefact has the same form and says something else
	Stored      Kind = "stored"      // the stored record differs
	Hard        Kind = "threshold"   // a cohort below k is kept
)

// Finding is one violation. It holds no numbers of the data.
type Finding struct {
	Kind   Kind
	Detail string
}

// DrawReport compares one draw.
type DrawReport struct {
	Mechanism   string
	Dimensions  int
	Sensitivity int64
	Distance    float64 // of the totals before noise, as a share of the sensitivity; at most 1
}

// Report is the comparison of two publications.
type Report struct {
	Draws    []DrawReport
	Findings []Finding // none: no violation
}

// Err is nil, or an error that lists the findings.
func (r Report) Err() error {
	if len(r.Findings) == 0 {
		return nil
	}
	var texts []string
	for _, f := range r.Findings {
		texts = append(texts, string(f.Kind)+": "+f.Detail)
	}
	return fmt.Errorf("audit: %s", strings.Join(texts, "; "))
}

// Has reports whether there is a finding of a kind.
func (r Report) Has(kind Kind) bool {
	for _, f := range r.Findings {
		if f.Kind == kind {
			return true
		}
	}
	return false
}

func (r *Report) find(kind Kind, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{kind, fmt.Sprintf(format, args...)})
}

// Neighbours publishes two neighbouring data sets with the same noisy numbers
// and compares everything else. The noise of the first comes from the seed.
func Neighbours[D any](ctx context.Context, s Setup[D], one, other D, seed uint64) Report {
	frozen := Record(ctx, s, one, seed)
	there := Replay(ctx, s, frozen, other)
	a, b := Replay(ctx, s, frozen, one, frozen, there), Replay(ctx, s, frozen, other, frozen, there)
	report := a.Compare(b)
	if fresh := frozen.open().noise(); fresh != "" {
		report.find(Calibration, "%s", fresh)
	}
	for _, data := range []D{one, other} {
		low, high := replayBelow(ctx, s, frozen.open(), data, false), replayBelow(ctx, s, frozen.open(), data, true)
		if !bytes.Equal(low.artefact, high.artefact) || !bytes.Equal(low.stored.Measurement, high.stored.Measurement) {
			report.find(Hard, "the noise decides about a cohort below k")
		}
	}
	return report
}

// Compare holds two publications with the same noisy numbers, of neighbouring
// data, against each other.
func (t *Transcript) Compare(other *Transcript) Report { return t.open().compare(other.open()) }

func (t *observed) compare(other *observed) Report {
	var r Report
	r.outcome(t, other)
	r.public(t.entry, other.entry)
	r.charge(t)
	r.charge(other)
	if t.drifted || other.drifted {
		r.find(Flow, "a draw is not one of the frozen publication, so it could not be replayed")
	}
	if len(t.calls) != len(other.calls) {
		r.find(Flow, "%d draws and %d draws", len(t.calls), len(other.calls))
		return r
	}
	for i := range t.calls {
		r.call(i, t.calls[i], other.calls[i])
	}
	if t.err == nil && other.err == nil {
		r.artefacts(t, other)
	}
	return r
}

func (r *Report) outcome(a, b *observed) {
	switch {
	case a.panicked || b.panicked:
		r.find(Failure, "the publisher panics")
	case (a.err == nil) != (b.err == nil):
		r.find(Failure, "one of the publications fails")
	case a.err != nil && a.err.Error() != b.err.Error():
		r.find(Failure, "the errors differ")
	}
}

func (r *Report) public(a, b privacy.Entry) {
	if a.Account != b.Account || a.Wave != b.Wave || a.Revision != b.Revision || a.Roster != b.Roster {
		r.find(Public, "another account, wave, revision or roster")
	}
	if !bytes.Equal(a.Plan, b.Plan) {
		r.find(Public, "the plan depends on the data")
	}
	if a.Loss != b.Loss {
		r.find(Charge, "the charge depends on the data")
	}
}

func (r *Report) charge(t *observed) {
	var sum privacy.Loss
	for _, c := range t.calls {
		sum.PureEpsilon += c.PureEpsilon
		sum.MuSquared += c.Mu * c.Mu
	}
	if !t.entry.Loss.Covers(sum) || !t.entry.Loss.Covers(t.spent) {
		r.find(Charge, "the draws lose more than was charged")
	}
}

// call compares one draw: its parameters, and the distance of its totals.
func (r *Report) call(i int, a, b draw.Call) {
	if a.Mechanism != b.Mechanism || len(a.Totals) != len(b.Totals) {
		r.find(Flow, "draw %d is another one", i)
		return
	}
	pa, pb := a, b
	pa.Totals, pa.Noisy, pb.Totals, pb.Noisy = nil, nil, nil, nil
	if fmt.Sprint(pa) != fmt.Sprint(pb) {
		r.find(Mechanism, "draw %d has other parameters", i)
	}
	length, within := distanceOf(a, b)
	if !within {
		r.find(Sensitivity, "the totals of draw %d are further apart than its sensitivity", i)
	}
	if a.Mechanism != draw.SphericalLaplace && !(a.Sigma*float64(a.Mu) >= float64(a.Sensitivity)*1e6*(1-1e-12)) {
		r.find(Calibration, "the noise of draw %d is smaller than sensitivity over μ", i)
	}
	share, _ := new(big.Float).Quo(length, new(big.Float).SetInt64(a.Sensitivity)).Float64()
	r.Draws = append(r.Draws, DrawReport{a.Mechanism, len(a.Totals), a.Sensitivity, share})
}

// distanceOf is how far the totals of two calls are apart, the L2 norms of their vectors and the absolute values of what
// stands beside added up, and whether that is within the sensitivity. Of one vector that is decided exactly: ‖x‖ + Σ|y|
// is at most the sensitivity if ‖x‖² is at most the square of what Σ|y| leaves of it. Of several the norms are rounded down.
func distanceOf(a, b draw.Call) (length *big.Float, within bool) {
	vectors := len(a.Totals) - a.Beside
	beside := absoluteDistance(a.Totals[vectors:], b.Totals[vectors:])
	left := new(big.Int).Sub(big.NewInt(a.Sensitivity), beside)
	step := vectors
	if a.Dimensions > 0 {
		step = a.Dimensions
	}
	norms := new(big.Float).SetPrec(normBits).SetMode(big.ToZero)
	within = left.Sign() >= 0
	for at := 0; at < vectors; at += step {
		square := squaredDistance(a.Totals[at:at+step], b.Totals[at:at+step])
		within = within && square.Cmp(new(big.Int).Mul(left, left)) <= 0
		norms.Add(norms, new(big.Float).SetPrec(normBits).SetMode(big.ToZero).Sqrt(new(big.Float).SetPrec(normBits).SetInt(square)))
	}
	if step < vectors {
		within = within && norms.Cmp(new(big.Float).SetPrec(normBits).SetInt(left)) <= 0
	}
	return new(big.Float).Add(norms, new(big.Float).SetInt(beside)), within
}

// normBits is the precision to which the norms of several vectors are added up.
const normBits = 300

// absoluteDistance is exact.
func absoluteDistance(a, b []int64) *big.Int {
	sum, x := new(big.Int), new(big.Int)
	for i := range a {
		x.Sub(big.NewInt(a[i]), big.NewInt(b[i]))
		sum.Add(sum, x.Abs(x))
	}
	return sum
}

// squaredDistance is exact.
func squaredDistance(a, b []int64) *big.Int {
	sum, x := new(big.Int), new(big.Int)
	for i := range a {
		x.Sub(big.NewInt(a[i]), big.NewInt(b[i]))
		sum.Add(sum, x.Mul(x, x))
	}
	return sum
}

// artefacts compares what was published and stored.
func (r *Report) artefacts(a, b *observed) {
	if !bytes.Equal(a.stored.Measurement, b.stored.Measurement) || !bytes.Equal(a.stored.Release, b.stored.Release) {
		r.find(Stored, "the stored records differ")
	}
	if bytes.Equal(a.artefact, b.artefact) {
		return
	}
	if shapeOf(a.artefact) != shapeOf(b.artefact) {
		r.find(Shape, "the artefacts have different forms")
		return
	}
	r.find(Content, "the artefacts say different things of the same noisy numbers")
}

// shapeOf is a JSON document without its numbers, and the length of any other.
func shapeOf(artefact []byte) string {
	var v any
	if json.Unmarshal(artefact, &v) != nil {
		return fmt.Sprint(len(artefact))
	}
	shape, _ := json.Marshal(outline(v))
	return string(shape)
}

func outline(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = outline(v[key])
		}
	case []any:
		for i := range v {
			v[i] = outline(v[i])
		}
	case float64:
		return 0
	}
	return v
}

// noise says what is wrong with the noise of a recorded publication: none is
// drawn, it is missing, or shared between coordinates or draws. Noise of σ > 1000 hits the
// same integer in three pairs of a few hundred coordinates by chance with a
// probability below 1e-9 for the σ of a sensitivity of 2³⁰, and the seed makes
// the outcome fixed.
func (t *observed) noise() string {
	if len(t.calls) == 0 && t.err == nil && !t.panicked {
		return "no noise is drawn"
	}
	seen, repeated, zero := map[int64]bool{}, 0, 0
	for _, c := range t.calls {
		if c.Mechanism != draw.SphericalLaplace && c.Sigma < 1000 {
			continue
		}
		for i := range c.Totals {
			noise := c.Noisy[i] - c.Totals[i]
			switch {
			case noise == 0:
				zero++
			case seen[noise]:
				repeated++
			}
			seen[noise] = true
		}
	}
	switch {
	case zero > 0:
		return "a number has no noise"
	case repeated > 2:
		return "noise is shared by numbers"
	}
	return ""
}
