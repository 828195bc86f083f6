package beam

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
)

// keys are the keys that the program registered.
var keys sync.Map // of func(context.Context) ([]byte, error), by name

// RegisterKey registers a way to the secret that jobs are sealed with, for
// [Options].Key. It is called from an init function, so that the workers of a
// job, which run the same program, know it too: get is called on the driver and
// on every worker, and must return the same secret of at least 32 random bytes
// each time, for instance from the environment, a file or a secret store that
// both can read. Every job derives a key of its own from it. RegisterKey panics
// if the name is empty or taken.
func RegisterKey(name string, get func(context.Context) ([]byte, error)) {
	if name == "" || get == nil {
		panic("beam: a key needs a name and a function")
	}
	if _, taken := keys.LoadOrStore(name, get); taken {
		panic(fmt.Sprintf("beam: a key %q is registered", name))
	}
}

// registeredKey is the secret of a name.
func registeredKey(ctx context.Context, name string) ([]byte, error) {
	get, ok := keys.Load(name)
	if !ok {
		return nil, fmt.Errorf("beam: no key %q is registered in this program", name)
	}
	secret, err := get.(func(context.Context) ([]byte, error))(ctx)
	if err != nil {
		return nil, fmt.Errorf("beam: key %q: %w", name, err)
	}
	if len(secret) < keySize {
		return nil, fmt.Errorf("beam: key %q has fewer than %d bytes", name, keySize)
	}
	return secret, nil
}

// random is n random bytes.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the process instead
	return b
}
