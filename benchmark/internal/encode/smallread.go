package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// Read turns the noisy totals into natural units: as Empty, for every domain, how many
// companies leave it out and as ClippedOffsets what is lost, or without marks as Empty how many
// companies are not there in full. What the public model's
// companies lose of their offsets is given back then, since it is not measured. deviation is the standard
// deviation of the noise on an offset, beside that on every other number. Where all companies are known to state
// their attributes, stated, nothing but noise is counted of who does not.
func (s *Small) Read(noisy []int64, deviation, beside float64, stated bool) [model.Blocks]Measured {
	e := Encoding{layout: newLayout(s.shape), rows: rowsOf(s.shape.Attributes)}
	measured := e.unmeasured()
	put := func(block model.Block, i int, value int64, unit, deviation float64) {
		measured[block].Y[0][i], measured[block].SD[0][i] = float64(value)/unit, deviation/unit
	}
	offsets, noisy := s.split(noisy)
	for r := range measured[model.Overall].Y {
		block := model.Overall
		if r > 0 {
			block = model.Segments
		}
		s.readRow(&measured[block], r, 0, stated, func(p int) (value, sd float64) {
			unit := float64(s.parts[p].scale) * scoreUnit
			return float64(noisy[p]) / unit, beside / unit
		})
	}
	noisy = noisy[len(s.parts):]
	if s.count > 0 {
		put(model.Companies, 0, noisy[0], float64(s.count), beside)
		noisy = noisy[1:]
	}
	if s.partial == 0 {
		return measured
	}
	partial, back := float64(s.partial)*scoreUnit, s.kept
	if s.whole() {
		put(model.OffsetsTier.Clipped(), 0, noisy[0], partial, beside)
		back = 1
	}
	for d := range s.shape.Domains {
		for r := range measured[model.Offsets].Y {
			s.readRow(&measured[model.Offsets], r, d, stated, func(p int) (value, sd float64) {
				if !s.alone() && p > 0 {
					return 0, math.Inf(1)
				}
				unit := float64(s.offset) * scoreUnit * back
				return float64(offsets[p*len(s.shape.Domains)+d]) / unit, deviation / unit
			})
		}
		switch {
		case s.mark > 0:
			put(model.Empty, d, noisy[1+d], float64(s.mark), beside)
		case s.shape.Has(model.Empty):
			put(model.Empty, d, noisy[0], partial, beside)
		}
	}
	return measured
}

// readRow turns what was read of the parts in a coordinate into a row: all companies, or a contrast between values.
// The contrasts of one attribute have weights that are orthogonal, so that the noise on them is independent.
func (s *Small) readRow(m *Measured, r, coordinate int, stated bool, reading func(part int) (value, sd float64)) {
	row, y, variance, found := rowsOf(s.shape.Attributes)[r], 0.0, 0.0, false
	for i, p := range s.parts {
		w := 0.0
		switch {
		case r == 0 && (p.attribute < 0 || s.alone() && !(stated && p.value == 0)):
			w = 1
		case r > 0 && p.attribute == row.group-1:
			w = float64(row.weight(int(p.value))) / row.norm()
		}
		if w != 0 {
			value, sd := reading(i)
			y, variance, found = y+w*value, variance+square(w*sd), true
		}
	}
	if found {
		m.Y[r][coordinate], m.SD[r][coordinate] = y, math.Sqrt(variance)
	}
}

// Design is what the estimation needs to know: nothing was measured but what
// Read fills in, and the level is as uncertain as center says.
func (s *Small) Design(center model.Center, deviation, beside float64, exactSizes bool) Design {
	d := NewDesign(s.shape, s.public, center, float64(Sensitivity)/deviation, exactSizes)
	d.Clipped, d.Level, d.Tail = [model.Tiers]float64{model.OffsetsTier: 1 - s.kept}, LevelLoss{}, TailLoss{}
	d.Segments, d.Offsets = LevelLoss{}, OffsetLoss{}
	if s.whole() {
		d.Offsets = s.offsetLoss()
	}
	d.LevelCenter = s.public.Center
	d.Spherical = 1
	for b, sigma := range d.Sigma {
		for j := range sigma {
			d.Sigma[b][j] = math.Inf(1)
		}
	}
	measured := s.Read(make([]int64, s.Coordinates()), deviation, beside, true)
	for _, b := range []model.Block{model.Companies, model.Overall, model.Offsets, model.OffsetsTier.Clipped(), model.Empty} {
		if len(d.Sigma[b]) > 0 {
			d.Sigma[b][0] = measured[b].SD[0][0]
		}
	}
	for r, row := range rowsOf(s.shape.Attributes) {
		for _, b := range []model.Block{model.Segments, model.Offsets} {
			if r > 0 && row.group < len(d.Sigma[b]) {
				d.Sigma[b][row.group] = measured[b].SD[r][0]
			}
		}
	}
	return d
}
