package table_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/table"
)

// rowsOf are the rows and faults of a text after its header, one after the other
// from its lines or, with a size, from its blocks.
func rowsOf(r io.Reader, delimiter byte, size int) (rows []string) {
	lines := table.NewLines(r)
	add := func(split *table.Splitter) (err error) {
		problem, err := split.Next()
		if err == io.EOF {
			return err
		}
		text := fmt.Sprintf("%d %v %v %q", split.Start, problem, err, split.Cells)
		if problem.Expected == "" && err == nil {
			for i := range split.Cells {
				text += fmt.Sprint(" ", split.LineOf(i))
			}
		} else {
			text = fmt.Sprint(problem, err) // the cells are not to be looked at
		}
		rows = append(rows, text)
		return err
	}
	header := table.NewSplitter(lines, delimiter)
	if add(header) != nil {
		return rows
	}
	if size == 0 {
		for add(header) == nil {
		}
		return rows
	}
	blocks := lines.Blocks(delimiter, size)
	for {
		block, err := blocks.Next(nil)
		if err != nil {
			if err != io.EOF {
				rows = append(rows, fmt.Sprint(table.Problem{}, err))
			}
			return rows
		}
		split := table.NewSplitter(block.Lines(), delimiter)
		for add(split) == nil {
		}
	}
}

// sameRows compares the rows of a text with those of its blocks, of several sizes.
func sameRows(t interface{ Fatalf(string, ...any) }, text string, delimiter byte) {
	want := rowsOf(strings.NewReader(text), delimiter, 0)
	for _, size := range []int{1, 5, 64, 1 << 12} {
		if got := rowsOf(strings.NewReader(text), delimiter, size); !slices.Equal(got, want) {
			t.Fatalf("%q in blocks of %d:\n%q\nin lines:\n%q", text[:min(len(text), 300)], size, got, want)
		}
	}
}

// Blocks have the rows of the text that was cut, and the faults: with quotes and
// quoted line ends, right and wrong, every line end, byte order marks, white
// space, and a last line without end.
func TestBlocks(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"a", "b1", ",", ",", ";", "\"", "\"", "\"\"", "\"x\"", ",\"y\"", "\n", "\n", "\r\n", "\r", " ", "\u00a0", "\ufeff", "\xff", "ä", "\"a\nb\"", "\"a\r\n\"\"\",",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "text"), "")
		sameRows(t, rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "mark")+text, rapid.SampledFrom([]byte(",;")).Draw(t, "delimiter"))
	})
}

// Lines and rows over the limit are cut off where a reader of lines does so, and
// are not kept in memory.
func TestBlocksOfLongRows(t *testing.T) {
	if testing.Short() {
		t.Skip("tens of megabytes")
	}
	long := strings.Repeat("x", table.MaxLine)
	for _, text := range []string{
		"h\n" + long + "\na\n", "h\n" + long + "y\na\n", "h\n" + long + "\r\na\n", "h\n" + long + long + long + "\r\na\n\"", "h\n" + long + long + long,
		"h\n\"" + long + "\na\"\nb\n", "h\n\"a\n" + long + "\nb\n\"c\n", "h\n\"a\n" + long[3:] + "\nb\n\"c\n", "h\n\"a\n" + long[2:] + "\nb\n\"c\n", "h\n\"a\n" + long[:table.MaxLine-4] + "\nb\n\"c\"\n",
		"h\n\"a\n" + long + "\"\nb\n", "h\n" + strings.Repeat("\"\n", table.MaxLine/2+7),
	} {
		want := rowsOf(strings.NewReader(text), ',', 0)
		if got := rowsOf(strings.NewReader(text), ',', 1<<18); !slices.Equal(got, want) {
			t.Errorf("a text that begins with %.20q and has %d bytes: other rows", text, len(text))
		}
	}
	endless := table.NewLines(io.LimitReader(zeros{}, 16<<20))
	block, err := endless.Blocks(',', 1<<16).Next(nil)
	if err != nil || cap(block.Text) > 8<<20 {
		t.Errorf("a line of 16 MiB: error %v, %d bytes are held", err, cap(block.Text))
	}
	open := table.NewLines(strings.NewReader("\"" + strings.Repeat("0\n", 8<<20)))
	if block, err := open.Blocks(',', 1<<16).Next(nil); err != nil || cap(block.Text) > 8<<20 {
		t.Errorf("an open row of 16 MiB: error %v, %d bytes are held", err, cap(block.Text))
	}
}

// zeros is a text without end, and without a line end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// An error of the reader comes after the rows before it, and what was read of the
// row at which it happened does not count.
func TestBlocksOfBrokenReader(t *testing.T) {
	gone := errors.New("the disk is gone")
	for _, text := range []string{"h\n", "h\na\nb\n", "h\na\nb", "h\na\n\"b\nc\nd", "h\na\n\"b\n"} {
		want := rowsOf(io.MultiReader(strings.NewReader(text), iotest.ErrReader(gone)), ',', 0)
		for _, size := range []int{1, 64} {
			got := rowsOf(io.MultiReader(strings.NewReader(text), iotest.ErrReader(gone)), ',', size)
			if !slices.Equal(got, want) {
				t.Errorf("%q in blocks of %d: %q, in lines %q", text, size, got, want)
			}
		}
	}
}

// FuzzBlocks is TestBlocks for any text.
func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{"a,b\nc,d\n", "a\n\"b\nc\"\n", "a\n\"b\"\"\nc\",d\r\ne", "a\n b\"\n\"c\n\"\"\n\"", "\ufeffa\n \"x\n\" \ny\n"} {
		f.Add([]byte(seed), uint64(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		for text := range inputtest.Mutants(data, seed) {
			sameRows(t, string(text), ',')
		}
	})
}
