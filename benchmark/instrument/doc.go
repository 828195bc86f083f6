// Package instrument is the public questionnaire: a scale or several, domains of
// questions, and attributes by which companies form cohorts.
//
//  1. A [Spec] is an instrument as its file spells it: plain data. [Load] reads one
//     from YAML or JSON, [New] takes one made in Go; both check everything and
//     return an [Instrument], which never changes.
//  2. [JSP] is the instrument that is built in; [Named] are others that ship, and
//     [Instrument.LoadTexts] says them in other words.
//  3. A [Profile] names minimum levels that a badge or a buyer asks for.
//  4. A [Crosswalk] says which questions of an earlier version became which of this
//     one, so that waves can be compared.
//
// An instrument is fixed before any answers are seen, and depends on none.
package instrument
