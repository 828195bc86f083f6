package report

// figureTexts are the titles, descriptions and legends of figures.
var figureTexts = map[string]string{
	"figure.source":     "{title}, wave {wave}.",
	"figure.dated":      "{date}.",
	"figure.confidence": "Intervals of {confidence}% confidence.",
	"figure.test-noise": "Test noise: nothing is protected.",
	"figure.synthetic":  "Synthetic: no company stands behind these numbers.",
	"figure.ids":        "Names that the fonts of this file cannot show stand as ids.",

	"figure.who":      "Who answered",
	"figure.who.text": "Numbers of companies, with intervals of {confidence}% confidence.",

	"figure.domains":      "Mean maturity, overall and by domain",
	"figure.domains.text": "The dot is the estimated mean of all companies, the bar around it the interval of {confidence}% confidence that the noise leaves.",

	"figure.domains-several":          "Means of the domains",
	"figure.domains-several.text":     "The dot is the estimated mean of all companies, the bar around it the interval of {confidence}% confidence that the noise leaves.",
	"figure.domains-yes-several":      "Practices answered “{name}”, by domain",
	"figure.domains-yes-several.text": "The bar is the estimated mean percentage of all companies, the line on it the interval of {confidence}% confidence that the noise leaves.",
	"figure.functions-several":        "Means of the functions",
	"figure.functions-several.text":   "The mean of the means of the domains of a function, each by its weight, with the interval of {confidence}% confidence that the noise leaves.",
	"figure.practices-several":        "Means of the practices: {domain}",
	"figure.practices-several.text":   "The dot is the estimated mean of all companies, the bar around it the interval of {confidence}% confidence that the noise leaves.",
	"figure.heatmap-several":          "Means by domain and {attribute}",
	"figure.heatmap-several.text":     "A cell holds the estimated mean and its interval; darker is higher.",
	"figure.spread-by-several":        "Spread of the companies by {attribute}",
	"figure.spread-by-several.text":   "Scores of the domains. The bar goes from the lower to the upper quartile; the heavy line is the median, the darker part its interval; dots are further percentiles. The number is the median.",

	"figure.work":      "The practices with the lowest means",
	"figure.work.text": "The lowest first. The dot is the estimated mean, the bar around it the interval of {confidence}% confidence.",

	"figure.domains-yes":      "Practices answered “{name}”, overall and by domain",
	"figure.domains-yes.text": "The bar is the estimated mean percentage of all companies, the line on it the interval of {confidence}% confidence that the noise leaves.",
	"figure.work-yes":         "The practices with the fewest “{name}”",
	"figure.work-yes.text":    "The lowest first. The bar is the estimated percentage of the companies, the line on it the interval of {confidence}% confidence.",

	"figure.radar-domains":      "Means of the domains",
	"figure.radar-domains.text": "Every spoke is a domain, from the lowest level in the middle outwards; levels above all means are left out. The line joins the means, the band is their interval of {confidence}% confidence.",

	"figure.radar-practices":      "Means of the practices",
	"figure.radar-practices.text": "Every spoke is a practice by its id, from the lowest level in the middle outwards; levels above all means are left out. The line joins the means, the band is their interval of {confidence}% confidence.",

	"figure.functions":      "Means of the functions",
	"figure.functions.text": "The mean of the means of the domains of a function, each by its weight in the overall score, with the interval of {confidence}% confidence that the noise leaves.",

	"figure.spread":      "Spread of the companies",
	"figure.spread.text": "The bar goes from the lower to the upper quartile: the middle half of the companies lies in it. The heavy line is the median, the darker part its interval; dots are further percentiles. The number is the median.",

	"figure.practices":      "Mean maturity of the practices: {domain}",
	"figure.practices.text": "The dot is the estimated mean of all companies, the bar around it the interval of {confidence}% confidence that the noise leaves.",

	"figure.distribution":      "The practices: {domain}",
	"figure.distribution.text": "Left: the percentages of the companies at each level, the darker the higher. Right, and in numbers: the mean, with its interval of {confidence}% confidence.",

	"figure.upper":      "Companies that answer “{name}”: {domain}",
	"figure.upper.text": "Percentages of the companies, with intervals of {confidence}% confidence.",

	"figure.ranking":      "Highest and lowest practices",
	"figure.ranking.text": "The most extreme first. The dot is the estimated mean, the bar around it the interval of {confidence}% confidence. Where bars overlap, the order is open.",

	"figure.heatmap":      "Mean maturity by domain and {attribute}",
	"figure.heatmap.text": "A cell holds the estimated mean and its interval; darker is more mature.",

	"figure.spread-by":      "Spread of the companies by {attribute}",
	"figure.spread-by.text": "Overall scores. The bar goes from the lower to the upper quartile; the heavy line is the median, the darker part its interval; dots are further percentiles. The number is the median. The table has the domains too.",

	"figure.profiles":      "Companies that meet each profile",
	"figure.profiles.text": "Every group of lines is a profile, every line a group of companies. The dot is the estimated share of the companies that meet the profile, the bar around it the interval of {confidence}% confidence.",

	"figure.ladder":      "How far the companies are",
	"figure.ladder.text": "Every profile asks for all of the one above it in its group of bars, and for more. A bar is the estimated share of all companies that meet it, the line on it the interval of {confidence}% confidence.",

	"figure.change":                "Change of the means from wave {from} to wave {to}",
	"figure.change.text":           "The dot is the estimated change in levels, the bar around it the interval of {confidence}% confidence. A bar that crosses zero says neither up nor down.",
	"figure.slopes":                "Means from wave to wave",
	"figure.slopes-seen":           "Means from wave to wave, as published and as seen from wave {to}",
	"figure.slopes-seen.text":      "Every line is a score of all companies; its ends are the published means. Bold lines changed by more than the noise from the last wave to this one. Dashed lines with hollow marks are the same means as seen from wave {to}: smoothed, from what was measured in all waves. They stand beside what was published, not in its place.",
	"figure.slopes.text":           "Every line is a score of all companies; its ends are the estimated means. Bold lines changed by more than the noise from the last wave to this one.",
	"figure.change-practices":      "Practices that changed most from wave {from} to wave {to}",
	"figure.change-practices.text": "Of the practices whose change is larger than the noise, the largest changes. The dot is the estimated change of the mean in levels, the bar around it the interval of {confidence}% confidence. Among many practices some change by chance. The tables have all practices.",

	"legend.up":       "up",
	"legend.down":     "down",
	"legend.shown":    "as published",
	"legend.seen":     "as seen from wave {to}, smoothed",
	"legend.same":     "cannot be told apart from no change",
	"legend.interval": "estimate and interval of {confidence}% confidence",
	"legend.bar":      "estimate, and interval of {confidence}% confidence",
	"legend.hidden":   "not shown",
	"legend.rung":     "step {n}",
	"legend.box":      "from lower to upper quartile",
	"legend.median":   "median and its interval",
	"legend.whisker":  "as far as the quartiles may lie",
}
