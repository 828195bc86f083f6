//go:build unix

package beam

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

// BenchmarkPublish publishes CSV files of the built-in instrument, 44 questions
// and three attributes, with the full encoding: from memory, and through Beam's
// prism runner in this process from eight files. Beside the time that passed it
// reports the processor time, to which other programs of the machine matter less.
func BenchmarkPublish(b *testing.B) {
	header, rows := panelCSV(b, 1000)
	for _, companies := range []int{1_000, 10_000, 100_000} {
		files := map[string][]byte{}
		var whole bytes.Buffer
		whole.Write(header)
		for part := range 8 {
			var file bytes.Buffer
			file.Write(header)
			for i := part * companies / 8; i < (part+1)*companies/8; i++ {
				row := fmt.Appendf(nil, "%d-%s", i, rows[i%len(rows)])
				file.Write(row)
				whole.Write(row)
			}
			files[fmt.Sprintf("part-%d.csv", part)] = file.Bytes()
		}
		folder := write(b, files)
		plan := newPlan(b, privacy.SecretRoster, 1000, "size", "kind", "region")
		b.Run(fmt.Sprintf("companies=%d/memory", companies), func(b *testing.B) {
			defer processorTime(b)()
			for b.Loop() {
				inMemory(b, newLedger(b, privacy.SecretRoster), plan, whole.Bytes())
			}
		})
		b.Run(fmt.Sprintf("companies=%d/prism", companies), func(b *testing.B) {
			defer processorTime(b)()
			for b.Loop() {
				source := Files(instrument.JSP(), options, filepath.Join(folder, "*.csv"))
				if _, err := benchmark.Publish(context.Background(), newLedger(b, privacy.SecretRoster), plan, source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// processorTime starts to count processor time, and returns a function that
// reports it.
func processorTime(b *testing.B) (report func()) {
	now := func() time.Duration {
		var usage syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
			b.Fatal(err)
		}
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	start := now()
	return func() { b.ReportMetric(float64((now()-start).Milliseconds())/float64(b.N), "cpu-ms/op") }
}

// BenchmarkSeal seals and opens the place of one response, as when it is sent to
// another worker.
func BenchmarkSeal(b *testing.B) {
	v, err := newVault(random(keySize), random(16))
	if err != nil {
		b.Fatal(err)
	}
	at := place{File: "s3://bucket/answers/part-00017.csv", Line: 123456}.append(nil)
	for b.Loop() {
		if _, err := v.open(originTag, v.seal(originTag, at)); err != nil {
			b.Fatal(err)
		}
	}
}
