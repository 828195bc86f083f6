package earlier

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/privacy"
)

// shelf is a ledger that has stored some publications.
type shelf struct {
	privacy.Ledger
	privacy.Archive
	list []privacy.Published
}

func (s shelf) Published(context.Context, string) ([]privacy.Published, error) { return s.list, nil }

// asked is an instrument of one domain with the given questions.
func asked(version string, questions ...string) instrument.Spec {
	s := instrument.Spec{ID: "i", Version: version, Scale: []instrument.Level{{Level: 0, Name: "no"}, {Level: 1, Name: "half"}, {Level: 2, Name: "yes"}}, Domains: []instrument.Domain{{ID: "d"}}}
	for _, id := range questions {
		s.Domains[0].Questions = append(s.Domains[0].Questions, instrument.Question{ID: id})
	}
	return s
}

// read reads a publication whose plan is its kind.
func read(p privacy.Published) (Reading, error) {
	r := Reading{Asked: asked("1", "a", "b"), Release: p.Wave, Noise: "secure", Told: estimate.Earlier{Reading: []float64{1, -1}, Variance: []float64{0.25, float64(p.Revision)}}}
	switch string(p.Plan) {
	case "test":
		r.Noise = "test"
	case "scale":
		r.Asked.Scale = r.Asked.Scale[:2]
	case "small":
		r.Told = estimate.Earlier{}
	case "other":
		r.Asked.Version = "0"
	case "broken":
		return r, errors.New("it cannot be read")
	}
	return r, nil
}

func published(wave string, revision int, kind string) privacy.Published {
	return privacy.Published{Wave: wave, Revision: revision, Plan: []byte(kind), Withdrawn: kind == "withdrawn"}
}

// Of all waves those before this one are taken that can be used, each with its last revision
// that stands; of a list each must be usable.
func TestFind(t *testing.T) {
	usable := []privacy.Published{
		published("first", 1, ""), published("second", 1, ""), published("first", 2, ""), published("first", 3, "withdrawn"),
		published("test", 1, "test"), published("scale", 1, "scale"), published("small", 1, "small"), published("other", 1, "other"), published("gone", 1, "withdrawn"),
		published("now", 1, ""), published("later", 1, ""), published("second", 2, ""),
	}
	for _, tt := range []struct {
		name  string
		list  []privacy.Published
		waves []string
		want  []string // waves
		last  []int    // revisions
		wrong []string
	}{
		{"all", usable, []string{All}, []string{"first", "second"}, []int{2, 2}, nil},
		{"some", usable, []string{"second"}, []string{"second"}, []int{2}, nil},
		{"in the order of the ledger", usable, []string{"second", "first"}, []string{"first", "second"}, []int{2, 2}, nil},
		{"before any", nil, []string{All}, nil, nil, nil},
		{"what cannot be used", usable, []string{"first", "test", "scale", "small", "other", "gone", "later", "secnd"}, nil, nil, []string{
			"prior.waves[1]: expected a wave that was published in earnest: the noise of this one is that of a test",
			"prior.waves[2]: expected a wave on the scale of this instrument",
			"prior.waves[3]: expected a wave that shows a panel and measured its questions: plans for small panels do not, nor do those that ask for scores alone",
			"prior.waves[4]: expected a wave with questions of this instrument: a new version says in its crosswalk which are the same",
			"prior.waves[5]: expected a wave that stands, not one that was withdrawn",
			"prior.waves[6]: expected the id of a wave of the account that was published before this one",
			"prior.waves[7]: expected the id of a wave of the account that was published before this one: did you mean second?",
		}},
		{"out of reach", []privacy.Published{published("broken", 1, "broken")}, []string{All}, nil, nil, []string{"plan: prior.waves: wave broken: it cannot be read"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			waves, err := Find(t.Context(), shelf{list: tt.list}, Request{Account: "a", Asked: asked("1", "a", "b"), Wave: "now", Waves: tt.waves, Noise: "secure"}, read)
			var wrong []string
			if problems, ok := errors.AsType[*input.Error](err); ok {
				for _, p := range problems.Problems {
					wrong = append(wrong, p.String())
				}
			} else if err != nil {
				wrong = []string{err.Error()}
			}
			if diff := cmp.Diff(tt.wrong, wrong); diff != "" {
				t.Fatal(diff)
			}
			var got []string
			var last []int
			for _, w := range waves {
				got, last = append(got, w.Wave), append(last, w.Revision)
				if w.Release != w.Wave || !cmp.Equal(w.Reading, []float64{1, -1}) || !cmp.Equal(w.Variance, []float64{0.25, float64(w.Revision)}) {
					t.Errorf("%+v", w)
				}
			}
			if !cmp.Equal(got, tt.want) || !cmp.Equal(last, tt.last) {
				t.Errorf("found %v, revisions %v; want %v, %v", got, last, tt.want, tt.last)
			}
		})
	}
}

// What a wave keeps of those before it is taken from there, by its questions, if it is of
// the revision that stands.
func TestFindKept(t *testing.T) {
	list := []privacy.Published{published("first", 1, ""), published("second", 1, ""), published("second", 2, ""), published("third", 1, "")}
	var asked []string
	waves, err := Find(t.Context(), shelf{list: list}, Request{Asked: asked2(), Wave: "now", Waves: []string{All}, Noise: "secure"}, func(p privacy.Published) (Reading, error) {
		asked = append(asked, p.Wave)
		r, err := read(p)
		if p.Wave == "third" {
			r.Before = []Wave{{Wave: "first", Revision: 1, Release: "kept", Reading: []float64{3, 4}, Variance: []float64{5, 6}}, {Wave: "second", Revision: 1, Release: "old"}}
		}
		return r, err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Wave{
		{Wave: "first", Revision: 1, Release: "kept", Reading: []float64{4, 3}, Variance: []float64{6, 5}},
		{Wave: "second", Revision: 2, Release: "second", Reading: []float64{-1, 1}, Variance: []float64{2, 0.25}},
		{Wave: "third", Revision: 1, Release: "third", Reading: []float64{-1, 1}, Variance: []float64{1, 0.25}},
	}
	if diff := cmp.Diff(want, waves); diff != "" || !cmp.Equal(asked, []string{"third", "second"}) {
		t.Errorf("%v are read: %s", asked, diff)
	}
}

// asked2 has the questions of the first version in another order.
func asked2() instrument.Spec { return walked(asked("2", "b", "a"), "1", instrument.SameQuestion) }

// A ledger that does not tell what it stored cannot be asked.
func TestFindWithoutAnArchive(t *testing.T) {
	_, err := Find(t.Context(), struct{ privacy.Ledger }{}, Request{Waves: []string{All}}, read)
	if err == nil || err.Error() != "plan: prior.waves: this ledger does not tell what it has stored" {
		t.Error(err)
	}
}
