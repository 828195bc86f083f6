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

// Only where the values of every attribute add up to all companies, everybody states all of them.
func TestStated(t *testing.T) {
	shape := Shape{Levels: 6, Domains: []int{2}, Attributes: []int{2, 3}}
	for _, tt := range []struct {
		exact []int64
		want  bool
	}{
		{nil, false}, {[]int64{9, 4, 5, 2, 3, 4}, true}, {[]int64{9, 4, 4, 2, 3, 4}, false}, {[]int64{9, 4, 5, 2, 3, 3}, false},
	} {
		if got := shape.Stated(tt.exact); got != tt.want {
			t.Errorf("sizes %v: everybody states every attribute: %v", tt.exact, got)
		}
	}
}
