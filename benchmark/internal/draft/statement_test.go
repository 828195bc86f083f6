package draft

import (
	"strings"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
)

func facts(roster privacy.Roster) statementFacts {
	return statementFacts{
		Privacy: publication.Privacy{
			Roster: roster, Epsilon: 4, Delta: 1e-6, Between: 8.8905, MinCompanies: 7, Noise: publication.SecureNoise,
			Loss: publication.PrivacyLoss{Mu: 0.834407, DeltaSelection: 1e-7},
		},
		account: "body", revision: 1, confidence: 0.9,
	}
}

func TestStatementHasSixteenSentences(t *testing.T) {
	want := []string{
		"loss", "unit", "neighbours", "definition", "bounds", "groups", "denominators", "composition",
		"post_processing", "accuracy", "bias", "trust", "randomness", "assurance", "custody", "aggregation",
	}
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		var keys []string
		for key, sentence := range newStatement(facts(roster)).All() {
			keys = append(keys, key)
			if len(sentence) < 60 || !strings.HasSuffix(sentence, ".") || strings.Contains(sentence, "%!") || strings.Contains(sentence, "  ") {
				t.Errorf("%s %s: %q", roster, key, sentence)
			}
		}
		if diff := cmp.Diff(want, keys); diff != "" {
			t.Error(diff)
		}
	}
	for range newStatement(facts(privacy.SecretRoster)).All() {
		break // a walk may end early
	}
}

func TestStatementSaysTheFacts(t *testing.T) {
	secret, public := facts(privacy.SecretRoster), facts(privacy.PublicRoster)
	public.Loss.DeltaSelection = 0
	counted := facts(privacy.CountedRoster)
	counted.Loss.DeltaSelection, counted.Between = 0, counted.Epsilon
	test, again, pure, prior := secret, secret, secret, secret
	test.Noise = publication.TestNoise
	again.revision = 3
	pure.Loss.PureEpsilon, pure.Loss.Mu = 0.5, 0
	prior.prior = ReleasePrior
	alone := public // pure ε and nothing else: groups lose exactly so many times as much
	alone.Loss.PureEpsilon, alone.Loss.Mu = alone.Epsilon, 0
	alone.Groups = []publication.GroupLoss{{Companies: 2, Epsilon: 2 * alone.Epsilon, Delta: 0}, {Companies: 3, Epsilon: 3 * alone.Epsilon, Delta: 0}}
	several := secret
	several.Groups = []publication.GroupLoss{{Companies: 2, Epsilon: 2.2 * secret.Epsilon, Delta: 2e-6}}
	figure := secret
	figure.prior = NumberPrior
	charged := secret
	charged.Account = publication.AccountLoss{Date: "2026-03-01", Sequence: 3, Window: "3y", Epsilon: 8, Delta: 1e-5, Publications: 2, Lost: 5.5233, LostEver: 6.7553, DeltaEver: 1e-5}
	limited := charged
	limited.Account.Lifetime, limited.Account.Publications = 20, 1
	const k = "No figure is printed for a cohort below k = 7 companies, nor for a union of unpublished siblings below the threshold; " +
		"other differences are bounded by ε only"
	for _, c := range []struct {
		name          string
		sentence      string
		says, saysNot []string
	}{
		{"loss", newStatement(secret).Loss, []string{"ε = 4", "δ = 0.000001", "presence", "ε = 8.8905", "two answer sheets with the same attributes", "larger by 0.0000001."}, []string{"TEST"}},
		{"bounds", newStatement(secret).Bounds, []string{"how far the sheets were scaled down on average and which share of the answers was left out"}, nil},
		{"bounds of a small panel", newStatement(pure).Bounds, []string{"bounded"}, []string{"share of the answers was left out"}},
		{"public loss", newStatement(public).Loss, []string{"ε = 8.8905", "two answer sheets with the same attributes"}, []string{"differ as well"}},
		{"secret unit", newStatement(secret).Unit, []string{"one company", "took part", "attributes", "skipped"}, []string{"not protected"}},
		{"public unit", newStatement(public).Unit, []string{"one company", "That it took part, and its attributes, are not protected"}, nil},
		{"secret neighbours", newStatement(secret).Neighbours, []string{"Who took part is protected"}, nil},
		{"public neighbours", newStatement(public).Neighbours, []string{"joining, leaving and attributes are not protected", "common knowledge"}, nil},
		{"counted loss", newStatement(counted).Loss, []string{"ε = 4", "δ = 0.000001", "which of two companies with the same attributes took part", "which of two answer sheets"}, []string{"presence", "8.8905", "two such steps", "differ as well"}},
		{"counted unit", newStatement(counted).Unit, []string{"one company", "That somebody with these attributes took part is not protected"}, []string{"That it took part, and"}},
		{"counted neighbours", newStatement(counted).Neighbours, []string{"another one with the same attributes", "differences between waves", "where the attributes fit a single company, that it took part is not hidden"}, []string{"left out everywhere"}},
		{"counted groups", newStatement(counted).Groups, []string{k, "k is k − m"}, []string{"noise"}},
		{"counted denominators", newStatement(counted).Denominators, []string{"are exact", "though who did is not"}, nil},
		{"counted custody", newStatement(counted).Custody, []string{"exact in both", "suppressed here"}, nil},
		{"definition", newStatement(secret).Definition, []string{"Gaussian", "μ = 0.834407", "0.0000001 for the choice"}, []string{"pure ε"}},
		{"public definition", newStatement(public).Definition, []string{"2⁻³⁸"}, []string{"choice of the cohorts"}},
		{"measured definition", newStatement(pure).Definition, []string{"ε = 0.5", "0.0000001", "as a whole is not pure"}, []string{"Gaussian", "no δ"}},
		{"measured groups", newStatement(pure).Groups, []string{k, "the noise that it is measured with"}, []string{"fresh noise"}},
		{"measured loss", newStatement(pure).Loss, nil, []string{"attributes of the two sheets differ"}},
		{"pure definition", newStatement(alone).Definition, []string{"purely", "ε = 4", "no δ is spent"}, nil},
		{"loss of groups with pure ε", newStatement(alone).Loss, []string{"it reveals so many times as much: at most"}, []string{"more than"}},
		{"loss of groups", newStatement(several).Loss, []string{"more than so many times as much: at most"}, nil},
		{"secret groups", newStatement(secret).Groups, []string{k, "did not state", "k is k − m", "fresh noise"}, nil},
		{"public groups", newStatement(public).Groups, []string{k, "did not state", "k is k − m"}, []string{"noise"}},
		{"secret denominators", newStatement(secret).Denominators, []string{"No exact number"}, nil},
		{"public denominators", newStatement(public).Denominators, []string{"are exact"}, nil},
		{"composition", newStatement(secret).Composition, []string{"account body", "is not known here"}, []string{"revision "}},
		{"unlimited composition", newStatement(charged).Composition, []string{
			"Within any span of 3 years all publications of account body together reveal at most ε = 8 with δ = 0.00001", "waves, revisions or bear other names",
			"those of the 3 years before it have lost ε = 5.5233 (2 publications)", "all since the account was opened ε = 6.7553 with δ = 0.00001 (3 publications)",
			"which no limit bounds"}, []string{"lifetime"}},
		{"limited composition", newStatement(limited).Composition, []string{"(1 publication)", "its lifetime allows ε = 20 with δ = 0.00001"}, []string{"no limit"}},
		{"revised composition", newStatement(again).Composition, []string{"revision 3", "charged"}, nil},
		{"accuracy", newStatement(secret).Accuracy, []string{"90%", "companies that answered, not to their industry"}, nil},
		{"bias", newStatement(secret).Bias, []string{"a public model of such answers where"}, []string{"earlier"}},
		{"bias with a release", newStatement(prior).Bias, []string{"an earlier release"}, nil},
		{"bias with a figure", newStatement(figure).Bias, []string{"a figure that was published before"}, nil},
		{"randomness", newStatement(secret).Randomness, []string{"cryptographic", "whole numbers"}, []string{"TEST"}},
		{"test randomness", newStatement(test).Randomness, []string{"TEST NOISE, NOTHING IS PROTECTED"}, []string{"cryptographic"}},
		{"test loss", newStatement(test).Loss, []string{"TEST NOISE, NOTHING IS PROTECTED", "ε = 4"}, nil},
		{"aggregation", newStatement(secret).Aggregation, []string{"7 companies", "no protection"}, nil},
	} {
		for _, s := range c.says {
			if !strings.Contains(c.sentence, s) {
				t.Errorf("%s does not say %q: %s", c.name, s, c.sentence)
			}
		}
		for _, s := range c.saysNot {
			if strings.Contains(c.sentence, s) {
				t.Errorf("%s says %q: %s", c.name, s, c.sentence)
			}
		}
	}
}

// What is measured of cohorts is said where nothing but scores is asked for.
func TestStatementOfCohorts(t *testing.T) {
	facts := facts(privacy.PublicRoster)
	facts.Loss = publication.PrivacyLoss{PureEpsilon: 4}
	facts.scoresAlone, facts.cohorts = true, true
	seen := map[string]bool{}
	for of, want := range map[encode.CohortScores]string{
		encode.NothingOfCohorts: "too few companies to measure those of a cohort", encode.OverallOfCohorts: "what a cohort has of its own in a domain is not seen", encode.ScoresOfCohorts: "they are measured by cohort",
	} {
		facts.of = of
		groups := newStatement(facts).Groups
		if !strings.Contains(groups, want) || seen[groups] {
			t.Errorf("%d: %q, expected %q in it", of, groups, want)
		}
		seen[groups] = true
	}
}

// Cohorts that a full plan asks for and does not measure are said to be so; others are not mentioned.
func TestStatementOfUnmeasuredCohorts(t *testing.T) {
	const says = "none is measured or shown, whatever its size"
	facts := facts(privacy.SecretRoster)
	if groups := newStatement(facts).Groups; strings.Contains(groups, says) {
		t.Errorf("%q of cohorts that are measured", groups)
	}
	facts.unmeasured = true
	if groups := newStatement(facts).Groups; !strings.Contains(groups, says) {
		t.Errorf("%q of cohorts that are not measured", groups)
	}
}
