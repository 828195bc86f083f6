package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/program"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/privacytest"
)

func TestMain(m *testing.M) { program.Main(m, main) }

const testToken = "the organiser's token of the tests"

// The smallest survey with everything in it.
const (
	instrumentFile = `
id: tiny
version: "1"
title: A small survey
scale: [{level: 0, name: never}, {level: 1, name: sometimes}, {level: 2, name: always}]
domains:
  - {id: d, title: Practices, questions: [{id: q1, text: Is there a policy?}, {id: q2, text: Is it followed?}]}
  - {id: e, title: Checks, questions: [{id: q3, text: Is it checked?}]}
attributes: [{id: size, title: Size, values: [{id: small, title: Small}, {id: large, title: Large}]}]
`
	accountFile = `
account: tests
unit: company
roster: secret
epsilon: 13
delta: 1e-5
window: 3y
`
	planFile = `
wave: "2026"
account: tests
roster: secret
epsilon: 8
delta: 1e-6
expected_companies: 40
cohorts: [size]
`
)

// bench is a server under test.
type bench struct {
	*testing.T
	server  *server
	http    http.Handler
	log     *logged
	dir     string // of survey.db
	source  string // of another database, if any
	lock    sync.Mutex
	replied map[outcome]bool // what was seen
}

// testArchive is a ledger with seeded noise that shows what it stored.
type testArchive struct {
	*privacy.MemoryLedger
	lock      sync.Mutex
	stored    map[string]privacy.Record
	withdrawn map[string]*ledger.Withdrawal
}

func newArchive(t *testing.T) *testArchive {
	return &testArchive{MemoryLedger: privacytest.NewLedger(t, 1), stored: map[string]privacy.Record{}, withdrawn: map[string]*ledger.Withdrawal{}}
}

func (a *testArchive) Publish(ctx context.Context, entry privacy.Entry, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, error) {
	record, err := a.MemoryLedger.Publish(ctx, entry, release)
	a.lock.Lock()
	defer a.lock.Unlock()
	if err == nil {
		a.stored[fmt.Sprint(entry.Account, entry.Wave, entry.Revision)] = record
	}
	return record, err
}

func (a *testArchive) Publication(_ context.Context, account, wave string, revision int) (ledger.Stored, error) {
	a.lock.Lock()
	defer a.lock.Unlock()
	place := fmt.Sprint(account, wave, revision)
	record, ok := a.stored[place]
	if !ok {
		return ledger.Stored{}, ledger.ErrNotPublished
	}
	return ledger.Stored{Record: record, Withdrawn: a.withdrawn[place]}, nil
}

func (a *testArchive) Withdraw(_ context.Context, account, wave string, revision int, reason string) (ledger.Withdrawal, error) {
	a.lock.Lock()
	defer a.lock.Unlock()
	place := fmt.Sprint(account, wave, revision)
	if old := a.withdrawn[place]; old != nil && old.Reason != reason {
		return ledger.Withdrawal{}, ledger.ErrWithdrawn
	}
	notice := ledger.Withdrawal{Account: account, Wave: wave, Revision: revision, Reason: reason, Time: time.Date(2029, 3, 1, 0, 0, 0, 0, time.UTC)}
	a.withdrawn[place] = &notice
	return notice, nil
}

// Verify: there is no journal in memory.
func (a *testArchive) Verify(context.Context) (ledger.Head, error) { return ledger.Head{}, nil }

// logged is a log that may be read while it is written.
type logged struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.String()
}

// newBench starts a server on a new survey; edit may change its parts.
func newBench(t *testing.T, edit ...func(*config)) *bench {
	t.Helper()
	b := &bench{T: t, log: &logged{}, dir: t.TempDir(), replied: map[outcome]bool{}}
	b.start(newArchive(t), edit...)
	return b
}

// start starts a server on the survey of b, as after an earlier end.
func (b *bench) start(ledger archive, edit ...func(*config)) {
	b.Helper()
	ctx := context.Background() // until the databases are closed
	in, err := instrument.Parse("instrument", []byte(instrumentFile))
	b.must(err)
	plan, err := benchmark.ParsePlan(in, "plan", []byte(planFile))
	b.must(err)
	account, err := benchmark.ParseAccount("account", []byte(accountFile))
	b.must(err)
	b.must(ledger.OpenAccount(ctx, account))
	store, err := openStore(ctx, cmp.Or(b.source, filepath.Join(b.dir, "survey.db")), time.Second)
	b.must(err)
	b.Cleanup(func() { store.close() })
	c := config{
		instrument: in, plan: plan, ledger: ledger, store: store, token: testToken,
		url: "https://survey.example", by: "The tests, tests@survey.example", purgeOn: time.Date(2099, 3, 1, 0, 0, 0, 0, time.UTC), rate: 1e6, linkRate: 1e6, log: slog.New(slog.NewJSONHandler(b.log, nil)),
	}
	for _, edit := range edit {
		edit(&c)
	}
	b.server, err = newServer(ctx, c)
	b.must(err)
	b.http = b.server.handler()
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// do sends a request with headers given as "Name: value". The reply must be as
// it is described.
func (b *bench) do(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	b.http.ServeHTTP(w, r)
	b.describes(r, w)
	return w
}

// want does the same and expects a status.
func (b *bench) want(status int, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	b.Helper()
	w := b.do(method, target, body, headers...)
	if w.Code != status {
		b.Fatalf("%s %s: status %d, want %d: %s", method, target, w.Code, status, w.Body)
	}
	return w
}

const (
	asForm    = "Content-Type: application/x-www-form-urlencoded"
	asJSON    = "Content-Type: application/json"
	asBrowser = "Accept: text/html,application/xhtml+xml,*/*;q=0.8"
	asOwner   = "Authorization: Bearer " + testToken
)

// organise sends a request of the organiser.
func (b *bench) organise(status int, action, body string) *httptest.ResponseRecorder {
	b.Helper()
	return b.want(status, "POST", "/organiser/"+action, body, asOwner)
}

// enrol returns the path of a member's form.
func (b *bench) enrol(company string) string {
	b.Helper()
	var reply struct{ Link string }
	body, err := json.Marshal(map[string]string{"company": company})
	b.must(err)
	b.must(json.Unmarshal(b.organise(201, "members", string(body)).Body.Bytes(), &reply))
	path, ok := strings.CutPrefix(reply.Link, "https://survey.example")
	if !ok {
		b.Fatalf("the link %q does not begin with the public address", reply.Link)
	}
	return path
}

// panel stores n made-up sheets, in one transaction to be quick.
func (b *bench) panel(n int) {
	b.Helper()
	b.must(b.server.store.write(b.Context(), func(tx *sql.Tx) error {
		for i := range n {
			id := fmt.Sprint("panel ", i)
			answers := fmt.Sprintf(`{"attributes":{"size":%q},"scores":{"q1":%d,"q2":%d,"q3":1}}`, []string{"small", "large"}[i%2], i%3, i/3%3)
			_, err := tx.Exec(`insert into members (id, wave, company, link) values ($1, $2, $3, $4)`, b.server.wave+id, b.server.wave, id, []byte(b.server.wave+id))
			if err != nil {
				return err
			}
			if _, err := tx.Exec(`insert into submissions (member, answers) values ($1, $2)`, b.server.wave+id, answers); err != nil {
				return err
			}
		}
		return nil
	}))
}

// exchange is everything of a reply that a client sees.
type exchange struct {
	Code    int
	Headers http.Header
	Body    string
}

func seen(w *httptest.ResponseRecorder) exchange {
	result := w.Result()
	body, _ := io.ReadAll(result.Body)
	return exchange{result.StatusCode, result.Header, string(body)}
}

// files is the contents of every file of the survey.
func (b *bench) files() []byte {
	b.Helper()
	var all []byte
	entries, err := os.ReadDir(b.dir)
	b.must(err)
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(b.dir, entry.Name()))
		b.must(err)
		all = append(all, data...)
	}
	return all
}
