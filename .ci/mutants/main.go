// Command mutants plants privacy bugs, one at a time, and checks that a named
// test finds each of them.
//
//	go run ./.ci/mutants            # if the privacy core changed since the last run that was written
//	go run ./.ci/mutants -all       # in any case
//	go run ./.ci/mutants -only name # some of them, by a part of their names; skips nothing
//	go run ./.ci/mutants -write     # all, and writes privacy/audit/MUTANTS.md and core.sha256
//
// A bug is a file NAME.patch: a line "Bug: …", a line "Test: PACKAGE NAME", where
// NAME may be that of a subtest, and a unified diff of one file. Line numbers do not matter, but the text that a
// hunk takes out must be there exactly once: a patch that no longer applies is
// an error, and so is one that does not compile or survives its test.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	folder = ".ci/mutants"
	page   = "privacy/audit/MUTANTS.md"
	stamp  = folder + "/core.sha256"
)

func main() {
	all := flag.Bool("all", false, "run although the privacy core is unchanged")
	only := flag.String("only", "", "run the bugs whose name contains this")
	write := flag.Bool("write", false, "run all, and write the page and the digest")
	jobs := flag.Int("j", 2, "bugs at a time")
	flag.Parse()
	if err := run(*all || *write || *only != "", *only, *write, *jobs); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(force bool, only string, write bool, jobs int) error {
	mutants, err := load(only)
	if err != nil {
		return err
	}
	digest, err := core(mutants)
	if err != nil {
		return err
	}
	if err := upToDate(mutants); err != nil && !force {
		return err
	}
	if last, err := os.ReadFile(stamp); err == nil && strings.TrimSpace(string(last)) == digest && !force {
		fmt.Println("mutants: the privacy core has not changed since all were killed")
		return nil
	}
	if err := kill(mutants, jobs); err != nil {
		return err
	}
	if only == "" {
		if err := deepSample(); err != nil {
			return err
		}
	}
	if !write {
		return nil
	}
	if err := os.WriteFile(page, table(mutants), 0o644); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(digest+"\n"), 0o644)
}

// deepSample runs a part of the deep tier that takes a minute.
func deepSample() error {
	test := exec.Command("go", "test", "-count=1", "-run",
		"^(TestNeighboursAtTheThreshold|TestAttackCanary|TestAttackThresholdBoundary|TestAttackAveraging)$", "./benchmark")
	test.Env = append(os.Environ(), "MATURITYBENCH_DEEP=1")
	if output, err := test.CombinedOutput(); err != nil {
		return fmt.Errorf("a sample of the deep tier fails: %w\n%s", err, output)
	}
	return nil
}

// upToDate holds the page against the patches.
func upToDate(mutants []mutant) error {
	text, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(text, table(mutants)) {
		return fmt.Errorf("%s does not list these patches: run with -write", page)
	}
	return nil
}

// core is the digest of everything whose change calls for another run: the
// privacy core with the ledgers and the text of their tables, the patches, and
// the files that they are planted in.
func core(mutants []mutant) (string, error) {
	files, err := filepath.Glob(folder + "/*.patch")
	if err != nil {
		return "", err
	}
	for _, pattern := range []string{
		"publish", "publishing", "measure", "profile_*", "cohort", "plan", "plan_threshold", "internal/draft/withhold",
		"responses/dataset", "responses/load", "responses/stream", "responses/fingerprints",
	} {
		more, err := filepath.Glob("benchmark/" + pattern + ".go")
		if err != nil {
			return "", err
		}
		files = append(files, more...)
	}
	for _, m := range mutants {
		files = append(files, filepath.FromSlash(m.file))
	}
	for _, dir := range []string{"privacy", "benchmark/internal/encode", "benchmark/internal/intake", "benchmark/internal/stage"} {
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".sql") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return "", err
		}
	}
	files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") || strings.HasSuffix(f, "/doc.go") })
	slices.Sort(files)
	files = slices.Compact(files)
	sum := sha256.New()
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n%s", file, len(data), data)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// mutant is one planted bug.
type mutant struct {
	name, bug      string
	pkg, test      string
	file           string
	before, after  []string // of every hunk
	patchedContent string
}

func load(only string) ([]mutant, error) {
	files, err := filepath.Glob(folder + "/*.patch")
	if err != nil {
		return nil, err
	}
	var mutants []mutant
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".patch")
		if !strings.Contains(name, only) {
			continue
		}
		m, err := parse(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		m.name = name
		mutants = append(mutants, m)
	}
	return mutants, nil
}

// parse reads a patch and applies it to the text of its file.
func parse(path string) (m mutant, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	var before, after *strings.Builder
	flush := func() {
		if before != nil {
			m.before, m.after = append(m.before, before.String()), append(m.after, after.String())
		}
		before, after = &strings.Builder{}, &strings.Builder{}
	}
	for line := range strings.Lines(string(data)) {
		switch {
		case strings.HasPrefix(line, "Bug: "):
			m.bug = strings.TrimSpace(line[5:])
		case strings.HasPrefix(line, "Test: "):
			m.pkg, m.test, _ = strings.Cut(strings.TrimSpace(line[6:]), " ")
		case before == nil && strings.HasPrefix(line, "--- a/"):
			m.file = strings.TrimSpace(line[6:])
		case before == nil && strings.HasPrefix(line, "+++ "):
		case strings.HasPrefix(line, "@@"):
			flush()
		case before == nil:
		case strings.HasPrefix(line, "-"):
			before.WriteString(line[1:])
		case strings.HasPrefix(line, "+"):
			after.WriteString(line[1:])
		case strings.HasPrefix(line, " "):
			before.WriteString(line[1:])
			after.WriteString(line[1:])
		}
	}
	flush()
	if m.bug == "" || m.test == "" || m.file == "" {
		return m, errors.New("a patch needs the lines Bug, Test and --- a/FILE")
	}
	return m, m.apply()
}

func (m *mutant) apply() error {
	text, err := os.ReadFile(m.file)
	if err != nil {
		return err
	}
	m.patchedContent = string(text)
	for i, before := range m.before {
		if n := strings.Count(m.patchedContent, before); n != 1 {
			return fmt.Errorf("hunk %d does not apply to %s: its text is there %d times", i+1, m.file, n)
		}
		m.patchedContent = strings.Replace(m.patchedContent, before, m.after[i], 1)
	}
	return nil
}

// kill runs the test of every mutant.
func kill(mutants []mutant, jobs int) error {
	var failed []error
	var lock sync.Mutex
	var group sync.WaitGroup
	slots := make(chan struct{}, jobs)
	start := time.Now()
	for _, m := range mutants {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			began := time.Now()
			err := m.run()
			lock.Lock()
			defer lock.Unlock()
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", m.name, err))
				fmt.Printf("ALIVE  %-40s %v\n", m.name, err)
				return
			}
			fmt.Printf("killed %-40s by %s, %.1f s\n", m.name, m.test, time.Since(began).Seconds())
		})
	}
	group.Wait()
	fmt.Printf("mutants: %d of %d killed in %.0f s\n", len(mutants)-len(failed), len(mutants), time.Since(start).Seconds())
	return errors.Join(failed...)
}

// run is nil if the test fails on the mutant.
func (m *mutant) run() error {
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	original, err := filepath.Abs(m.file)
	if err != nil {
		return err
	}
	changed, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	config, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	if err != nil {
		return err
	}
	if err := errors.Join(os.WriteFile(changed, []byte(m.patchedContent), 0o600), os.WriteFile(overlay, config, 0o600)); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	output, err := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-vet=off", "-ldflags=-s -w", "-count=1", "-failfast",
		"-run", "^"+strings.ReplaceAll(m.test, "/", "$/^")+"$", m.pkg).CombinedOutput()
	switch {
	case err == nil && bytes.Contains(output, []byte("no tests to run")):
		return fmt.Errorf("there is no test %s in %s", m.test, m.pkg)
	case err == nil:
		return fmt.Errorf("survives %s", m.test)
	case bytes.Contains(output, []byte("--- FAIL: "+m.test)):
		return nil
	}
	return fmt.Errorf("the test did not run:\n%s", output)
}

// table is the page of all mutants.
func table(mutants []mutant) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Planted bugs

Every line is a privacy bug that was planted into the code on purpose, and the
test that found it. `+"`go run ./.ci/mutants -write`"+` plants them again, one at a
time, and writes this page; a bug that survives its test, or a patch in
.ci/mutants that no longer applies, is an error.

%d bugs, all found.

| Bug | Planted in | Found by |
|---|---|---|
`, len(mutants))
	for _, m := range mutants {
		fmt.Fprintf(&b, "| %s | %s | %s, %s |\n", m.bug, m.file, m.test, m.pkg)
	}
	return b.Bytes()
}
