package family

import (
	"cmp"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/statistic"
)

// Family is a family of statistics of one cohort.
type Family struct {
	Name    string
	Level   bool // what estimate.Levels returns
	Numbers []draft.Number
	Of      *statistic.Family
	Usual   statistic.UsualError
	Unit    float64 // that a level is printed in
}

// List lists the statistics of a cohort that a plan for an instrument asks for. Of several
// scales every one has families of its own, as no number is averaged over two.
func List(asked instrument.Spec, kinds statistic.List, f draft.Cohort) []Family {
	list := []Family{{"companies", true, []draft.Number{f.Companies}, statistic.Size, statistic.Size.Forecast, 1}}
	if !asked.Several() {
		unit, _ := asked.Units()
		list = append(list, Family{"overall mean", true, []draft.Number{f.Overall.Mean}, statistic.ScoreMean, statistic.ScoreMean.Forecast, unit})
		for _, of := range statistic.PercentileFamilies {
			list = append(list, Family{"overall " + of.ID, false, statistic.Members(of, f.Overall.Percentiles), of, of.Forecast, unit})
		}
	}
	var questions []Family
	for _, on := range scales(asked) {
		domains, means := scaleFamilies(asked, on, f)
		list, questions = append(list, domains...), append(questions, means)
	}
	list = append(list, questions...)
	var shares, atLeast []draft.Number
	for _, q := range f.Questions {
		shares = append(shares, q.Shares...)
		atLeast = append(atLeast, q.AtLeast...)
	}
	list = append(list,
		Family{"shares", false, shares, statistic.AnswerDist, statistic.AnswerDist.Forecast, 1},
		Family{"at least", false, atLeast, statistic.AnswerDist, statistic.AnswerDist.Forecast, 1},
	)
	if len(f.Profiles) > 0 {
		list = append(list, Family{"profile shares", false, f.Profiles, statistic.Met, statistic.Met.Forecast, 1})
	}
	return slices.DeleteFunc(list, func(f Family) bool { return !kinds.Asks(f.Of) })
}

// scale are the domains of a scale, and how its families are told from those of others.
type scale struct {
	domains []int
	suffix  string
}

// scales are the scales of the instrument: no number is averaged over several.
func scales(asked instrument.Spec) []scale {
	if !asked.Several() {
		one := scale{}
		for d := range asked.Domains {
			one.domains = append(one.domains, d)
		}
		return []scale{one}
	}
	var list []scale
	for _, named := range asked.Scales {
		of := scale{suffix: " (" + cmp.Or(named.Title, named.ID) + ")"}
		for d, domain := range asked.Domains {
			if domain.Scale == named.ID {
				of.domains = append(of.domains, d)
			}
		}
		list = append(list, of)
	}
	return list
}

// scaleFamilies are the families of numbers on a scale: those of domains, and the questions'
// means.
func scaleFamilies(asked instrument.Spec, on scale, f draft.Cohort) (domains []Family, questions Family) {
	score, answer := asked.On(on.domains[0]).Units()
	var domainMeans, questionMeans []draft.Number
	for _, d := range on.domains {
		domainMeans = append(domainMeans, f.Domains[d].Mean)
	}
	for q, of := range f.Questions {
		if slices.Contains(on.domains, asked.DomainOf(q)) {
			questionMeans = append(questionMeans, of.Mean)
		}
	}
	var functionMeans []draft.Number
	for i, of := range asked.FunctionDomains() {
		if i < len(f.Functions) && slices.Contains(on.domains, of[0]) {
			functionMeans = append(functionMeans, f.Functions[i])
		}
	}
	if len(functionMeans) > 0 {
		domains = []Family{{"function means" + on.suffix, true, functionMeans, statistic.ScoreMean, statistic.ScoreMean.DomainForecast, score}}
	}
	domains = append(domains, Family{"domain means" + on.suffix, true, domainMeans, statistic.ScoreMean, statistic.ScoreMean.DomainForecast, score})
	for _, of := range statistic.PercentileFamilies {
		var members []draft.Number
		for _, d := range on.domains {
			members = append(members, statistic.Members(of, f.Domains[d].Percentiles)...)
		}
		domains = append(domains, Family{"domain " + of.ID + on.suffix, false, members, of, of.DomainForecast, score})
	}
	return domains, Family{"question means" + on.suffix, false, questionMeans, statistic.Mean, statistic.Mean.Forecast, answer}
}
