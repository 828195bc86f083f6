package encode

// pilotReader reads what the pilot measures of a response. It is reused.
type pilotReader struct {
	scale
	domains []pilotDomain
	moments [256]uint64 // 1, x and x² of two answers, see momentSum
	weighed *pairTables // where questions have weights: those, and the weight and that of x, see weightBits

	keys        [batchRows]uint32 // of one domain
	sum, weight [batchRows]int64  // of the responses that are read together
	norm        [batchRows]uint64 // of their contrasts, in normUnit
}

// pilotDomain is one domain.
type pilotDomain struct {
	first, size int
	times       int64                        // how often it counts in the overall score
	factors     []int64                      // see Pilot
	states      *states[pilotSums, struct{}] // nil where there are too many
}

// pilotSums are what follows from the answers of a domain: Σ w·x and Σ w, times the weight of the domain, and
// the squared norm of the contrasts.
type pilotSums struct {
	sum, weight int64
	norm        uint64
}

// momentSum and momentSquare are where the fields of moments begin: room for 4095
// answers, Σx up to 2²⁰ and Σx² up to 2³², each far above what 2,000 questions
// can add up to with values of up to 100 steps (instrument/score.go).
const momentSum, momentSquare = 12, 32

// weightBits is the room for the weight of the questions of a domain: see the limits in instrument/score.go.
const weightBits = 28

func newPilotReader(p *Pilot) *pilotReader {
	r, first := &pilotReader{scale: newScale(p.shape)}, 0
	moments := func(level int) uint64 {
		x := uint64(p.shape.Value(level))
		return 1 | x<<momentSum | x*x<<momentSquare
	}
	for level := range p.shape.Levels {
		r.moments[1+level] = moments(level)
	}
	fillPairs(&r.moments)
	if p.shape.Weights != nil {
		r.weighed = newPairTables(p.shape, 2, func(row []uint64, level int, weight uint64) {
			row[0] += moments(level)
			row[1] += weight | weight*uint64(p.shape.Value(level))<<weightBits
		})
	}
	states := newStates[pilotSums, struct{}](p.shape)
	for d, size := range p.shape.Domains {
		r.domains = append(r.domains, pilotDomain{
			first: first, size: size, times: int64(p.shape.DomainWeight(d)), factors: p.factors[d], states: states[d],
		})
		first += size
	}
	return r
}

// read reads the answers of up to batchRows responses, which begin there, domain by domain as a [batch] is read.
//
// Privacy: as [sheetSums.read].
func (r *pilotReader) read(data []byte, at []int) {
	clear(r.sum[:])
	clear(r.weight[:])
	clear(r.norm[:])
	for d := range r.domains {
		of := &r.domains[d]
		switch {
		case of.states != nil:
			r.readStates(d, data, at)
		case r.weighed == nil:
			for i, at := range at {
				count, plain, square := momentsOf(sumPairs(&r.moments, data[at+of.first:][:of.size]))
				r.take(i, of.times*plain, of.times*count, uint64(of.factors[count]*(count*square-plain*plain)))
			}
		default:
			for i, at := range at {
				sums := r.sumDomain(d, data[at+of.first:][:of.size])
				r.take(i, sums.sum, sums.weight, sums.norm)
			}
		}
	}
}

// take adds what follows from the answers of a response in a domain.
func (r *pilotReader) take(i int, sum, weight int64, norm uint64) {
	r.sum[i] += sum
	r.weight[i] += weight
	r.norm[i] += norm
}

// readStates looks up what follows from the answers of a domain, or adds them up.
func (r *pilotReader) readStates(d int, data []byte, all []int) {
	of := &r.domains[d]
	s := of.states
	s.key.column(&r.keys, data, all, of.first)
	for i, at := range all {
		id := s.ids[r.keys[i]]
		if id == 0 {
			id = s.add(r.keys[i], r.sumDomain(d, data[at+of.first:][:of.size]), struct{}{})
		}
		sums := &s.hot[id]
		r.take(i, sums.sum, sums.weight, sums.norm)
	}
}

// sumDomain adds up the answers of a domain whose questions may have weights.
func (r *pilotReader) sumDomain(d int, answers []byte) pilotSums {
	of := &r.domains[d]
	var moments, weighted uint64
	if r.weighed != nil {
		moments, weighted = r.weighed.sumTwo(r.weighed.at[d], answers)
	} else {
		moments = sumPairs(&r.moments, answers)
	}
	count, plain, square := momentsOf(moments)
	sums := pilotSums{of.times * plain, of.times * count, uint64(of.factors[count] * (count*square - plain*plain))}
	if r.weighed != nil {
		sums.sum, sums.weight = of.times*int64(weighted>>weightBits), of.times*int64(weighted&(1<<weightBits-1))
	}
	return sums
}

func momentsOf(sum uint64) (count, x, square int64) {
	return int64(sum & (1<<momentSum - 1)), int64(sum >> momentSum & (1<<(momentSquare-momentSum) - 1)), int64(sum >> momentSquare)
}
