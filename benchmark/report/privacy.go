package report

import (
	"fmt"
	"math"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/privacy"
)

// reading says how to read the numbers.
func (m *markdown) reading() {
	m.heading(2, "How to read the numbers")
	confidence := percentage(m.release.Confidence)
	m.bullets([]string{
		fmt.Sprintf("**Intervals.** In “1.7 [1.5, 1.9]” the estimate is 1.7. Intervals made like this one hold the exact number in %s%% of cases, each by itself: "+
			"among many of them some will miss. They cover what the protection of the companies costs, the noise above all, and nothing else. A number without an interval is exact.", confidence),
		"**Target.** The exact number meant is that of the companies that answered. How far these stand for the industry is another question, which no interval here answers: " +
			"they were not drawn at random, and they scored themselves.",
		"**Differences.** Call two numbers different only if their intervals do not overlap. If they overlap, the noise does not tell them apart.",
		"**Skipped questions.** Means and percentages of a practice refer to the companies that answered it; a domain score is the mean of the answers given there.",
		"**Quartiles.** A quarter of the companies score at or below the lower quartile, half at or below the median, three quarters at or below the upper one (linear interpolation, type 7).",
		"**Rounding.** Numbers have one decimal and percentages none, more where the interval is narrow. The percentages of a practice sum to 100. All digits are in release.json and tables.csv.",
	})
}

// methodology says how the companies were protected, and what is not.
func (m *markdown) methodology() {
	p := m.release.Privacy
	m.heading(2, "Methodology and privacy")
	if p.Noise == benchmark.TestNoise {
		m.warning("Nothing is protected in this report:", "its noise is test noise. What follows describes what the same report would promise with secure noise.")
	}
	except := "No"
	if p.Roster == privacy.PublicRoster {
		except = "Except for the numbers of companies, which are common knowledge, no"
	}
	m.paragraph(except+" number in this report was taken from the answers directly. Every company's answers were turned into a list of numbers of bounded length, the lists were added up, "+
		"random noise was added to every total, and everything here was computed from the noisy totals. This is differential privacy; "+
		"how much it protects is said by two numbers, both with δ = %s.", number(p.Delta))
	m.paragraph("**Presence: ε = %s.** %s", number(p.Epsilon), m.presence())
	m.paragraph("**Between two answers: ε = %s.** Whatever a reader believes about which of two answer sheets a company gave, this report changes the odds at most by a factor of about %s. "+
		"It is the larger number because going from one sheet to another is two steps: leaving one out and putting the other in.",
		number(p.Between), factor(p.Between))
	m.paragraph("Both hold against a reader who knows the answers of all other companies, except for a chance of the order of δ. Against readers who know less, the report reveals less.")
	m.heading(3, "What is not protected")
	m.bullets(m.unprotected())
	m.heading(3, "Privacy statement")
	m.paragraph("One entry for each point on which NIST SP 800-226 asks for a statement.")
	var rows [][]string
	for key, sentence := range p.Statement.All() {
		rows = append(rows, []string{statementTitle(key), text(sentence)})
	}
	m.textTable([]string{"Point", "Statement"}, rows)
}

// presence says what ε bounds, by roster.
func (m *markdown) presence() string {
	p := m.release.Privacy
	what := "whether a company took part"
	if p.Roster == privacy.PublicRoster {
		what = "whether the answers of a company are in these numbers or were left out"
	}
	return fmt.Sprintf("Whatever a reader believes about %s, this report changes the odds at most by a factor of about %s.", what, factor(p.Epsilon))
}

// unprotected lists what the promise does not cover.
func (m *markdown) unprotected() []string {
	list := []string{
		"What holds for the companies in general. If the report shows that hardly anybody does something, a reader will think so of every company, also of one that never took part.",
		"What a company says about itself, and what the organiser, who holds the raw answers, knows.",
		"Companies that act together: for a group of m companies as a whole, ε is m times as large; and m members of a cohort who pool their answers leave k − m to hide among.",
		"The sum over several reports. Each further wave or revision reveals something more; the account's budget bounds that within its window of publications, not for ever.",
	}
	if m.release.Privacy.Roster == privacy.PublicRoster {
		list = append([]string{
			"Who took part. The list of companies that handed in an answer sheet, and their attributes, are taken as common knowledge: joining, leaving and attributes are not protected, and numbers of companies are exact.",
		}, list...)
	}
	return list
}

// statementTitle is the name of a point: "Post-processing".
func statementTitle(key string) string {
	key = strings.ReplaceAll(key, "_", "-")
	return strings.ToUpper(key[:1]) + key[1:]
}

// textTable adds a table of texts, all columns aligned left.
func (m *markdown) textTable(header []string, rows [][]string) {
	align := make([]string, len(header))
	for i := range align {
		align[i] = ":---"
	}
	lines := []string{row(header), row(align)}
	for _, r := range rows {
		lines = append(lines, row(r))
	}
	m.block(strings.Join(lines, "\n"))
}

// percentage is a confidence in percent, without needless digits.
func percentage(confidence float64) string {
	return number(math.Round(confidence*1e8) / 1e6)
}

// factor is e^ε in words with two significant digits, rounded up.
func factor(epsilon float64) string {
	f := math.Exp(epsilon)
	unit := math.Pow(10, max(0, math.Floor(math.Log10(f))-1))
	f = math.Ceil(f/unit) * unit
	switch {
	case epsilon < math.Log(10):
		return number(math.Ceil(math.Exp(epsilon)*10) / 10)
	case f < 1e6:
		return fmt.Sprintf("%.0f", f)
	case f < 1e9:
		return fmt.Sprintf("%.0f million", f/1e6)
	}
	return "a billion or more"
}
