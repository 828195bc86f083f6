package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

const help = `
backend serves a survey: members hand in answers by a link, the organiser
closes the wave and publishes it, anyone reads the release.

The organiser's token, at least 32 characters, is in the environment variable
BACKEND_TOKEN or in the file of -token-file. Without -instrument it asks what the
MedTech Joint Security Plan asks. A plan and an account are needed; -demo brings
its own, for a secret roster, to try the program.

Exit codes: 0 ended by a signal, with all requests answered; 1 refused, bad
input or failed; 2 wrong flags.`

// options are the flags of one run.
type options struct {
	instrument, plan, account string // paths; empty: the built-in ones
	database                  string // path of a SQLite file, or a postgres:// address
	ledger                    string // likewise
	ledgerKey, tokenFile      string // paths
	listen, url               string
	rate, linkRate            float64 // requests a second
	flush                     time.Duration
	organiser                 string
	purgeOn, closeOn          time.Time
	language                  string
	drafts                    bool // are kept, encrypted to the link
	demo                      bool // with the built-in plan and account
	createLedger              bool
	since                     ledger.Head // that the organiser kept; zero: none
}

func main() { command.Main(run) }

// run is the program without the process around it. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("backend", flag.ContinueOnError)
	flags.StringVar(&o.instrument, "instrument", "", "`path` of the instrument, YAML or JSON")
	flags.StringVar(&o.plan, "plan", "", "`path` of the plan of the wave, YAML or JSON")
	flags.StringVar(&o.account, "account", "", "`path` of the account, YAML or JSON")
	flags.StringVar(&o.database, "database", "", "`path` of the answers, or a postgres:// address (default $BACKEND_DATABASE, or survey.db)")
	flags.StringVar(&o.ledger, "ledger", "", "`path` of the ledger, or a postgres:// address (default $BACKEND_LEDGER, or ledger.db)")
	flags.BoolVar(&o.createLedger, "create-ledger", false, "make the ledger, if there is none and never was; only for the first start")
	flags.Func("since", "`head` of the ledger that was kept, as the log has it: a ledger that does not continue it is refused", func(text string) (err error) {
		o.since, err = ledger.ParseHead(text)
		return err
	})
	flags.StringVar(&o.ledgerKey, "ledger-key", "ledger.key", "`path` of the key of a ledger in PostgreSQL; that of SQLite is beside the ledger")
	flags.StringVar(&o.tokenFile, "token-file", "", "`path` of the organiser's token (default: $BACKEND_TOKEN is the token)")
	flags.StringVar(&o.listen, "listen", "localhost:8080", "`address` to listen on")
	flags.StringVar(&o.url, "url", "", "public `address` that links begin with (default http:// and -listen)")
	flags.DurationVar(&o.flush, "flush", time.Second, "`interval` at which answers in SQLite are flushed to the disk; 0 flushes them before they are acknowledged")
	flags.Float64Var(&o.rate, "rate", 500, "`requests` a second that are served to all members, to the public and to the organiser, each")
	flags.Float64Var(&o.linkRate, "link-rate", 5, "`requests` a second that are served by link")
	flags.StringVar(&o.organiser, "organiser", "", "`name` of who runs the survey and how to reach them, which members read before they answer")
	flags.Func("purge-on", "`date`, as 2027-03-01, from which on everything about members is deleted, which they read before they answer", command.Date(&o.purgeOn))
	flags.Func("close-on", "`date`, as 2027-01-31, from which on no answers are accepted, which members read before they answer", command.Date(&o.closeOn))
	flags.Func("language", "`tag` of the language of pages for browsers that ask for none of "+command.Languages(), command.Language(&o.language))
	flags.BoolVar(&o.drafts, "drafts", false, "keep what members save or send, encrypted to their links, so that the form opens with it; whoever has a link can then read the answers")
	flags.BoolVar(&o.demo, "demo", false, "serve the built-in plan and account, to try the program: the report says that no company stands behind it")
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	if err := backend(ctx, o, log); err != nil {
		fmt.Fprintf(stderr, "backend: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// backend opens everything, serves until ctx is done, and closes everything.
func backend(ctx context.Context, o options, log *slog.Logger) (err error) {
	c, account, err := load(o)
	if err != nil {
		return err
	}
	for _, warning := range c.plan.Warnings() {
		log.Warn("plan", "warning", warning)
	}
	if c.closeOn.IsZero() && !c.plan.Spec().Roster.ExactSizes() {
		log.Warn("under a secret roster a wave should close on a date that was fixed beforehand: set -close-on")
	}
	o.createLedger = o.createLedger || o.demo
	ledger, err := openLedger(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	if err := ledger.OpenAccount(ctx, account); err != nil {
		return err
	}
	head, err := ledger.Verify(ctx)
	if err != nil {
		return err
	}
	log.Info("ledger", "head", head.String())
	store, err := openStore(ctx, o.database, max(o.flush, 0))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.close()) }()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	if c.url == "" {
		at := listener.Addr().(*net.TCPAddr)
		if c.url = "http://" + at.String(); at.IP.IsUnspecified() {
			c.url = fmt.Sprintf("http://localhost:%d", at.Port)
		}
	}
	c.ledger, c.store, c.log = ledger, store, log
	s, err := newServer(ctx, c)
	if err != nil {
		return err
	}
	purging, stop := context.WithCancel(ctx)
	var purge sync.WaitGroup
	purge.Go(func() { s.keepDates(purging) })
	defer purge.Wait()
	defer stop()
	return serve(ctx, listener, s.handler(), log)
}

// load reads the inputs; its error holds the problems of all files.
func load(o options) (c config, account privacy.Account, err error) {
	if (o.plan == "" || o.account == "") && !o.demo {
		return c, account, errors.New("members' answers need a plan and an account of their own, -plan and -account; -demo serves the built-in ones, whose report says that no company stands behind it")
	}
	if o.demo {
		o.organiser = cmp.Or(o.organiser, "nobody: this is a demonstration, do not enter real answers")
		o.purgeOn = cmp.Or(o.purgeOn, time.Now().AddDate(0, 1, 0))
	}
	if o.organiser == "" || o.purgeOn.IsZero() {
		return c, account, errors.New("members are told who runs the survey and when their answers are deleted: it needs -organiser and -purge-on")
	}
	if o.purgeOn.Before(o.closeOn) {
		return c, account, errors.New("-purge-on: expected a date that is not before -close-on")
	}
	c.by, c.purgeOn, c.closeOn, c.language, c.drafts = o.organiser, o.purgeOn, o.closeOn, o.language, o.drafts
	if c.instrument, err = command.Instrument(o.instrument); err != nil {
		return c, account, err
	}
	var planErr, accountErr, tokenErr error
	c.plan, planErr = command.Plan(c.instrument, o.plan)
	account, accountErr = command.Account(o.account)
	c.token, tokenErr = readToken(o.tokenFile)
	c.url, c.rate, c.linkRate = strings.TrimSuffix(o.url, "/"), o.rate, o.linkRate
	if err := errors.Join(planErr, accountErr, tokenErr); err != nil {
		return c, account, err
	}
	return c, account, command.Fits(c.plan, account)
}

// readToken returns the organiser's token from a file or the environment.
func readToken(path string) (string, error) {
	token := os.Getenv("BACKEND_TOKEN")
	if path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("the organiser's token: %w", err)
		}
		token = strings.TrimSpace(string(data))
	}
	if len(token) < 32 {
		return "", errors.New("the organiser's token needs at least 32 characters in BACKEND_TOKEN or -token-file; make one with openssl rand -hex 32")
	}
	return token, nil
}
