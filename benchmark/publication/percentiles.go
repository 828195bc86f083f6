package publication

import (
	"bytes"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/statistic"
)

// Percentiles are estimates of percentiles of scores, ascending: p10, q1, median, q3
// and p90. Those of a family, the quartiles or the outer percentiles, are published or
// withheld together.
type Percentiles []Estimate

// PercentileIDs are the names of [Percentiles], in their order.
func PercentileIDs() []string {
	var ids []string
	for _, p := range statistic.Percentiles() {
		ids = append(ids, p.ID)
	}
	return ids
}

// Of looks a percentile up by its name, such as median; it is withheld where there
// is none.
func (p Percentiles) Of(id string) Estimate {
	if at := statistic.PercentileIndex(id); at >= 0 && at < len(p) {
		return p[at]
	}
	return NoEstimate()
}

// Quartiles are the first quartile, the median and the third quartile, which are
// published or withheld together.
func (p Percentiles) Quartiles() [3]Estimate {
	return [3]Estimate{p.Of("q1"), p.Of("median"), p.Of("q3")}
}

// MarshalJSON writes an object with the names as keys, in their order.
func (p Percentiles) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	for i, id := range PercentileIDs() {
		key, value := "{", NoEstimate()
		if i > 0 {
			key = ","
		}
		if i < len(p) {
			value = p[i]
		}
		data, err := decimal.CompactJSON(value)
		if err != nil {
			return nil, err
		}
		out.WriteString(key + `"` + id + `":`)
		out.Write(data)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
