package benchmark_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/google/differential-privacy/go/v3/dpagg"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// tallyCompanies are the sizes of the panels in memory of BenchmarkTally. In the
// small one, emptying some 60 cells shows: the product of three attributes.
var tallyCompanies = []int{5_000, 250_000}

// BenchmarkTally adds up everything that a publication adds up: the sizes of
// the cohorts, the pilot and the main vector, 44 questions by three attributes of
// 3, 2 and 4 values. It runs beside the loop counts[question*levels+level]++
// over the same bytes, on as many cores, and beside dpagg, which computes a count
// of every level, a bounded mean and bounded quartiles of every question, for all
// companies and no other cohort, on one core. Each is the fastest of its runs.
func BenchmarkTally(b *testing.B) {
	for _, companies := range tallyCompanies {
		b.Run(fmt.Sprint(companies), func(b *testing.B) { benchmarkTally(b, instrument.JSP(), companies) })
	}
}

// BenchmarkTallyOfInstruments is BenchmarkTally for the instruments that are shipped, and for such as
// have values, weights and several scales: 100,000 companies each.
func BenchmarkTallyOfInstruments(b *testing.B) {
	all := append(fixture.Valued(), fixture.Several())
	for _, id := range instrument.Names() {
		in, err := instrument.Named(id)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, in)
	}
	for _, in := range all {
		b.Run(in.ID(), func(b *testing.B) { benchmarkTally(b, in, 100_000) })
	}
}

func benchmarkTally(b *testing.B, in *instrument.Instrument, companies int) {
	in = speedInstrument(b, in)
	data, err := responses.NewDataset(context.Background(), in, synthetic.NewPanel(companies, 1).Responses(in))
	if err != nil {
		b.Fatal(err)
	}
	rows, stride, levels := fixture.Rows(data), fixture.Stride(in), len(in.Spec().Scale)
	for _, answer := range rows { // of several scales: places on all of them
		levels = max(levels, int(answer))
	}
	pilot, digest, main, err := speedPlan(b, in, companies).Walks(data)
	if err != nil {
		b.Fatal(err)
	}
	attributes := len(in.Spec().Attributes)
	best := map[string]time.Duration{}
	run := func(name string, walk func() error) {
		start := time.Now()
		if err := walk(); err != nil {
			b.Fatal(err)
		}
		if d := time.Since(start); best[name] == 0 || d < best[name] {
			best[name] = d
		}
	}
	few := rows[:companies/10*stride]
	b.SetBytes(int64(len(rows)))
	b.ReportAllocs()
	runs := 0
	for b.Loop() {
		run("plain", func() error { plainLoop(rows, stride, attributes, levels); return nil })
		run("pilot", pilot)
		run("main", main)
		if runs++; runs == 1 {
			run("digest", digest)
			run("dpagg", func() error { return dpaggLoop(few, stride, attributes, levels) })
		}
	}
	each := func(name string) float64 { return float64(best[name].Nanoseconds()) / float64(companies) }
	ours := each("pilot") + each("main")
	b.ReportMetric(each("plain"), "plain-ns/company")
	b.ReportMetric(each("pilot"), "pilot-ns/company")
	b.ReportMetric(each("main"), "main-ns/company")
	b.ReportMetric(each("digest"), "digest-ns/company")
	b.ReportMetric(ours/each("plain"), "x-plain")
	b.ReportMetric(10*each("dpagg")/ours, "x-dpagg")
}

// plainLoop counts every level of every question, on all cores.
func plainLoop(rows []byte, stride, attributes, levels int) []int64 {
	var all sync.WaitGroup
	parts := make([][]int64, runtime.GOMAXPROCS(0))
	companies := len(rows) / stride
	for i := range parts {
		counts := make([]int64, (stride-attributes)*levels)
		parts[i] = counts
		share := rows[companies*i/len(parts)*stride : companies*(i+1)/len(parts)*stride]
		all.Go(func() {
			for at := 0; at < len(share); at += stride {
				for q, answer := range share[at+attributes : at+stride] {
					if answer != 0 {
						counts[q*levels+int(answer)-1]++
					}
				}
			}
		})
	}
	all.Wait()
	for _, part := range parts[1:] {
		for i, n := range part {
			parts[0][i] += n
		}
	}
	return parts[0]
}

// dpaggLoop adds every answer to the aggregations of dpagg.
func dpaggLoop(rows []byte, stride, attributes, levels int) error {
	for q := attributes; q < stride; q++ {
		counts := make([]*dpagg.Count, levels)
		var err error
		for l := range counts {
			if counts[l], err = dpagg.NewCount(&dpagg.CountOptions{Epsilon: 1, MaxPartitionsContributed: 1}); err != nil {
				return err
			}
		}
		mean, err := dpagg.NewBoundedMean(&dpagg.BoundedMeanOptions{
			Epsilon: 1, MaxPartitionsContributed: 1, MaxContributionsPerPartition: 1, Lower: 0, Upper: float64(levels - 1),
		})
		if err != nil {
			return err
		}
		quartiles, err := dpagg.NewBoundedQuantiles(&dpagg.BoundedQuantilesOptions{
			Epsilon: 1, MaxPartitionsContributed: 1, MaxContributionsPerPartition: 1, Lower: 0, Upper: float64(levels - 1),
		})
		if err != nil {
			return err
		}
		for at := q; at < len(rows); at += stride {
			if rows[at] == 0 {
				continue
			}
			level := int(rows[at]) - 1
			if err := counts[level].Increment(); err != nil {
				return err
			}
			if err := mean.Add(float64(level)); err != nil {
				return err
			}
			if err := quartiles.Add(float64(level)); err != nil {
				return err
			}
		}
	}
	return nil
}

// speedInstrument is an instrument with three attributes of 3, 2 and 4 values.
func speedInstrument(tb testing.TB, in *instrument.Instrument) *instrument.Instrument {
	tb.Helper()
	spec := in.Spec()
	spec.Attributes = nil
	for i, values := range []int{3, 2, 4} {
		attribute := instrument.Attribute{ID: string(rune('a' + i)), Title: "attribute"}
		for v := range values {
			attribute.Values = append(attribute.Values, instrument.Value{ID: string(rune('1' + v)), Title: "value"})
		}
		spec.Attributes = append(spec.Attributes, attribute)
	}
	in, err := instrument.New(spec)
	if err != nil {
		tb.Fatal(err)
	}
	return in
}

// speedPlan publishes by all three attributes. The planning figure follows from
// the number of companies.
func speedPlan(tb testing.TB, in *instrument.Instrument, companies int) *benchmark.Plan {
	tb.Helper()
	spec := benchmark.PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-10,
		Cohorts: []string{"a", "b", "c"}, ExpectedCompanies: int(math.Pow(10, math.Round(math.Log10(float64(companies))))),
	}
	plan, err := benchmark.NewPlan(in, spec)
	if err != nil {
		tb.Fatal(err)
	}
	return plan
}
