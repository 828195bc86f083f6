package beam

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

// A publication on the prism runner gives the bytes of one on a single machine,
// with the same noise: however the rows are ordered and spread over files.
func TestPublishFiles(t *testing.T) {
	header, rows := panelCSV(t, 250)
	whole := bytes.Join(append([][]byte{header}, rows...), nil)
	for _, test := range []struct {
		name    string
		roster  privacy.Roster
		planned int
		cohorts []string
		files   int
	}{
		{"secret roster, one file", privacy.SecretRoster, 300, []string{"size", "region"}, 1},
		{"secret roster, seven files", privacy.SecretRoster, 300, []string{"size", "region"}, 7},
		{"public roster, no cohorts", privacy.PublicRoster, 250, nil, 3},
		{"counted roster, five files", privacy.CountedRoster, 300, []string{"size", "region"}, 5},
		{"small panel under a counted roster", privacy.CountedRoster, 20, nil, 2},
		{"small panel", privacy.SecretRoster, 20, nil, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			files := map[string][]byte{}
			for i := range test.files {
				part := append([][]byte{header}, rows[i*len(rows)/test.files:(i+1)*len(rows)/test.files]...)
				files[fmt.Sprintf("part-%d.csv", i)] = bytes.Join(part, nil)
			}
			source := Files(instrument.JSP(), options, filepath.Join(write(t, files), "*.csv"))
			plan := newPlan(t, test.roster, test.planned, test.cohorts...)

			want := inMemory(t, newLedger(t, test.roster), plan, whole)
			ledger := newLedger(t, test.roster)
			got, err := benchmark.Publish(context.Background(), ledger, plan, source)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want.Bytes(), got.Bytes()) {
				t.Error("another release than on a single machine")
			}
			// The data are recognised on either way.
			if again := inMemory(t, ledger, plan, whole); !bytes.Equal(got.Bytes(), again.Bytes()) {
				t.Error("another release when asked again")
			}
		})
	}
}
