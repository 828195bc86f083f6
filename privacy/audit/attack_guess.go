package audit

import (
	"context"
	"math/rand/v2"
)

// CohortDifferencing attacks one answer of one company through cohorts that
// differ by that company: the difference of two published cohorts is the
// company. candidates are data sets that differ in the answer alone, one for
// every value that it can have; guess reads an artefact and says which one it
// was made of. The value is drawn afresh for every trial.
//
// The bound is [Power] at 1/m for m candidates, see the package comment: with
// Gaussian noise Φ(Φ⁻¹(1/m) + μ).
func CohortDifferencing[D any](ctx context.Context, s Setup[D], candidates []D, guess func([]byte) int, trials int) (Outcome, error) {
	return guessing(ctx, s, "cohort differencing", len(candidates), func(secret int) []D { return candidates[secret : secret+1] },
		func(artefacts [][]byte) int { return guess(artefacts[0]) }, trials)
}

// WaveDifferencing attacks one answer of a company that joins between two
// publications: candidates are pairs of data sets, the first without the
// company and the second with it, one pair for every value of its answer. The
// bound is that of [CohortDifferencing] for the loss of both publications.
func WaveDifferencing[D any](ctx context.Context, s Setup[D], candidates [][2]D, guess func(before, after []byte) int, trials int) (Outcome, error) {
	return guessing(ctx, s, "wave differencing", len(candidates), func(secret int) []D { return candidates[secret][:] },
		func(artefacts [][]byte) int { return guess(artefacts[0], artefacts[1]) }, trials)
}

// guessing publishes the data of a random secret among m and counts right
// guesses.
func guessing[D any](ctx context.Context, s Setup[D], name string, m int, data func(int) []D, guess func([][]byte) int, trials int) (Outcome, error) {
	if trials < 1 || m < 2 {
		return Outcome{}, errTrials
	}
	hits, bound := 0, 0.0
	for range trials {
		secret := rand.IntN(m)
		artefacts, charged, err := s.publish(ctx, data(secret)...)
		if err != nil {
			return Outcome{}, err
		}
		bound = max(bound, Power(s.claim(charged), 1/float64(m)))
		if guess(artefacts) == secret {
			hits++
		}
	}
	return outcome(name, hits, trials, bound, 1/float64(m)), nil
}

// Secret is a data set that was made at random, with one of its answers as the
// target of a reconstruction.
type Secret[D any] struct {
	Data   D
	Answer int // the value of the answer
	Target any // which one it is, passed to the attacker
}

// Reconstruction attacks answers in data that are unknown as a whole: draw
// makes a data set at random and picks one of its answers; solve reads the
// artefact, and says what the answer is and whether it is certain, which means
// that no other value fits what was published. baseline is the largest
// probability of a value under draw: the success of guessing it blindly.
//
// The first outcome counts right guesses; its bound is [Power] at baseline.
// The second counts answers that solve was certain of, and right. Certainty of
// one value must not be much more frequent where it is the truth than where
// another one is, so the bound is [Power], for two answer sheets ([Twice]), at
// the rate of wrong certainty. It holds if draw makes all values of the answer
// equally likely.
func Reconstruction[D any](ctx context.Context, s Setup[D], draw func() Secret[D],
	solve func(artefact []byte, target any) (answer int, certain bool), baseline float64, trials int) (guessed, determined Outcome, err error) {
	if trials < 1 {
		return Outcome{}, Outcome{}, errTrials
	}
	right, certain, wrong, bound := 0, 0, 0, 0.0
	claim := s.Claim
	for range trials {
		secret := draw()
		artefacts, charged, err := s.publish(ctx, secret.Data)
		if err != nil {
			return Outcome{}, Outcome{}, err
		}
		claim = s.claim(charged)
		bound = max(bound, Power(claim, baseline))
		answer, sure := solve(artefacts[0], secret.Target)
		switch {
		case answer == secret.Answer && sure:
			right++
			certain++
		case answer == secret.Answer:
			right++
		case sure:
			wrong++
		}
	}
	_, high := Limits(wrong, trials, Alarm)
	return outcome("reconstruction", right, trials, bound, baseline),
		outcome("certain reconstruction", certain, trials, Power(Twice(claim), high), float64(wrong)/float64(trials)), nil
}
