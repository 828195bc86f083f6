package encode

import (
	"fmt"
	"math"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// Read turns the noisy totals back into natural units, block by block. sigma
// is the standard deviation of the noise on every coordinate.
func (e *Encoding) Read(noisy []int64, sigma float64) ([model.Blocks]Measured, error) {
	if len(noisy) != e.Coordinates() {
		return [model.Blocks]Measured{}, fmt.Errorf("encode: %d coordinates, expected %d", len(noisy), e.Coordinates())
	}
	measured := e.unmeasured()
	for _, f := range e.features {
		m := &measured[f.block]
		for r, scale := range f.scale {
			if scale == 0 {
				continue
			}
			unit := float64(scale) * f.unit * e.rows[r].norm()
			m.Y[r][f.index], m.SD[r][f.index] = float64(noisy[0])/unit, sigma/unit
			noisy = noisy[1:]
		}
	}
	n := e.kept.scores.coordinates()
	if err := e.kept.scores.read(&measured[model.ScoreCDF], noisy[:n], sigma, e.rows); err != nil {
		return measured, err
	}
	return measured, e.rest.scores.read(&measured[model.RestScoreCDF], noisy[n:], sigma, e.rows)
}

// unmeasured has every block with no information at all.
func (e *Encoding) unmeasured() [model.Blocks]Measured {
	var measured [model.Blocks]Measured
	shape := e.layout.shape
	weights := mat.NewDense(len(e.rows), shape.Cohorts(), nil)
	first := make([]int, len(shape.Attributes))
	for j, next := 0, 1; j < len(first); j++ {
		first[j] = next
		next += shape.Attributes[j]
	}
	for r, row := range e.rows {
		if row.group == 0 {
			weights.Set(r, 0, 1)
			continue
		}
		for v := range shape.Attributes[row.group-1] {
			weights.Set(r, first[row.group-1]+v, float64(row.weight(v+1))/row.norm())
		}
	}
	for b := range measured {
		width := shape.Coordinates(model.Block(b))
		measured[b].Weights = weights
		for range e.rows {
			sd := make([]float64, width)
			for i := range sd {
				sd[i] = math.Inf(1)
			}
			measured[b].Y = append(measured[b].Y, make([]float64, width))
			measured[b].SD = append(measured[b].SD, sd)
		}
	}
	return measured
}

// read undoes the whitening of the score distributions.
func (b *scoreBlock) read(m *Measured, noisy []int64, sigma float64, rows []row) error {
	for _, g := range b.groups {
		n := len(g.whitening)
		var lu mat.LU
		lu.Factorize(g.dense())
		next := 0
		for r, row := range rows {
			if row.group != g.group {
				continue
			}
			y, raw := mat.NewVecDense(n, nil), mat.NewVecDense(n, nil)
			for i := range n {
				y.SetVec(i, float64(noisy[i]))
			}
			if err := lu.SolveVecTo(raw, false, y); err != nil {
				return fmt.Errorf("encode: the whitening of the scores cannot be undone: %w", err)
			}
			unit := float64(g.scale[next]) * row.norm() * clipUnit * cdfUnit
			for i := range n {
				m.Y[r][i] = raw.AtVec(i) / unit
				m.SD[r][i] = sigma / g.unit[next]
			}
			noisy = noisy[n:]
			next++
		}
	}
	return nil
}
