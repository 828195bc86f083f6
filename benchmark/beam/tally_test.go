package beam

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
)

// walks are the walks of a publication, and what it walked over.
type walks struct {
	first, main *stage.Walk
	chunk       stage.Chunk
}

// spy notes the walks of a publication.
type spy struct{ *walks }

func (s spy) Walk(ctx context.Context, walk *stage.Walk) (*stage.Part, error) {
	if s.first == nil {
		s.first = walk
	} else {
		s.main = walk
	}
	return stage.Memory{s.chunk}.Walk(ctx, walk)
}

// walksOf are the walks over a synthetic panel, with cohorts; main is nil for
// plans for fewer than 40 companies.
func walksOf(tb testing.TB, companies int) *walks {
	tb.Helper()
	w := &walks{}
	header, rows := panelCSV(tb, companies)
	in := instrument.JSP()
	for response, err := range responses.ReadCSV(in, bytes.NewReader(bytes.Join(append([][]byte{header}, rows...), nil))) {
		if err != nil {
			tb.Fatal(err)
		}
		sheet := intake.Open(response)
		w.chunk.Companies = append(w.chunk.Companies, stage.Identify(sheet.Company))
		w.chunk.Rows = append(w.chunk.Rows, sheet.Row()...)
	}
	source := responses.NewRemoteSource(in, func() stage.Panel { return spy{w} })
	var cohorts []string
	if companies >= 40 {
		cohorts = []string{"size"}
	}
	plan := newPlan(tb, privacy.SecretRoster, companies, cohorts...)
	if _, err := benchmark.Publish(context.Background(), newLedger(tb, privacy.SecretRoster), plan, source); err != nil {
		tb.Fatal(err)
	}
	return w
}

// A tally over any split of the responses into bundles, merged in any order, with
// accumulators in the open or sealed on the way, is the one in memory.
func TestTallyFn(t *testing.T) {
	ctx := context.Background()
	full, small := walksOf(t, 100), walksOf(t, 30)
	for _, test := range []struct {
		name  string
		walk  *stage.Walk
		chunk stage.Chunk
	}{
		{"first walk", full.first, full.chunk},
		{"main walk", full.main, full.chunk},
		{"small panel", small.first, small.chunk},
	} {
		t.Run(test.name, func(t *testing.T) {
			want, err := stage.Memory{test.chunk}.Walk(ctx, test.walk)
			if err != nil {
				t.Fatal(err)
			}
			made, driver, err := newJob(ctx, instrument.JSP(), test.walk, "")
			if err != nil {
				t.Fatal(err)
			}
			for seed := range uint64(5) {
				fn := &tallyFn{Job: *made}
				if err := fn.Setup(ctx); err != nil {
					t.Fatal(err)
				}
				got := driver.walk.NewPart()
				sealed := shuffledTally(t, fn, test.chunk, rand.New(rand.NewPCG(seed, 1)))
				if err := driver.merge(got, &partial{sealed: sealed}); err != nil {
					t.Fatal(err)
				}
				compareParts(t, want, got)
			}
		})
	}
}

// shuffledTally tallies responses in random order, bundles and merges.
func shuffledTally(tb testing.TB, fn *tallyFn, chunk stage.Chunk, random *rand.Rand) []byte {
	tb.Helper()
	travel := func(a accumulator) accumulator { // through a shuffle, or not
		if random.IntN(2) == 0 {
			return a
		}
		data, err := encodeAccumulator(a)
		if err != nil {
			tb.Fatal(err)
		}
		return decodeAccumulator(data)
	}
	accumulators := make([]accumulator, 1+random.IntN(9))
	for i := range accumulators {
		accumulators[i] = travel(fn.CreateAccumulator())
	}
	stride := fn.worker.walk.Stride
	order := random.Perm(len(chunk.Companies))
	for len(order) > 0 {
		part, n := fn.worker.walk.NewPart(), 1+random.IntN(len(order))
		for _, i := range order[:n] {
			part.Add(chunk.Companies[i:i+1], chunk.Rows[i*stride:][:stride])
		}
		order = order[n:]
		at := random.IntN(len(accumulators))
		a, err := fn.AddInput(travel(accumulators[at]), fn.worker.seal(tallyTag, part.AppendRaw(nil)))
		if err != nil {
			tb.Fatal(err)
		}
		accumulators[at] = a
	}
	for len(accumulators) > 1 {
		last := len(accumulators) - 1
		a, err := fn.MergeAccumulators(travel(accumulators[0]), travel(accumulators[last]))
		if err != nil {
			tb.Fatal(err)
		}
		accumulators = append([]accumulator{a}, accumulators[1:last]...)
		random.Shuffle(len(accumulators), func(i, j int) { accumulators[i], accumulators[j] = accumulators[j], accumulators[i] })
	}
	sealed, err := fn.ExtractOutput(accumulators[0])
	if err != nil {
		tb.Fatal(err)
	}
	return sealed
}

// compareParts compares all that a publication takes from a part.
func compareParts(tb testing.TB, want, got *stage.Part) {
	tb.Helper()
	type open struct {
		Companies int64
		Check     uint64
		Counts    []int64
		Totals    []int64
		Digest    [32]byte
	}
	opened := func(p *stage.Part) open {
		o := open{p.Companies(), p.Check(), p.Counts(), p.Totals(), [32]byte{}}
		if m := p.Multiset(); m != nil {
			o.Digest = m.Digest([]byte("key"))
		}
		return o
	}
	if diff := cmp.Diff(opened(want), opened(got)); diff != "" {
		tb.Errorf("parts differ (-want +got):\n%s", diff)
	}
}

// Tallies and accumulators of another job, damaged or empty, are errors.
func TestTallyFnRefuses(t *testing.T) {
	ctx, walk := context.Background(), walksOf(t, 30).first
	fns := make([]*tallyFn, 2)
	for i := range fns {
		made, _, err := newJob(ctx, instrument.JSP(), walk, "")
		if err != nil {
			t.Fatal(err)
		}
		fns[i] = &tallyFn{Job: *made}
		if err := fns[i].Setup(ctx); err != nil {
			t.Fatal(err)
		}
	}
	fn, other := fns[0], fns[1]
	sealed := func(fn *tallyFn) accumulator {
		data, err := encodeAccumulator(fn.CreateAccumulator())
		if err != nil {
			t.Fatal(err)
		}
		return decodeAccumulator(data)
	}
	own, foreign := fn.worker.seal(tallyTag, walk.NewPart().AppendRaw(nil)), other.worker.seal(tallyTag, walk.NewPart().AppendRaw(nil))
	for name, tally := range map[string][]byte{
		"foreign": foreign, "no": nil, "cut": own[:len(own)-1],
		"origin": fn.worker.seal(originTag, walk.NewPart().AppendRaw(nil)), "short": fn.worker.seal(tallyTag, make([]byte, 15)),
	} {
		if _, err := fn.AddInput(fn.CreateAccumulator(), tally); err == nil {
			t.Errorf("%s tally: no error", name)
		}
	}
	for name, a := range map[string]accumulator{"foreign": sealed(other), "zero": {}, "empty": decodeAccumulator(nil)} {
		if _, err := fn.MergeAccumulators(fn.CreateAccumulator(), a); err == nil {
			t.Errorf("%s accumulator on the right: no error", name)
		}
		if _, err := fn.MergeAccumulators(a, fn.CreateAccumulator()); err == nil {
			t.Errorf("%s accumulator on the left: no error", name)
		}
		if _, err := fn.AddInput(a, own); err == nil {
			t.Errorf("%s accumulator added to: no error", name)
		}
	}
	if _, err := encodeMessage(message{}); err == nil {
		t.Error("the zero message is encoded")
	}
	if _, err := encodeAccumulator(accumulator{}); err == nil {
		t.Error("the zero accumulator is encoded")
	}
}
