package estimate

// deviation is how far the distribution functions of scores may be from those that
// normal levels give. A smooth one has a spread at every threshold. A broken one is what a
// panel in camps, in classes or with a few companies far from all others has: F is then
// drawn from a Dirichlet process (Ferguson, A Bayesian Analysis of Some Nonparametric
// Problems, Annals of Statistics 1, 1973) about the expected function, which makes
// distributions with jumps anywhere, and
//
//	Cov(F(s), F(t)) = broken · (min(F(s), F(t)) − F(s)·F(t)).
//
// A faintly broken one is what some companies at the ends of the scale or at one score make
// of a panel that is otherwise like the model.
type deviation struct {
	smooth float64 // spread at every threshold
	broken float64 // 1/(1 + concentration of the process); 0 if it is smooth
}
