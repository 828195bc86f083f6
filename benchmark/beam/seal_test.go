package beam

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/stage"
)

// What is sealed opens with the same secret, job and tag, and in no other way.
func TestVault(t *testing.T) {
	secret, job, plain := random(keySize), random(16), []byte("the answers of a company")
	made := func(secret, job []byte) *vault {
		v, err := newVault(secret, job)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := made(secret, job)
	sealed := v.seal(originTag, plain)
	if got, err := made(secret, job).open(originTag, sealed); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("got %q and error %v", got, err)
	}
	if bytes.Equal(sealed, v.seal(originTag, plain)) {
		t.Error("the same message is sealed to the same bytes twice")
	}
	if bytes.Contains(sealed, plain[:6]) {
		t.Error("a sealed message shows its text")
	}
	refuse := func(name string, v *vault, tag string, sealed []byte) {
		t.Helper()
		if _, err := v.open(tag, sealed); !errors.Is(err, errSeal) {
			t.Errorf("%s: error %v, want %v", name, err, errSeal)
		}
	}
	refuse("another secret", made(random(keySize), job), originTag, sealed)
	refuse("another job", made(secret, random(16)), originTag, sealed)
	refuse("another tag", v, tallyTag, sealed)
	for n := range sealed {
		refuse(fmt.Sprintf("cut to %d bytes", n), v, originTag, sealed[:n])
		changed := bytes.Clone(sealed)
		changed[n] ^= 1 << (n % 8)
		refuse(fmt.Sprintf("byte %d changed", n), v, originTag, changed)
	}
	refuse("longer", v, originTag, append(bytes.Clone(sealed), 0))
}

// A company has the same pseudonym everywhere in a job, and another in the next.
func TestPseudonym(t *testing.T) {
	secret := random(keySize)
	one, _ := newVault(secret, []byte("job 1"))
	same, _ := newVault(secret, []byte("job 1"))
	next, _ := newVault(secret, []byte("job 2"))
	a, b := stage.Identify([]byte("a")), stage.Identify([]byte("b"))
	if !bytes.Equal(one.pseudonym(a), same.pseudonym(a)) {
		t.Error("two pseudonyms in one job")
	}
	if bytes.Equal(one.pseudonym(a), one.pseudonym(b)) || bytes.Equal(one.pseudonym(a), next.pseudonym(a)) || bytes.Equal(one.pseudonym(a), a[:]) {
		t.Error("a pseudonym tells companies or jobs")
	}
}

// The state of the functions goes through the job graph as JSON: a worker opens
// it, and neither with another secret nor after a change.
func TestJobTravels(t *testing.T) {
	walk, ctx := walksOf(t, 60).first, context.Background()
	made, driver, err := newJob(ctx, instrument.JSP(), walk, "")
	if err != nil {
		t.Fatal(err)
	}
	travel := func(change func(*job)) (*worker, error) {
		data, err := json.Marshal(tallyFn{Job: *made})
		if err != nil {
			t.Fatal(err)
		}
		var fn tallyFn
		if err := json.Unmarshal(data, &fn); err != nil {
			t.Fatal(err)
		}
		change(&fn.Job)
		return fn.worker, fn.Setup(ctx)
	}
	if _, err := travel(func(*job) {}); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*job){
		"no secret":      func(j *job) { j.Secret = nil },
		"another secret": func(j *job) { j.Secret[3] ^= 1 },
		"another job":    func(j *job) { j.ID[3] ^= 1 },
		"changed walk":   func(j *job) { j.Walk[40] ^= 1 },
		"tally as walk":  func(j *job) { j.Walk = driver.seal(tallyTag, []byte("x")) },
	} {
		if _, err := travel(change); !errors.Is(err, errSeal) {
			t.Errorf("%s: error %v, want %v", name, err, errSeal)
		}
	}
	if _, _, err := newJob(ctx, instrument.JSP(), walk, "none"); err == nil {
		t.Error("an unknown key is no error")
	}
}

// With a registered key, the job graph holds no secret.
func TestRegisteredKeyStaysOut(t *testing.T) {
	made, _, err := newJob(context.Background(), instrument.JSP(), walksOf(t, 60).first, "good")
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Secret) > 0 {
		t.Error("the graph holds a secret")
	}
}

// Nothing that travels shows what it holds, however it is printed.
func TestPrinted(t *testing.T) {
	made, driver, err := newJob(context.Background(), instrument.JSP(), walksOf(t, 60).first, "")
	if err != nil {
		t.Fatal(err)
	}
	made.Secret = bytes.Repeat([]byte{77}, keySize)
	fn := &tallyFn{Job: *made, worker: driver}
	row := bytes.Repeat([]byte{77}, driver.walk.Stride)
	m := newMessage(driver.vault, originTag, row)
	sheet := Sheet{Company: "MMMM", Scores: map[string]int{"org-01": 77}}
	for name, value := range map[string]any{
		"message": m, "sheet": sheet, "sheets": []Sheet{sheet}, "pointer": &sheet, "secret": made.Secret,
		"accumulator": fn.CreateAccumulator(), "job": struct{ Secret secret }{made.Secret},
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t"} {
			text := fmt.Sprintf(verb, value)
			if strings.Contains(text, "MMMM") || strings.Contains(text, "77") || strings.Contains(text, "4d4d") {
				t.Errorf("%s prints %s under %s", name, text, verb)
			}
		}
		var out bytes.Buffer
		timeless := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{} // it has digits of its own
			}
			return a
		}}
		slog.New(slog.NewTextHandler(&out, timeless)).Info("x", "value", value)
		if strings.Contains(out.String(), "MMMM") || strings.Contains(out.String(), "77") {
			t.Errorf("%s logs %s", name, out.String())
		}
	}
}
