package report

import "maturitybench/benchmark/publication"

// Figures draws a release: the figures of the page, in its order. The error
// is one of the options.
func Figures(r *publication.Release, o Options) ([]Figure, error) {
	d, err := newDocument(r, o)
	if err != nil {
		return nil, err
	}
	return d.figures(), nil
}
