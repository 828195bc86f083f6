package publication_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/publication"
)

// withdrawable is a release in a folder of its own, with its path.
func withdrawable(t *testing.T, name string) (*publication.Release, string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "releases", name))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "release.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := publication.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return r, path
}

func notice(r *publication.Release) publication.Withdrawal {
	return publication.NewWithdrawal(r, time.Date(2029, time.March, 1, 23, 30, 0, 0, time.UTC), "one sector was read twice")
}

// The notice beside a release is read with it, and changes nothing else of it.
func TestWithdrawal(t *testing.T) {
	r, path := withdrawable(t, "secret.json")
	if r.Withdrawn != nil || r.Usable() != nil {
		t.Fatalf("a release that stands: %v, %v", r.Withdrawn, r.Usable())
	}
	plain, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	data, err := notice(r).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "withdrawal.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := publication.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	want := publication.Withdrawal{Release: r.ID, Account: r.Account, Wave: r.Wave, Revision: r.Revision, Date: "2029-03-01", Reason: "one sector was read twice"}
	if again.Withdrawn == nil || *again.Withdrawn != want {
		t.Fatalf("the notice is %+v, want %+v", again.Withdrawn, want)
	}
	if err := again.Usable(); !errors.Is(err, publication.ErrWithdrawn) || !strings.Contains(err.Error(), "on 2029-03-01: one sector was read twice") {
		t.Errorf("the error is %v", err)
	}
	after, err := json.Marshal(again)
	if err != nil || !bytes.Equal(plain, after) || !bytes.Equal(r.Bytes(), again.Bytes()) {
		t.Errorf("the document changed with the notice (%v)", err)
	}
	if parsed, err := publication.ParseWithdrawal(data); err != nil || parsed != want {
		t.Errorf("the notice reads as %+v (%v)", parsed, err)
	}
}

// A notice that is about another release, or broken, is an error: not the same as none.
func TestWithdrawalOfAnother(t *testing.T) {
	r, path := withdrawable(t, "secret.json")
	good, err := notice(r).Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string][2]string{
		"another id":       {r.ID, strings.Repeat("0", 32)},
		"another wave":     {`"wave": "` + r.Wave, `"wave": "x` + r.Wave},
		"another account":  {`"account": "` + r.Account, `"account": "x` + r.Account},
		"another revision": {`"revision": 1`, `"revision": 2`},
		"no revision":      {`"revision": 1`, `"revision": 0`},
		"another format":   {"withdrawal/1", "withdrawal/2"},
		"no date":          {"2029-03-01", "2029-13-01"},
		"no reason":        {"one sector was read twice", ""},
		"two lines":        {"one sector", `one\nsector`},
		"a long reason":    {"one sector", strings.Repeat("one sector", 60)},
		"an unknown key":   {`"reason"`, `"cause": "x", "reason"`},
		"no JSON":          {"{", ""},
	} {
		text := strings.Replace(string(good), edit[0], edit[1], 1)
		if text == string(good) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "withdrawal.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := publication.Load(path); err == nil || !strings.Contains(err.Error(), "withdrawal.json") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	w := notice(r)
	w.Reason = "two\nlines"
	if _, err := w.Encode(); err == nil {
		t.Error("a reason of two lines is written")
	}
}

// A re-estimate of a release that was withdrawn is withdrawn with it.
func TestWithdrawalOfAReestimate(t *testing.T) {
	r, _ := withdrawable(t, "secret.json")
	w := notice(r)
	again := *r
	again.ID = strings.Repeat("1", 32)
	if err := again.Withdraw(w); err == nil {
		t.Error("another release takes the notice")
	}
	again.Reestimated = &publication.Reestimated{From: r.ID, Estimator: "e", Count: 1}
	if err := again.Withdraw(w); err != nil || again.Usable() == nil {
		t.Errorf("its re-estimate: %v", err)
	}
}
