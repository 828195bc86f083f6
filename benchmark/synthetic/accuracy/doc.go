// Package accuracy compares releases of synthetic panels with their exact
// numbers: how large the errors are, how often the intervals hold, how much is
// published, and whether anything is said about fewer than k companies.
//
//	sample, err := kind.Panel(in, 300, rng)       // 1. a panel in the open (package synthetic)
//	release, err := benchmark.Publish(ctx, ledger, plan, data) // 2. its release
//	var scores accuracy.Scores
//	scores.Add(release, sample)                   // 3. compare, for many panels
//	fmt.Println(scores.All[accuracy.QuestionMeans].Coverage())
package accuracy
