// Package privacy accounts for privacy loss, draws the noise and decides which cohorts may be shown.
package privacy
