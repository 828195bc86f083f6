// Package certificate lets anybody check a publication without its data and
// without its ledger.
//
// A [Certificate] has the canonical plan, the release and what the plan means in
// numbers: the bound of what one company adds, the standard deviations of the
// noise, the mark of the threshold. [Verify] derives all of that again and says
// what it checked and what it could not.
//
// There are two kinds. A full one has the noisy numbers, of which every printed
// number is a function. It is for an auditor whom the organiser trusts: the
// noisy numbers also tell something about cohorts that are suppressed, and under
// a public roster their exact sizes stand beside them. A public one has them only
// if the release suppresses no cohort that was measured. Otherwise it has a
// salted hash of them, which gives nothing away and which the full one opens
// ([Certificate.Opens]).
//
// A full one also has the place of the publication in the journal of the ledger, to
// which the public one commits. The public one does not have it in the open: the
// number of a record counts the attempts before it that were refused, and whether
// one was may depend on the answers.
//
// The hash of the plan ([PlanHash]) can be announced before answers are collected;
// [Announced] holds a certificate to it. [Schema] is the JSON Schema of the file.
//
// No certificate shows that the noisy numbers come from real answers, nor how
// their noise was drawn: for that somebody must have watched the organiser.
package certificate
