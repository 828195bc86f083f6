package certificate_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

var update = flag.Bool("update", false, "write the golden file")

// A certificate of every kind of plan verifies, also after it was written and
// read, and so does the public one that is made of it.
func TestCertificatesVerify(t *testing.T) {
	if testing.Short() {
		t.Skip("whole publications")
	}
	for name, tt := range kinds {
		t.Run(name, func(t *testing.T) {
			full, _ := published(t, tt.spec, tt.companies, 3)
			public, err := full.Public()
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range []*certificate.Certificate{full, public} {
				text, err := c.Encode()
				if err != nil {
					t.Fatal(err)
				}
				read, err := certificate.Parse(text)
				if err != nil {
					t.Fatal(err)
				}
				if report, err := certificate.Verify(read); err != nil || len(report.Checked) < 5 || len(report.Unchecked) < 3 {
					t.Errorf("%s: %v, %v", c.Kind, report, err)
				}
			}
			if !full.Opens(public) {
				t.Error("the full certificate does not open the public one")
			}
		})
	}
}

// A forgery of one field, with all hashes put right as a forger would, is found.
// The same texts written anew without a forgery verify.
func TestForgeriesAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("derives a release for each of them")
	}
	asked := spec(privacy.SecretRoster, 300)
	asked.Statistics = []string{"scores", "questions", "shares"} // no percentiles, which nobody forges and which take long to estimate again
	honest, _ := published(t, asked, 300, 3)
	type C = certificate.Certificate
	forged := map[string]func(*C){
		"format":       func(c *C) { c.Format = "maturitybench.certificate/2" },
		"kind":         func(c *C) { c.Kind = "private" },
		"estimator":    func(c *C) { c.Estimator = "1" },
		"account":      func(c *C) { c.Account = "other" },
		"wave":         func(c *C) { c.Wave = "2025" },
		"revision":     func(c *C) { c.Revision = 2 },
		"roster":       func(c *C) { c.Roster = privacy.PublicRoster },
		"plan hash":    func(c *C) { c.PlanHash = sum("other") },
		"hash":         func(c *C) { c.ReleaseHash = sum("other") },
		"commitment":   func(c *C) { c.Commitment = sum("other") },
		"salt":         func(c *C) { c.Salt = sum("other") },
		"journal":      func(c *C) { c.Journal = "13" + c.Journal[2:] },
		"journal salt": func(c *C) { c.JournalSalt = sum("other") },
		"journal hash": func(c *C) { c.JournalCommitment = sum("other") },
		"no journal":   func(c *C) { c.Journal, c.JournalSalt = "", "" },
		"any journal": func(c *C) {
			c.Journal = "here"
			c.JournalCommitment = commitment(c.JournalSalt, c.Journal)
		},
		"no numbers":  func(c *C) { c.Measurement, c.Salt = "", "" },
		"epsilon":     func(c *C) { c.Epsilon = 3 },
		"delta":       func(c *C) { c.Delta = 1e-7 },
		"between":     func(c *C) { c.Between -= 1e-4 },
		"no groups":   func(c *C) { c.Groups = nil },
		"mechanism":   func(c *C) { c.Mechanisms = c.Mechanisms[1:] },
		"tau":         func(c *C) { c.Mechanisms[0].Tau -= 1e-6 },
		"plan: k":     replacePlan(`"min_companies":5`, `"min_companies":4`),
		"plan: ε":     replacePlan(`"epsilon":4`, `"epsilon":3`),
		"plan: δ":     replacePlan(`"delta":0.000001`, `"delta":0.0000001`),
		"plan: wave":  replacePlan(`"wave":"2026"`, `"wave":"2025"`),
		"plan: panel": replacePlan(`"expected_companies":300`, `"expected_companies":200`),
		"pilot":       remeasure(func(m map[string]any) { m["pilot"].([]any)[0] = json.Number("123456789") }),
		"main":        remeasure(func(m map[string]any) { m["main"].([]any)[0] = json.Number("123456789") }),
		"kept":        remeasure(func(m map[string]any) { m["kept"].([]any)[0] = false }),
		"encoding":    remeasure(func(m map[string]any) { m["encoding"] = "other" }),
		"noise":       remeasure(func(m map[string]any) { m["noise"] = "secure" }),
		"id":          rerelease(func(r *publication.Release) { r.ID = strings.Repeat("0", 32) }),
		"confidence":  rerelease(func(r *publication.Release) { r.Confidence = 0.95 }),
		"level":       rerelease(func(r *publication.Release) { r.Instrument.Scale[1].Name = "Other" }),
		"question":    rerelease(func(r *publication.Release) { r.Instrument.Domains[0].Questions[0].Text += "?" }),
		"release: ε":  rerelease(func(r *publication.Release) { r.Privacy.Epsilon = 3 }),
		"release: δ":  rerelease(func(r *publication.Release) { r.Privacy.Delta = 2e-6 }),
		"release: ε between": rerelease(func(r *publication.Release) {
			r.Privacy.Between -= 1e-4
		}),
		"release: k":     rerelease(func(r *publication.Release) { r.Privacy.MinCompanies = 4 }),
		"release: noise": rerelease(func(r *publication.Release) { r.Privacy.Noise = publication.SecureNoise }),
		"release: μ":     rerelease(func(r *publication.Release) { r.Privacy.Loss.Mu -= 1e-6 }),
		"selection":      rerelease(func(r *publication.Release) { r.Privacy.Loss.DeltaSelection /= 2 }),
		"sampler":        rerelease(func(r *publication.Release) { r.Privacy.Loss.DeltaSampler /= 2 }),
		"lost":           rerelease(func(r *publication.Release) { r.Privacy.Account.Lost /= 2 }),
		"companies": rerelease(func(r *publication.Release) {
			r.Cohorts[0].Companies.High++
		}),
		"mean": rerelease(func(r *publication.Release) {
			r.Cohorts[0].Overall.Mean.Value += 3e-6
		}),
		"low":  rerelease(func(r *publication.Release) { r.Cohorts[0].Overall.Mean.Low -= 0.01 }),
		"high": rerelease(func(r *publication.Release) { r.Cohorts[0].Domains[0].Mean.High += 3e-6 }),
		"share": rerelease(func(r *publication.Release) {
			r.Cohorts[0].Questions[0].Shares[0].Low = 0
			r.Cohorts[0].Questions[0].Shares[0].High = 1
		}),
		"withheld": rerelease(func(r *publication.Release) {
			r.Cohorts[0].Questions[0].Mean = publication.NoEstimate()
		}),
		"suppressed": rerelease(func(r *publication.Release) {
			for i := range r.Cohorts[1:] {
				r.Cohorts[1+i] = publication.Cohort{ID: r.Cohorts[1+i].ID, Status: publication.Suppressed}
			}
		}),
		"unshrunken": rerelease(func(r *publication.Release) { r.Cohorts[0].Unshrunken.Overall.Value += 3e-6 }),
	}
	for i := range honest.Mechanisms {
		forged[fmt.Sprint("bound ", i)] = func(c *C) { c.Mechanisms[i].Bound++ }
		forged[fmt.Sprint("vectors ", i)] = func(c *C) { c.Mechanisms[i].Vectors++ }
		forged[fmt.Sprint("beside ", i)] = func(c *C) { c.Mechanisms[i].Beside++ }
		forged[fmt.Sprint("sigma ", i)] = func(c *C) { c.Mechanisms[i].Sigma *= 1 - 1e-9 }
		forged[fmt.Sprint("mu ", i)] = func(c *C) { c.Mechanisms[i].Mu *= 1 - 1e-9 }
		forged[fmt.Sprint("name ", i)] = func(c *C) { c.Mechanisms[i].Name += "x" }
	}
	for i := range honest.Groups {
		forged[fmt.Sprint("group size ", i)] = func(c *C) { c.Groups[i].Companies++ }
		forged[fmt.Sprint("group ε ", i)] = func(c *C) { c.Groups[i].Epsilon -= 1e-4 }
		forged[fmt.Sprint("group δ ", i)] = func(c *C) { c.Groups[i].Delta /= 2 }
		forged[fmt.Sprint("release: group ", i)] = rerelease(func(r *publication.Release) { r.Privacy.Groups[i].Epsilon -= 1e-4 })
	}
	sentences := map[string]any{}
	release, _ := publication.Parse([]byte(honest.Release))
	text, _ := json.Marshal(release.Privacy.Statement)
	if err := json.Unmarshal(text, &sentences); err != nil || len(sentences) < 10 {
		t.Fatal(err, len(sentences))
	}
	for key := range sentences {
		forged["statement: "+key] = rerelease(func(r *publication.Release) {
			text, _ := json.Marshal(r.Privacy.Statement)
			changed := map[string]any{}
			_ = json.Unmarshal(text, &changed)
			changed[key] = "All is well."
			text, _ = json.Marshal(changed)
			_ = json.Unmarshal(text, &r.Privacy.Statement)
		})
	}
	if len(forged) < 50 {
		t.Fatalf("%d forgeries", len(forged))
	}
	for name, repack := range map[string]func(*C){
		"release":     rerelease(func(*publication.Release) {}),
		"measurement": remeasure(func(map[string]any) {}),
	} {
		c := *honest
		if repack(&c); c.Release == honest.Release && c.Measurement == honest.Measurement {
			t.Errorf("%s: nothing was written anew", name)
		}
		if _, err := certificate.Verify(&c); err != nil {
			t.Errorf("%s: written anew without a forgery: %v", name, err)
		}
	}
	for name, forge := range forged {
		c := *honest
		c.Mechanisms, c.Groups = slices.Clone(c.Mechanisms), slices.Clone(c.Groups)
		forge(&c)
		before, _ := honest.Encode()
		if after, _ := c.Encode(); bytes.Equal(before, after) {
			t.Errorf("%s: nothing was forged", name)
		}
		if _, err := certificate.Verify(&c); err == nil {
			t.Errorf("%s: the forgery was accepted", name)
		}
	}
}

// Without the noisy numbers a verification finds what plan and release must have in
// common: a forgery of a public certificate that says less.
func TestForgeriesOfPublicAreFound(t *testing.T) {
	_, honest, _ := hidden(t, privacy.SecretRoster)
	type C = certificate.Certificate
	for name, forge := range map[string]func(*C){
		"account":    func(c *C) { c.Account = "other" },
		"wave":       func(c *C) { c.Wave = "2025" },
		"epsilon":    func(c *C) { c.Epsilon = 3 },
		"delta":      func(c *C) { c.Delta = 1e-7 },
		"between":    func(c *C) { c.Between -= 1e-4 },
		"group":      func(c *C) { c.Groups = slices.Clone(c.Groups); c.Groups[0].Epsilon -= 1e-4 },
		"no groups":  func(c *C) { c.Groups = nil },
		"sigma":      func(c *C) { c.Mechanisms = slices.Clone(c.Mechanisms); c.Mechanisms[1].Sigma *= 2 },
		"plan":       replacePlan(`"min_companies":5`, `"min_companies":4`),
		"id":         rerelease(func(r *publication.Release) { r.ID = strings.Repeat("0", 32) }),
		"confidence": rerelease(func(r *publication.Release) { r.Confidence = 0.95 }),
		"question":   rerelease(func(r *publication.Release) { r.Instrument.Domains[0].Questions[0].Text += "?" }),
		"ε":          rerelease(func(r *publication.Release) { r.Privacy.Epsilon = 3 }),
		"μ":          rerelease(func(r *publication.Release) { r.Privacy.Loss.Mu -= 1e-6 }),
		"statement":  rerelease(func(r *publication.Release) { r.Privacy.Statement.Trust = "All is well." }),
		"cohort":     rerelease(func(r *publication.Release) { r.Cohorts = r.Cohorts[:len(r.Cohorts)-1] }),
		"attribute": rerelease(func(r *publication.Release) {
			last := fixture.Industry().Attributes[len(fixture.Industry().Attributes)-1]
			r.Cohorts = r.Cohorts[:len(r.Cohorts)-len(last.Values)]
		}),
		"cohort id": rerelease(func(r *publication.Release) { r.Cohorts[1].ID = "size=other" }),
	} {
		c := *honest
		if forge(&c); fmt.Sprint(c) == fmt.Sprint(*honest) {
			t.Errorf("%s: nothing was forged", name)
		}
		if _, err := certificate.Verify(&c); err == nil {
			t.Errorf("%s: the forgery was accepted", name)
		}
	}
}

// A cohort that the plan does not measure cannot be published, whoever signs for it.
func TestUnmeasuredCohorts(t *testing.T) {
	full, _ := published(t, spec(privacy.SecretRoster, 30), 60, 3)
	c := *full
	rerelease(func(r *publication.Release) {
		r.Cohorts[1] = r.Cohorts[0]
		r.Cohorts[1].ID = "size=small"
	})(&c)
	c.Measurement, c.Salt, c.Kind, c.Journal, c.JournalSalt = "", "", certificate.Public, "", ""
	if _, err := certificate.Verify(&c); err == nil || !strings.Contains(err.Error(), "cohort") {
		t.Errorf("a cohort that was not measured is published: %v", err)
	}
}

// replacePlan forges the plan and its hash.
func replacePlan(old, by string) func(*certificate.Certificate) {
	return func(c *certificate.Certificate) {
		c.Plan = strings.Replace(c.Plan, old, by, 1)
		digest := privacy.PlanDigest([]byte(c.Plan))
		c.PlanHash = hex.EncodeToString(digest[:])
	}
}

// remeasure forges the measurement and the commitment to it.
func remeasure(change func(map[string]any)) func(*certificate.Certificate) {
	return func(c *certificate.Certificate) {
		var m map[string]any
		d := json.NewDecoder(strings.NewReader(c.Measurement))
		d.UseNumber()
		_ = d.Decode(&m)
		change(m)
		text, _ := json.Marshal(m)
		c.Measurement, c.Commitment = string(text), commitment(c.Salt, string(text))
	}
}

func commitment(salt, text string) string {
	random, _ := hex.DecodeString(salt)
	return sum(string(random) + text)
}

// rerelease forges the release and its hash.
func rerelease(change func(*publication.Release)) func(*certificate.Certificate) {
	return func(c *certificate.Certificate) {
		r, _ := publication.Parse([]byte(c.Release))
		change(r)
		text, _ := json.Marshal(r)
		c.Release, c.ReleaseHash = string(text), sum(string(text))
	}
}

// The plan is the one whose hash was announced before answers were collected.
func TestAnnounced(t *testing.T) {
	c, _ := published(t, spec(privacy.PublicRoster, 30), 30, 3)
	report, err := certificate.Verify(c, certificate.Announced(strings.ToUpper(c.PlanHash)))
	if err != nil || !slices.ContainsFunc(report.Checked, func(s string) bool { return strings.Contains(s, "announced") }) {
		t.Errorf("%v, %v", report, err)
	}
	report, err = certificate.Verify(c)
	if err != nil || !slices.ContainsFunc(report.Unchecked, func(s string) bool { return strings.Contains(s, "announced") }) {
		t.Errorf("nothing was announced: %v, %v", report, err)
	}
	other := spec(privacy.PublicRoster, 30)
	other.MinCompanies = 6
	plan, err := benchmark.NewPlan(industry(t), other)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := certificate.PlanHash(plan)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Verify(c, certificate.Announced(hash)); !errors.Is(err, certificate.ErrPlan) || !strings.Contains(err.Error(), hash) {
		t.Errorf("another plan was announced: %v", err)
	}
	for _, hash := range []string{"", c.PlanHash[:62], c.PlanHash[1:] + "g"} {
		if _, err := certificate.Verify(c, certificate.Announced(hash)); err == nil {
			t.Errorf("%q is no hash", hash)
		}
	}
}

// A second publication of the same wave and revision convicts its organiser.
func TestTwoCertificatesConvict(t *testing.T) {
	first, k := published(t, spec(privacy.PublicRoster, 30), 30, 3)
	second, _ := published(t, spec(privacy.PublicRoster, 30), 30, 4)
	if err := certificate.Compare(first, second); !errors.Is(err, certificate.ErrConflict) {
		t.Errorf("two publications: %v", err)
	}
	again, err := certificate.Make(k.Plan, k.Record, journal)
	if err != nil {
		t.Fatal(err)
	}
	if err := certificate.Compare(first, again); err != nil {
		t.Errorf("the same publication twice: %v", err)
	}
	s := spec(privacy.PublicRoster, 30)
	s.Revision = 2
	if other, _ := published(t, s, 30, 4); certificate.Compare(first, other) != nil {
		t.Error("another revision conflicts")
	}
	public, err := first.Public()
	if err != nil {
		t.Fatal(err)
	}
	if second.Opens(public) {
		t.Error("a foreign certificate opens the public one")
	}
	elsewhere, err := certificate.Make(k.Plan, k.Record, "13:"+strings.Repeat("3f", 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := certificate.Compare(first, elsewhere); !errors.Is(err, certificate.ErrConflict) {
		t.Errorf("one publication at two places of the journal: %v", err)
	}
	if moved := *first; true {
		moved.Journal, moved.JournalSalt, moved.JournalCommitment = elsewhere.Journal, elsewhere.JournalSalt, elsewhere.JournalCommitment
		if moved.Opens(public) {
			t.Error("a certificate of another place in the journal opens the public one")
		}
	}
}

func TestParseIsStrict(t *testing.T) {
	c, _ := published(t, spec(privacy.PublicRoster, 30), 30, 3)
	text, err := c.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]string{
		"unknown key": strings.Replace(string(text), `{`, `{"more":1,`, 1),
		"doubled key": strings.Replace(string(text), `{`, `{"wave":"2026",`, 1),
		"missing key": strings.Replace(string(text), `,"wave":"2026"`, ``, 1),
		"cut":         string(text[:len(text)/2]),
	} {
		if wrong == string(text) {
			t.Errorf("%s: nothing was changed", name)
		} else if _, err := certificate.Parse([]byte(wrong)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A certificate of an earlier day still verifies.
func TestGolden(t *testing.T) {
	const path = "testdata/full.json"
	if *update {
		c, _ := published(t, spec(privacy.PublicRoster, 30), 30, 3)
		text, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := certificate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Verify(c); err != nil {
		t.Error(err)
	}
}
