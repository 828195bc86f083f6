package model

// measureProfiles fills the centres and the norms of the profiles' features,
// 1 or 0 less the centre.
func (p *Public) measureProfiles(s *panel) {
	count := len(s.shape.Profiles)
	if count == 0 {
		return
	}
	questions := s.shape.Questions()
	met := make([]bool, s.sheets*count)
	p.ProfileMet = make([]float64, count)
	for i := range s.sheets {
		row := s.answers[i*questions:][:questions]
		for j, profile := range s.shape.Profiles {
			if profile.Met(row) {
				met[i*count+j] = true
				p.ProfileMet[j] += 1 / float64(s.sheets)
			}
		}
	}
	p.Norms[Profiles] = make([]float64, s.sheets)
	for j, share := range p.ProfileMet {
		p.ProfileMet[j] = within(share, leastMet, 1-leastMet)
		p.Variance[Profiles] += share * (1 - share) / float64(count)
	}
	for at, yes := range met {
		feature := -p.ProfileMet[at%count]
		if yes {
			feature++
		}
		p.Norms[Profiles][at/count] += square(feature)
	}
}
