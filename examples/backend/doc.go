// Command backend is a small survey backend: members hand in their answers by
// a link of their own, the organiser closes the wave and publishes it, anyone
// reads the release, and a member sees where it stands. It is meant to be
// copied and grown.
//
//	export BACKEND_TOKEN=$(openssl rand -hex 32)
//	go run ./examples/backend -demo
//
//	call() { curl -fsS -H "Authorization: Bearer $BACKEND_TOKEN" "$@"; }
//	call -X POST localhost:8080/organiser/desk                                 # the address of the organiser's page, or else:
//	call -d '{"company": "Example Devices"}' localhost:8080/organiser/members  # the link, shown once
//	call -X POST localhost:8080/organiser/close
//	call -X POST localhost:8080/organiser/publish
//	call -X POST localhost:8080/organiser/purge                                # when no standing is needed any more
//	maturitybench ledger withdraw -h                                           # if a report turns out to be wrong; or on the organiser's page
//	curl localhost:8080/releases/2026/report.html
//
// With -demo it serves the built-in instrument with a plan and an account
// for a secret roster, in survey.db and ledger.db of the current directory; the
// report says that it is made up. A real wave has its own -plan, -account, -organiser
// and -purge-on, and
// its first start -create-ledger: a service that starts by itself must not take a
// ledger that is lost for one that never was. A
// wave is served until the program is started with the plan of the next one;
// releases of earlier waves stay readable. The whole interface is described by
// openapi.yaml, which is served as well.
//
// # Reading the code
//
//  1. main.go reads flags and files and opens survey and ledger; serve.go runs
//     the server until SIGTERM and drains it.
//  2. server.go lists the routes: for the public, for members, for the
//     organiser. Handlers return errors; reply.go turns them into replies.
//  3. guard.go is what every request passes: headers, limits (limit.go), the
//     log, the recovery of panics. token.go makes and checks links and the
//     organiser's token.
//  4. form.go shows the form, empty or with a sheet, and gives the sheet as a file;
//     submit.go takes answers, from a form, a file or as JSON (sheet.go), and store.go
//     keeps them, one sheet a member; batch.go commits them together, flush.go
//     brings them to the disk.
//  5. desk.go is the organiser's page, with forecast.go, and organise.go what it does:
//     it makes links, closes, publishes, withdraws and purges. The stored sheets become
//     responses of the library by [responses.New], the same function that checked them
//     when they came in.
//  6. release.go serves what was published, with the notice if it was withdrawn, also
//     from outside, in the ledger; standing.go holds a member's own answers against it,
//     over waves.
//  7. consent.go says what members have to know, and keeps the dates that they were
//     told. language.go and texts.json are the pages' languages, form.js what the form
//     does beside sending.
//
// # What nobody learns
//
// Under a secret roster it is confidential who took part, and how many. So:
//
//   - A first submission and a replaced one get the same reply, byte for byte.
//     The form is the same for every member, and its address opens it empty: what
//     was entered travels in the requests of a session and in the member's own file.
//     The public pages depend on the wave, the release and the language that a browser
//     asks for only. With a tick the browser itself remembers answers, until it is told to
//     forget them; the server takes no part in that. What knows a
//     member's answers is its own: the standing; the question what becomes of answers
//     that a shorter sheet would delete, which tells the holder of the link how many
//     there are; and, with -drafts, the form, which opens with what was saved or sent.
//     Drafts are encrypted with the link, which is not stored.
//   - A link that never existed, one that was replaced and one of another wave
//     get the same reply. After the close every submission gets the same
//     refusal.
//   - No reply holds a count, but for that question and the organiser's page, which is
//     for who holds the answers; links and ids are random. No time is stored with the
//     answers.
//   - The log has a line for every public request, for what the organiser did,
//     and for faults of the server, and none for the requests of members, which
//     could be counted, nor for what their browsers ask for beside, such as the
//     style. Faults are named by their kind, never by their text.
//   - What the organiser does is noted in the database, to the minute and without companies,
//     answers or counts; it is on the organiser's page, and stays when a wave is purged.
//   - Members, the organiser, the public and those who ask with a link that is not
//     one have a limit of requests each, and a link is looked up before its request
//     is counted: how busy members are makes no difference to the others.
//   - A problem of a submission names the question and what is expected there,
//     not what was found.
//   - A wave that was charged is taken from the ledger without a look at the
//     answers. Whether the ledger recognised those of another one is told to
//     nobody but the organiser, and even then the reasons share one reply: the
//     journal of the ledger tells them apart.
//
// # Why there is no CSRF token
//
// A forged request needs something that the browser adds by itself, such as a
// cookie. There is none here: a member is known by the link, which is in the
// address and unknown to other sites, and the organiser by a header that no
// form can send, or by the key in the address of its page. A site that knew a link
// would need no forgery. Links stay unknown because pages send no referrer, load nothing from elsewhere and are
// not stored by browsers.
//
// # For production
//
// OPERATIONS.md says how to run it: TLS, the proxy, the container, back-ups, dates,
// the purge.
package main
