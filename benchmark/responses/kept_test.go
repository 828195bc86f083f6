package responses

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/privacy"
)

// TestPackedRows packs rows of any length and unpacks them.
func TestPackedRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := layout{answers: rapid.IntRange(0, 3).Draw(t, "attributes")}
		l.stride = l.answers + rapid.IntRange(1, 40).Draw(t, "questions")
		var rows []byte
		n := rapid.IntRange(0, 5).Draw(t, "companies")
		for range n {
			rows = append(rows, rapid.SliceOfN(rapid.Byte(), l.answers, l.answers).Draw(t, "attributes")...)
			rows = append(rows, rapid.SliceOfN(rapid.ByteMax(15), l.stride-l.answers, l.stride-l.answers).Draw(t, "answers")...)
		}
		packed := l.pack(nil, rows)
		if got := l.unpack(nil, packed); !bytes.Equal(got, rows) || len(packed) != n*l.size() {
			t.Fatalf("%v is %v, packed to %v", rows, got, packed)
		}
	})
}

// keptWalks are two walks over rows of smallInstrument, for different vectors.
func keptWalks() (first, second *stage.Walk) {
	shape := model.Shape{Levels: 11, Domains: []int{2, 1}, Attributes: []int{2}}
	walk := func(score bool) *stage.Walk {
		return &stage.Walk{
			Stride: 4, Attributes: []int{0}, Answers: 1, Key: stage.Key{1, 2},
			Cohorts: []stage.Cohort{{Column: -1}, {Column: 0, Value: 2}}, Vector: encode.NewPilot(shape, score),
		}
	}
	first, second = walk(false), walk(true)
	first.Records, first.Gather, first.To = &stage.Records{}, privacy.GatherKey{1}, 0.5
	second.From, second.To = 0.5, 1
	return first, second
}

// TestKeptEqualsReadAgain keeps a part of a source that is read in small blocks: the second walk
// comes to what it comes to without, and a change in what is read again is seen.
func TestKeptEqualsReadAgain(t *testing.T) {
	in := smallInstrument(t)
	first, second := keptWalks()
	rest := rapid.SampledFrom([]string{",small,1,2,3", ",,,,9", ",\"large\",\"1\",,\"\"", ",large,9,9,-1"})
	object := rapid.SampledFrom([]string{`"scores":{"q1":1,"q2":9}`, `"attributes":{"size":"large"},"scores":{"q3":9}`})
	rapid.Check(t, func(t *rapid.T) {
		lines, format := []string{"company,size,q1,q2,q3\n"}, rapid.SampledFrom([]Format{CSV, JSONL}).Draw(t, "format")
		if format == JSONL {
			lines[0] = "\n"
		}
		for i := range rapid.IntRange(1, 60).Draw(t, "companies") {
			row := fmt.Sprintf(`{"company":"c%d",`, i)
			switch {
			case format == JSONL:
				row += object.Draw(t, "object") + "}"
			case rapid.Bool().Draw(t, "quoted"):
				row = fmt.Sprintf("\"c\nc%d\"", i) + rest.Draw(t, "cells")
			default:
				row = fmt.Sprintf("c%d", i) + rest.Draw(t, "cells")
			}
			lines = append(lines, row+rapid.SampledFrom([]string{"\n", "\r\n", "\n\n"}).Draw(t, "end"))
		}
		file := strings.Join(lines, "")
		text := file
		walks := func(keep int64) (a, b *stage.Part, opened int) {
			s := newStream(&sheetFile{in: in, format: format, options: Options{Keep: keep}, open: func() (io.ReadCloser, error) {
				opened++
				now := text
				text = file
				return io.NopCloser(strings.NewReader(now)), nil
			}})
			s.size = rapid.IntRange(1, 400).Draw(t, "size of blocks")
			a, err := s.Walk(t.Context(), first)
			if err != nil {
				t.Fatal(err)
			}
			if b, err = s.Walk(t.Context(), second); err != nil && !errors.Is(err, ErrChanged) {
				t.Fatal(err)
			}
			return a, b, opened
		}
		wantFirst, want, _ := walks(-1)
		if want == nil || want.Check() != wantFirst.Check() || want.Check() == 0 {
			t.Fatal("the source is not the same when nothing is kept")
		}
		gotFirst, got, opened := walks(rapid.Int64Range(1, 200).Draw(t, "keep"))
		if got == nil || got.Check() != gotFirst.Check() || got.Companies() != want.Companies() ||
			!slices.Equal(got.Totals(), want.Totals()) || !slices.Equal(got.Counts(), want.Counts()) {
			t.Fatalf("another part where answers are kept, of %q", file)
		}
		if !bytes.Equal(gotFirst.Multiset().AppendRaw(nil), wantFirst.Multiset().AppendRaw(nil)) {
			t.Fatal("another digest where answers are kept")
		}
		if opened == 1 && got.Check() != 0 {
			t.Fatal("the source is read once, and rows of it are not kept")
		}
		// Before the second reading an answer of some company becomes another one.
		at := rapid.IntRange(1, len(lines)-1).Draw(t, "changed")
		changed := slices.Clone(lines)
		changed[at] = strings.NewReplacer(",9", ",8", ",1", ",0", ",\"1", ",\"0", ":9", ":8", ":1", ":0").Replace(lines[at])
		text, file = file, strings.Join(changed, "")
		gotFirst, got, _ = walks(rapid.Int64Range(1, 200).Draw(t, "keep"))
		if got != nil && got.Check() == gotFirst.Check() && !slices.Equal(got.Totals(), want.Totals()) {
			t.Fatalf("a change is not seen, of %q", changed[at])
		}
	})
}
