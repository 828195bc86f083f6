package certificate_test

import (
	"fmt"
	"strings"
	"testing"

	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// What levels count, weights and functions are certified like everything else.
func TestCertificateOfValues(t *testing.T) {
	if testing.Short() {
		t.Skip("derives a release for each forgery")
	}
	s := spec(privacy.SecretRoster, 300)
	s.Cohorts = nil
	full, _ := publishedOf(t, fixture.Valued()[4], s, 300, 3)
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*certificate.Certificate{full, public} {
		if _, err := certificate.Verify(c); err != nil {
			t.Errorf("%s: %v", c.Kind, err)
		}
	}
	release, err := publication.Parse([]byte(full.Release))
	if err != nil || len(release.Cohorts[0].Functions) != 2 || release.Cohorts[0].Functions[0].Mean.Status != publication.Published {
		t.Fatalf("no function is published: %v", err)
	}
	for name, forge := range map[string]func(*certificate.Certificate){
		"level value":     rerelease(func(r *publication.Release) { r.Instrument.Scale[1].Value = "0.2" }),
		"question weight": rerelease(func(r *publication.Release) { r.Instrument.Domains[0].Questions[1].Weight++ }),
		"domain weight":   rerelease(func(r *publication.Release) { r.Instrument.Domains[0].Weight-- }),
		"scale of scores": rerelease(func(r *publication.Release) { r.Instrument.Scores = &instrument.ScoreScale{From: "-1", To: "2"} }),
		"function":        rerelease(func(r *publication.Release) { r.Instrument.Functions[0].Title += "s" }),
		"function mean":   rerelease(func(r *publication.Release) { r.Cohorts[0].Functions[1].Mean.High += 3e-6 }),
		"function withheld": rerelease(func(r *publication.Release) {
			r.Cohorts[0].Functions[0].Mean = publication.NoEstimate()
			r.Cohorts[0].Unshrunken.Functions[0] = publication.NoEstimate()
		}),
		"without a prior":    rerelease(func(r *publication.Release) { r.Cohorts[0].Unshrunken.Functions[0].Low -= 0.01 }),
		"percentile":         rerelease(func(r *publication.Release) { r.Cohorts[0].Overall.Percentiles[1].Low -= 0.01 }),
		"plan: level value":  replacePlan(`"value":0.33`, `"value":0.34`),
		"plan: weight":       replacePlan(`"weight":8`, `"weight":9`),
		"plan: blanks count": replacePlan(`"attributes":`, `"blank":"lowest","attributes":`),
	} {
		honest := public
		if strings.Contains("function mean, function withheld, without a prior, percentile", name) {
			honest = full // which has the noisy numbers
		}
		c := *honest
		if forge(&c); fmt.Sprint(c) == fmt.Sprint(*honest) {
			t.Errorf("%s: nothing was forged", name)
		}
		if _, err := certificate.Verify(&c); err == nil {
			t.Errorf("%s: the forgery was accepted", name)
		}
	}
}

// So are several scales, and that there is no overall score.
func TestCertificateOfScales(t *testing.T) {
	if testing.Short() {
		t.Skip("derives a release for each forgery")
	}
	s := spec(privacy.SecretRoster, 300)
	s.Cohorts = nil
	full, _ := publishedOf(t, fixture.Several(), s, 300, 4)
	if _, err := certificate.Verify(full); err != nil {
		t.Fatal(err)
	}
	for name, forge := range map[string]func(*certificate.Certificate){
		"a level of a scale":    rerelease(func(r *publication.Release) { r.Instrument.Scales[0].Levels[1].Name += "s" }),
		"the scale of a domain": replacePlan(`"scale":"frequency"`, `"scale":"agreement"`),
		"a domain mean":         rerelease(func(r *publication.Release) { r.Cohorts[0].Domains[1].Mean.High += 3e-6 }),
	} {
		c := *full
		if forge(&c); fmt.Sprint(c) == fmt.Sprint(*full) {
			t.Errorf("%s: nothing was forged", name)
		}
		if _, err := certificate.Verify(&c); err == nil {
			t.Errorf("%s: the forgery was accepted", name)
		}
	}
}
