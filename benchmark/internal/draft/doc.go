// Package draft makes the document of a release from figures: estimates as they
// come out of the noisy numbers.
//
//  1. [Select] decides which estimates of a cohort are accurate and informed enough
//     to be printed, and gives the figures of a [Cohort].
//  2. A [Head] holds what the release says before its first number; the sentences of
//     the privacy statement are made of it.
//  3. [Release] rounds the figures so that they agree with each other, checks every
//     rule of the format and returns the bytes. publication.Parse reads them.
//
// Privacy: post-processing. All that comes in is noisy or public.
package draft
