// Package smooth estimates how some quantities moved over a few waves from what was read of
// them in all waves together: each is a random walk that is read with noise, and whose steps are
// mostly small and now and then large.
//
//  1. [Smooth] takes the readings of some [Series] that are alike, such as those of the
//     questions of a questionnaire, learns from all of them together how far they move, and
//     returns a [Belief] about each.
//  2. [Belief.Change] is what is believed of the change between two waves, [Belief.Level] of one wave as seen
//     from the last one: a [Mixture] of normal distributions.
//
// Nothing is believed of where a series begins: changes are drawn towards 0, and levels are
// not drawn to each other.
package smooth
