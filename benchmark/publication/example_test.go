package publication_test

import (
	"fmt"
	"log"

	"maturitybench/benchmark/publication"
)

func ExampleLoad() {
	release, err := publication.Load("testdata/releases/secret.json")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("wave", release.Wave, "at ε =", release.Privacy.Epsilon)
	for _, id := range []string{"all", "size=small", "region=eu"} {
		cohort, _ := release.Cohort(id)
		if cohort.Status == publication.Suppressed {
			fmt.Println(id, "is", cohort.Status)
			continue
		}
		question, _ := cohort.Question("org-01")
		fmt.Println(id, cohort.Companies, "companies, org-01:", question.Mean, "at or above level 2:", question.AtLeast[1].Percent())
	}
	// Output:
	// wave 2026 at ε = 4
	// all 118 [114, 122] companies, org-01: 1.3 [1.1, 1.4] at or above level 2: 37% [34%, 40%]
	// size=small 43 [37, 49] companies, org-01: 0.6 [0.4, 0.8] at or above level 2: 10% [6%, 15%]
	// region=eu is suppressed
}

func ExampleRelease_Cells() {
	release, err := publication.Load("testdata/releases/public.json")
	if err != nil {
		log.Fatal(err)
	}
	for cell := range release.Cells() {
		if cell.Item == "risk" && cell.Statistic == publication.StatisticMean {
			fmt.Println(cell.Cohort, cell.Estimate)
		}
	}
	// Output:
	// all 2.2 [2.0, 2.5]
	// size=small 2.4 [2.0, 2.7]
	// size=medium 2.3 [2.0, 2.7]
	// size=large 1.8 [1.4, 2.2]
}
