package earlier

import (
	"slices"

	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/publication"
)

// Wave is an earlier wave as the measurement of a later one keeps it, so that the later
// one can be estimated again without the ledger.
type Wave struct {
	Wave     string `json:"wave"`
	Revision int    `json:"revision"` // 1 or more
	Release  string `json:"release"`  // id
	// By question of the later instrument: its contrast from its domain, in levels, and the
	// variance of that; 0 where nothing is known.
	Reading  []float64 `json:"reading"`
	Variance []float64 `json:"variance"`
}

// Told are the waves as the estimation takes them.
func Told(waves []Wave) []estimate.Earlier {
	var list []estimate.Earlier
	for _, w := range waves {
		list = append(list, estimate.Earlier{Reading: w.Reading, Variance: w.Variance})
	}
	return list
}

// Named are the waves as a release names them.
func Named(waves []Wave) []publication.EarlierWave {
	var list []publication.EarlierWave
	for _, w := range waves {
		list = append(list, publication.EarlierWave{Wave: w.Wave, Revision: w.Revision, Release: w.Release})
	}
	return list
}

// Unread are waves of which the names alone are known.
func Unread(names []publication.EarlierWave) []Wave {
	var list []Wave
	for _, n := range names {
		list = append(list, Wave{Wave: n.Wave, Revision: n.Revision, Release: n.Release})
	}
	return list
}

// Fit says whether every wave has a number for each of so many questions.
func Fit(waves []Wave, questions int) bool {
	return !slices.ContainsFunc(waves, func(w Wave) bool {
		return len(w.Reading) != questions || len(w.Variance) != questions || slices.ContainsFunc(w.Variance, func(v float64) bool { return v < 0 })
	})
}
