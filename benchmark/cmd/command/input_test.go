package command

import (
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
)

// Parquet is refused by the name of the module that reads it.
func TestParquetIsRefused(t *testing.T) {
	_, export := Export("answers.parquet")
	_, sheets := Responses(t.Context(), instrument.JSP(), Sheets{Path: "answers.Parquet"}, nil, nil)
	for _, err := range []error{export, sheets} {
		if err == nil || !strings.Contains(err.Error(), "maturitybench/benchmark/parquet") || !strings.Contains(strings.ToLower(err.Error()), "answers.parquet") {
			t.Errorf("error %v", err)
		}
	}
}
