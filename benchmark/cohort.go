package benchmark

import (
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/publication"
)

// cohort is one group of companies that a plan reports on: all of them, or
// those that state one value of one attribute.
type cohort struct {
	id        string
	attribute int   // number among the plan's attributes, −1 for all
	column    int   // attribute column of a packed response
	value     uint8 // value number, from 1
}

// planCohorts lists all, then every value of the given attributes.
func planCohorts(asked instrument.Spec, ids []string) []cohort {
	cohorts := []cohort{{id: publication.AllCohort, attribute: -1}}
	for j, id := range ids {
		column := attributeAt(asked, id)
		for v, value := range asked.Attributes[column].Values {
			cohorts = append(cohorts, cohort{
				id: id + "=" + value.ID, attribute: j, column: column, value: uint8(v + 1),
			})
		}
	}
	return cohorts
}

// valuesOf are the numbers of values of the attributes that make cohorts.
func valuesOf(cohorts []cohort) (values []int) {
	for _, c := range cohorts[1:] {
		if c.value == 1 {
			values = append(values, 0)
		}
		values[c.attribute]++
	}
	return values
}

// attributeAt is the place of an attribute among those of an instrument, −1 if it
// has none of this id.
func attributeAt(asked instrument.Spec, id string) int {
	return slices.IndexFunc(asked.Attributes, func(a instrument.Attribute) bool { return a.ID == id })
}

// counted is the cohort as a walk counts it.
func (c cohort) counted() stage.Cohort {
	if c.attribute < 0 {
		return stage.Cohort{Column: -1}
	}
	return stage.Cohort{Column: c.column, Value: c.value}
}

// suppressSiblings hides further cohorts so that no suppressed one can be
// computed from the rest: if all is suppressed, everything is; among the
// values of an attribute either none is suppressed, or at least two whose
// companies, together with those that do not state the attribute, number at
// least least. Otherwise the published value with the smallest size follows
// (ties: the first), until the rule holds or none is left.
//
// sizes are noisy sizes, or exact ones where they are public, so that this
// costs no privacy. kept is changed in place.
func suppressSiblings(cohorts []cohort, kept []bool, sizes []float64, least float64) {
	if !kept[0] {
		clear(kept)
		return
	}
	for first := 1; first < len(cohorts); {
		last := first
		for last < len(cohorts) && cohorts[last].attribute == cohorts[first].attribute {
			last++
		}
		suppressValues(kept[first:last], sizes[first:last], sizes[0], least)
		first = last
	}
}

// suppressValues applies the rule to the values of one attribute.
func suppressValues(kept []bool, sizes []float64, all, least float64) {
	for {
		suppressed, published, smallest := 0, 0.0, -1
		for v, k := range kept {
			switch {
			case !k:
				suppressed++
			default:
				published += sizes[v]
				if smallest < 0 || sizes[v] < sizes[smallest] {
					smallest = v
				}
			}
		}
		hidden := all - published // suppressed values and "not stated"
		if suppressed == 0 || smallest < 0 || suppressed >= 2 && hidden >= least {
			return
		}
		kept[smallest] = false
	}
}
