//go:build !(linux && amd64)

package ledgertest

import "os/exec"

// trace runs a command: calls of the system are counted on one system only.
func trace(command *exec.Cmd, _ int, _ func(call)) (killed bool, count int, err error) {
	return false, 0, command.Run()
}
