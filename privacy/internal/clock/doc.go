// Package clock lets tests say what time it is. A context carries the time, and
// no package outside of privacy can put one into it, so that the clock of a
// ledger in earnest is that of the machine.
package clock
