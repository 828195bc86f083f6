package standing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

// show is the whole job.
func show(ctx context.Context, o options, stdout io.Writer) error {
	path, err := command.Release(o.release)
	if err != nil {
		return err
	}
	release, err := publication.Load(path)
	if err != nil {
		return err
	}
	own, err := answers(o, release)
	if err != nil {
		return err
	}
	standing, err := compare.NewStanding(release, own)
	if err != nil {
		return err
	}
	language := report.Options{Language: o.language}
	files, err := render(release, standing, language)
	if err != nil {
		return err
	}
	summary, err := report.StandingSummary(release, standing, language)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := write(o.out, files); err != nil {
		return err
	}
	return summarize(stdout, summary, o)
}

// answers reads the company's own sheet.
func answers(o options, release *publication.Release) (compare.Own, error) {
	in, err := instrument.New(release.Instrument)
	if o.instrument != "" {
		in, err = instrument.Load(o.instrument)
	}
	if err != nil {
		return compare.Own{}, err
	}
	if o.own == "" {
		return compare.Parse(in, "own.json", madeUp)
	}
	return compare.Load(in, o.own)
}

// file is one file of the output.
type file struct {
	name string
	data []byte
}

// render makes the files of a standing.
func render(release *publication.Release, standing *compare.Standing, o report.Options) ([]file, error) {
	var page, text bytes.Buffer
	if err := report.StandingHTML(&page, release, standing, o); err != nil {
		return nil, err
	}
	if err := report.StandingMarkdown(&text, release, standing, o); err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(standing, "", " ")
	if err != nil {
		return nil, err
	}
	return []file{
		{"standing.html", page.Bytes()},
		{"standing.md", text.Bytes()},
		{"standing.json", append(data, '\n')},
	}, nil
}

// write writes the files so that only their owner can read them: they hold the
// company's answers.
func write(dir string, files []file) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("the output directory: %w", err)
	}
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		if err := errors.Join(os.WriteFile(path, f.data, 0o600), os.Chmod(path, 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// summarize prints the summary of the page, and where the files are.
func summarize(w io.Writer, summary string, o options) error {
	var b bytes.Buffer
	if o.own == "" {
		b.WriteString("The company is made up.\n")
	}
	if summary != "" {
		b.WriteString(summary + "\n")
	}
	b.WriteByte('\n')
	for _, name := range []string{"standing.html", "standing.md", "standing.json"} {
		fmt.Fprintln(&b, filepath.Join(o.out, name))
	}
	_, err := w.Write(b.Bytes())
	return err
}
