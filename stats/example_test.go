package stats_test

import (
	"fmt"

	"maturitybench/stats"
)

// From the scores of ten companies, and from noisy shares of the answers to one
// question, to what a report prints.
func Example() {
	// 1. Quartiles of the data, and where the median of the distribution behind them lies.
	scores := []float64{1.2, 3.4, 2.0, 2.6, 0.8, 1.9, 2.2, 3.0, 1.4, 2.8}
	low, high, coverage := stats.QuantileInterval(scores, 0.5, 0.9)
	fmt.Printf("quartiles %.3v, median in [%v, %v] at %.3f\n", stats.Quantiles(scores, 0.25, 0.5, 0.75), low, high, coverage)

	// 2. What a normal industry with the mean 1.5 would answer on a scale from 0 to 4.
	answers := stats.RoundedNormal{Levels: 5, SD: 1}
	location := answers.Inverse(1.5, 3)
	fmt.Printf("%.3f around %.3f\n", answers.Shares(location), location)

	// 3. How far that is from the answers of another industry.
	fmt.Printf("%.2f levels\n", stats.EarthMover(answers.Shares(location), []float64{0.1, 0.3, 0.35, 0.2, 0.05}))

	// 4. Noisy shares become shares again, with the mean that was measured better.
	noisy := []float64{0.21, 0.38, 0.33, 0.15, -0.02}
	shares := stats.SimplexWithMean(noisy, 1.4)
	fmt.Printf("%.3f, at least level 2: %.3f\n", shares, stats.AtLeast(shares)[1])

	// 5. And whole per cent that sum to a hundred.
	fmt.Println(stats.LargestRemainder(shares, 100), "per cent")
	// Output:
	// quartiles [1.52 2.1 2.75], median in [1.2, 3] at 0.979
	// [0.165 0.345 0.337 0.131 0.021] around 1.476
	// 0.30 levels
	// [0.188 0.361 0.314 0.137 0.000], at least level 2: 0.451
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

func ExampleNormalCritical() {
	fmt.Printf("± %.2f standard deviations\n", stats.NormalCritical(0.95))
	// Output: ± 1.96 standard deviations
}

func ExampleQuantileRanks() {
	low, high, coverage := stats.QuantileRanks(20, 0.25, 0.9)
	fmt.Printf("between the values %d and %d of 20: %.3f\n", low, high, coverage)
	// Output: between the values 2 and 9 of 20: 0.935
}

func ExampleRoundedNormal() {
	answers := stats.RoundedNormal{Levels: 6, SD: 1.2}
	fmt.Printf("%.2f with the mean %.2f\n", answers.Shares(0.5), answers.Mean(0.5))
	// Output: [0.50 0.30 0.15 0.04 0.01 0.00] with the mean 0.76
}

// The standard deviation at which one in a hundred is above 3.
func ExampleBisect() {
	low, high := stats.Bisect(0.1, 10, 40, func(sd float64) bool {
		return stats.Normal{SD: sd}.Tail(3) >= 0.01
	})
	fmt.Printf("%.4f\n", (low+high)/2)
	// Output: 1.2896
}

func ExampleOrthonormalPolynomials() {
	for _, row := range stats.OrthonormalPolynomials(3) {
		fmt.Printf("%.3f\n", row)
	}
	// Output:
	// [0.577 0.577 0.577]
	// [-0.707 0.000 0.707]
	// [0.408 -0.816 0.408]
}
