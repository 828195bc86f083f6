package derived

import (
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/model"
)

// Shape is what the mathematics needs to know of an instrument and of the cohorts that
// are measured: how many values each attribute has.
func Shape(asked instrument.Spec, attributes []int) model.Shape {
	levels, places, steps := asked.Axis()
	shape := model.Shape{Levels: places, Profiles: profiles(asked, levels), Attributes: attributes, Values: steps, Complete: asked.Blank == instrument.LowestBlank}
	if asked.Several() {
		shape.Places = levels
	}
	shape.Weights, shape.DomainWeights = asked.Weights()
	shape.FunctionDomains, shape.Ladders = asked.FunctionDomains(), asked.Ladders()
	for _, d := range asked.Domains {
		shape.Domains = append(shape.Domains, len(d.Questions))
	}
	return shape
}

// profiles numbers the questions and levels of the profiles, given the levels of the
// domains on the axis.
func profiles(asked instrument.Spec, levels [][]int) []model.Profile {
	var list []model.Profile
	for _, p := range asked.Profiles {
		var profile model.Profile
		for q, question := range asked.Questions() {
			if level, ok := p.Minimum[question.ID]; ok {
				domain := asked.DomainOf(q)
				profile = append(profile, model.Minimum{Question: q, Level: levels[domain][level-asked.On(domain).Scale[0].Level]})
			}
		}
		list = append(list, profile)
	}
	return list
}
