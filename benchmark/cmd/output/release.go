package output

import (
	"bytes"
	"io"

	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

// File is one file of the output.
type File struct {
	Name string // without a folder
	Data []byte
}

// Release makes the files of a release: the document itself, the notice of its
// withdrawal if it was withdrawn, its tables with their description, the workbook,
// the report as Markdown and as a page, and the page on which a company compares
// itself.
func Release(release *publication.Release, o report.Options) ([]File, error) {
	o.StandingPage = "standing.html"
	files := []File{{"release.json", release.Bytes()}}
	if release.Withdrawn != nil {
		notice, err := release.Withdrawn.Encode()
		if err != nil {
			return nil, err
		}
		files = append(files, File{publication.WithdrawalFile, notice})
	}
	for _, f := range []struct {
		name   string
		render func(io.Writer, *publication.Release, report.Options) error
	}{
		{"tables.csv", func(w io.Writer, r *publication.Release, _ report.Options) error { return report.CSV(w, r) }},
		{"datapackage.json", report.DataPackage},
		{"release.xlsx", report.Workbook},
		{"report.md", report.MarkdownWith},
		{"report.html", report.HTML},
		{o.StandingPage, report.StandingForm},
	} {
		var data bytes.Buffer
		if err := f.render(&data, release, o); err != nil {
			return nil, err // about what goes in: it is the same for every file
		}
		files = append(files, File{f.name, data.Bytes()})
	}
	return files, nil
}
