package encode

// known is what follows from the answers of a response in one domain by themselves. Of the squared norm before clipping, rounded up,
// a domain adds norm, with the square of its score's distance from the centre as the offset, less twice offset times that of
// the overall score, and the square of the latter: (s_d − s)² is (s_d − centre)² − 2·(s_d − centre)·(s − centre) + (s − centre)².
// The score distributions of several scores come later: see scoreLines.
type known struct {
	norm, offset float64
	sum, weight  int32 // Σ w·x and Σ w, times the weight of the domain: see the limits in instrument/score.go
	line         int32 // of its score
}

// placed is what the features of a domain are made of.
type placed struct {
	word   uint64 // see slots
	score  int32  // in scoreUnit; without an answer the public centre
	square int32  // see [Encoding.square]
	place  int32  // of the score among the thresholds, −1 without an answer
	count  int32  // m
}

// counted are both.
type counted struct {
	known  known
	placed placed
}
