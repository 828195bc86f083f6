// Package intake is the one way to raw answers: between package responses, which
// seals them, and the packages of this module that add them up, hand them on to
// other machines, or compare a company's own.
//
//  1. A [Sheet] is the coded answers of one company. A type that holds one embeds
//     [Sealed], under an unexported name; [Open] opens it.
//  2. A type that holds many embeds [Held] in the same way, and [Begin] gives the
//     panel that a publication walks over.
//  3. [Records] says how coded answers are spelt for the digest by which a ledger
//     recognises them.
//
// Privacy: raw data. Other modules can neither import this package nor call the
// unexported methods that its functions call, so that a sealed value is of no use to
// them. Which packages of this module may import it is tested with the layers of
// package benchmark.
package intake
