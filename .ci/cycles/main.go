// Command cycles reports cycles of files within Go packages, largest first.
//
//	go run ./.ci/cycles                      # all packages of the module
//	go run ./.ci/cycles ./benchmark/...      # some, as go list takes them
//	go run ./.ci/cycles -max 12 ./benchmark  # fails if a cycle has more than 12 files
//
// File A depends on file B if A uses a function, type, variable, constant, field
// or method that B declares. Test files do not count. A cycle is a strongly
// connected component of that graph with more than one file: none of its files
// can be read, or moved, without all the others.
//
// Of the largest cycle of every package it lists edges whose removal leaves no
// cycle in it, with the names that make each: the declarations to move, or to turn
// around. There are often other such sets; this one is found by the rule of Eades,
// Lin and Smyth, and those that take the fewest names come first.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

func main() {
	most := flag.Int("max", 0, "fail if a cycle has more files than that; 0 allows any")
	edges := flag.Int("edges", 20, "edges to list of the largest cycle of a package")
	flag.Parse()
	found, err := run(os.Stdout, flag.Args(), *edges)
	if err == nil && *most > 0 && found > *most {
		err = fmt.Errorf("a cycle has %d files, %d are allowed", found, *most)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cycles:", err)
		os.Exit(1)
	}
}

// run reports on packages and returns the size of the largest cycle.
func run(w io.Writer, patterns []string, edges int) (int, error) {
	packages, err := load(patterns)
	if err != nil {
		return 0, err
	}
	type result struct {
		path   string
		uses   uses
		cycles [][]string
	}
	var results []result
	most := 0
	for _, p := range packages {
		u := dependencies(p)
		if cycles := u.cycles(); len(cycles) > 0 {
			results = append(results, result{p.path, u, cycles})
			most = max(most, len(cycles[0]))
		}
	}
	slices.SortStableFunc(results, func(a, b result) int { return len(b.cycles[0]) - len(a.cycles[0]) })
	for _, r := range results {
		report(w, r.path, r.uses, r.cycles, edges)
	}
	fmt.Fprintf(w, "%d packages, the largest cycle has %d files\n", len(packages), most)
	return most, nil
}

// report prints the cycles of one package, and what closes the largest.
func report(w io.Writer, path string, u uses, cycles [][]string, edges int) {
	fmt.Fprintf(w, "%s: %d files\n", path, len(u))
	for _, c := range cycles {
		fmt.Fprintf(w, "  cycle of %d: %s\n", len(c), strings.Join(c, " "))
	}
	closing := u.closing(cycles[0])
	fmt.Fprintf(w, "  closed by %d edges:\n", len(closing))
	for i, e := range closing {
		if i == edges {
			fmt.Fprintf(w, "    … %d more\n", len(closing)-edges)
			break
		}
		fmt.Fprintf(w, "    %s → %s: %s\n", e.from, e.to, strings.Join(u[e.from][e.to], ", "))
	}
}
