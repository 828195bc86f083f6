package encode

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"

	"pgregory.net/rapid"
)

// drawRows draws responses of every kind: full, with gaps, with whole domains
// left out, blank, flat, and from end to end, which is what is clipped.
func drawRows(t *rapid.T, s setting, most int) Rows {
	questions, attributes := s.shape.Questions(), len(s.shape.Attributes)
	rows := Rows{Stride: 2 + attributes + questions, Answers: 1 + attributes} // a byte before and one after
	for j := range attributes {
		rows.Attributes = append(rows.Attributes, attributes-j)
	}
	for range rapid.IntRange(0, most).Draw(t, "responses") {
		row := make([]byte, rows.Stride)
		for j, values := range s.shape.Attributes {
			row[rows.Attributes[j]] = byte(rapid.IntRange(0, values).Draw(t, "value"))
		}
		answers := row[rows.Answers:][:questions]
		low, high := 1, s.shape.Levels
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			low = 0
		case 1:
			high = rapid.IntRange(1, high).Draw(t, "high")
		case 2:
			for q := range answers {
				answers[q] = byte(1 + q%2*(high-1))
			}
			low = -1
		}
		if low >= 0 {
			copy(answers, rapid.SliceOfN(rapid.ByteRange(byte(low), byte(high)), questions, questions).Draw(t, "answers"))
		}
		first := 0
		for _, size := range s.shape.Domains {
			if rapid.IntRange(0, 5).Draw(t, "leave out") == 0 {
				clear(answers[first:][:size])
			}
			first += size
		}
		rows.Data = append(rows.Data, row...)
	}
	return rows
}

// featuresOf adds c(r) of every response, by its attributes, as the definition has it.
func featuresOf(e *Encoding, rows Rows) map[string][]int64 {
	strata := map[string][]int64{}
	shape := e.layout.shape
	for at := 0; at < len(rows.Data); at += rows.Stride {
		row := rows.Data[at:][:rows.Stride]
		key := make([]byte, len(shape.Attributes))
		for j, column := range rows.Attributes {
			key[j] = row[column]
		}
		c := e.Features(key, row[rows.Answers:][:shape.Questions()])
		if strata[string(key)] == nil {
			strata[string(key)] = make([]int64, e.layout.length)
		}
		for i, v := range c {
			strata[string(key)][i] += v
		}
	}
	return strata
}

// single are panels of one response each: answers at a level or one above, half
// of them with gaps, of which some are not clipped; and answers from end to end,
// which are.
func single(s setting) []Rows {
	const each = 8
	r := rand.New(rand.NewPCG(1, 1))
	questions, attributes := s.shape.Questions(), len(s.shape.Attributes)
	var panels []Rows
	for panel := range each*(s.shape.Levels-1) + 1 {
		rows := Rows{Data: slices.Repeat([]byte{1}, attributes+questions), Stride: attributes + questions, Answers: attributes}
		for j := range attributes {
			rows.Attributes = append(rows.Attributes, j)
		}
		for q := range questions {
			level := panel/each + r.IntN(2)
			switch {
			case panel == each*(s.shape.Levels-1):
				level = q % 2 * (s.shape.Levels - 1)
			case panel%2 > 0 && r.IntN(3) == 0:
				level = -1
			}
			rows.Data[attributes+q] = byte(1 + level)
		}
		panels = append(panels, rows)
	}
	return panels
}

// TestTallyEqualsDefinition compares the strata of a tally, in one part, in several
// merged ones and in parts that went as bytes through another machine, with the
// features of every response added one by one.
func TestTallyEqualsDefinition(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, s := range settings() {
		t.Run(s.name, func(t *testing.T) {
			e := s.encoding(t)
			remote, err := overWire(e)
			if err != nil {
				t.Fatal(err)
			}
			whole, clipped := 0, 0
			for _, rows := range single(s) {
				for _, c := range tallyEqualsDefinition(t, e, remote, rows, 0) {
					tiers := c[e.layout.clipped:][:model.Tiers]
					if slices.Max(tiers) > 0 { // scores alone have no tail
						clipped++
					} else {
						whole++
					}
				}
			}
			if whole == 0 || clipped == 0 {
				t.Fatalf("%d strata without and %d with clipped responses: both ways must be tested", whole, clipped)
			}
			rapid.Check(t, func(t *rapid.T) {
				rows := drawRows(t, s, 12)
				tallyEqualsDefinition(t, e, remote, rows, rapid.IntRange(0, rows.Len()).Draw(t, "cut"))
			})
		})
	}
}

// tallyEqualsDefinition compares for the responses before the cut, those after it
// and all of them, and returns the strata of the definition.
func tallyEqualsDefinition(t rapid.TB, e *Encoding, remote Vector, rows Rows, cut int) map[string][]int64 {
	t.Helper()
	first, second := rows, rows
	first.Data, second.Data = rows.Data[:cut*rows.Stride], rows.Data[cut*rows.Stride:]
	want := featuresOf(e, rows)

	one, merged, raw := e.NewTally(), e.NewTally(), e.NewTally()
	one.Add(rows)
	for _, part := range []Rows{first, second} {
		local, away := e.NewTally(), remote.NewSum()
		local.Add(part)
		away.Add(part)
		merged.Merge(local)
		if rest, err := raw.MergeRaw(away.AppendRaw(nil)); err != nil || len(rest) > 0 {
			t.Fatalf("MergeRaw leaves %d bytes, %v", len(rest), err)
		}
	}
	for name, tally := range map[string]*Tally{"one tally": one, "merged parts": merged, "parts of other machines": raw} {
		for _, c := range tally.settled() {
			got := e.kernel.expand(c.values, c.sums)
			if !slices.Equal(got, want[string(c.values)]) {
				t.Fatalf("%s: the stratum of attributes %v differs from the definition", name, c.values)
			}
		}
		if n := len(tally.box.Open().strata); n != len(want) {
			t.Fatalf("%s: %d strata, want %d", name, n, len(want))
		}
	}
	return want
}

// overWire is a vector as another machine receives it.
func overWire(v Vector) (Vector, error) {
	data, err := MarshalVector(v)
	if err != nil {
		return nil, err
	}
	return UnmarshalVector(data)
}

// TestFitsIsAnUpperBound holds the quick test for clipping against the exact
// bound: it must never let a response through that the exact one clips.
func TestFitsIsAnUpperBound(t *testing.T) {
	for _, s := range settings() {
		t.Run(s.name, func(t *testing.T) {
			e := s.encoding(t)
			rapid.Check(t, func(t *rapid.T) { undecided(t, e, drawRows(t, s, 12)) })
		})
	}
}

// TestFitsDecides counts, over panels that are always the same, the responses that
// the quick test for clipping leaves to the exact bound: few, or it is not quick.
func TestFitsDecides(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, s := range settings() {
		t.Run(s.name, func(t *testing.T) {
			e := s.encoding(t)
			panels := rapid.Custom(func(t *rapid.T) Rows { return drawRows(t, s, 12) })
			open, whole := 0, 0
			for seed := range 100 {
				o, w := undecided(t, e, panels.Example(seed))
				open, whole = open+o, whole+w
			}
			if whole == 0 || open > whole/20 {
				t.Errorf("%d of %d responses that are not clipped need the exact bound", open, whole)
			}
		})
	}
}

// undecided counts the responses that are not clipped, and those among them for
// which the quick test does not say so.
func undecided(t rapid.TB, e *Encoding, rows Rows) (open, whole int) {
	t.Helper()
	b, sheet, shape := newStateBatch(e), newSheetSums(e.layout.shape), e.layout.shape
	b.data = rows.Data
	for at := 0; at < len(rows.Data); at += rows.Stride {
		row := rows.Data[at:][:rows.Stride]
		if !sheet.read(shape.Domains, row[rows.Answers:][:shape.Questions()]) {
			continue
		}
		b.at = append(b.at[:0], at+rows.Answers)
		e.kernel.read(e, b)
		e.kernel.places(b, 0)
		c := e.NewTally().box.Open().stratum(e, row, rows.Attributes)
		quick := e.kernel.fits(e, b, 0, c.notStatedNorm)
		exact, _ := e.factors(sheet, b.bins, c.notStated)
		clipped := exact != unclipped
		switch {
		case quick && clipped:
			t.Fatalf("a response is let through that must be clipped by %v", exact)
		case !clipped && !quick:
			open++
		}
		if !clipped {
			whole++
		}
	}
	return open, whole
}

// TestAddAllocatesNothing adds the same responses once more: their strata are
// there, so that nothing is allocated.
func TestAddAllocatesNothing(t *testing.T) {
	s := usual()
	rows := Rows{Stride: 3 + s.shape.Questions(), Attributes: []int{0, 1, 2}, Answers: 3}
	for i := range 500 {
		for at := range rows.Stride {
			most := 7
			if at < rows.Answers {
				most = 4
			}
			rows.Data = append(rows.Data, byte(i*(at+5)/3%most))
		}
	}
	for name, sum := range map[string]Sum{"tally": s.encoding(t).NewSum(), "pilot": NewPilot(s.shape, false).NewSum()} {
		sum.Add(rows)
		if n := testing.AllocsPerRun(5, func() { sum.Add(rows) }); n > 0 {
			t.Errorf("%s: %v allocations for 500 responses, want none", name, n)
		}
	}
}

// TestAddAfterMerge adds, merges and adds again: what the slots of a stratum still hold must not
// run over because the responses that were merged moved the time away at which they are emptied.
func TestAddAfterMerge(t *testing.T) {
	for _, s := range some(settings()) {
		e := s.encoding(t)
		flush := e.kernel.packing.most
		t.Run(s.name, func(t *testing.T) {
			rows := Rows{Stride: len(s.shape.Attributes) + s.shape.Questions(), Answers: len(s.shape.Attributes)}
			for j := range s.shape.Attributes {
				rows.Attributes = append(rows.Attributes, j)
			}
			for range 2*flush + 2 {
				row := bytes.Repeat([]byte{2}, rows.Stride)
				row[len(row)-1] = 0 // a question that is not answered
				for j := range s.shape.Attributes {
					row[j] = 1
				}
				rows.Data = append(rows.Data, row...)
			}
			part := func(from, to int) Rows {
				r := rows
				r.Data = rows.Data[from*rows.Stride : to*rows.Stride]
				return r
			}
			for name, merge := range map[string]func(into, from Sum) error{
				"merged": func(into, from Sum) error { into.Merge(from); return nil },
				"as bytes": func(into, from Sum) error {
					_, err := into.MergeRaw(from.AppendRaw(nil))
					return err
				},
			} {
				whole, parts, other := e.NewTally(), e.NewTally(), e.NewTally()
				whole.Add(rows)
				parts.Add(part(0, flush-1))
				other.Add(part(flush-1, flush+1))
				if err := merge(parts, other); err != nil {
					t.Fatal(err)
				}
				parts.Add(part(flush+1, rows.Len()))
				if !slices.Equal(parts.Totals(), whole.Totals()) {
					t.Errorf("%s: the totals differ from those without merging", name)
				}
			}
		})
	}
}
