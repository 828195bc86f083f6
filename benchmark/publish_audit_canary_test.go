package benchmark

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger/sqlite"
)

// The planted facts: a name that occurs nowhere else, and a sheet whose packed
// rows and text are unmistakable.
const (
	plantedName  = "Zyzzyva Heart Valves"
	plantedSheet = "4,0,4,1,4,2,4,3"
)

// plantedCSV is a file of 30 companies of an instrument without attributes,
// one of them planted.
func plantedCSV(in *instrument.Instrument) string {
	var b strings.Builder
	b.WriteString("company")
	for _, q := range in.Spec().Questions() {
		b.WriteString("," + q.ID)
	}
	for i := range 30 {
		name, sheet := fmt.Sprintf("c%d", i), strings.Repeat(",1", len(in.Spec().Questions()))
		if i == 17 {
			name, sheet = plantedName, ","+plantedSheet+strings.Repeat(",5", len(in.Spec().Questions())-8)
		}
		b.WriteString("\n" + name + sheet)
	}
	return b.String() + "\n"
}

// witness collects everything that a run says.
type witness struct {
	t    *testing.T
	said map[string]string // what, by where
}

func (w *witness) say(where string, what ...any) {
	for _, x := range what {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			w.said[where+" "+verb] += fmt.Sprintf(verb, x)
		}
		if data, err := json.Marshal(x); err == nil {
			w.said[where+" JSON"] += string(data)
		}
	}
}

// look searches for the planted name, as text, in hexadecimal, as an identity,
// and for the packed sheet.
func (w *witness) look(in *instrument.Instrument) {
	w.t.Helper()
	id := stage.Identify([]byte(plantedName))
	sheet := strings.ReplaceAll(plantedSheet, ",", " ")
	packed := []byte{5, 1, 5, 2, 5, 3, 5, 4, 6, 6}
	for where, text := range w.said {
		for _, secret := range []string{
			plantedName, fmt.Sprintf("%x", plantedName), string(id[:]), fmt.Sprintf("%x", id[:]),
			plantedSheet, "[" + sheet, string(packed), fmt.Sprintf("%x", packed), "5 1 5 2 5 3 5 4 6 6", "5, 1, 5, 2, 5, 3, 5, 4",
			"0x5, 0x1, 0x5, 0x2",
		} {
			if strings.Contains(text, secret) {
				w.t.Errorf("%s tells a planted fact of %d bytes", where, len(secret))
				break
			}
		}
	}
}

// TestAuditCanary walks through reading, publishing, being refused, panicking
// and storing, with a planted company, and searches everything that was
// printed, logged, returned, or written next to the ledger.
func TestAuditCanary(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	spec := instrument.JSP().Spec()
	spec.Attributes = nil
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	w := &witness{t: t, said: map[string]string{}}
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	data, err := responses.NewDataset(t.Context(), in, responses.ReadCSV(in, strings.NewReader(plantedCSV(in))))
	if err != nil {
		t.Fatal(err)
	}
	blank, err := data.Blank(plantedName)
	if err != nil {
		t.Fatal(err)
	}
	logger.Info("data", "set", data, "blank", blank)
	_, unknown := blank.Blank(plantedName + "?")
	w.say("a data set", data, blank, struct{ D *responses.Dataset }{data})
	w.say("Blank", unknown)
	for response, err := range responses.ReadCSV(in, strings.NewReader(plantedCSV(in))) {
		logger.Info("response", "value", response, "error", err)
		w.say("a response", response, err)
	}
	canaryIntake(t, in, w)

	dir := t.TempDir()
	ledger, err := sqlite.Create(t.Context(), filepath.Join(dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, expected := range []int{20, 200} {
		canaryPublish(t, w, ledger, in, data, blank, expected)
	}
	w.say("the ledger", ledger)
	if err := ledger.Close(); err != nil {
		t.Fatal(err)
	}
	w.said["the log"] = log.String()
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		w.said["the file "+filepath.Base(path)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.look(in)
}

// canaryIntake reads wrong files.
func canaryIntake(t *testing.T, in *instrument.Instrument, w *witness) {
	t.Helper()
	good := plantedCSV(in)
	for name, file := range map[string]string{
		"a second response":  good + plantedName + ",1" + strings.Repeat(",", len(in.Spec().Questions())-1) + "\n",
		"a wrong score":      strings.Replace(good, plantedName+",4", plantedName+","+plantedSheet[:1]+"9", 1),
		"a name as a score":  strings.Replace(good, ","+plantedSheet, ","+plantedName+plantedSheet[1:], 1),
		"an unknown column":  strings.Replace(good, "company", "company,"+plantedName, 1),
		"no answer":          good + plantedName + "!" + strings.Repeat(",", len(in.Spec().Questions())) + "\n",
		"a long line":        good + plantedName + strings.Repeat("x", 2<<20),
		"a quote left open":  good + "\"" + plantedName + ",1",
		"bytes, not a text":  good + plantedName + "\xff,1",
		"a line of one cell": good + plantedName + "\n",
	} {
		_, err := responses.NewDataset(t.Context(), in, responses.ReadCSV(in, strings.NewReader(file)))
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		w.say(name, err)
	}
	_, err := responses.New(in, plantedName, map[string]string{"size": plantedName}, map[string]int{plantedName: 1, in.Spec().Questions()[0].ID: 4_014_243})
	w.say("NewResponse", err)
}

// canaryPublish publishes, is refused, is interrupted, and panics.
func canaryPublish(t *testing.T, w *witness, ledger privacy.Ledger, in *instrument.Instrument, data, blank responses.Data, expected int) {
	t.Helper()
	id := fmt.Sprint("a", expected)
	account := privacy.Account{ID: id, Unit: "company", Roster: privacy.SecretRoster, Epsilon: 5, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	change := func(wave string) func(*PlanSpec) {
		return func(s *PlanSpec) { s.Account, s.Wave, s.Cohorts = id, wave, nil }
	}
	plan := auditPlan(t, in, privacy.SecretRoster, expected, change("w"))
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Publish(canceled, ledger, plan, data)
	w.say("an interruption", err)
	if expected == 20 {
		release, err := Publish(t.Context(), ledger, plan, data)
		if err != nil {
			t.Fatal(err)
		}
		w.said["the release"] = string(release.Bytes())
		w.say("the release", *release)
	}
	for name, attempt := range map[string]struct {
		plan *Plan
		data responses.Data
	}{
		"other data":      {plan, blank},
		"a second charge": {auditPlan(t, in, privacy.SecretRoster, expected, change("x")), data},
		"another account": {auditPlan(t, in, privacy.SecretRoster, expected, change("y")), data},
	} {
		release, err := Publish(t.Context(), ledger, attempt.plan, attempt.data)
		if err == nil {
			w.said[name] = string(release.Bytes())
		}
		w.say(name, err)
	}
	func() {
		defer func() { w.say("a panic", recover()) }()
		_, err := ledger.Publish(t.Context(), privacy.Entry{
			Account: id, Wave: "p", Revision: 1, Roster: privacy.SecretRoster, Plan: []byte("p"), Loss: privacy.Loss{MuSquared: 1, Delta: privacy.SamplerDelta}, Data: privacy.Records(slices.Values(fixture.Records(data))),
		}, func(draws *privacy.Draws) (privacy.Record, error) {
			w.say("draws", draws)
			if _, _, err := plan.measure(t.Context(), draws, plan.rows(fixture.Rows(data))); err != nil {
				return privacy.Record{}, err
			}
			return privacy.Record{}, errors.New("refused")
		})
		w.say("an undeclared draw", err)
	}()
}
