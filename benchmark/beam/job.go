package beam

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/internal/stage"
)

// job is what the functions of one pipeline know: it travels in the job graph.
type job struct {
	ID         []byte // random, of this job alone
	Secret     secret // of the job's key; nil: Key names it
	Key        string // a registered key
	Walk       []byte // sealed
	Instrument []byte // its specification as JSON: public
}

// secret is bytes that print as sealed.
type secret []byte

// Format prints the word sealed, whatever the verb and the flags.
func (secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, seal.Text) }

// LogValue logs the word sealed.
func (secret) LogValue() slog.Value { return slog.StringValue(seal.Text) }

// newJob makes the job of a walk.
func newJob(ctx context.Context, in *instrument.Instrument, walk *stage.Walk, key string) (*job, *worker, error) {
	j := &job{ID: random(16), Key: key}
	if key == "" {
		j.Secret = random(keySize)
	}
	v, err := j.vault(ctx)
	if err != nil {
		return nil, nil, err
	}
	data, err := walk.MarshalBinary()
	if err != nil {
		return nil, nil, fmt.Errorf("beam: %w", err)
	}
	j.Walk = v.seal(walkTag, data)
	if j.Instrument, err = json.Marshal(in.Spec()); err != nil {
		return nil, nil, fmt.Errorf("beam: %w", err)
	}
	return j, &worker{vault: v, walk: walk}, nil
}

// vault is the job's vault.
func (j *job) vault(ctx context.Context) (*vault, error) {
	secret := j.Secret
	if j.Key != "" {
		var err error
		if secret, err = registeredKey(ctx, j.Key); err != nil {
			return nil, err
		}
	}
	if len(secret) < keySize {
		return nil, errSeal
	}
	return newVault(secret, j.ID)
}

// worker is a job as a worker sees it.
type worker struct {
	*vault
	walk *stage.Walk
}

// worker opens the job.
func (j *job) worker(ctx context.Context) (*worker, error) {
	v, err := j.vault(ctx)
	if err != nil {
		return nil, err
	}
	data, err := v.open(walkTag, j.Walk)
	if err != nil {
		return nil, err
	}
	w := &worker{vault: v, walk: new(stage.Walk)}
	if err := w.walk.UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("beam: %w", err)
	}
	return w, nil
}

// instrument is the job's instrument.
func (j *job) instrument() (*instrument.Instrument, error) {
	var spec instrument.Spec
	if err := json.Unmarshal(j.Instrument, &spec); err != nil {
		return nil, fmt.Errorf("beam: %w", err)
	}
	return instrument.New(spec)
}

// drivers are the contexts of the walks of this process, by the id of the job.
var drivers sync.Map

// alive returns a function that fails once a worker has to stop: when the
// context of its element is done or, in the driver's process, that of the
// publication.
func (j *job) alive(ctx context.Context) func() error {
	driver, ok := drivers.Load(string(j.ID))
	return func() error {
		if err := ctx.Err(); err != nil || !ok {
			return err
		}
		return driver.(context.Context).Err()
	}
}
