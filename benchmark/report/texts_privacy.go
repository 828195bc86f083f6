package report

// privacyTexts say how the companies were protected.
var privacyTexts = map[string]string{
	"privacy":      "How were the companies protected?",
	"privacy.test": "**Nothing is protected in this report:** its noise is test noise. What follows describes what the same report would promise with secure noise.",
	"privacy.method": "No number in this report was taken from the answers directly. Every company's answers were turned into a list of numbers of bounded length, the lists were added up, " +
		"random noise was added to every total, and everything here was computed from the noisy totals. This is differential privacy; " +
		"how much it protects is said by two numbers ε, both with δ = {delta}.",
	"privacy.method-public": "Except for the numbers of companies, which are common knowledge, no number in this report was taken from the answers directly. " +
		"Every company's answers were turned into a list of numbers of bounded length, the lists were added up, " +
		"random noise was added to every total, and everything here was computed from the noisy totals. This is differential privacy; " +
		"how much it protects is said by two numbers ε, both with δ = {delta}.",
	"privacy.method-counted": "Except for the numbers of companies, which are common knowledge, though who took part is not, no number in this report was taken from the answers directly. " +
		"Every company's answers were turned into a list of numbers of bounded length, the lists were added up, " +
		"random noise was added to every total, and everything here was computed from the noisy totals. This is differential privacy; " +
		"how much it protects is said by one number ε, with δ = {delta}.",
	"privacy.bound": "The table says the worst that the report can do: how sure a reader may be after reading it, at most, of what the reader held for 1%, 10% or 50% likely before. " +
		"The worst case is a reader who knows the answers of all other companies and asks about nothing else.",
	"privacy.presence":         "Did a company take part?",
	"privacy.presence-public":  "Are a company's answers in these numbers, or were they left out?",
	"privacy.presence-counted": "Which of two companies, with the same attributes, took part?",
	"privacy.between":          "Which of two given answer sheets, with the same attributes, did a company hand in?",
	"privacy.against": "The second bound is weaker because going from one sheet to another is two steps: leaving one out and putting the other in. " +
		"Both hold except for a chance of the order of δ. Against readers who know less, the report reveals less.",
	"privacy.against-counted": "Both bounds are the same, because another company in the place of one is another answer sheet in the place of its own. " +
		"They hold except for a chance of the order of δ. Against readers who know less, the report reveals less.",
	"odds":            "How sure a reader may become at most",
	"odds.question":   "What the reader asks",
	"odds.loss":       "ε",
	"odds.before":     "From {percent} to",
	"privacy.minimum": "Beside that, no figure is printed for a group of fewer than {companies} companies.",

	"unprotected":         "What is not protected",
	"unprotected.public":  "Who took part. The list of companies that handed in an answer sheet, and their attributes, are taken as common knowledge: joining, leaving and attributes are not protected, and numbers of companies are exact.",
	"unprotected.counted": "How many took part, in all and in every group: these numbers are exact, and so are their differences between reports. Who took part is hidden among companies with the same attributes only; where the attributes fit a single company, that it took part is not hidden.",
	"unprotected.general": "What holds for the companies in general. If the report shows that hardly anybody does something, a reader will think so of every company, also of one that never took part.",
	"unprotected.own":     "What a company says about itself, and what the organiser, who holds the raw answers, knows.",
	"unprotected.groups":  "Companies that act together: what the report reveals about several companies as a whole grows faster than their number: the statement says how much for two, three and five; and m members of a group who pool their answers leave k − m to hide among.",
	"unprotected.sum":     "The sum over several reports. Each further wave or revision reveals something more; the account's budget bounds that within every span of time of the length that it states, whatever the publications are called; over longer times it adds up, to the account's lifetime limit where it has one.",

	"statement":          "Privacy statement",
	"statement.lead":     "One entry for each point on which NIST SP 800-226 asks for a statement.",
	"statement.points":   "The privacy statement, point by point",
	"statement.point":    "Point",
	"statement.sentence": "Statement",

	"statement.loss":            "Loss",
	"statement.unit":            "Unit",
	"statement.neighbours":      "Neighbours",
	"statement.definition":      "Definition",
	"statement.bounds":          "Bounds",
	"statement.groups":          "Groups",
	"statement.denominators":    "Denominators",
	"statement.composition":     "Composition",
	"statement.post_processing": "Post-processing",
	"statement.accuracy":        "Accuracy",
	"statement.bias":            "Bias",
	"statement.trust":           "Trust",
	"statement.randomness":      "Randomness",
	"statement.assurance":       "Assurance",
	"statement.custody":         "Custody",
	"statement.aggregation":     "Aggregation",
}
