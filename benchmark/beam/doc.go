// Package beam publishes answer sheets that are spread over many machines: they
// are added up by Apache Beam, on any of its runners (Flink, Spark, Dataflow, or
// prism in the same process). It is a module of its own, since Beam's Go SDK
// and its runners link some seventy modules.
//
// The names below are as in a program that imports this package as panel:
//
//	beam.Init() // 1. Beam's Go SDK: the workers run the same program, up to here
//
//	// 2. Say where the answer sheets are, and how pipelines run.
//	options := panel.Options{Run: beamx.Run, Scratch: "s3://bucket/scratch"}
//	source := panel.Files(in, options, "s3://bucket/answers/*.csv")
//
//	// 3. Publish them like any other data, with a ledger of the driver's.
//	release, err := benchmark.Publish(ctx, ledger, plan, source)
//
// [Files] reads CSV and JSON Lines; [Sheets] takes the answer sheets of a
// pipeline of your own, from wherever Beam reads. Both make a
// [responses.Source]. README.md beside this file says how to run on Flink, what
// it costs, and when it is worth it.
//
// # What runs where
//
// A publication makes one pipeline for the first walk over the answer sheets (who
// is there, the pilot) and one for the second (the main vector; a plan for fewer
// than 40 companies does without). The workers pack and encode the sheets and
// add them up, by a CombineFn whose sums are integers: any split of the sheets
// over files, bundles and workers comes to the same tally, to the last bit, as a
// single machine does, and a ledger recognises the data whichever way they were
// published. The encoding comes from the driver, compiled. The driver alone
// draws noise, in the call of the ledger, where the loss is charged; if a
// pipeline fails, nothing is.
//
// There is one response a company, as on a single machine: the pseudonyms of all
// companies are grouped, and a second response anywhere is an error with the
// place of both. A source that gives other sheets in the second walk is
// [responses.ErrChanged]. Errors of sheets come to the driver as
// [*input.Error] and name places, columns and questions, never an answer
// or a company.
//
// # What is sealed
//
// Wherever the runner writes something down or sends it on, between the reading
// of the sheets and the driver, it gets a ciphertext: packed sheets, partial
// tallies, the places of sheets, and the result file in [Options].Scratch are
// encrypted and authenticated with XChaCha20-Poly1305. Companies go by
// pseudonyms (HMAC-SHA-256) that are different in every job. Key and pseudonyms
// are derived from a secret and the random id of the job.
//
// This protects the answers and the exact tallies from whoever can read, or
// change, shuffle files, spilled state, checkpoints, the scratch folder and the
// traffic between workers, and from logs. A message that was changed, or comes
// from another job, is an error.
//
// It does not protect from the workers: they see the raw sheets, and so does
// whoever controls them. Nor does it hide the number of messages and their
// sizes, from which the number of companies can be told, or find a message that
// was left out altogether. And by default the secret travels in the
// job graph: anyone who can read the graph (the job server, the runner's user
// interface, logs at debug level) can open the messages in the shuffle files.
// If those are different people, register where the secret comes from
// ([RegisterKey]), such as a secret store that the workers may read; then the
// graph holds its name alone. Steps before this package's, in a pipeline of
// your own, send what they send.
package beam
