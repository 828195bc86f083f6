package stats_test

import (
	"fmt"

	"maturitybench/stats"
)

// Noisy shares of five levels become shares again, with the mean that was
// measured better, and are printed as whole per cent.
func Example() {
	noisy := []float64{0.21, 0.38, 0.33, 0.15, -0.02}
	shares := stats.SimplexWithMean(noisy, 1.4)
	fmt.Printf("%.3f\n", shares)
	fmt.Printf("mean %.2f, at least level 2: %.3f\n", stats.Mean(shares), stats.AtLeast(shares)[1])
	fmt.Println(stats.LargestRemainder(shares, 100), "per cent")
	// Output:
	// [0.188 0.361 0.314 0.137 0.000]
	// mean 1.40, at least level 2: 0.451
	// [19 36 31 14 0] per cent
}

func ExampleQuantiles() {
	scores := []float64{1.2, 3.4, 2.0, 2.6}
	fmt.Printf("%.2f\n", stats.Quantiles(scores, 0.25, 0.5, 0.75))
	// Output: [1.80 2.30 2.80]
}

func ExampleCDFQuantile() {
	levels := []float64{0, 1, 2, 3}
	cdf := []float64{0, 0.25, 0.75, 1}
	fmt.Println(stats.CDFQuantile(levels, cdf, 0.5))
	// Output: 1.5
}

func ExampleEarthMover() {
	last := []float64{0.5, 0.3, 0.2}
	now := []float64{0.3, 0.4, 0.3}
	fmt.Printf("%.1f levels\n", stats.EarthMover(last, now))
	// Output: 0.3 levels
}

func ExampleIsotonic() {
	fmt.Printf("%.1f\n", stats.Isotonic([]float64{0.1, 0.4, 0.2, 0.9}, nil))
	// Output: [0.1 0.3 0.3 0.9]
}

func ExampleLargestRemainder() {
	fmt.Println(stats.LargestRemainder([]float64{1, 1, 1}, 100))
	// Output: [34 33 33]
}
