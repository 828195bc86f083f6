package forecast

import (
	"fmt"
	"strconv"
	"strings"
)

// numbers is the value of a flag: numbers separated by commas.
type numbers[T any] struct {
	values []T
	parse  func(text string) (T, error)
}

// What fits on a line, into a minute, and into a plan.
const (
	mostNumbers   = 10
	mostCompanies = 100_000
	mostLoss      = 8
)

func (n *numbers[T]) String() string {
	texts := make([]string, len(n.values))
	for i, v := range n.values {
		texts[i] = fmt.Sprint(v)
	}
	return strings.Join(texts, ",")
}

func (n *numbers[T]) Set(text string) error {
	n.values = nil
	for part := range strings.SplitSeq(text, ",") {
		v, err := n.parse(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		n.values = append(n.values, v)
	}
	if len(n.values) > mostNumbers {
		return fmt.Errorf("expected at most %d numbers", mostNumbers)
	}
	return nil
}

func parseSize(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostCompanies {
		return 0, fmt.Errorf("expected whole numbers from 1 to %d, separated by commas", mostCompanies)
	}
	return n, nil
}

func parseLoss(text string) (float64, error) {
	epsilon, err := strconv.ParseFloat(text, 64)
	if err != nil || !(epsilon > 0 && epsilon <= mostLoss) {
		return 0, fmt.Errorf("expected numbers above 0 and up to %d, separated by commas", mostLoss)
	}
	return epsilon, nil
}
