package report

// figureTexts are the titles, descriptions and legends of figures.
var figureTexts = map[string]string{
	"figure.source":     "{title}, wave {wave}. Release {id}. Intervals of {confidence}% confidence.",
	"figure.test-noise": "Test noise: nothing is protected.",
	"figure.synthetic":  "Synthetic: no company stands behind these numbers.",
	"figure.ids":        "Names that the fonts of this file cannot show stand as ids.",

	"figure.domains":      "Mean maturity, overall and by domain",
	"figure.domains.text": "Every line is a score of all companies. The dot is the estimated mean, the bar around it the interval of {confidence}% confidence that the noise leaves.",

	"figure.spread":      "Spread of the companies, overall and by domain",
	"figure.spread.text": "Every line is a score of all companies. The bar goes from the lower to the upper quartile, so that the middle half of the companies lies in it; the heavy line is the median, with the darker part as its interval; the dots are the percentiles beside them. The number is the median.",

	"figure.practices":      "Mean maturity of the practices: {domain}",
	"figure.practices.text": "Every line is a practice. The dot is the estimated mean of all companies, the bar around it the interval of {confidence}% confidence that the noise leaves.",

	"figure.distribution":      "Companies at each level: {domain}",
	"figure.distribution.text": "Every bar is a practice. Its parts are the percentages of the companies at each level, from the lowest at the left to the highest at the right. Darker is more mature. Intervals are in tables.csv.",

	"figure.at-least":      "Companies at level {level} ({name}) or above: {domain}",
	"figure.at-least.text": "Every line is a practice. The dot is the estimated share of the companies at level {level} or above, the bar around it the interval of {confidence}% confidence. The table has the other levels too.",

	"figure.ranking":      "Highest and lowest practices",
	"figure.ranking.text": "Practices that are surely in the upper or in the lower half, the most extreme first. The dot is the estimated mean, the bar around it the interval of {confidence}% confidence. Where bars overlap, the order is open.",

	"figure.heatmap":      "Mean maturity by domain and {attribute}",
	"figure.heatmap.text": "Every row is a score, every column a cohort. A cell holds the estimated mean and its interval; darker is more mature.",

	"figure.spread-by":      "Spread of the companies by domain and {attribute}",
	"figure.spread-by.text": "Every group of lines is a score, every line a cohort. The bar goes from the lower to the upper quartile; the heavy line is the median, with the darker part as its interval; the dots are the percentiles beside them. The number is the median.",

	"figure.profiles":      "Companies that meet each profile",
	"figure.profiles.text": "Every group of lines is a profile, every line a cohort. The dot is the estimated share of its companies that meet the profile, the bar around it the interval of {confidence}% confidence.",

	"figure.relation":      "Overall maturity by {attribute}",
	"figure.relation.text": "Every line is a cohort. The dot is the estimated overall mean, the bar around it the interval of {confidence}% confidence. Cohorts whose bars overlap cannot be told apart.",

	"figure.change":                "Change of the means from wave {from} to wave {to}",
	"figure.change.text":           "Every line is a score of all companies. The dot is the estimated change in levels, the bar around it the interval of {confidence}% confidence. A bar that crosses zero says neither up nor down.",
	"figure.change-practices":      "Change of the practices from wave {from} to wave {to}: {domain}",
	"figure.change-practices.text": "Every line is a practice. The dot is the estimated change of the mean in levels, the bar around it the interval of {confidence}% confidence. A bar that crosses zero says neither up nor down.",

	"legend.up":       "up",
	"legend.down":     "down",
	"legend.same":     "cannot be told apart from no change",
	"legend.interval": "estimate and interval of {confidence}% confidence",
	"legend.hidden":   "withheld or suppressed: no number is shown",
	"legend.box":      "from lower to upper quartile",
	"legend.median":   "median and its interval",
	"legend.whisker":  "as far as the quartiles may lie",
}
