package rerender

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

// writers write a figure in a format, by the ending of its file.
var writers = map[string]func(report.Figure, io.Writer) error{
	"svg": report.Figure.WriteSVG, "png": report.Figure.WritePNG, "pdf": report.Figure.WritePDF,
}

// formats reads the value of the flag.
func (f *files) formats(text string) error {
	for _, format := range command.List(text) {
		if writers[format] == nil {
			return errors.New("expected svg, png or pdf, separated by commas")
		}
		f.figures = append(f.figures, format)
	}
	return nil
}

// draw makes the files of the figures, in every format.
func (f *files) draw(release *publication.Release, o report.Options) ([]output.File, error) {
	if len(f.figures) == 0 {
		return nil, nil
	}
	figures, err := report.Figures(release, o)
	if err != nil {
		return nil, err
	}
	var list []output.File
	for _, figure := range figures {
		for _, format := range f.figures {
			var data bytes.Buffer
			if err := writers[format](figure, &data); err != nil {
				return nil, fmt.Errorf("figure %s: %w", figure.Name, err)
			}
			list = append(list, output.File{Name: figure.Name + "." + format, Data: data.Bytes()})
		}
	}
	return list, nil
}
