package responses

import (
	"iter"
	"strings"
	"testing"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/table"
)

const header = "company,size,q1,q2,q3\n"

func readCSVText(in *instrument.Instrument, file string) iter.Seq2[Response, error] {
	return ReadCSV(in, strings.NewReader(file))
}

// The packed rows are size (0 not stated, 1 small, 2 large), then the answers:
// 0 none, else 2 + the level, since the scale starts at −1.
func TestReadCSV(t *testing.T) {
	one := []plainSheet{{2, "a", "\x01\x03\x04\x05"}}
	testReader(t, readCSVText, []readCase{
		{name: "plain", file: header + "a,small,1,2,3\n", sheets: one},
		{name: "no line end at the end", file: header + "a,small,1,2,3", sheets: one},
		{name: "byte order mark", file: "\ufeff" + header + "a,small,1,2,3\n", sheets: one},
		{name: "CRLF", file: "company,size,q1,q2,q3\r\na,small,1,2,3\r\n", sheets: one},
		{name: "quoted", file: "\"company\",\"size\",q1,\"q2\",\"q3\"\n\"a\",small,\"1\",2,\"3\"\n", sheets: one},
		{name: "white space", file: " company ,\tsize, q1,q2 ,q3\n a\u00a0, small ,1 , 2,\t3\t\n", sheets: one},
		{name: "space before a quote", file: header + ` "a", "small", "1","2","3"`, sheets: one},
		{name: "another order", file: "q3,q1,company,q2,size\n3,1,a,2,small\n", sheets: one},
		{name: "ignored columns", file: "email,company,size,q1,q2,q3,email\nx,a,small,1,2,3,\"y, \"\"z\"\"\"\n", sheets: one},
		{name: "no answers", file: header + "a,NA,NA,,9\nb, ,99,-0,  \n",
			sheets: []plainSheet{{2, "a", "\x00\x00\x00\x0b"}, {3, "b", "\x00\x00\x02\x00"}}},
		{name: "lowest and highest level", file: header + "a,large,-1,9,0\n",
			sheets: []plainSheet{{2, "a", "\x02\x01\x0b\x02"}}},
		{name: "blank lines", file: "\n" + header + "\n  \na,small,1,2,3\n\n", sheets: []plainSheet{{5, "a", "\x01\x03\x04\x05"}}},
		{name: "quoted line ends", file: header + "\"a\nb\",small,1,2,\"3\n\"\nc,,1,,\n",
			sheets: []plainSheet{{2, "a b", "\x01\x03\x04\x05"}, {5, "c", "\x00\x03\x00\x00"}}},
		{name: "doubled quotes", file: header + `"a ""b""",,1,,`, sheets: []plainSheet{{2, `a "b"`, "\x00\x03\x00\x00"}}},
		{name: "company of 200 bytes", file: header + strings.Repeat("é", 100) + ",,1,,\n",
			sheets: []plainSheet{{2, strings.Repeat("é", 100), "\x00\x03\x00\x00"}}},
		{name: "company NA", file: header + "NA,,1,,\n", sheets: []plainSheet{{2, "na", "\x00\x03\x00\x00"}}},
		{name: "line of 1 MiB", file: "email," + header + strings.Repeat("x", table.MaxLine-len(",a,,1,,")) + ",a,,1,,\r\n",
			sheets: []plainSheet{{2, "a", "\x00\x03\x00\x00"}}},
		{name: "header only", file: header},
	})
}

func TestReadCSVRowProblems(t *testing.T) {
	after := []plainSheet{{3, "z", "\x01\x03\x00\x00"}} // reading goes on
	row := func(row string) string { return header + row + "\nz,small,1,,\n" }
	cell := func(column int, field, expected string) []input.Problem {
		return []input.Problem{{Line: 2, Column: column, Field: field, Expected: expected}}
	}
	cases := []readCase{
		{name: "several problems", file: row("a,tiny,9x,2,x"), sheets: after, problems: []input.Problem{
			{Line: 2, Column: 2, Field: "size", Expected: expectValue}, {Line: 2, Column: 3, Field: "q1", Expected: badScore}, {Line: 2, Column: 5, Field: "q3", Expected: badScore}}},
		{name: "value of another attribute", file: row("a,supplier,1,,"), sheets: after, problems: cell(2, "size", expectValue)},
		{name: "no company", file: row(" ,small,1,,"), sheets: after, problems: cell(1, "company", expectCompany)},
		{name: "company of 201 bytes", file: row(strings.Repeat("x", 201) + ",,1,,"), sheets: after, problems: cell(1, "company", expectCompany)},
		{name: "no answer at all", file: row("a,small,,NA, "), sheets: after, problems: cell(0, "", expectAnswer)},
		{name: "too few cells", file: row("a,small,1,2"), sheets: after, problems: cell(0, "", "5 columns, as in the header")},
		{name: "too many cells", file: row("a,small,1,2,3,"), sheets: after, problems: cell(0, "", "5 columns, as in the header")},
		{name: "empty row of a spreadsheet", file: row(",,,,"), sheets: after, problems: cell(1, "company", expectCompany)},
		{name: "bare quote", file: row(`a "b",small,1,2,3`), sheets: after, problems: cell(1, "", table.ExpectQuotes)},
		{name: "text after a quote", file: row(`a,small,"1"2,2,3`), sheets: after, problems: cell(3, "", table.ExpectQuotes)},
		{name: "not UTF-8", file: row("M\xfcller,small,1,2,3"), sheets: after, problems: cell(0, "", table.ExpectUTF8)},
		{name: "not UTF-8, quoted", file: row("\"\"\"M\xfcller\",small,1,2,3"), sheets: after, problems: cell(0, "", table.ExpectUTF8)},
		{name: "long line", file: row(long + "x"), sheets: after, problems: cell(0, "", table.ExpectShort)},
		{name: "very long line", file: row(long + long), sheets: after, problems: cell(0, "", table.ExpectShort)},
		{name: "cell on a later line", file: header + "\"a\n\",small,1,\"\n2\",\n\"\nb\",,x,\"\",\"y\"\nz,small,1,,\n",
			sheets:   []plainSheet{{2, "a", "\x01\x03\x04\x00"}, {7, "z", "\x01\x03\x00\x00"}},
			problems: []input.Problem{{Line: 6, Column: 3, Field: "q1", Expected: badScore}, {Line: 6, Column: 5, Field: "q3", Expected: badScore}}},
		{name: "quote error on a later line", file: header + "\"a\n\",small,1,\"\n2\"x,\nz,small,1,,\n",
			sheets: []plainSheet{{5, "z", "\x01\x03\x00\x00"}}, problems: []input.Problem{{Line: 4, Column: 4, Field: "", Expected: table.ExpectQuotes}}},
		{name: "long line in a row", file: header + "a,\"\n" + long + "x\nz,small,1,,\n",
			sheets: []plainSheet{{4, "z", "\x01\x03\x00\x00"}}, problems: []input.Problem{{Line: 3, Column: 0, Field: "", Expected: table.ExpectShort}}},
		{name: "open quote", file: header + "a,\"small,1,2,3\nb,,1,,\n", problems: []input.Problem{{Line: 2, Column: 2, Field: "", Expected: table.ExpectClosed}}},
		{name: "open quote, long", file: header + "\"a,\n" + strings.Repeat(strings.Repeat("x", 1023)+"\n", 1024) + "z,small,1,,\n",
			sheets: []plainSheet{{1027, "z", "\x01\x03\x00\x00"}}, problems: []input.Problem{{Line: 2, Column: 1, Field: "", Expected: table.ExpectRow}}},
	}
	for _, score := range []string{"1e0", "--1", "0x1", "one", "1 2", "-2", "- 1", "1..0", "one - 1"} {
		cases = append(cases, readCase{name: "score " + score, file: row("a,small," + score + ",2,3"), sheets: after, problems: cell(3, "q1", badScore)})
	}
	for _, score := range []string{"10", "9999999999999999999999", "40%"} {
		cases = append(cases, readCase{name: "score " + score, file: row("a,small," + score + ",2,3"), sheets: after, problems: cell(3, "q1", offScale)})
	}
	testReader(t, readCSVText, cases)
}

// What survey tools and spreadsheets make of a level, a value and no answer.
func TestReadCSVSpellings(t *testing.T) {
	var cases []readCase
	for _, score := range []string{"1.0", "1.0000000000", "+1", "01", "１", "'1", "1\u00a0", "-0.0"} {
		want := "\x01\x03\x00\x00"
		if score == "-0.0" {
			want = "\x01\x02\x00\x00"
		}
		cases = append(cases, readCase{name: "score " + score, file: header + "a,small," + score + ",,\n", sheets: []plainSheet{{2, "a", want}}})
	}
	for _, none := range []string{"na", "Na", "#NA", "\u00a0"} {
		cases = append(cases, readCase{name: "no answer " + none, file: header + "a,SMALL,1," + none + ",\n", sheets: []plainSheet{{2, "a", "\x01\x03\x00\x00"}}})
	}
	cases = append(cases, readCase{name: "separator of a form", file: header + "a,small;,1,,\n", sheets: []plainSheet{{2, "a", "\x01\x03\x00\x00"}}})
	between := badScore + "; a number between levels is none"
	cases = append(cases, readCase{name: "between levels", file: header + "a,small,1.5,,\n", problems: []input.Problem{{Line: 2, Column: 3, Field: "q1", Expected: between}}})
	cases = append(cases, readCase{name: "several values", file: header + "a,small;large;,1,,\n", problems: []input.Problem{{Line: 2, Column: 2, Field: "size", Expected: "one value of this attribute, not several"}}})
	cases = append(cases, readCase{name: "summary", file: header + "Total,,1,,\nMean:,,1,,\nTotal Care,,1,,\n", sheets: []plainSheet{{4, "total care", "\x00\x03\x00\x00"}},
		problems: []input.Problem{{Line: 2, Column: 1, Field: "company", Expected: summary("total")}, {Line: 3, Column: 1, Field: "company", Expected: summary("mean")}}})
	cases = append(cases, readCase{name: "one row an answer", file: "company,size,question,answer\n", problems: []input.Problem{
		{Line: 1, Column: 3, Expected: expectColumn}, {Line: 1, Column: 4, Expected: expectColumn}, {Line: 1, Expected: expectWide}}})
	testReader(t, readCSVText, cases)
}

func summary(word string) string {
	return "a company, not a row that sums others up (" + word + "); where a company is called so, a mapping says companies: any"
}

func TestReadCSVFileProblems(t *testing.T) {
	const noHeader = "a header line with the names of the columns"
	rows := "\na,small,1,2,3\n"
	whole := func(expected string) []input.Problem {
		return []input.Problem{{Line: 1, Column: 0, Field: "", Expected: expected}}
	}
	testReader(t, readCSVText, []readCase{
		{name: "empty file", file: "", problems: whole(noHeader)},
		{name: "blank file", file: "\n \n", problems: whole(noHeader)},
		{name: "byte order mark only", file: "\ufeff", problems: whole(noHeader)},
		{name: "gzip", file: "\x1f\x8b\x08\x00", problems: whole("an unpacked text file, not a gzip archive")},
		{name: "spreadsheet", file: "PK\x03\x04\x14", problems: whole("a text file, not a ZIP archive or a spreadsheet: export it as CSV in UTF-8")},
		{name: "UTF-16, little endian", file: "\xff\xfec\x00o\x00", problems: whole("text in UTF-8, not in UTF-16 or UTF-32")},
		{name: "UTF-16, big endian", file: "\xfe\xff\x00c", problems: whole("text in UTF-8, not in UTF-16")},
		{name: "UTF-16 without a mark", file: "c\x00o\x00", problems: whole("text in UTF-8, not in UTF-16 or a binary format")},
		{name: "semicolons", file: "company;size;q1;q2;q3" + rows, problems: whole("columns that are separated by commas (a mapping reads others)")},
		{name: "tabs", file: "company\tsize\tq1\tq2\tq3" + rows, problems: whole("columns that are separated by commas (a mapping reads others)")},
		{name: "CR line ends", file: "company,size,q1,q2,q3\ra,small,1,2,3\r", problems: whole("lines that end in LF or CRLF")},
		{name: "header not UTF-8", file: "company,size,q1,q2,q3,gr\xf6\xdfe" + rows, problems: whole(table.ExpectUTF8)},
		{name: "long header", file: long + "x" + rows, problems: whole(table.ExpectShort)},
		{name: "open quote in the header", file: "company,\"size" + rows, problems: []input.Problem{{Line: 1, Column: 2, Field: "", Expected: table.ExpectClosed}}},
		{name: "unknown column", file: "company,size,mail,q1,q2,q3" + rows, problems: []input.Problem{{Line: 1, Column: 3, Field: "", Expected: expectColumn}}},
		{name: "column in two cases", file: "company,size,Q1,q1,q2,q3" + rows, problems: []input.Problem{{Line: 1, Column: 4, Field: "q1", Expected: expectColumnOnce}}},
		{name: "nameless column", file: "company,size,q1,q2,q3," + rows, problems: []input.Problem{{Line: 1, Column: 6, Field: "", Expected: expectColumn}}},
		{name: "missing columns", file: "size,q1,q3" + rows, problems: []input.Problem{
			{Line: 1, Column: 0, Field: "company", Expected: expectName}, {Line: 1, Column: 0, Field: "q2", Expected: expectName}}},
		{name: "doubled columns", file: "company,q1,size,company,q1,q2,q3" + rows, problems: []input.Problem{
			{Line: 1, Column: 4, Field: "company", Expected: expectColumnOnce}, {Line: 1, Column: 5, Field: "q1", Expected: expectColumnOnce}}},
		{name: "no header", file: "a,small,1,2,3" + rows, problems: []input.Problem{{Line: 1, Column: 0, Field: "", Expected: expectHeader}}},
	})
}
