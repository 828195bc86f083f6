package encode

import (
	"cmp"
	"math"
	"slices"

	"maturitybench/benchmark/internal/model"
)

// stake is what a block is worth to the report.
type stake struct {
	worth float64 // loss per variance of the cohort mean of a coordinate, summed over the coordinates
	prior Variances
}

// stakes are the worth and the prior variances of every block; a block that
// does not exist, or helps nothing that is asked for, has no worth. The prior variances of the head and of the
// rates are beliefs about industry panels; variances between companies come
// from the public model where it has them. More of what a longer instrument
// publishes is about questions, and more of them share the norm of a company: the
// worth of the level and the offsets, which are a part of every question's mean,
// and of the questions' shapes grows with its length, that of the contrasts with
// the square. Shapes are worth more the better the means are known.
func stakes(shape model.Shape, public *model.Public, center model.Center, mu float64, exactSizes bool) [model.Blocks]stake {
	unit := shape.Unit() * shape.Unit()
	mean := 1 / (meanUnit * meanUnit * unit)
	levels := levelsWorth(shape)
	counts := levels.ofAll(shape, center)
	within := public.Variance
	length := shape.Length()
	orders := float64(shape.Levels-2) * shapesWorth * min(max(center.Companies*mu/largePanel, shapesOfSmall), 1)
	noise := scoreNoise(public)
	all := [model.Blocks]stake{
		model.Companies:     {counts.companies * companiesWorth, Variances{max(companiesLevel, center.CompaniesVariance/square(center.Companies)), companiesGroup, companiesWithin}},
		model.NotStated:     {notStatedWorth, Variances{notStatedLevel, 0, notStatedWithin}},
		model.Overall:       {levels.overall, Variances{center.LevelVariance, overallGroup * unit, within[model.Overall]}},
		model.Segments:      {levels.overall, Variances{center.LevelVariance, overallGroup * unit, within[model.Segments]}},
		model.Offsets:       {levels.offsets, Variances{offsetsLevel * unit, offsetsGroup * unit, within[model.Offsets]}},
		model.Unusable:      {unusableWorth * mean * unit, Variances{unusableLevel, 0, unusableWithin}},
		model.Empty:         {emptyWorth * mean * unit, Variances{emptyLevel, 0, emptyWithin}},
		model.Contrasts:     {levels.contrasts, Variances{contrastsLevel * unit, contrastsGroup * unit, within[model.Contrasts]}},
		model.Skips:         {counts.skips * skipsWorth * mean * unit, Variances{skipsLevel, 0, skipsWithin}},
		model.DomainShape:   {orders, Variances{domainShapeAll, domainShapeOwn, within[model.DomainShape]}},
		model.QuestionShape: {length * orders, Variances{questionAll, questionOwn, within[model.QuestionShape]}},
		model.Squares:       {quartileWorth * mean / center.ScoreVariance, Variances{square(center.ScoreVariance), 0, within[model.Squares]}},
		model.ScoreCDF:      {scoreCDFWorth * noise / unit, Variances{cdfLevel / noise, cdfGroup / noise, cdfWithin / noise}},
		model.Profiles:      {length * length * profilesWorth / (shareUnit * shareUnit), Variances{profilesLevel, profilesGroup, within[model.Profiles]}},
	}
	for b := range all {
		switch block := model.Block(b); {
		case !exists(shape, block, exactSizes):
			all[b] = stake{}
		case !shape.Asks(block.Serves()):
			all[b].worth = 0
		}
	}
	return all
}

// levelWorths are what errors of the overall score, the offsets and the contrasts are
// worth.
type levelWorths struct{ overall, offsets, contrasts float64 }

// levelsWorth adds up what is asked for: the overall mean is a part of the means of
// scores, of percentiles and of the means of questions, and an error of a mean also moves
// the shares.
func levelsWorth(shape model.Shape) levelWorths {
	unit := shape.Unit() * shape.Unit()
	asked := func(kind model.Kinds, worth float64) float64 {
		if shape.Asks(kind) {
			return worth
		}
		return 0
	}
	mean := 1 / (meanUnit * meanUnit * unit)
	shares := asked(model.ForShares, (shareOfMean*shareOfMean+atLeastOfMean*atLeastOfMean)/(shareUnit*shareUnit*unit))
	others := asked(model.ForQuartiles, 1) + asked(model.ForQuestions, 1)
	overall := max(asked(model.ForScores, overallScores)+others, leastMeans)
	length := shape.Length()
	return levelWorths{
		overall:   length * overallWorth * (overall*mean + shares),
		offsets:   length * offsetsWorth * (max(asked(model.ForScores, 1)+others, leastMeans)*mean + shares),
		contrasts: length * length * (asked(model.ForQuestions, mean) + shares),
	}
}

// countWorths are what the counts that sums are divided by are worth, as a share of that
// to a plan that asks for everything.
type countWorths struct{ companies, skips float64 }

// ofAll compares with a plan that asks for everything: a count is worth what it divides.
func (l levelWorths) ofAll(shape model.Shape, center model.Center) countWorths {
	unit := shape.Unit() * shape.Unit()
	companies := func(l levelWorths) float64 {
		return companiesAlone + l.overall*(center.LevelVariance+companiesOfOverall*unit) + companiesOfOffsets*unit*l.offsets + companiesOfContrasts*unit*l.contrasts
	}
	profiles := shape.Asks(model.ForProfiles)
	shape.Unasked = 0
	all := levelsWorth(shape)
	c := countWorths{companies: companies(l) / companies(all), skips: l.contrasts / all.contrasts}
	if profiles {
		c.skips = max(c.skips, skipsOfProfiles)
	}
	return c
}

// exists says whether the plan has the block. Where sizes are public
// they give the number of companies and of those that state an attribute.
func exists(shape model.Shape, b model.Block, exactSizes bool) bool {
	if exactSizes && (b == model.Companies || b == model.NotStated) {
		return false
	}
	return shape.Has(b)
}

// scoreNoise is the variance that unit noise on the whitened score features
// leaves on one of the distribution functions, on average.
func scoreNoise(public *model.Public) float64 {
	var trace float64
	var n int
	for _, s := range public.ScoreNoise {
		for j := range s.SymmetricDim() {
			trace += s.At(j, j)
			n++
		}
	}
	return trace / float64(n)
}

// rowGroup is a block in the rows of all or of one attribute: the unit that
// gets its own noise.
type rowGroup struct {
	block model.Block
	group int     // 0 all, then the attributes
	worth float64 // loss per variance of a measured total
	prior float64 // prior variance of a total
	cost  float64 // mean squared norm that a company spends per unit of precision
}

// threshold is what the r of [waterFill] must exceed for the row group to be
// measured.
func (g rowGroup) threshold() float64 { return math.Sqrt(g.cost/g.worth) / g.prior }

// rowGroups lists what can be measured. The loss is that of all, and of the
// segments in equal parts: the average segment of the average attribute counts
// as much as all. With n companies, A attributes and K values a segment mean
// has the variance K²/n² of its total, so that K segments weigh K/(A·n²) per
// variance of a contrast row; the total of all is also a part of every
// segment's, which adds up to once more its own weight.
func rowGroups(shape model.Shape, public *model.Public, stakes [model.Blocks]stake, companies float64) []rowGroup {
	attributes := 0.0
	for _, k := range shape.Attributes {
		if k > 1 {
			attributes++
		}
	}
	var groups []rowGroup
	for b, s := range stakes {
		block := model.Block(b)
		if s.worth == 0 {
			continue
		}
		for j := range sigmas(shape, block) {
			if block == model.Segments && j == 0 {
				continue // that is Overall
			}
			values, rows, coefficient, variance := 1.0, 1.0, 1.0, s.prior.Level
			if attributes > 0 {
				coefficient = segmentsUseAll
			}
			if block == model.DomainShape {
				variance *= unlikeShapes
			}
			if j > 0 {
				values = float64(shape.Attributes[j-1])
				rows, coefficient, variance = values-1, values/attributes, s.prior.Group
			}
			if rows == 0 {
				continue
			}
			groups = append(groups, rowGroup{
				block: block,
				group: j,
				worth: s.worth * coefficient * rows / (companies * companies),
				prior: (companies/values)*(companies/values)*variance + companies/values*s.prior.Within,
				cost:  shape.RowShare(j) * max(public.MeanSquare[b], leastSquare(block)),
			})
		}
	}
	return groups
}

// leastSquare keeps a block that the public model hardly uses from looking free.
func leastSquare(b model.Block) float64 {
	if b == model.NotStated || b == model.Empty {
		return leastSquareRare
	}
	return leastSquareOther
}

// sigmas is a slice with one place for each noise scale of a block.
func sigmas(shape model.Shape, b model.Block) []float64 {
	if b.AllOnly() {
		return make([]float64, 1)
	}
	return make([]float64, shape.RowGroups())
}

// waterFill returns the precision t of each row group, which minimises the
// posterior loss Σ worth·prior/(1 + prior·t) subject to Σ cost·t = budget and
// t ≥ 0: reverse water-filling. At the optimum, for some r,
//
//	t = max(0, r·sqrt(worth/cost) − 1/prior),
//
// so a row group is measured once r exceeds its threshold, they enter in that
// order, and r follows from the budget in closed form. Without priors, t is
// proportional to sqrt(worth/cost).
func waterFill(groups []rowGroup, budget float64) []float64 {
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(groups[a].threshold(), groups[b].threshold())
	})
	precision := make([]float64, len(groups))
	for in := len(order); in > 0; in-- {
		if above(groups, order[:in], order[in-1], budget) <= 0 && in > 1 {
			continue // the last to enter stays out
		}
		for _, i := range order[:in] {
			g := groups[i]
			precision[i] = math.Sqrt(g.worth/g.cost) * above(groups, order[:in], i, budget)
		}
		break
	}
	return precision
}

// above is how far r is above the threshold of a row group when those that are
// in spend the budget, Σ sqrt(worth·cost)·(r − threshold) = budget.
func above(groups []rowGroup, in []int, at int, budget float64) float64 {
	var slope float64
	for _, i := range in {
		s := math.Sqrt(groups[i].worth * groups[i].cost)
		slope += s
		budget += s * (groups[i].threshold() - groups[at].threshold())
	}
	return budget / slope
}

// allocate returns the noise of every block that spends mu² in the mean over
// the public model's companies, +Inf where nothing is measured.
func allocate(shape model.Shape, groups []rowGroup, mu float64) [model.Blocks][]float64 {
	var sigma [model.Blocks][]float64
	for _, g := range groups {
		if sigma[g.block] == nil {
			sigma[g.block] = sigmas(shape, g.block)
			for j := range sigma[g.block] {
				sigma[g.block][j] = math.Inf(1)
			}
		}
	}
	for i, t := range waterFill(groups, mu*mu) {
		sigma[groups[i].block][groups[i].group] = 1 / math.Sqrt(t)
	}
	return sigma
}
