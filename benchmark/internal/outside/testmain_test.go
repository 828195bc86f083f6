package outside_test

import (
	"testing"

	"maturitybench/benchmark/internal/garbage"
)

func TestMain(m *testing.M) { garbage.Main(m) }
