// Package publication is what is published: the release, as a document and in Go.
//
//  1. [Load] and [Parse] read a release.json, strictly: what they accept keeps every
//     rule of the format. [Schema] is its JSON Schema.
//  2. A [Release] has the public instrument, the [Privacy] under which it was made
//     with a [Statement] in plain sentences, and a [Cohort] for all companies and for
//     every value of the planned attributes.
//  3. Every number is an [Estimate]: a value with its interval, or withheld.
//     [Release.Cells] walks them one a row, as tables.csv has them.
//  4. [Release.Bytes] is the document as it is stored.
//
// A release is public. It is made of noisy numbers only, and whatever is computed
// from it costs no further privacy.
package publication
