// Package rerender is the subcommand report: it writes the report of a release
// again, for its publisher. It reads no answers and charges nothing.
package rerender

import (
	"bytes"
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

const help = `
report writes the files of a release again: with a title, a logo, a foreword, the
change since earlier waves, in another language. It reads release.json only and charges nothing. Beside
them it writes summary.html, the first page alone, which prints on one sheet, and with
-figures every figure as a file, into the folder figures. The texts of -foreword and
-notes are plain, with empty lines between paragraphs.

  maturitybench report -release out/2026/release.json -title "State of the industry 2026" \
      -publisher "Example Association" -date 2026-03-01 -logo logo.svg -logo-text "Example" \
      -earlier out/2025/release.json -figures svg,png

Exit codes: 0 written; 1 bad input or interrupted; 2 wrong flags.`

// files are the paths of one run, and the formats of the figures.
type files struct {
	release, logo, foreword, notes, out string
	earlier, figures                    []string
}

// Run is the subcommand report. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var f files
	var o report.Options
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	flags.StringVar(&f.release, "release", "", "`path` of the release (default the only one in out)")
	flags.StringVar(&f.out, "out", "", "`directory` for the files, made if there is none (default site/WAVE)")
	flags.StringVar(&o.Title, "title", "", "`text` of the heading (default the instrument's title and the wave)")
	flags.StringVar(&o.Subtitle, "subtitle", "", "`text` below the heading")
	flags.StringVar(&o.Publisher, "publisher", "", "`name` of who publishes the report")
	flags.StringVar(&o.Contact, "contact", "", "`address` for questions")
	flags.StringVar(&o.License, "license", "", "what readers may do with the report, such as `CC-BY-4.0`")
	flags.StringVar(&o.LogoText, "logo-text", "", "`text` for those who do not see the logo")
	flags.StringVar(&f.logo, "logo", "", "`path` of an image: SVG, PNG, JPEG, GIF or WebP")
	flags.StringVar(&f.foreword, "foreword", "", "`path` of a text for after the first page")
	flags.StringVar(&f.notes, "notes", "", "`path` of a text for the end")
	flags.Func("earlier", "`paths` of the releases of earlier waves, the oldest first, separated by commas", func(text string) error {
		f.earlier = append(f.earlier, command.List(text)...)
		return nil
	})
	flags.Func("figures", "`formats` of the figures, svg, png or pdf, separated by commas (default none)", f.formats)
	flags.Func("language", "`language` of the texts: "+command.Languages()+" (default en)", command.Language(&o.Language))
	flags.Func("date", "`date` of publication, such as 2026-03-01", command.Date(&o.Date))
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if err := render(ctx, f, o, stdout); err != nil {
		fmt.Fprintf(stderr, "report: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// render is the whole job. It does not write over the files of another release.
func render(ctx context.Context, f files, o report.Options, stdout io.Writer) (err error) {
	path, err := command.Release(f.release)
	if err != nil {
		return err
	}
	release, err := publication.Load(path)
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = filepath.Join("site", output.Folder(release.Wave, release.Revision))
	}
	if err := output.Free(f.out, release.Account, release.Wave, release.Revision); err != nil {
		return err
	}
	if o.Foreword, err = text(f.foreword); err != nil {
		return err
	}
	if o.Notes, err = text(f.notes); err != nil {
		return err
	}
	if o.Logo, err = image(f.logo); err != nil {
		return err
	}
	for _, path := range f.earlier {
		earlier, err := publication.Load(path)
		if err != nil {
			return err
		}
		o.Earlier = append(o.Earlier, earlier)
	}
	written, err := output.Release(release, o)
	if err != nil {
		return err
	}
	var summary bytes.Buffer
	if err := report.SummaryHTML(&summary, release, o); err != nil {
		return err
	}
	written = append(written, output.File{Name: "summary.html", Data: summary.Bytes()})
	figures, err := f.draw(release, o)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := deliver(f.out, written, stdout); err != nil || len(figures) == 0 {
		return err
	}
	return deliver(filepath.Join(f.out, "figures"), figures, stdout)
}

// deliver writes files and names them.
func deliver(dir string, files []output.File, stdout io.Writer) error {
	if err := output.Prepare(dir); err != nil {
		return err
	}
	if err := output.Write(dir, files); err != nil {
		return err
	}
	for _, file := range files {
		fmt.Fprintln(stdout, filepath.Join(dir, file.Name))
	}
	return nil
}

// text reads a file of plain text; without a path there is none.
func text(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	data, err := os.ReadFile(path)
	if err == nil && !utf8.Valid(data) {
		err = fmt.Errorf("%s: expected a text in UTF-8", path)
	}
	return string(data), err
}

// media are the kinds of images that a page can show.
var media = []string{"image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"}

// image reads a file as a data URI; without a path there is none.
func image(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	kind := http.DetectContentType(data)
	if strings.EqualFold(filepath.Ext(path), ".svg") && bytes.Contains(data, []byte("<svg")) {
		kind = media[0]
	}
	if !slices.Contains(media, kind) {
		return "", fmt.Errorf("%s: expected an image: SVG, PNG, JPEG, GIF or WebP", path)
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data), nil
}
