package earlier

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/privacy"
)

// All stands for every wave that can be used.
const All = "all"

// Request asks for earlier waves.
type Request struct {
	Account string          // of all waves
	Asked   instrument.Spec // the instrument of the later wave
	Wave    string          // the later wave
	Waves   []string        // ids of the earlier ones, or All alone
	Noise   string          // of the later wave, and of those that it may lean on
}

// Reading is what was measured in an earlier wave, by question of its own instrument.
type Reading struct {
	Asked   instrument.Spec
	Release string // id
	Noise   string
	Told    estimate.Earlier // zero where no question was measured
	Before  []Wave           // that it leans on itself, by question of its instrument
}

// Find returns the waves of a request, the one that was published first first, from what a
// ledger tells. A wave is before another if its first revision was, and counts with its last
// revision that was not withdrawn. Of all waves those are left out that cannot be used; of
// those that are named each must be usable, or else the error is an [*input.Error]. An error
// of read, which reads the measurement of a publication, is returned. What a wave keeps of
// those before it is not read again, so that a yearly survey reads one measurement a year, and
// none that a later version of the library may no longer read.
//
// [*input.Error]: maturitybench/benchmark/input.Error
func Find(ctx context.Context, ledger privacy.Ledger, r Request, read func(privacy.Published) (Reading, error)) ([]Wave, error) {
	archive, ok := ledger.(privacy.Archive)
	if !ok {
		return nil, errors.New("plan: prior.waves: this ledger does not tell what it has stored")
	}
	published, err := archive.Published(ctx, r.Account)
	if err != nil {
		return nil, fmt.Errorf("plan: prior.waves: %w", err)
	}
	f := finder{request: r, published: published, before: before(r.Wave, published), refused: map[string]string{}}
	for _, id := range slices.Backward(f.before) {
		if !f.wanted(id) {
			continue
		}
		last, ok := f.standing(id)
		if !ok {
			f.refused[id] = "a wave that stands, not one that was withdrawn"
			continue
		}
		reading, ok := f.kept(last)
		if !ok {
			if reading, err = read(last); err != nil {
				return nil, fmt.Errorf("plan: prior.waves: wave %s: %w", id, err)
			}
		}
		f.add(last, reading)
	}
	slices.Reverse(f.waves)
	slices.Reverse(f.readings)
	waves := f.linked()
	if err := f.problems(); err != nil {
		return nil, fmt.Errorf("plan: %w", err)
	}
	return waves, nil
}

// before lists the waves that were published before one, each once.
func before(wave string, published []privacy.Published) []string {
	var list []string
	for _, p := range published {
		if p.Wave == wave {
			break
		}
		if !slices.Contains(list, p.Wave) {
			list = append(list, p.Wave)
		}
	}
	return list
}

// finder is a search in progress.
type finder struct {
	request   Request
	published []privacy.Published
	before    []string // ids of the waves before
	waves     []Wave
	readings  []Reading         // of waves
	refused   map[string]string // by wave, what was expected
}

// all says whether every wave is asked for.
func (f *finder) all() bool { return slices.Equal(f.request.Waves, []string{All}) }

func (f *finder) wanted(id string) bool { return f.all() || slices.Contains(f.request.Waves, id) }

// standing is the last revision of a wave that was not withdrawn.
func (f *finder) standing(id string) (last privacy.Published, ok bool) {
	for _, p := range f.published {
		if p.Wave == id && !p.Withdrawn && p.Revision > last.Revision {
			last, ok = p, true
		}
	}
	return last, ok
}

// kept is what a later wave that is taken keeps of a publication.
func (f *finder) kept(p privacy.Published) (Reading, bool) {
	for _, later := range f.readings {
		for _, w := range later.Before {
			if w.Wave == p.Wave && w.Revision == p.Revision {
				later.Release, later.Told, later.Before = w.Release, estimate.Earlier{Reading: w.Reading, Variance: w.Variance}, nil
				return later, true
			}
		}
	}
	return Reading{}, false
}

// add takes a wave, if it can be used.
func (f *finder) add(p privacy.Published, r Reading) {
	switch asked := f.request.Asked; {
	case r.Noise != f.request.Noise:
		f.refused[p.Wave] = "a wave that was published in earnest: the noise of this one is that of a test"
	case !sameLevels(r.Asked, asked):
		f.refused[p.Wave] = "a wave on the scale of this instrument"
	case !slices.ContainsFunc(r.Told.Variance, func(v float64) bool { return v > 0 }):
		f.refused[p.Wave] = "a wave that shows a panel and measured its questions: plans for small panels do not, nor do those that ask for scores alone"
	default:
		f.waves = append(f.waves, Wave{Wave: p.Wave, Revision: p.Revision, Release: r.Release})
		f.readings = append(f.readings, r)
	}
}

// problems are the waves that are named and cannot be used.
func (f *finder) problems() error {
	var c specfile.Checker
	for i, id := range f.request.Waves {
		expected := f.refused[id]
		if !f.all() && expected == "" && !slices.Contains(f.before, id) {
			expected = "the id of a wave of the account that was published before this one"
			if near := fold.Nearest(id, f.before); near != "" {
				expected += ": did you mean " + near + "?"
			}
		}
		if expected != "" {
			c.Expect(specfile.Element("prior.waves", i), "%s", expected)
		}
	}
	return c.Err()
}

// linked gives every wave its numbers by question of the later instrument, and leaves out
// those that have no question in common with it.
func (f *finder) linked() []Wave {
	links := linksTo(f.request.Asked, f.readings)
	var list []Wave
	for i, w := range f.waves {
		told := follow(f.readings[i], f.request.Asked, links[i])
		if told.Variance == nil {
			f.refused[w.Wave] = "a wave with questions of this instrument: a new version says in its crosswalk which are the same"
			continue
		}
		w.Reading, w.Variance = told.Reading, told.Variance
		list = append(list, w)
	}
	return list
}
