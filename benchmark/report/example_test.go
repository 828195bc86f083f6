package report_test

import (
	"bytes"
	"fmt"
	"log"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/report"
)

func Example() {
	release, err := benchmark.LoadRelease("../testdata/releases/secret.json")
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
	// wave,cohort,item,statistic,level,value,low,high,status
	// 2026,all,,companies,,118,114,122,published
	// 2026,all,overall,mean,,1.506058,1.481058,1.531059,published
	// # Synthetic maturity survey: benchmark 2026
}
