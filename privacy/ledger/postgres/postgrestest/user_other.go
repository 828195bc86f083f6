//go:build !unix

package postgrestest

import "os/exec"

func lend(string) error { return nil }

func unprivileged(*exec.Cmd) {}

func apart(*exec.Cmd) {}
