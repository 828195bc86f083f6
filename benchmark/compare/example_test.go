package compare_test

import (
	"fmt"
	"log"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// A company holds its own answers against a published release.
func ExampleNewStanding() {
	release, err := publication.Load("../publication/testdata/releases/profiles.json")
	if err != nil {
		log.Fatal(err)
	}
	standing, err := compare.NewStanding(release, compare.Own{Scores: map[string]int{
		"org-01": 3, "org-02": 1, "org-03": 0, "org-04": 2, "risk-01": 1, "risk-04": 2,
	}})
	if err != nil {
		log.Fatal(err)
	}
	all, _ := standing.Cohort("all")
	for _, d := range all.Domains {
		fmt.Printf("%s: own %s, peers %s, %s, %s\n", d.ID, d.OwnCell(), d.Mean, d.Verdict, d.Band)
	}
	fmt.Println("peers are clearly ahead in", all.Ahead)
	for _, p := range standing.Profiles {
		fmt.Printf("%s: met %v, %.0f%% reached\n", p.ID, p.Met, 100*p.Reached)
	}
	// Output:
	// org: own 1.50, peers 1.66 [1.61, 1.72], below, second quarter
	// risk: own 1.50, peers 1.03 [0.98, 1.09], above, third quarter
	// peers are clearly ahead in [org-03 org-02]
	// buyer: met false, 80% reached
	// badge: met true, 100% reached
}
