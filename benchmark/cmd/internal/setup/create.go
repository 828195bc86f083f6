package setup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/xlsx"

	"github.com/goccy/go-yaml"
)

// create is the whole job: everything is made and checked before the first file is
// written.
func create(o options, stdout io.Writer) error {
	name, text, err := instrumentText(o.instrument)
	if err != nil {
		return err
	}
	in, err := instrument.Parse(name, text)
	if err == nil && o.texts != "" {
		name, text, in, err = retitled(in, o.texts)
	}
	if err != nil {
		return err
	}
	s := newSurvey(o, name, in)
	if err := s.knowsCohorts(); err != nil {
		return err
	}
	files := []output.File{{Name: name, Data: text}}
	for _, f := range []string{"account.yaml", "plan.yaml", "README.md"} {
		data, err := s.fill(f)
		if err != nil {
			return err
		}
		files = append(files, output.File{Name: f, Data: data})
	}
	if err := check(in, files); err != nil {
		return err
	}
	var workbook bytes.Buffer
	if err := xlsx.WriteEmpty(&workbook, in); err != nil {
		return err
	}
	files = append(files, output.File{Name: "answers.csv", Data: emptyTable(in)}, output.File{Name: "answers.xlsx", Data: workbook.Bytes()})
	if err := vacant(o.out); err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(o.out, f.Name)
		if err := output.Create(path, f.Data, 0o666); err != nil {
			return err
		}
		fmt.Fprintln(stdout, path)
	}
	return s.next(stdout)
}

// instrumentText is the text of the instrument's file, and the name of its copy.
func instrumentText(path string) (name string, text []byte, err error) {
	if path == "" {
		return "instrument.yaml", instrument.JSPText(), nil
	}
	if _, err := instrument.Load(path); err != nil {
		return "", nil, err
	}
	if info, err := os.Stat(path); err != nil || info.IsDir() { // one that ships
		text, err = instrument.NamedText(path)
		return "instrument.yaml", text, err
	}
	text, err = os.ReadFile(path)
	return "instrument" + filepath.Ext(path), text, err
}

// retitled is the instrument in the words of a file, as a file of its own.
func retitled(in *instrument.Instrument, path string) (name string, text []byte, _ *instrument.Instrument, err error) {
	if in, err = in.LoadTexts(path); err != nil {
		return "", nil, nil, err
	}
	if text, err = json.Marshal(in.Spec()); err == nil {
		text, err = yaml.JSONToYAML(text)
	}
	if err != nil {
		return "", nil, nil, err
	}
	name = "instrument.yaml"
	if written, err := instrument.Parse(name, text); err != nil || !written.Equal(in) {
		return "", nil, nil, fmt.Errorf("init: %s is not what was written: %w", name, err)
	}
	return name, text, in, nil
}

// check finds what the flags make of account and plan that the library refuses.
func check(in *instrument.Instrument, files []output.File) error {
	account, accountErr := benchmark.ParseAccount(files[1].Name, files[1].Data)
	plan, planErr := benchmark.ParsePlan(in, files[2].Name, files[2].Data)
	if err := errors.Join(accountErr, planErr); err != nil {
		return err
	}
	return command.Fits(plan, account)
}

// vacant makes a folder, or takes an empty one.
func vacant(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty, and nothing in it is written over: name another folder with -out", dir)
	}
	return err
}

// emptyTable is the header of the answer sheets as CSV.
func emptyTable(in *instrument.Instrument) []byte {
	spec := in.Spec()
	line := []byte("company")
	for _, a := range spec.Attributes {
		line = append(line, ","+a.ID...)
	}
	for _, d := range spec.Domains {
		for _, q := range d.Questions {
			line = append(line, ","+q.ID...)
		}
	}
	return append(line, '\n')
}
