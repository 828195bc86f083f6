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
// Variances and spreads that are stated as constants are for a scale of six
// levels; [Shape.Unit] carries them over to other scales.
package model
