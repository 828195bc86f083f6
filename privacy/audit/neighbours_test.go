package audit_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// TestNeighboursFinds plants one bug at a time into a publisher.
func TestNeighboursFinds(t *testing.T) {
	four, three, two := with(bound, 0, -bound, bound), with(bound, 0, -bound), with(bound, 0)
	for name, c := range map[string]struct {
		toy        toy
		one, other panel
		want       audit.Kind // "": nothing
	}{
		"right":                       {toy{}, four, three, ""},
		"right, a company joins":      {toy{}, three, four, ""},
		"right, at the boundary":      {toy{}, three, with(bound, 0), ""},
		"right, below it":             {toy{}, two, with(bound), ""},
		"sensitivity":                 {toy{sensitivity: bound}, four, three, audit.Sensitivity},
		"a number of draws":           {toy{drawTwice: true}, four, three, audit.Flow},
		"an order of draws":           {toy{order: true}, four, three, audit.Flow},
		"parameters":                  {toy{parameters: true}, four, three, audit.Mechanism},
		"an error":                    {toy{failing: true}, four, three, audit.Failure},
		"a panic":                     {toy{panics: true}, four, three, audit.Failure},
		"a plan":                      {toy{plan: true}, four, three, audit.Public},
		"a charge":                    {toy{loss: true}, four, three, audit.Charge},
		"too small a charge":          {toy{few: true}, four, three, audit.Charge},
		"exact numbers":               {toy{exact: true}, four, three, audit.Content},
		"the number of companies":     {toy{peek: true}, four, three, audit.Content},
		"no draw":                     {toy{silent: true}, four, three, audit.Calibration},
		"another form":                {toy{extra: true}, four, three, audit.Shape},
		"a decision about raw counts": {toy{rawTest: true}, three, two, audit.Shape},
	} {
		t.Run(name, func(t *testing.T) {
			report := audit.Neighbours(t.Context(), c.toy.setup(), c.one, c.other, 1)
			switch {
			case c.want == "" && report.Err() != nil:
				t.Error(report.Err())
			case c.want != "" && !report.Has(c.want):
				t.Errorf("found %v, expected %q", report.Err(), c.want)
			}
			if c.want == "" && (len(report.Draws) != 2 || report.Draws[1].Distance > 1 || name != "right, below it" && report.Draws[1].Distance < 0.7) {
				t.Errorf("draws %+v", report.Draws)
			}
		})
	}
}

// TestReplayManyPanels: all panels of up to three companies with four possible
// numbers publish the same bytes from the same noisy numbers.
func TestReplayManyPanels(t *testing.T) {
	values := []int64{-bound, -1, 7, bound}
	panels := []panel{{}}
	for at := 0; at < len(panels); at++ {
		if len(panels[at].values) < 3 {
			for _, v := range values {
				panels = append(panels, with(append(append([]int64(nil), panels[at].values...), v)...))
			}
		}
	}
	setup := toy{}.setup()
	frozen := audit.Record(t.Context(), setup, panels[0], 5)
	for _, p := range panels {
		there := audit.Replay(t.Context(), setup, frozen, p)
		if there.Err() != nil || string(there.Artefact()) != string(frozen.Artefact()) || there.Draws() != 2 {
			t.Fatalf("%d companies: another artefact, %v", len(p.values), there.Err())
		}
	}
}

// Of several vectors with spherical noise each counts with its length: 3 and 4 lie 7 apart from nothing, and in one vector 5.
func TestNeighboursAddVectors(t *testing.T) {
	for vectors, want := range map[int]float64{1: 5, 2: 7} {
		m, err := privacy.NewSphericalLaplace(6*bound, 1e9, 2/vectors)
		if err != nil {
			t.Fatal(err)
		}
		if m, err = m.Vectors(vectors); err != nil {
			t.Fatal(err)
		}
		setup := audit.Setup[panel]{Account: account, Publish: func(ctx context.Context, ledger privacy.Ledger, p panel) ([]byte, error) {
			entry := privacy.Entry{Account: "toy", Wave: "w", Revision: 1, Roster: privacy.SecretRoster, Plan: []byte("plan"), Data: privacy.Records(p.records()), Loss: m.Loss()}
			publication, err := ledger.Publish(ctx, entry, func(draws *privacy.Draws) (privacy.Record, error) {
				n := int64(len(p.values)) * bound
				return privacy.Record{Release: fmt.Append(nil, draws.SphericalLaplace(m, []int64{3 * n, -4 * n}))}, nil
			})
			return publication.Release, err
		}}
		report := audit.Neighbours(t.Context(), setup, with(), with(1), 1)
		if report.Has(audit.Sensitivity) != (want > 6) || len(report.Draws) != 1 || math.Abs(report.Draws[0].Distance-want/6) > 1e-9 {
			t.Errorf("%d vectors: %v, %v", vectors, report.Draws, report.Err())
		}
	}
}

// Of spherical noise the vector counts with its length and the numbers beside it with their absolute
// values: 3, 4 and beside it 5 lie 10 apart from nothing, and as a longer vector less than 8.
func TestNeighboursAddWhatStandsBeside(t *testing.T) {
	for _, c := range []struct {
		beside  int
		further bool
	}{{0, false}, {1, true}} {
		m, err := privacy.NewSphericalLaplace(8*bound, 1e9, 3-c.beside)
		if err != nil {
			t.Fatal(err)
		}
		if m, err = m.Beside(c.beside); err != nil {
			t.Fatal(err)
		}
		setup := audit.Setup[panel]{Account: account, Publish: func(ctx context.Context, ledger privacy.Ledger, p panel) ([]byte, error) {
			entry := privacy.Entry{Account: "toy", Wave: "w", Revision: 1, Roster: privacy.SecretRoster, Plan: []byte("plan"), Data: privacy.Records(p.records()), Loss: m.Loss()}
			publication, err := ledger.Publish(ctx, entry, func(draws *privacy.Draws) (privacy.Record, error) {
				n := int64(len(p.values)) * bound
				return privacy.Record{Release: fmt.Append(nil, draws.SphericalLaplace(m, []int64{3 * n, -4 * n, -5 * n}))}, nil
			})
			return publication.Release, err
		}}
		report := audit.Neighbours(t.Context(), setup, with(), with(1), 1)
		if report.Has(audit.Sensitivity) != c.further || len(report.Draws) != 1 {
			t.Errorf("%d beside: %v", c.beside, report.Err())
		} else if want := (10*float64(c.beside) + math.Sqrt(50)*float64(1-c.beside)) / 8; math.Abs(report.Draws[0].Distance-want) > 1e-9 {
			t.Errorf("%d beside: a distance of %v, want %v", c.beside, report.Draws[0].Distance, want)
		}
	}
}
