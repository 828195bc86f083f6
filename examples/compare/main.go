// Command compare shows a made-up company where it stands in the release that
// examples/publish wrote. Nothing is sent anywhere, and nothing is charged.
package main

import (
	"errors"
	"flag"
	"log"
	"os"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

func main() {
	flags := flag.NewFlagSet("compare", flag.ExitOnError)
	path := flags.String("release", "out/release.json", "`path` of the release")
	out := flags.String("out", "out/own.html", "`path` of the page")
	flags.Parse(os.Args[1:])
	if err := show(*path, *out); err != nil {
		log.Fatal(err)
	}
}

func show(path, out string) (err error) {
	release, err := publication.Load(path)
	if err != nil {
		return err
	}
	own, err := compare.Parse(instrument.JSP(), "own.json", []byte(`{"company": "made-up", "scores": {"org-01": 3, "rm-01": 1}}`))
	if err != nil {
		return err
	}
	standing, err := compare.NewStanding(release, own)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // for the company's eyes only
	if err != nil {
		return err
	}
	return errors.Join(report.StandingHTML(file, release, standing, report.Options{}), file.Close())
}
