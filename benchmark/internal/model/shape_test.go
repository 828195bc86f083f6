package model

import "testing"

func TestLength(t *testing.T) {
	for _, test := range []struct {
		domains []int
		want    float64
	}{
		{[]int{1}, 1}, {[]int{14, 12, 10, 8}, 1}, {[]int{66}, 1.5}, {[]int{28, 24, 20, 16}, 2},
	} {
		if got := (Shape{Levels: 6, Domains: test.domains}).Length(); got != test.want {
			t.Errorf("%v: %v, want %v", test.domains, got, test.want)
		}
	}
}
