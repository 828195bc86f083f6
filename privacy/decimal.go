package privacy

import (
	"math"
	"math/big"
	"strconv"
)

// Privacy parameters are decimals: a plan that says δ = 1e-6 means a millionth,
// not the binary fraction nearest to it. A float64 stands for the shortest
// decimal that reads back as it, and from there on arithmetic is on integers.
const (
	epsilonDigits = 9  // ε counts in units of 1e-9
	deltaDigits   = 18 // δ counts in units of 1e-18
)

// units is the decimal that x stands for, in units of 10^−digits, rounded
// down; exact says that nothing was lost. A number that is negative, not a
// number or too large for int64 is 0 and not exact.
func units(x float64, digits int64) (n int64, exact bool) {
	r, ok := rational(x)
	if !ok {
		return 0, false
	}
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil)
	r.Mul(r, new(big.Rat).SetInt(power))
	q := new(big.Int).Quo(r.Num(), r.Denom())
	if !q.IsInt64() {
		return 0, false
	}
	return q.Int64(), r.IsInt()
}

// rational is the decimal that x ≥ 0 stands for.
func rational(x float64) (*big.Rat, bool) {
	if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
		return nil, false
	}
	return new(big.Rat).SetString(strconv.FormatFloat(x, 'e', -1, 64))
}

// fromUnits is the float64 that stands for n·10^−digits: the nearest one,
// which reads back as n for all n below 2⁵³.
func fromUnits(n int64, digits int) float64 {
	x, _ := strconv.ParseFloat(strconv.FormatInt(n, 10)+"e-"+strconv.Itoa(digits), 64)
	return x
}

// floatUp is the smallest float64 that is at least x.
func floatUp(x *big.Float) float64 {
	f, accuracy := x.Float64()
	if accuracy == big.Below {
		f = math.Nextafter(f, math.Inf(1))
	}
	return f
}
