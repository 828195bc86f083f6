package protection

import "maturitybench/privacy"

// words are what differs by the roster.
type words struct {
	protects, not string // the two columns of who is protected from what
	about         string // what ε is about, a sentence
	presence      string // the same, as a line of a table
	promise       string // to members, after "so that"
	notPromised   string // to members, a sentence
	risks         []string
}

func (f *facts) words() words {
	switch f.plan.Roster {
	case privacy.PublicRoster:
		return words{
			protects:    "a company's answers, and which questions it skipped",
			not:         "that it took part, and its attributes: the list of participants is taken as known, and counts are exact",
			about:       "ε is about the answers of one company: given, or left out everywhere.",
			presence:    "whether a company gave its answers or left everything empty",
			promise:     "nobody who reads it can tell well what your company answered, or whether it answered a question at all",
			notPromised: "That you took part is not hidden: the list of participants, their attributes and their number are treated as known.",
			risks:       []string{"That a company took part, and its attributes: they are taken as known."},
		}
	case privacy.CountedRoster:
		return words{
			protects:    "which of the companies with the same attributes took part, a company's answers, and which questions it skipped",
			not:         "how many took part, in all and in every group, and how that changes from wave to wave; where the attributes fit a single company, that it took part",
			about:       "ε is about one company in the place of another one with the same attributes, hence about two answer sheets at once.",
			presence:    "which of two companies with the same attributes took part, and with which answers",
			promise:     "nobody who reads it can tell well whether it was your company or another one of the same attributes that took part, and what it answered",
			notPromised: "How many took part is printed exactly, in all and by group: if your attributes fit no other company, that you took part can be seen.",
			risks:       []string{"Exact numbers of companies: where the attributes fit one company alone, that it took part is seen, and so are differences between waves."},
		}
	}
	return words{
		protects:    "that a company took part, its attributes, all its answers, and which questions it skipped; every printed number of companies is noisy",
		not:         "nothing of a single company is left out of the promise",
		about:       "ε is about one company: there with all its answers and attributes, or not there at all.",
		presence:    "whether a company took part, with which attributes and answers",
		promise:     "nobody who reads it can tell well whether your company took part, and what it answered",
		notPromised: "How many took part is printed with noise only.",
		risks:       []string{"A company that is seen to hand in, for instance by mail: the report does not hide what others watch."},
	}
}
