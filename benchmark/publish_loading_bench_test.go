package benchmark_test

import (
	"context"
	"os"
	"runtime"
	"strconv"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// TestMemory loads a made-up panel of the built-in instrument into memory and
// reports what the data set keeps, and the peak of the process, which holds the
// panel's generator as well. The number of companies is that in the environment
// variable MATURITYBENCH_MEMORY; without it 60,000.
//
//	MATURITYBENCH_MEMORY=4600000 go test -run TestMemory -v ./benchmark
func TestMemory(t *testing.T) {
	companies := 60_000
	if size := os.Getenv("MATURITYBENCH_MEMORY"); size != "" {
		var err error
		if companies, err = strconv.Atoi(size); err != nil {
			t.Fatal(err)
		}
	}
	in := instrument.JSP()
	rows := newManyRows(t, in)
	before := heapAfter()
	data, err := responses.NewDataset(context.Background(), in, responses.ReadCSV(in, rows.reader(companies)))
	if err != nil {
		t.Fatal(err)
	}
	grown := heapAfter() - before
	most := float64(companies) * (44*1.2 + 16)
	t.Logf("%d companies: %.1f bytes a company kept, at most %.1f wanted; peak resident %s",
		companies, float64(grown)/float64(companies), most/float64(companies), peakResident())
	if float64(grown) > most+1<<20 {
		t.Errorf("%d bytes are kept, at most %.0f wanted", grown, most)
	}
	runtime.KeepAlive(data)
}

// heapAfter is the heap after a collection.
func heapAfter() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
