package output

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"maturitybench/benchmark/publication"
)

// Free returns an error if a directory holds the release of another account,
// wave or revision, or one that cannot be read: a release is never overwritten
// by another.
func Free(dir, account, wave string, revision int) error {
	path := filepath.Join(dir, "release.json")
	there, err := publication.Load(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case isPath(err):
		return fmt.Errorf("the output directory: %w", err)
	case err != nil:
		return fmt.Errorf("what is in the way is no release: %w", err)
	case there.Account != account || there.Wave != wave || there.Revision != revision:
		return fmt.Errorf("%s is the release of wave %s, revision %d, of account %s, and is not overwritten by another: name another directory with -out",
			path, there.Wave, there.Revision, there.Account)
	}
	return nil
}

func isPath(err error) bool {
	_, ok := errors.AsType[*fs.PathError](err)
	return ok
}
