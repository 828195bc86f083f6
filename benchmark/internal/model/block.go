package model

// AllOnly says whether the block is measured for all companies together only,
// because its rates are shared by the cohorts.
func (b Block) AllOnly() bool {
	switch b {
	case NotStated, Unusable, Empty, Skips, Clipped:
		return true
	}
	return false
}

// Tail says whether clipping scales the block by a company's λ. Of the others,
// the head, it scales as a whole what does not fit, and Clipped holds 1 − λ.
func (b Block) Tail() bool {
	switch b {
	case Contrasts, Skips, DomainShape, QuestionShape, ScoreCDF:
		return true
	}
	return false
}

// Has says whether the block can be anything but zero: offsets need two
// domains, contrasts a domain of two questions, shapes a third level.
func (s Shape) Has(b Block) bool {
	several := len(s.Domains) > 1
	contrasts := s.Questions() > len(s.Domains)
	switch b {
	case NotStated:
		return len(s.Attributes) > 0
	case Profiles:
		return len(s.Profiles) > 0
	case Offsets, Empty:
		return several
	case Contrasts, Skips:
		return contrasts
	case DomainShape:
		return s.Levels > 2
	case QuestionShape:
		return contrasts && s.Levels > 2
	}
	return true
}

// Coordinates is the number of features in the block.
func (s Shape) Coordinates(b Block) int {
	orders := s.Levels - 2
	switch b {
	case NotStated:
		return len(s.Attributes)
	case Profiles:
		return len(s.Profiles)
	case Offsets, Unusable, Empty:
		return len(s.Domains)
	case Contrasts, Skips:
		return s.Questions()
	case DomainShape:
		return len(s.Domains) * orders
	case QuestionShape:
		return s.Questions() * orders
	case ScoreCDF:
		return s.Scores() * len(s.Thresholds())
	}
	return 1
}
