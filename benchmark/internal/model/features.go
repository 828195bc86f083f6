package model

// measureLevels fills the norms of the head of the encoding: the company
// itself, its overall score, its offsets and what it left out.
func (p *Public) measureLevels(s *panel) {
	domains := len(s.shape.Domains)
	for _, b := range []Block{Companies, NotStated, Overall, Segments, Offsets, Unusable, Empty, Skips} {
		if s.shape.Has(b) {
			p.Norms[b] = make([]float64, s.sheets)
		}
	}
	p.Deviation = make([]float64, s.sheets)
	overall, offsets := newMoments(1), newMoments(domains)
	for i := range s.sheets {
		sum, answers := s.score(i, domains)
		score := s.mean(sum, answers)
		p.Deviation[i] = score - p.Center
		p.Norms[Companies][i] = 1
		p.Norms[Overall][i] = square(p.Deviation[i])
		if p.Norms[Segments] != nil {
			p.Norms[Segments][i] = p.Norms[Overall][i]
		}
		overall.add(0, p.Deviation[i])
		for d, size := range s.shape.Domains {
			m := s.count[i*domains+d]
			usable := float64(m) / float64(size)
			if m > 0 && p.Norms[Unusable] != nil {
				p.Norms[Unusable][i] += square(1 - usable)
			}
			if domains > 1 {
				offset := -p.Deviation[i]
				if m > 0 {
					offset = s.mean(s.score(i, d)) - score
				} else {
					p.Norms[Empty][i]++
				}
				p.Norms[Offsets][i] += square(offset)
				offsets.add(d, offset)
			}
			if p.Norms[Skips] != nil {
				p.Norms[Skips][i] += float64(size) * usable * (1 - usable)
			}
		}
	}
	p.Variance[Overall], p.Variance[Offsets] = overall.mean(s.sheets), offsets.mean(s.sheets)
	p.Variance[Segments] = p.Variance[Overall]
}

// measureContrasts fills the norms of the question contrasts.
func (p *Public) measureContrasts(s *panel) {
	p.LogNorm = s.logNorms()
	if !s.shape.Has(Contrasts) {
		return
	}
	p.Norms[Contrasts] = make([]float64, s.sheets)
	questions, positions := newMoments(s.shape.Questions()), s.shape.Positions()
	at, pair := 0, 0
	for i := range s.sheets {
		q := 0
		for _, size := range s.shape.Domains {
			m := s.count[pair]
			mean := s.mean(s.total[pair], max(s.weight[pair], 1))
			for range size {
				if v := s.answers[at]; v > 0 {
					e := positions[v-1] - mean
					questions.add(q, e)
					p.Norms[Contrasts][i] += square(e)
				} else if m > 0 {
					questions.add(q, p.Center-mean)
					p.Norms[Contrasts][i] += square(p.Center - mean)
				}
				at++
				q++
			}
			pair++
		}
	}
	p.Variance[Contrasts] = questions.mean(s.sheets)
}

// measureShapes fills the centre and the norms of the shape features: the
// polynomials of order 2 and more of the answers, averaged over a domain and
// as contrasts to that average.
func (p *Public) measureShapes(s *panel) {
	p.ShapeCenter = make([]float64, s.shape.Levels-2)
	if !s.shape.Has(DomainShape) {
		return
	}
	phi := s.shape.Functions()[2:]
	means := s.shapeMeans(phi)
	orders, domains := len(phi), len(s.shape.Domains)
	answered := 0
	for pair, m := range s.count {
		if m == 0 {
			continue
		}
		answered++
		for k := range orders {
			p.ShapeCenter[k] += means[pair*orders+k]
		}
	}
	for k := range orders {
		p.ShapeCenter[k] /= float64(answered)
	}
	p.Norms[DomainShape] = make([]float64, s.sheets)
	seen := newMoments(domains * orders)
	for pair, m := range s.count {
		if m == 0 {
			continue
		}
		for k := range orders {
			v := means[pair*orders+k] - p.ShapeCenter[k]
			p.Norms[DomainShape][pair/domains] += v * v
			seen.add(pair%domains*orders+k, v)
		}
	}
	p.Variance[DomainShape] = seen.mean(s.sheets)
	if s.shape.Has(QuestionShape) {
		p.measureQuestionShapes(s, phi, means)
	}
}

// shapeMeans are the polynomials averaged over the answers of each domain of
// each sheet: sheets × domains × orders.
func (s *panel) shapeMeans(phi [][]float64) []float64 {
	orders := len(phi)
	means := make([]float64, len(s.count)*orders)
	at, pair := 0, 0
	for range s.sheets {
		q := 0
		for _, size := range s.shape.Domains {
			mean := means[pair*orders : (pair+1)*orders]
			for range size {
				if v := s.answers[at]; v > 0 {
					weight := float64(s.shape.Weight(q))
					for k := range mean {
						mean[k] += weight * phi[k][v-1]
					}
				}
				at++
				q++
			}
			for k := range mean {
				mean[k] /= float64(max(s.weight[pair], 1))
			}
			pair++
		}
	}
	return means
}

func (p *Public) measureQuestionShapes(s *panel, phi [][]float64, means []float64) {
	orders := len(phi)
	norms := make([]float64, s.sheets)
	seen := newMoments(s.shape.Questions() * orders)
	at, pair := 0, 0
	for i := range s.sheets {
		q := 0
		for _, size := range s.shape.Domains {
			mean := means[pair*orders : (pair+1)*orders]
			for range size {
				if v := s.answers[at]; v > 0 {
					for k := range mean {
						e := phi[k][v-1] - mean[k]
						norms[i] += e * e
						seen.add(q*orders+k, e)
					}
				} else if s.count[pair] > 0 {
					for k := range mean {
						e := p.ShapeCenter[k] - mean[k]
						norms[i] += e * e
						seen.add(q*orders+k, e)
					}
				}
				at++
				q++
			}
			pair++
		}
	}
	p.Norms[QuestionShape] = norms
	p.Variance[QuestionShape] = seen.mean(s.sheets)
}

// measureSquares fills the squared distances of the scores from the centre, their
// means and norms.
func (p *Public) measureSquares(s *panel) {
	scores := s.shape.Scores()
	norms, seen := make([]float64, s.sheets), newMoments(scores)
	for score := range scores {
		squares, mean, n := make([]float64, s.sheets), 0.0, 0.0
		for i := range squares {
			if sum, answers := s.score(i, score); answers > 0 {
				squares[i] = square(s.mean(sum, answers) - p.Center)
				mean += squares[i]
				n++
			}
		}
		mean /= max(n, 1)
		for i := range squares {
			if _, answers := s.score(i, score); answers > 0 {
				squares[i] -= mean
				norms[i] += square(squares[i])
				seen.add(score, squares[i])
			}
		}
		p.ScoreSquare, p.Squares = append(p.ScoreSquare, mean), append(p.Squares, squares)
	}
	if s.shape.Has(Squares) {
		p.Norms[Squares], p.Variance[Squares] = norms, seen.mean(s.sheets)
	}
}

// moments accumulates first and second moments of the coordinates of a block.
type moments struct{ sum, square []float64 }

func newMoments(coordinates int) moments {
	return moments{make([]float64, coordinates), make([]float64, coordinates)}
}

func (s moments) add(coordinate int, v float64) {
	s.sum[coordinate] += v
	s.square[coordinate] += v * v
}

// mean is the variance of a coordinate over n sheets, averaged over the
// coordinates. A value that was not added is 0.
func (s moments) mean(n int) float64 {
	var total float64
	for i := range s.sum {
		total += max(s.square[i]/float64(n)-square(s.sum[i]/float64(n)), 0)
	}
	return total / float64(len(s.sum))
}
