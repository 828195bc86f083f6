package responses

import (
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/stage"
)

// TestTwice compares with a sorted list.
func TestTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spread := rapid.Map(rapid.Uint64Range(0, 100), func(k uint64) uint64 { return 5<<56 + k<<49 + k }) // with one first byte
		hash := rapid.OneOf(rapid.Uint64(), spread, spread, rapid.Uint64Range(0, 20), rapid.Uint64Range(1<<56, 1<<56+3))
		var all, want []uint64
		var seen []*fingerprints
		for range rapid.IntRange(1, 3).Draw(t, "workers") {
			f := &fingerprints{}
			for _, h := range rapid.SliceOfN(hash, 0, 100).Draw(t, "hashes") {
				f.add(h)
				all = append(all, h)
			}
			seen = append(seen, f)
		}
		slices.Sort(all)
		for i := 1; i < len(all); i++ {
			if all[i] == all[i-1] {
				want = append(want, all[i])
			}
		}
		if got := twice(seen); !slices.Equal(got, want) {
			t.Fatalf("twice is %v, want %v", got, want)
		}
	})
}

// TestLongFingerprintList fills one list with more pieces than an integer has
// bits.
func TestLongFingerprintList(t *testing.T) {
	var f fingerprints
	const n = 100 * pieceLength
	for i := range uint64(n) {
		f.add(i)
	}
	f.add(12345)
	if got := twice([]*fingerprints{&f}); !slices.Equal(got, []uint64{12345}) {
		t.Errorf("twice is %v, want 12345", got)
	}
	if pieces := len(f.lists[0].pieces); pieces != 0 {
		t.Errorf("%d pieces are kept", pieces)
	}
}

// TestFalseAlarm confirms a hash that two companies have by chance: it is no
// problem. Beyond the number of companies that are compared, hashes count.
func TestFalseAlarm(t *testing.T) {
	in := fixture.Tiny(t)
	var header strings.Builder
	header.WriteString("company")
	for _, a := range in.Spec().Attributes {
		header.WriteString("," + a.ID)
	}
	for _, q := range in.Spec().Questions() {
		header.WriteString("," + q.ID)
	}
	row := strings.Repeat(",", len(in.Spec().Attributes)) + strings.Repeat(",1", len(in.Spec().Questions())) + "\n"
	file := header.String() + "\na" + row + "b" + row + "a" + row
	s := newStream(&sheetFile{in: in, open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(file)), nil
	}})
	hash := func(name string) uint64 {
		id := identify(name)
		return s.key.Hash(&id)
	}
	for _, test := range []struct {
		suspects []uint64
		lines    []int
	}{
		{[]uint64{hash("b")}, nil},
		{[]uint64{hash("b"), hash("b")}, nil},
		{[]uint64{hash("a")}, []int{4}},
	} {
		got, err := s.confirm(t.Context(), &stage.Walk{}, test.suspects, &problemList{})
		if err != nil {
			t.Fatal(err)
		}
		var lines []int
		for _, p := range got.problems {
			lines = append(lines, p.Line)
		}
		if !slices.Equal(lines, test.lines) || got.more > 0 {
			t.Errorf("second responses on lines %v and %d more, want %v", lines, got.more, test.lines)
		}
	}
}

// TestCompanyIndex compares with a map, over more companies than a chunk holds,
// on lines with gaps.
func TestCompanyIndex(t *testing.T) {
	var index companyIndex
	index.init()
	lines := map[identity]int{}
	line := 1
	for i := range chunkCompanies + 1000 {
		line++
		if i%1000 == 7 || i > 1000 && i < 1100 {
			line += i % 3
		}
		company := stage.Identify([]byte{byte(i % 50_000), byte(i % 50_000 >> 8)})
		if i%5000 == 0 {
			company = stage.Identify([]byte{1, 0})
		}
		if got, want := index.add(&company, line), lines[company]; got != want {
			t.Fatalf("company %d is said to be on line %d, want %d", i, got, want)
		}
		if lines[company] == 0 {
			lines[company] = line
		}
	}
	if index.len() != len(lines) {
		t.Errorf("%d companies, want %d", index.len(), len(lines))
	}
}

// BenchmarkTwice looks for second responses of a million companies.
func BenchmarkTwice(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		f, random := &fingerprints{}, rand.New(rand.NewPCG(1, 2))
		for range 1_000_000 {
			f.add(random.Uint64())
		}
		b.StartTimer()
		twice([]*fingerprints{f})
	}
}
