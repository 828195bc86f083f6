// Package model is the public model of answers: what a plan assumes about
// the companies before it looks at them, and after its pilot.
//
//  1. A [Shape] is what the mathematics knows of an instrument and a plan:
//     numbers of levels, questions per domain and values per attribute.
//  2. A [Prior] is what is published; [Locate] turns it and the noisy totals of
//     a pilot into a [Center]: where on the scale the companies are and how
//     far they spread.
//  3. [NewPublic] simulates companies around that centre. The encoding takes
//     its clip level, its weights and its whitening from these made-up sheets,
//     never from real ones.
//  4. [Sheets] draws companies from the same beliefs for forecasts.
//
// Everything here is a function of public facts and of released noisy numbers.
// Variances and spreads that are stated as constants, in beliefs.go, are for a scale
// of six levels; [Shape.Unit] carries them over to other scales.
//
// # Notation
//
//	symbol     meaning                                            unit       file
//	L          Levels, numbered 0..L−1; top is L−1, Mid (L−1)/2   levels     shape.go, scale.go
//	Unit       (L−1)/5: a level of a scale of six                 levels     scale.go
//	Q, D       questions, domains; size: questions of a domain    count      shape.go
//	m          answered questions of a domain on a sheet          count      simulate.go
//	g          Subset(m, size): what undoes missing answers       factor     simulate.go
//	t          a threshold of a score; (score − mid)/mid in a     levels;    scale.go;
//	           pilot's reading                                    none       center.go
//	φ_k        orthonormal polynomial of order k of the level     none       polynomials.go
//	P_k        the same in integers in lowest terms               none       polynomials.go
//	M, S, G    second moment, noise and loss of the scores'       none       whiten.go
//	           distribution functions
//	Whitening  S^−½, in which the noise is measured               none       whiten.go
//
// And in words:
//
//   - A sheet is the answers of one company, made up here; the code pairs it with a
//     domain (at index pair) where it sums.
//   - A spread is a standard deviation, of companies or of a belief.
//   - The norm of contrasts is how far a company's answers lie from its own
//     domain scores; ContrastUnit is that of the public model, and LogNorm the
//     logarithm of the ratio.
//   - A profile is a set of minimum levels that a company meets or not. The
//     difficulties of questions are called that.
//   - A block is the features of the encoding that share one noise, a row group all
//     companies or one attribute.
package model
