package command

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// Release is the path of a release: the given one or, without one, the only release.json
// in out, where publish puts the folders of the waves.
func Release(path string) (string, error) {
	if path != "" {
		return path, nil
	}
	var found []string
	for _, pattern := range []string{filepath.Join("out", "release.json"), filepath.Join("out", "*", "release.json")} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		found = append(found, paths...)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", errors.New("no release in the folder out: publish writes one there, and -release says where another one is")
	}
	return "", fmt.Errorf("several releases in the folder out; -release says which: %s", strings.Join(found, ", "))
}
