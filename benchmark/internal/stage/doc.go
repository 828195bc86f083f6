// Package stage is the seam between a publication and where its responses are:
// in memory, in a file that is read as often as needed, or on other machines.
//
// A publication walks over the responses once or twice. A [Walk] gathers a
// public function of one response, summed over all of them. Its result is a
// [Part], and parts of different responses merge by adding. A [Panel] carries
// out walks. The first walk gathers what the ledger recognises the data by, the
// sizes of the cohorts, and the pilot's vector; the second one the main vector,
// which is built around the pilot's noisy answer.
//
// Privacy: a Part is raw. No noise is drawn here, and nothing here decides what
// is published.
package stage
