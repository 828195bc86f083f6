package stage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
)

// testWalk is a walk with everything in it: rows of two attributes and three
// questions on three levels.
func testWalk() *Walk {
	field := func(at int, codes ...string) Field {
		f := Field{At: at}
		for _, code := range codes {
			f.Codes = append(f.Codes, []byte(code))
		}
		return f
	}
	return &Walk{
		Stride: 5, Attributes: []int{1}, Answers: 2,
		Records: &Records{
			Attributes: []Field{field(0, "a1", "a2"), field(1, "b1", "b2")},
			Questions:  []Field{field(2, "q0", "q1", "q2"), field(3, "r0", "r1", "r2"), field(4, "s0", "s1", "s2")},
		},
		Cohorts: []Cohort{{Column: -1}, {Column: 1, Value: 1}, {Column: 1, Value: 2}},
		Gather:  privacy.GatherKey{7: 7},
		Key:     Key{1, 2},
		Vector:  encode.NewPilot(model.Shape{Levels: 3, Domains: []int{2, 1}, Attributes: []int{2}}, false),
	}
}

// drawChunk draws responses.
func drawChunk(t *rapid.T, walk *Walk) Chunk {
	var c Chunk
	for i := range rapid.IntRange(0, 40).Draw(t, "responses") {
		c.Companies = append(c.Companies, Identify([]byte{byte(i)}))
		for at := range walk.Stride {
			most := byte(3)
			if at < walk.Answers {
				most = 2
			}
			c.Rows = append(c.Rows, rapid.ByteRange(0, most).Draw(t, "code"))
		}
	}
	return c
}

// raw is everything that a part holds.
func raw(p *Part) []byte { return p.AppendRaw(nil) }

// TestCohortsHaveEveryCompany adds companies one after the other, each time all at once: the cohorts have as many as there
// are with their value.
func TestCohortsHaveEveryCompany(t *testing.T) {
	walk := testWalk()
	walk.Records, walk.Key = nil, Key{}
	var rows []byte
	want := make([]int64, len(walk.Cohorts))
	for n := range 9 {
		part := walk.NewPart()
		part.Add(nil, rows)
		if diff := cmp.Diff(want, part.Counts()); diff != "" {
			t.Errorf("%d companies (-want +got):\n%s", n, diff)
		}
		value := byte(n * n % 3)
		rows = append(rows, 1, value, 1, 2, 3)
		want[0]++
		if value > 0 {
			want[value]++
		}
	}
}

// TestPartsMerge cuts responses in two, and sends one half to another machine,
// with the walk: what comes back is what one part over all has.
func TestPartsMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		walk := testWalk()
		data, err := walk.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var remote Walk
		if err := remote.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		all := drawChunk(t, walk)
		cut := rapid.IntRange(0, len(all.Companies)).Draw(t, "cut")
		whole, first, second := walk.NewPart(), walk.NewPart(), remote.NewPart()
		whole.Add(all.Companies, all.Rows)
		second.Add(all.Companies[cut:], all.Rows[cut*walk.Stride:])
		first.Add(all.Companies[:cut], all.Rows[:cut*walk.Stride])
		merged := walk.NewPart()
		merged.Merge(first)
		if err := merged.MergeRaw(raw(second)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(raw(merged), raw(whole)) {
			t.Fatal("the merged parts differ from the whole")
		}
		stated := int64(0)
		for at := 1; at < len(all.Rows); at += walk.Stride {
			if all.Rows[at] == 2 {
				stated++
			}
		}
		if got := whole.Counts(); got[0] != int64(len(all.Companies)) || got[2] != stated || whole.Companies() != got[0] {
			t.Fatalf("counts %v of %d companies, %d of them with the second value", got, len(all.Companies), stated)
		}
	})
}

// TestRawPartsAreChecked cuts a part short and makes it longer.
func TestRawPartsAreChecked(t *testing.T) {
	walk := testWalk()
	data := raw(walk.NewPart())
	for n := range len(data) {
		if err := walk.NewPart().MergeRaw(data[:n]); err == nil {
			t.Fatalf("%d of %d bytes are accepted", n, len(data))
		}
	}
	if err := walk.NewPart().MergeRaw(append(data, 0)); err == nil {
		t.Error("a byte more is accepted")
	}
	if got := fmt.Sprintf("%v %+v %s", walk.NewPart(), walk.NewPart(), walk.NewPart()); got != "sealed sealed sealed" {
		t.Errorf("a part prints %q", got)
	}
}

// TestMemoryOnAnyCores walks on one core and on three, in several chunks.
func TestMemoryOnAnyCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	walk, memory := testWalk(), Memory{}
	var all Chunk
	for i := range 3*mostBlock + 17 {
		all.Companies = append(all.Companies, Identify(fmt.Append(nil, i)))
		for at := range walk.Stride {
			all.Rows = append(all.Rows, byte(i*(at+3)/7%3))
		}
	}
	for _, cut := range [][2]int{{0, 5000}, {5000, 5001}, {5001, len(all.Companies)}} {
		memory = append(memory, Chunk{all.Companies[cut[0]:cut[1]], all.Rows[cut[0]*walk.Stride : cut[1]*walk.Stride]})
	}
	whole := walk.NewPart()
	whole.Add(all.Companies, all.Rows)
	for _, cores := range []int{1, 3} {
		runtime.GOMAXPROCS(cores)
		part, err := memory.Walk(context.Background(), walk)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(raw(part), raw(whole)) {
			t.Errorf("%d cores: another part", cores)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := memory.Walk(ctx, walk); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v", err, context.Canceled)
	}
}
