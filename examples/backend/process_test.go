//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"maturitybench/benchmark/cmd/program"
)

// process is the program in a process of its own.
type process struct {
	*testing.T
	*exec.Cmd
	url    string
	stderr *bytes.Buffer
	ended  chan struct{} // closed at the end of its standard error
}

// place is where the program keeps everything.
type place struct {
	dir, wave        string
	database, ledger string // a file in dir, or an address
}

// launch starts the program and waits until it serves.
func launch(t *testing.T, at place) *process {
	t.Helper()
	plan := strings.Replace(planFile, `"2026"`, fmt.Sprintf("%q", at.wave), 1)
	account := strings.Replace(accountFile, "epsilon: 13", "epsilon: 1000", 1) // for all waves of one place
	for name, text := range map[string]string{"i.yaml": instrumentFile, "p.yaml": plan, "a.yaml": account} {
		if err := os.WriteFile(filepath.Join(at.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := &process{T: t, stderr: &bytes.Buffer{}, ended: make(chan struct{})}
	p.Cmd = program.Command(t, "-listen", "127.0.0.1:0", "-rate", "1e6", "-link-rate", "1e6",
		"-instrument", "i.yaml", "-plan", "p.yaml", "-account", "a.yaml", "-database", at.database, "-ledger", at.ledger, "-create-ledger",
		"-organiser", "The tests", "-purge-on", "2099-03-01")
	p.Dir, p.Env = at.dir, append(p.Env, "BACKEND_TOKEN="+testToken)
	pipe, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	for p.url == "" {
		line, err := lines.ReadBytes('\n')
		p.stderr.Write(line)
		if err != nil {
			t.Fatalf("the program ended: %s", p.stderr)
		}
		var entry struct{ Msg, Address string }
		if json.Unmarshal(line, &entry) == nil && entry.Msg == "serving" {
			p.url = "http://" + entry.Address
		}
	}
	go func() {
		defer close(p.ended)
		io.Copy(p.stderr, lines)
	}()
	return p
}

// call sends a request; status 0 stands for no reply.
func (p *process) call(method, target, body string, headers ...string) (status int, reply string) {
	r, err := http.NewRequestWithContext(p.Context(), method, target, strings.NewReader(body))
	if err != nil {
		p.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, ""
	}
	defer w.Body.Close()
	data, err := io.ReadAll(w.Body)
	if err != nil {
		return 0, ""
	}
	return w.StatusCode, string(data)
}

// kill ends the process as a power cut would.
func (p *process) kill() {
	p.Process.Kill()
	<-p.ended
	p.Wait()
}

// link makes a member and returns the address of its form.
func (p *process) link(company string) string {
	p.Helper()
	status, reply := p.call("POST", p.url+"/organiser/members", fmt.Sprintf(`{"company": %q}`, company), asOwner)
	var made struct{ Link string }
	if json.Unmarshal([]byte(reply), &made) != nil || status != 201 {
		p.Fatalf("no link: status %d %s", status, reply)
	}
	return made.Link
}

// A signal ends the program with code 0 after the request under way got its
// reply, and its answers are stored.
func TestShutdownDrains(t *testing.T) {
	dir := t.TempDir()
	p := launch(t, place{dir, "2026", "survey.db", "ledger.db"})
	link := p.link("Acme")
	host, path, _ := strings.Cut(strings.TrimPrefix(link, "http://"), "/")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := `{"scores": {"q1": 2}}`
	fmt.Fprintf(conn, "POST /%s HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, len(body))
	replies := bufio.NewReader(conn)
	if line, err := replies.ReadString('\n'); err != nil || !strings.Contains(line, "100") {
		t.Fatalf("the server does not read: %q %v", line, err)
	}
	replies.ReadString('\n')
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for refused := false; !refused; time.Sleep(time.Millisecond) { // until it listens no more
		c, err := net.Dial("tcp", host)
		if refused = err != nil; !refused {
			c.Close()
		}
	}
	io.WriteString(conn, body)
	if w, err := http.ReadResponse(replies, nil); err != nil || w.StatusCode != 204 {
		t.Errorf("the request under way got %v, %v", w, err)
	}
	<-p.ended
	if err := p.Wait(); err != nil {
		t.Errorf("the program ended with %v: %s", err, p.stderr)
	}
	store, err := openStore(t.Context(), filepath.Join(dir, "survey.db"), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	secret := hash(strings.Split(path, "/")[1])
	if v, err := store.visit(t.Context(), "2026", secret[:]); err != nil || v.answers.String != `{"attributes":{},"scores":{"q1":2}}` {
		t.Errorf("stored: %v, %v", v.answers, err)
	}
}

func TestRefusals(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct {
		name, token string
		args        []string
		code        int
		want        string
	}{
		{"help", "", []string{"-h"}, 0, "organiser's token"},
		{"no plan", testToken, nil, 1, "-plan and -account"},
		{"no account", testToken, []string{"-plan", "plan.yaml"}, 1, "-plan and -account"},
		{"nobody who runs it", testToken, []string{"-plan", "plan.yaml", "-account", "account.yaml", "-purge-on", "2099-03-01"}, 1, "-organiser and -purge-on"},
		{"no day of the purge", testToken, []string{"-plan", "plan.yaml", "-account", "account.yaml", "-organiser", "x"}, 1, "-organiser and -purge-on"},
		{"wrong day of the purge", testToken, []string{"-demo", "-purge-on", "soon"}, 2, "-purge-on"},
		{"no token", "", []string{"-demo"}, 1, "at least 32 characters"},
		{"short token", "short", []string{"-demo"}, 1, "at least 32 characters"},
		{"no instrument", testToken, []string{"-demo", "-instrument", "nowhere.yaml"}, 1, "nowhere.yaml"},
		{"no directory for the answers", testToken, []string{"-demo", "-database", "nowhere/survey.db"}, 1, "nowhere"},
		{"address", testToken, []string{"-demo", "-listen", "256.0.0.1:x"}, 1, "unknown port"},
		{"password of the database", testToken, []string{"-demo", "-database", "postgres://user:pass-word@127.0.0.1:1/x"}, 1, ""},
		{"flag", testToken, []string{"-port", "1"}, 2, "-port"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("BACKEND_TOKEN", test.token)
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			var stdout, stderr bytes.Buffer
			code := run(ctx, test.args, &stdout, &stderr)
			if code != test.code || !strings.Contains(stdout.String()+stderr.String(), test.want) {
				t.Errorf("exit code %d, want %d: %s", code, test.code, &stderr)
			}
			if strings.Contains(stderr.String(), "pass-word") {
				t.Errorf("a password is shown: %s", &stderr)
			}
		})
	}
}
