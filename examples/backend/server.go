package main

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// config is what a server is made of.
type config struct {
	instrument     *instrument.Instrument
	plan           *benchmark.Plan // of the wave that is served
	ledger         archive         // with the plan's account open
	store          *store
	token          string // the organiser's
	url            string // what links begin with
	rate, linkRate float64
	by             string    // who runs the survey, for members
	purgeOn        time.Time // everything about members is deleted from then on
	closeOn        time.Time // nothing is accepted from then on; zero: the organiser closes the wave
	drafts         bool      // kept here, encrypted to the link
	language       string    // of pages for browsers that ask for none of those that there are
	log            *slog.Logger
}

// archive is a ledger that shows what it stored, as [ledger.Ledger] does.
type archive interface {
	privacy.Ledger
	Publication(ctx context.Context, account, wave string, revision int) (ledger.Stored, error)
	Withdraw(ctx context.Context, account, wave string, revision int, reason string) (ledger.Withdrawal, error)
	Remaining(ctx context.Context, account string) (privacy.Standing, error)
	Verify(ctx context.Context) (ledger.Head, error)
}

// server answers the requests. Its fields do not change, so that requests share
// nothing but the limiters, the cache and the databases.
type server struct {
	config
	spec        instrument.Spec
	wave        string
	revision    int
	levels      map[string]int // a level by the text of it
	organiser   [sha256.Size]byte
	all, links  *limiter
	shelf       sync.Map // published, by wave and revision
	forecasting sync.Mutex
}

// newServer makes the server of a wave, and the wave itself if it is new.
func newServer(ctx context.Context, c config) (*server, error) {
	plan := c.plan.Spec()
	s := &server{
		config: c, spec: c.instrument.Spec(), wave: plan.Wave, revision: plan.Revision,
		levels:    map[string]int{},
		organiser: sha256.Sum256([]byte(c.token)),
		all:       newLimiter(c.rate, 2*c.rate),
		links:     newLimiter(c.linkRate, 6*c.linkRate),
	}
	for d := range s.spec.Domains {
		for _, level := range s.spec.On(d).Scale {
			s.levels[strconv.Itoa(level.Level)] = level.Level
		}
	}
	instrument, err := json.Marshal(s.spec.Public())
	if err != nil {
		return nil, err
	}
	return s, c.store.openWave(ctx, s.wave, string(instrument), c.purgeOn.UTC().Format(time.DateOnly))
}

// audience says whom a route is for, and so how it is guarded.
type audience int

const (
	public    audience = iota // logged
	anyone                    // not logged: browsers of members ask for it as well
	member                    // known by the link in the path; limited by link, never logged
	desk                      // the organiser's page, known by the key in the path; likewise
	organiser                 // known by the bearer token; what it did is logged, not that it asked
)

type route struct {
	pattern string
	audience
	handle func(http.ResponseWriter, *http.Request) error
}

func (s *server) routes() []route {
	return []route{
		{"GET /{$}", public, s.showWave},
		{"GET /releases/{wave}/{file}", public, s.showRelease},
		{"GET /style.css", anyone, asset("text/css; charset=utf-8", style)},
		{"GET /form.js", anyone, asset("text/javascript; charset=utf-8", script)},
		{"GET /openapi.yaml", public, asset("application/yaml", openAPI)},
		{"GET /health", public, s.health},

		{"GET /members/{link}/answers", member, s.showForm},
		{"POST /members/{link}/answers", member, s.submit},
		{"DELETE /members/{link}/answers", member, s.withdraw},
		{"POST /members/{link}/edit", member, s.edit},
		{"POST /members/{link}/sheet", member, s.download},
		{"POST /members/{link}/draft", member, s.keepDraft},
		{"GET /members/{link}/withdraw", member, s.askWithdraw},
		{"POST /members/{link}/withdraw", member, s.withdraw},
		{"GET /members/{link}/standing", member, s.showStanding},
		{"POST /members/{link}/standing", member, s.showStanding},
		{"GET /members/{link}/standing.html", member, s.standingReport},
		{"GET /members/{link}/standing.json", member, s.standingJSON},

		{"GET /desk/{key}/page", desk, s.showDesk},
		{"GET /desk/{key}/forecast", desk, s.showForecast},
		{"POST /desk/{key}/members", desk, s.invite},
		{"POST /desk/{key}/reissue", desk, s.reissue},
		{"POST /desk/{key}/close", desk, s.decide("close")},
		{"POST /desk/{key}/publish", desk, s.decide("publish")},
		{"POST /desk/{key}/withdraw", desk, s.decide("withdraw")},
		{"POST /desk/{key}/purge", desk, s.decide("purge")},

		{"POST /organiser/desk", organiser, s.showDeskLink},
		{"POST /organiser/members", organiser, s.enrol},
		{"POST /organiser/close", organiser, s.closeWave},
		{"POST /organiser/publish", organiser, s.publish},
		{"POST /organiser/purge", organiser, s.purge},
	}
}

var (
	//go:embed style.css
	style []byte
	//go:embed form.js
	script []byte
	//go:embed openapi.yaml
	openAPI []byte
)

// asset serves a constant.
func asset(mediaType string, data []byte) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		return write(w, http.StatusOK, mediaType, data)
	}
}

// health tells a load balancer whether the answers can be reached.
func (s *server) health(w http.ResponseWriter, r *http.Request) error {
	if err := s.store.ping(r.Context()); err != nil {
		return &problem{Status: http.StatusServiceUnavailable, Title: "the database does not answer"}
	}
	return write(w, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
}
