package model

// AllOnly says whether the block is measured for all companies together only,
// because its rates and spreads are shared by the cohorts.
func (b Block) AllOnly() bool {
	switch b {
	case NotStated, Overall, Unusable, Empty, Skips, Squares:
		return true
	}
	return b >= ClippedOverall
}

// Tier names a part of the encoding that clipping scales by a factor of its own.
type Tier int

// The tiers, the first of them clipped last.
const (
	LevelTier    Tier = iota // the overall score, for all companies
	OffsetsTier              // the offsets of the domains, and the profiles
	SegmentsTier             // the overall score, for the values of attributes
	TailTier                 // what describes the answers around that
	Tiers                    // number of tiers
)

// Tier is the tier of a block, or of the block whose rest it is; of what is never
// clipped it is Tiers.
func (b Block) Tier() Tier {
	if of, ok := b.RestOf(); ok {
		b = of
	}
	switch b {
	case Overall:
		return LevelTier
	case Segments:
		return SegmentsTier
	case Offsets, Profiles:
		return OffsetsTier
	case Contrasts, DomainShape, QuestionShape, ScoreCDF, Squares:
		return TailTier
	}
	return Tiers
}

// Clipped is the block that measures 1 − f, f the factor of the tier.
func (t Tier) Clipped() Block { return ClippedOverall + Block(t) }

// rests are the blocks with a rest.
var rests = map[Block]Block{
	Overall: RestOverall, Segments: RestSegments, Offsets: RestOffsets, Contrasts: RestContrasts, DomainShape: RestDomainShape,
	QuestionShape: RestQuestionShape, ScoreCDF: RestScoreCDF, Squares: RestSquares, Profiles: RestProfiles,
}

// Rest is the block of what clipping takes of a block, if it takes anything.
func (b Block) Rest() (Block, bool) {
	rest, ok := rests[b]
	return rest, ok
}

// RestOf is the block of which this one is the rest.
func (b Block) RestOf() (Block, bool) {
	for of, rest := range rests {
		if rest == b {
			return of, true
		}
	}
	return b, false
}

// Has says whether the block can be anything but zero: offsets need two
// domains, contrasts a domain of two questions, shapes a third level, and the
// spread of a single question is known from its shares.
func (s Shape) Has(b Block) bool {
	if of, ok := b.RestOf(); ok {
		return s.Has(of)
	}
	several := len(s.Domains) > 1
	contrasts := s.Questions() > len(s.Domains)
	switch b {
	case NotStated:
		return len(s.Attributes) > 0
	case Segments, ClippedSegments:
		return s.Cohorts() > 1+len(s.Attributes)
	case Profiles:
		return len(s.Profiles) > 0
	case Offsets:
		return several
	case Empty:
		return several && !s.Complete
	case ClippedOffsets:
		return several || len(s.Profiles) > 0
	case Contrasts:
		return contrasts
	case Skips, Unusable:
		return contrasts && !s.Complete
	case DomainShape:
		return s.Levels > 2
	case QuestionShape:
		return contrasts && s.Levels > 2
	case Squares:
		return s.Questions() > 1
	}
	return true
}

// Coordinates is the number of features in the block.
func (s Shape) Coordinates(b Block) int {
	if of, ok := b.RestOf(); ok {
		b = of
	}
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
	case Squares:
		return s.Scores()
	}
	return 1
}
