//go:build unix

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"maturitybench/privacy/ledger/postgres/postgrestest"
)

// faults is how many times as many random faults are made, or 0 for a few.
func faults(t *testing.T) int {
	n, err := strconv.Atoi("0" + os.Getenv("MATURITYBENCH_FAULTS"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Killed at any time, the program comes back with every answer that it
// acknowledged, and publishes one release a wave, which is charged once.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills")
	}
	killed(t, place{t.TempDir(), "", "survey.db", "ledger.db"})
}

func TestKillPostgres(t *testing.T) {
	if faults(t) == 0 {
		t.Skip("a part of .ci/faults")
	}
	database := address(postgrestest.Start(t).Database(t))
	killed(t, place{t.TempDir(), "", database, database})
}

func killed(t *testing.T, at place) {
	total := 0
	for wave := range 1 + 16*faults(t) {
		at.wave = fmt.Sprint("w", wave)
		s := &victim{T: t, place: at, waves: wave + 1}
		s.process = launch(t, at)
		s.enrol(40)
		for round := range 4 {
			s.answer(round)
		}
		s.close()
		for within := 60 * time.Millisecond; !s.publish(within); within *= 2 {
		}
		s.standings()
		s.kill()
		total += s.kills
	}
	t.Logf("killed %d times", total)
}

// victim is a wave whose process is killed.
type victim struct {
	*testing.T
	place
	*process
	waves, kills int

	paths []string // of the forms
	// What q1 of a member may be: the level that was acknowledged last, or any
	// that was sent since, of which the kill left the outcome open.
	possible     [][]int
	acknowledged []bool
	release      string // once anybody saw it
}

// again ends the process and starts it anew.
func (s *victim) again() {
	s.kill()
	s.kills++
	s.process = launch(s.T, s.place)
}

func (s *victim) enrol(members int) {
	for i := range members {
		s.paths = append(s.paths, strings.TrimPrefix(s.link(fmt.Sprint("Company ", i)), s.url))
	}
	s.possible, s.acknowledged = make([][]int, members), make([]bool, members)
	s.mark()
}

// mark makes the answers of the wave unlike those of all others, whatever the kills leave of
// the members' own: a ledger refuses answers that it knows from another wave.
func (s *victim) mark() {
	for i := range s.waves {
		path := s.link(fmt.Sprint("Mark ", i))
		if status, reply := s.call("POST", path, `{"attributes": {"size": "large"}, "scores": {"q2": 1}}`, asJSON); status != 204 {
			s.Fatalf("an answer: status %d %s", status, reply)
		}
	}
}

// answer kills the program while members answer.
func (s *victim) answer(round int) {
	var group sync.WaitGroup
	for worker := range 4 { // each has its own members
		group.Go(func() {
			for step := round; ; step++ {
				i := worker + 4*(step%(len(s.paths)/4))
				level := (step + worker) % 3
				s.possible[i] = append(s.possible[i], level)
				body := fmt.Sprintf(`{"attributes": {"size": "small"}, "scores": {"q1": %d}}`, level)
				if status, _ := s.call("POST", s.url+s.paths[i], body, asJSON); status != 204 {
					return
				}
				s.possible[i], s.acknowledged[i] = []int{level}, true
			}
		})
	}
	time.Sleep(100*time.Millisecond + rand.N(100*time.Millisecond))
	s.Process.Kill()
	group.Wait()
	s.again()
}

// close kills the program after it said that the wave is closed.
func (s *victim) close() {
	if status, _ := s.call("POST", s.url+"/organiser/close", "", asOwner); status != 204 {
		s.Fatalf("close: status %d", status)
	}
	s.again()
	if status, _ := s.call("POST", s.url+s.paths[0], `{"scores": {"q1": 0}}`, asJSON); status != 409 {
		s.Fatalf("an answer after the close: status %d", status)
	}
}

// publish asks for the publication, kills the program within a time or after the
// reply, and says whether it was told that the wave is published.
func (s *victim) publish(within time.Duration) bool {
	timer := time.AfterFunc(rand.N(within), func() { s.Process.Kill() })
	status, reply := s.call("POST", s.url+"/organiser/publish", "", asOwner)
	shown, release := s.call("GET", s.url+"/releases/"+s.wave+"/release.json", "")
	timer.Stop()
	if status != 0 && status != 200 {
		s.Fatalf("publish: status %d %s", status, reply)
	}
	if shown == 200 {
		s.see(release)
	}
	s.again()
	s.charged(status == 200 || shown == 200)
	return status == 200
}

// see remembers a release of the wave: there is one.
func (s *victim) see(release string) {
	if s.release != "" && release != s.release {
		s.Fatal("two releases of one wave")
	}
	s.release = release
}

// charged looks into the ledger: all waves before are charged, each once, and
// this one if it is published.
func (s *victim) charged(published bool) {
	source := s.ledger
	if !inPostgres(source) {
		source = filepath.Join(s.dir, source)
	}
	l, err := openLedger(s.Context(), options{ledger: source, ledgerKey: filepath.Join(s.dir, "ledger.key")})
	if err != nil {
		s.Fatal(err)
	}
	defer l.Close()
	list, err := l.Publications(s.Context(), "tests")
	if err != nil {
		s.Fatal(err)
	}
	if len(list) != s.waves && (published || len(list) != s.waves-1) {
		s.Fatalf("%d publications are charged in wave %d", len(list), s.waves)
	}
	for i, p := range list {
		if p.Wave != fmt.Sprint("w", i) || p.Revision != 1 || p.Loss.MuSquared == 0 {
			s.Fatalf("publication %d is charged as %+v", i, p)
		}
	}
	if len(list) == s.waves {
		stored, err := l.Publication(s.Context(), "tests", s.wave, 1)
		if err != nil {
			s.Fatal(err)
		}
		s.see(string(stored.Release))
	}
}

// standings compares what members answered with what is stored: in the database, since
// a release that suppresses few companies shows no standing.
func (s *victim) standings() {
	if status, release := s.call("GET", s.url+"/releases/"+s.wave+"/release.json", ""); status != 200 || release != s.release {
		s.Errorf("the release after the kills: status %d, the same: %v", status, release == s.release)
	}
	source := s.database
	if !inPostgres(source) {
		source = filepath.Join(s.dir, source)
	}
	store, err := openStore(s.Context(), source, 0)
	if err != nil {
		s.Fatal(err)
	}
	defer store.close()
	for i, path := range s.paths {
		link := hash(strings.Split(path, "/")[2])
		v, err := store.visit(s.Context(), s.wave, link[:])
		if err != nil {
			s.Fatal(err)
		}
		var own sheet
		if err := json.Unmarshal([]byte(cmp.Or(v.answers.String, "{}")), &own); err != nil {
			s.Fatal(err)
		}
		got, answered := own.Scores["q1"]
		if answered && !slices.Contains(s.possible[i], got) || !answered && s.acknowledged[i] {
			s.Errorf("member %d: q1 is %d (%v), expected one of %v", i, got, answered, s.possible[i])
		}
		if status, reply := s.call("GET", s.url+strings.TrimSuffix(path, "answers")+"standing.json", ""); status != 200 || answered == strings.Contains(reply, `"cohorts":[]`) {
			s.Errorf("member %d: status %d, %s", i, status, reply)
		}
	}
}
