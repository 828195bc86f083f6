// Command beliefs moves every number that the estimation believes by a fifth, one at a
// time, and tells what becomes of errors, widths and coverage.
//
//	go run ./.ci/beliefs -write                     # all of them: writes benchmark/internal/BELIEFS.md
//	go run ./.ci/beliefs -only 'estimate\.rest'     # some, to look at
//
// A belief is a number that a beliefs.go of encode, estimate or model declares. In a
// copy of the packages that only the compiler sees (go build -overlay) they are
// variables, which the environment multiplies when the program starts: one build tries
// them all. What cannot be a variable, because an array is as long as it, is built
// anew. The panels, their noise and their threshold are the same every time
// (cells_test.go.txt), so that small changes show on few panels. Where a number moves
// the noise is drawn for another plan, and a change says less.
//
// Of a number that changes nothing there, many other publications are looked at until one is
// found that it changes (parts_test.go.txt).
//
// One outcome takes two to three seconds of a processor, two for every belief, and up to a minute more of one
// that changes nothing; .ci/run has no part in it.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
)

// packages hold beliefs, by the way of a response.
var packages = []string{"model", "encode", "estimate"}

// factors are what a belief is multiplied by.
var factors = [2]float64{0.8, 1.2}

func main() {
	only := flag.String("only", "", "regular expression of the beliefs to move, such as estimate.rare; all if empty")
	write := flag.Bool("write", false, "write benchmark/internal/BELIEFS.md")
	trials := flag.Int("trials", 0, "panels of every kind and cell; 0 for the usual number")
	kinds := flag.String("kinds", "", "kinds of panels, separated by commas, or all; empty for the usual ones")
	flag.Parse()
	if err := run(*only, *write, *trials, *kinds); err != nil {
		fmt.Fprintln(os.Stderr, "beliefs:", err)
		os.Exit(1)
	}
}

func run(only string, write bool, trials int, kinds string) error {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "beliefs")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	l := &lab{scratch: scratch, trials: trials, kinds: kinds, overlay: map[string]string{}}
	var all []belief
	for _, name := range packages {
		found, err := l.variables(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, found...)
	}
	if err := l.build(); err != nil {
		return err
	}
	base, err := l.measure("")
	if err != nil {
		return err
	}
	l.base = &base
	table := newTable(base)
	for _, b := range all {
		if !pattern.MatchString(b.name) {
			continue
		}
		var moved [len(factors)]outcome
		l.different = ""
		for i, factor := range factors {
			if moved[i], err = l.move(b, factor); err != nil {
				return fmt.Errorf("%s: %w", b.name, err)
			}
		}
		fmt.Println(table.add(b, moved))
		if write { // after every one: an interrupted run has been of use
			if err := os.WriteFile("benchmark/internal/BELIEFS.md", table.bytes(len(all)), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// lab builds and runs the program that publishes the panels.
type lab struct {
	scratch string
	trials  int
	kinds   string
	overlay map[string]string // file that the compiler reads in place of another
	files   int
	base    *outcome // with no belief moved
	parts   string   // file of what other publications are then; empty before it is needed

	different string // the publication elsewhere that the belief has been found to change
}

// replace makes the compiler read other text in place of a file.
func (l *lab) replace(path string, text []byte) error {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	l.files++
	copied := filepath.Join(l.scratch, fmt.Sprintf("%d-%s", l.files, filepath.Base(path)))
	l.overlay[absolute] = copied
	return os.WriteFile(copied, text, 0o644)
}

// tests are what the program is built of, beside the packages.
var tests = map[string]string{
	".ci/beliefs/cells_test.go.txt": "benchmark/synthetic/accuracy/cells_test.go",
	".ci/beliefs/parts_test.go.txt": "benchmark/synthetic/accuracy/parts_test.go",
}

const testFolder = "benchmark/synthetic/accuracy"

// build makes the program.
func (l *lab) build() error {
	for from, to := range tests {
		test, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		if err := l.replace(to, test); err != nil {
			return err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": l.overlay})
	if err != nil {
		return err
	}
	overlay := filepath.Join(l.scratch, "overlay.json")
	if err := os.WriteFile(overlay, list, 0o644); err != nil {
		return err
	}
	command := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", l.program(), "./"+testFolder)
	command.Stderr = os.Stderr
	return command.Run()
}

func (l *lab) program() string { return filepath.Join(l.scratch, "cells.test") }

// measure publishes the panels with a belief moved, such as estimate.rare*0.8, or
// with none.
func (l *lab) measure(moved string) (outcome, error) {
	out := filepath.Join(l.scratch, "out.json")
	command := exec.Command(l.program(), "-test.run", "^TestCells$", "-test.timeout", "1h")
	command.Dir = testFolder
	command.Env = append(os.Environ(), "BELIEF="+moved, "CELLS_OUT="+out, fmt.Sprintf("CELLS_TRIALS=%d", l.trials), "CELLS_KINDS="+l.kinds)
	if text, err := command.CombinedOutput(); err != nil {
		if moved != "" && bytes.Contains(text, []byte("panic: ")) {
			return outcome{impossible: true}, nil
		}
		return outcome{}, fmt.Errorf("%w: %s", err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return outcome{}, err
	}
	var o outcome
	if err := json.Unmarshal(data, &o); err != nil || l.base == nil || o.Digest != l.base.Digest {
		return o, err
	}
	o.elsewhere, err = l.elsewhere(moved)
	return o, err
}

// elsewhere looks for another publication that is not as it was, and returns its name; empty if all are.
func (l *lab) elsewhere(moved string) (string, error) {
	if l.different != "" {
		return l.different, nil
	}
	if l.parts == "" {
		l.parts = filepath.Join(l.scratch, "parts.json")
		if err := l.publishParts("", "", l.parts); err != nil {
			return "", err
		}
	}
	out := filepath.Join(l.scratch, "different.json")
	if err := l.publishParts(moved, l.parts, out); err != nil {
		return "", err
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return "", err
	}
	return l.different, json.Unmarshal(data, &l.different)
}

func (l *lab) publishParts(moved, base, out string) error {
	command := exec.Command(l.program(), "-test.run", "^TestParts$", "-test.timeout", "1h")
	command.Dir = testFolder
	command.Env = append(os.Environ(), "BELIEF="+moved, "PARTS_BASE="+base, "PARTS_OUT="+out)
	if text, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, text)
	}
	return nil
}

// move measures one belief multiplied by a factor. One that is no variable is
// built for it, and for those after it built back.
func (l *lab) move(b belief, factor float64) (outcome, error) {
	if b.variable {
		return l.measure(fmt.Sprintf("%s*%v", b.name, factor))
	}
	path, err := filepath.Abs(b.file())
	if err != nil {
		return outcome{}, err
	}
	before := l.overlay[path]
	text, err := b.moved(before, factor)
	if err != nil {
		return outcome{}, err
	}
	if err := l.replace(path, text); err != nil {
		return outcome{}, err
	}
	if err := l.build(); err != nil {
		return outcome{}, err
	}
	o, err := l.measure("")
	l.overlay[path] = before
	if err == nil {
		err = l.build()
	}
	return o, err
}
