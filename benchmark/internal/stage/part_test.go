package stage_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// spy notes the walks of a publication.
type spy struct {
	memory stage.Memory
	walks  []*stage.Walk
}

func (s *spy) Walk(ctx context.Context, walk *stage.Walk) (*stage.Part, error) {
	s.walks = append(s.walks, walk)
	return s.memory.Walk(ctx, walk)
}

// publish publishes a synthetic panel and returns what its walks were.
func publish(tb testing.TB, companies int, cohorts ...string) *spy {
	tb.Helper()
	ctx, in, s, chunk := context.Background(), instrument.JSP(), &spy{}, stage.Chunk{}
	for response, err := range synthetic.NewPanel(companies, 7).Responses(in) {
		if err != nil {
			tb.Fatal(err)
		}
		sheet := intake.Open(response)
		chunk.Companies = append(chunk.Companies, stage.Identify(sheet.Company))
		chunk.Rows = append(chunk.Rows, sheet.Row()...)
	}
	s.memory = stage.Memory{chunk}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Account: "a", Wave: "w", Roster: privacy.SecretRoster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies, Cohorts: cohorts})
	if err != nil {
		tb.Fatal(err)
	}
	ledger := privacytest.NewLedger(tb, 1)
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		tb.Fatal(err)
	}
	source := responses.NewRemoteSource(in, func() stage.Panel { return s })
	if _, err := benchmark.Publish(ctx, ledger, plan, source); err != nil {
		tb.Fatal(err)
	}
	return s
}

// A walk that was sent to another machine adds up to the part of the original,
// to the last bit.
func TestWalkTravels(t *testing.T) {
	for name, made := range map[string]*spy{"two walks": publish(t, 60, "size"), "small panel": publish(t, 30)} {
		for i, walk := range made.walks {
			want, err := made.memory.Walk(t.Context(), walk)
			if err != nil {
				t.Fatal(err)
			}
			data, err := walk.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			var sent stage.Walk
			if err := sent.UnmarshalBinary(data); err != nil {
				t.Fatal(err)
			}
			remote := sent.NewPart()
			for _, chunk := range made.memory {
				remote.Add(chunk.Companies, chunk.Rows)
			}
			got := walk.NewPart()
			if err := got.MergeRaw(remote.AppendRaw(nil)); err != nil {
				t.Fatalf("%s, walk %d: %v", name, i+1, err)
			}
			if !slices.Equal(want.Totals(), got.Totals()) || !slices.Equal(want.Counts(), got.Counts()) || want.Check() != got.Check() {
				t.Errorf("%s, walk %d: another part", name, i+1)
			}
		}
	}
}

// Bytes that are no part are an error, and never a panic; a part that is read
// can be totalled, and is the same when it is written and read again.
func FuzzMergeRaw(f *testing.F) {
	full, small := publish(f, 60, "size"), publish(f, 30)
	all := slices.Concat(full.walks, small.walks)
	for i, walk := range all {
		memory := full.memory
		if i >= len(full.walks) {
			memory = small.memory
		}
		part, err := memory.Walk(context.Background(), walk)
		if err != nil {
			f.Fatal(err)
		}
		raw := part.AppendRaw(nil)
		f.Add(byte(i), raw)
		f.Add(byte(i), raw[:len(raw)/2])
		f.Add(byte(i), append(bytes.Clone(raw), 0))
		raw = bytes.Clone(raw)
		for at := range min(len(raw), 4096) {
			raw[at] = 0xff
		}
		f.Add(byte(i), raw)
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		walk := all[int(which)%len(all)]
		part := walk.NewPart()
		if part.MergeRaw(data) != nil {
			return
		}
		again := walk.NewPart()
		if err := again.MergeRaw(part.AppendRaw(nil)); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(part.Totals(), again.Totals()) || !slices.Equal(part.Counts(), again.Counts()) ||
			part.Check() != again.Check() || part.Companies() != again.Companies() {
			t.Error("another part when it is written and read again")
		}
	})
}
