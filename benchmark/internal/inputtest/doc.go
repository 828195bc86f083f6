// Package inputtest helps tests with the problems of inputs.
package inputtest
