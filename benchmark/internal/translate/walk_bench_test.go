package translate_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
	"maturitybench/benchmark/mapping"
)

// panel is an export of 44 questions and 5 further columns, with labels or with
// numbers as answers.
func panel(labels bool) (*codebook.Instrument, mapping.Mapping, []byte) {
	in := two()
	in.Questions = nil
	m := mapping.Mapping{Company: column("Organisation"), Keep: map[string]mapping.Texts{"Status": texts("done")}, Questions: map[string]mapping.Question{}}
	var b bytes.Buffer
	b.WriteString("id,Status,Date,Organisation,size")
	for q := range 44 {
		id := fmt.Sprintf("q-%02d", q)
		in.Questions = append(in.Questions, codebook.Question{ID: id, Text: "Question " + id})
		m.Questions[id] = mapping.Question{Column: texts(fmt.Sprintf("Q%d[SQ001]", q))}
		fmt.Fprintf(&b, ",Q%d[SQ001]", q)
	}
	answers := []string{"0", "1", "2", "3", ""}
	if labels {
		answers = []string{"0 - None", "1 - Some", "2 - Most", "3 - All", ""}
	}
	for i := range 20000 {
		fmt.Fprintf(&b, "\n%d,done,2026-03-01 10:00:00,company-%06d,small", i, i)
		for q := range 44 {
			b.WriteString("," + answers[(i*7+q*q*3+q)%5])
		}
	}
	return in, m, b.Bytes()
}

// BenchmarkWalk reads an export through a mapping, and by encoding/csv alone.
func BenchmarkWalk(b *testing.B) {
	for _, labels := range []bool{false, true} {
		in, m, data := panel(labels)
		rules, problems := translate.Compile(m, in)
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		b.Run(fmt.Sprintf("mapping/labels=%v", labels), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				counts, err := rules.Walk(table.CSV(bytes.NewReader(data), table.Dialect{}), true, func(*translate.Sheet, []translate.Problem) bool { return true })
				if err != nil || counts.Sheets != 20000 {
					b.Fatal(err, counts)
				}
			}
		})
		b.Run(fmt.Sprintf("bare/labels=%v", labels), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				r := csv.NewReader(bytes.NewReader(data))
				r.ReuseRecord = true
				for {
					if _, err := r.Read(); err == io.EOF {
						break
					}
				}
			}
		})
	}
}

// FuzzWalk looks for panics, and for sheets and problems that show what a cell
// holds.
func FuzzWalk(f *testing.F) {
	f.Add("company,size,gov-01,gov-02\nsecret-name,small,2,3\n", "", uint8(0), uint64(1))
	f.Add("When;company;size;gov-01;gov-02\n2026-01-01;secret-name;small;9;3\n2026-01-02;secret-name;small;9;3\n", ";", uint8(1), uint64(1))
	f.Add("company,size,q,a\nsecret-name,small,gov-01,3\n", "", uint8(2), uint64(1))
	f.Add("{\"company\": \"secret-name\", \"size\": \"small\", \"gov-01\": 3}", "", uint8(4), uint64(1))
	f.Fuzz(func(t *testing.T, text, delimiter string, kind uint8, seed uint64) {
		m := mapping.Mapping{Delimiter: delimiter}
		if kind&1 != 0 {
			m.Duplicates, m.Timestamp = "last", column("When")
		}
		if kind&2 != 0 {
			m.Long = &mapping.Long{Question: texts("q"), Answer: texts("a")}
		}
		m.HeaderRows = int(kind >> 4 & 3)
		rules, problems := translate.Compile(m, two())
		if len(problems) > 0 {
			return
		}
		for data := range inputtest.Mutants([]byte(text), seed) {
			rows := table.CSV(bytes.NewReader(data), rules.Dialect())
			if kind&4 != 0 {
				rows = table.JSON(bytes.NewReader(data), "")
			}
			_, _ = rules.Walk(rows, kind&8 != 0, func(s *translate.Sheet, problems []translate.Problem) bool {
				for _, p := range problems {
					if strings.Contains(p.Expected, "secret-name") || p.Expected == "" {
						t.Errorf("%q: %+v", data, p)
					}
				}
				if s != nil && len(problems) == 0 && (len(s.Company) == 0 || len(s.Scores) != 2) {
					t.Errorf("%q: %+v", data, s)
				}
				return true
			})
		}
	})
}
