package report

// scale places the values of an axis between two ends.
func scale(a axis, from, to float64) func(float64) float64 {
	return func(value float64) float64 {
		return from + (min(max(value, a.low), a.high)-a.low)/(a.high-a.low)*(to-from)
	}
}
