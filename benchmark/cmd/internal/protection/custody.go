package protection

import (
	"fmt"
	"math"
)

// custody says who holds what, and for how long.
func (f *facts) custody() section {
	return section{
		ID: "custody", Title: "Who holds the answers, and for how long? (trust, custody, retention)",
		Paragraphs: []string{
			f.privacy.Statement.Trust + " " + f.privacy.Statement.Custody,
		},
		Head: []string{"what", "who needs it", "until when"},
		Rows: [][]string{
			{"the answers", "whoever runs the publication", "the report is out and corrections are no longer expected; before the next wave is collected at the latest, with all back-ups"},
			{"the ledger", "the same; it has no answers, but noisy numbers, and tells which attempts were refused", "the account is never used again"},
			{"the key of the ledger", "the same, kept apart from the back-ups of the ledger: whoever has both can test a guess of all answers of a wave", "the account is never used again"},
			{"release and report", "everybody", "for good: what was published cannot be taken back"},
		},
	}
}

// risks says what no number on this page covers.
func (f *facts) risks() section {
	second := f.privacy.Groups[0]
	items := []string{
		"What holds for the companies in general: a reader will think it of every single one, whether it took part or not.",
		"What a company says about itself, and what somebody inside it tells.",
		"Whoever holds the answers: a leak, a curious administrator or a court order is not what noise protects from.",
		fmt.Sprintf("Companies of one group that hand in several sheets: for two of them ε is %s already. A group hands in one.", number(second.Epsilon)),
		fmt.Sprintf("Members of a group who compare notes: if m of them do, the others hide among %d − m or more, and what protects each is the noise.", f.plan.MinCompanies),
		"The same companies in another account: its losses add to these, and no ledger counts them together.",
		"A lost ledger: who starts a new one spends the same budget again.",
		"The time that a computation takes, and other side channels of the machine.",
	}
	return section{ID: "risks", Title: "What remains at risk?", Items: append(f.words().risks, items...)}
}

// members is what they should be told, in words that can be copied.
func (f *facts) members() section {
	w := f.words()
	p := f.privacy
	lasting := fmt.Sprintf("Over any %s all reports of this survey together keep within ε = %s.", f.account.Window, number(f.account.Epsilon))
	if f.account.Lifetime > 0 {
		lasting += fmt.Sprintf(" All reports ever keep within ε = %s.", number(f.account.Lifetime))
	} else {
		lasting += " Over longer times the loss goes on growing, and every report says how far it is."
	}
	return section{
		ID: "members", Title: "What members should be told (to be checked and completed)",
		Paragraphs: []string{
			fmt.Sprintf("Your answers are seen by the organiser, who runs the survey, and by nobody else. The report is computed from totals to which random noise was added, so that %s. "+
				"In numbers: whatever a reader believes about that, the report changes the odds at most by a factor of %s (ε = %s%s). %s",
				w.promise, whole(math.Exp(p.Epsilon)), number(p.Epsilon), f.delta(), w.notPromised),
			lasting + " Handing in is voluntary, a question may be left empty, and what was published cannot be taken back. The answers are deleted when corrections are no longer expected (date: ____________).",
		},
	}
}

// delta is δ within the sentence, where one is spent.
func (f *facts) delta() string {
	if !f.spendsDelta() {
		return ""
	}
	return ", δ = " + number(f.privacy.Delta)
}

// organiser is what neither plan nor account knows.
func (f *facts) organiser() section {
	return section{
		ID: "organiser", Title: "To be filled in by the organiser",
		Items: []string{
			"Who is responsible, and whom members may ask: ________________________________",
			"Who can read the answers, by name: ________________________________",
			"Where answers, ledger and key lie, and who backs them up: ________________________________",
			"When the answers and their back-ups are deleted: ________________________________",
			"Legal basis and agreement with the members: ________________________________",
		},
	}
}
