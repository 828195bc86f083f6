package encode

// places finds every score among the thresholds; −1 says that the company
// has no such score.
func (e *Encoding) places(bins []int, s *sheetSums) {
	for d := range s.domains {
		bins[d] = -1
		if s.domains[d].count > 0 {
			bins[d] = bin(e.quarters, s.num*s.domains[d].sum, s.den*s.domains[d].weight)
		}
	}
	bins[len(s.domains)] = bin(e.quarters, s.num*s.total, s.den*s.weight)
}

// square is (score − centre)² less its public mean in scoreUnit, and 0 for a score
// that the company does not have.
func (e *Encoding) square(s *sheetSums, score int) int64 {
	at := s.score
	if score < len(s.domains) {
		if s.domains[score].count == 0 {
			return 0
		}
		at = s.domains[score].score
	}
	return int64(squared(at-e.center)/scoreUnit) - e.squares[score]
}

// offset is the score of a domain less the overall score, and without an answer there
// the centre less the overall score. Together with the overall scores less the centre,
// the offsets of all companies then add up to the scores, less the centre, of those with
// an answer in the domain, whoever they are.
func (e *Encoding) offset(s *sheetSums, d *domainSums) int64 {
	if d.count == 0 {
		return e.center - s.score
	}
	return d.score - s.score
}

// unanswered is the share of a domain's questions without an answer, in scoreUnit.
func unanswered(d *domainSums) int64 { return scoreUnit * (d.size - d.count) / d.size }
