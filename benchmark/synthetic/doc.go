// Package synthetic makes up panels: answer sheets of companies that do not
// exist, for fixtures, examples, benchmarks and tests of accuracy.
//
//	panel := synthetic.NewPanel(120, 2026)          // 1. describe it, or change its fields
//	err := synthetic.WriteCSV(w, instrument.JSP(), panel) // 2. write a file …
//	seq := panel.Responses(instrument.JSP())         // 3. … or feed responses.NewDataset
//	sample, err := synthetic.NewSample(in, panel)   // 4. … or keep it in the open
//	truth := sample.Cohorts("size")                 // 5. and compare a release with it
//
// A panel follows a small model (a level of the company, one of its domain, the
// difficulty of the question, a residual, rounded to the scale) whose numbers
// are public facts or choices, and knows some of the ways in which real panels
// differ from such models. It works for every instrument. [Kinds] are panels that
// no model expects, which a release must be right about nevertheless; package
// accuracy counts how often it is.
//
// Everything here is synthetic and says so: the companies are called
// synthetic-001 and so on. The randomness is math/rand/v2 with a seed that the
// caller gives. It is public and predictable: right for made-up data, wrong for
// noise that protects anybody.
package synthetic
