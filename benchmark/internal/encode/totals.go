package encode

// Totals applies the matrix A to the tally: the vector Σ e(r), coordinate by
// coordinate in the encoding's order. All arithmetic is exact modulo 2⁶⁴ and
// the result is below 2⁶¹ for fewer than 2³¹ responses, so that it equals the
// sum of the encoded responses to the last bit, whatever overflows on the
// way.
//
// Privacy: the exact totals, with L2 sensitivity [Sensitivity]. The caller
// must add noise before looking.
func (t *Tally) Totals() []int64 {
	e := t.encoding
	out := make([]int64, 0, e.Coordinates())
	sums := t.rowSums()
	for _, f := range e.features {
		for r, scale := range f.scale {
			if scale == 0 {
				continue
			}
			total := int64(0)
			for _, term := range f.terms {
				total += term.weight * sums[r][term.at]
			}
			out = append(out, scale*total)
		}
	}
	out = e.kept.scores.totals(out, e.rows, sums, e.layout.kept.bins)
	return e.rest.scores.totals(out, e.rows, sums, e.layout.rest.bins)
}

// rowSums contracts the strata to the rows: all, and the contrasts of every
// attribute.
func (t *Tally) rowSums() [][]int64 {
	sums := make([][]int64, len(t.encoding.rows))
	for r := range sums {
		sums[r] = make([]int64, t.encoding.layout.length)
	}
	for _, stratum := range t.settled() {
		features := t.encoding.kernel.expand(stratum.values, stratum.sums)
		for r, row := range t.encoding.rows {
			weight := row.weightOf(stratum.values)
			if weight == 0 {
				continue
			}
			for i, v := range features {
				sums[r][i] += weight * v
			}
		}
	}
	return sums
}

// totals appends the coordinates of the score distributions.
func (b *scoreBlock) totals(out []int64, rows []row, sums [][]int64, bins int) []int64 {
	for _, g := range b.groups {
		next := 0
		for r, row := range rows {
			if row.group != g.group {
				continue
			}
			raw := b.raw(sums[r][bins:])
			for _, w := range g.whitening {
				total := int64(0)
				for i, v := range raw {
					total += w[i] * v
				}
				out = append(out, g.scale[next]*total)
			}
			next++
		}
	}
	return out
}

// raw turns counts weighed by f of places into sums of the scores' vectors.
func (b *scoreBlock) raw(counts []int64) []int64 {
	raw := make([]int64, 0, b.scores*b.thresholds)
	for a := range b.scores {
		places := counts[a*(b.thresholds+1):][:b.thresholds+1]
		all := int64(0)
		for _, n := range places {
			all += n
		}
		below := int64(0)
		for j := range b.thresholds {
			below += places[j]
			raw = append(raw, cdfUnit*below-b.centers[a][j]*all)
		}
	}
	return raw
}
