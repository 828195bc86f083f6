package main

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// readPool reads a response file in the clear. The library has already read
// and checked it, so that this may be short: it checks again only what it
// relies on.
func readPool(in *instrument.Instrument, path string) (*pool, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for _, err := range responses.ReadCSV(in, file) {
		if err != nil {
			return nil, err
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) < 2 {
		return nil, errors.New("the file has no companies")
	}
	spec := in.Spec()
	header := rows[0]
	for i := range header {
		header[i] = strings.TrimSpace(strings.TrimPrefix(header[i], "\ufeff"))
	}
	p := &pool{}
	for _, row := range rows[1:] {
		cell := func(id string) string { return strings.TrimSpace(row[slices.Index(header, id)]) }
		levels, attributes := []int8{}, []int8{}
		for i, d := range spec.Domains {
			for _, q := range d.Questions {
				levels = append(levels, level(spec.On(i), cell(q.ID)))
			}
		}
		for _, a := range spec.Attributes {
			at := slices.IndexFunc(a.Values, func(v instrument.Value) bool { return v.ID == cell(a.ID) })
			attributes = append(attributes, int8(at))
		}
		p.levels, p.attributes = append(p.levels, levels), append(p.attributes, attributes)
	}
	return p, nil
}

// level is the number of a level from 0, or −1 for no answer.
func level(spec instrument.Spec, text string) int8 {
	score, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return int8(score - spec.Scale[0].Level)
}
