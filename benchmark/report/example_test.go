package report_test

import (
	"bytes"
	"fmt"
	"log"
	"strings"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

func Example() {
	release, err := publication.Load("../publication/testdata/releases/secret.json")
	if err != nil {
		log.Fatal(err)
	}

	var tables, page bytes.Buffer
	if err := report.CSV(&tables, release); err != nil {
		log.Fatal(err)
	}
	if err := report.Markdown(&page, release); err != nil {
		log.Fatal(err)
	}

	for _, line := range strings.SplitN(tables.String(), "\n", 4)[:3] {
		fmt.Println(line)
	}
	title, _, _ := strings.Cut(page.String(), "\n")
	fmt.Println(title)
	// Output:
	// wave,cohort,item,statistic,level,value,low,high,status,cohort_title,item_title,domain,domain_title,level_title
	// 2026,all,,companies,,118,114,122,published,All companies,,,,
	// 2026,all,overall,mean,,1.506058,1.481058,1.531059,published,All companies,Overall,,,
	// # Synthetic maturity survey: benchmark 2026
}

// The figures of a release, for other documents.
func ExampleFigures() {
	release, err := publication.Load("../publication/testdata/releases/secret.json")
	if err != nil {
		log.Fatal(err)
	}
	figures, err := report.Figures(release, report.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, figure := range figures[:3] {
		var drawing bytes.Buffer
		if err := figure.WriteSVG(&drawing); err != nil { // or WritePNG, WritePDF
			log.Fatal(err)
		}
		_, rows := figure.Table()
		fmt.Printf("%s: %s; %d rows\n", figure.Name, figure.Title, len(rows))
	}
	// Output:
	// domains: Mean maturity, overall and by domain; 4 rows
	// who: Who answered; 5 rows
	// work: The practices with the lowest means; 5 rows
}

// A page with the texts of its publisher.
func ExampleHTML() {
	release, err := publication.Load("../publication/testdata/releases/secret.json")
	if err != nil {
		log.Fatal(err)
	}
	var page bytes.Buffer
	err = report.HTML(&page, release, report.Options{
		Title:    "Reifegrad der Branche",
		Language: "de",
		Texts:    map[string]string{"summary": "Zusammenfassung"}, // in place of "Auf einen Blick"
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Contains(page.String(), ">Zusammenfassung</h2>"))
	// Output: true
}

// The change between two waves, as a table of its own.
func ExampleChangesCSV() {
	first, err := publication.Load("../publication/testdata/releases/profiles.json")
	if err != nil {
		log.Fatal(err)
	}
	second, err := publication.Load("../publication/testdata/releases/profiles.json") // the next wave, in earnest
	if err != nil {
		log.Fatal(err)
	}
	second.Wave = "2027"
	changes, err := compare.Trend(first, second)
	if err != nil {
		log.Fatal(err)
	}
	var table bytes.Buffer
	if err := report.ChangesCSV(&table, changes); err != nil { // or ChangesMarkdown, for people
		log.Fatal(err)
	}
	for _, line := range strings.SplitN(table.String(), "\n", 4)[:3] {
		fmt.Println(line)
	}
	// Output:
	// from,to,cohort,item,old_item,statistic,level,before,now,change,low,high,verdict,status,joint,difference,difference_low,difference_high
	// 2026,2027,all,overall,,mean,,1.347681,1.347681,0,-0.12576,0.12576,indistinguishable,published,true,0,-0.141423,0.141423
	// 2026,2027,all,overall,,p10,,0.066129,0.066129,0,-0.05602,0.05602,indistinguishable,published,,0,-0.05602,0.05602
}
