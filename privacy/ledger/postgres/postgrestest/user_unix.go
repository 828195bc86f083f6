//go:build unix

package postgrestest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// account is the user under which the server runs where the tests run as
// root, which PostgreSQL refuses.
func account() (uid, gid int, err error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		return 0, 0, fmt.Errorf("the server has no user to run as: %w", err)
	}
	if uid, err = strconv.Atoi(u.Uid); err == nil {
		gid, err = strconv.Atoi(u.Gid)
	}
	return uid, gid, err
}

// lend gives a directory to that user.
func lend(directory string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	uid, gid, err := account()
	if err != nil {
		return err
	}
	return os.Chown(directory, uid, gid)
}

// unprivileged makes a command run as that user.
func unprivileged(command *exec.Cmd) {
	if os.Geteuid() != 0 {
		return
	}
	uid, gid, err := account()
	if err != nil {
		command.Err = err
		return
	}
	command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}

// apart puts a command into a process group of its own, which no interruption
// from the terminal of the tests reaches.
func apart(command *exec.Cmd) {
	if command.SysProcAttr == nil {
		command.SysProcAttr = &syscall.SysProcAttr{}
	}
	command.SysProcAttr.Setpgid = true
}
