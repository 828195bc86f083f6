// Package beam publishes answer sheets that are spread over many machines, on
// Apache Beam.
package beam
