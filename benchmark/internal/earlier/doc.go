// Package earlier finds the waves of an account that a later one may lean on, and says
// which of their questions are still the same. Everything here is about releases that are
// public and measurements that are noisy: it costs no privacy.
package earlier
