package ledgertest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"
)

// calls are the calls of the system by which a process changes a file, makes
// it durable or sends something, with what they do.
var calls = map[uint64]deed{
	syscall.SYS_WRITE: written, syscall.SYS_PWRITE64: written, syscall.SYS_WRITEV: written, syscall.SYS_PWRITEV: written,
	syscall.SYS_FSYNC: flushed, syscall.SYS_FDATASYNC: flushed, syscall.SYS_SYNC_FILE_RANGE: other,
	syscall.SYS_FTRUNCATE: written, syscall.SYS_FALLOCATE: written,
	syscall.SYS_LINK: other, syscall.SYS_LINKAT: named, syscall.SYS_RENAME: other, syscall.SYS_RENAMEAT: named,
	syscall.SYS_UNLINK: other, syscall.SYS_UNLINKAT: other,
	syscall.SYS_SENDTO: written, syscall.SYS_SENDMSG: written,
}

// Options and answers of ptrace(2).
const (
	optionExitKill     = 0x100000
	optionGood         = 0x01 // bit 7 of the signal of a stop at a call
	requestCallInfo    = 0x420e
	infoEntry          = 1
	stopAtCall         = syscall.SIGTRAP | 0x80
	optionsOfTheTracer = syscall.PTRACE_O_TRACECLONE | optionGood | optionExitKill
)

// trace runs a command and kills it before its n-th of the calls, or never if
// n is 0. It returns how many calls there were, and shows each to see, if that is
// not nil.
func trace(command *exec.Cmd, n int, see func(call)) (killed bool, count int, err error) {
	runtime.LockOSThread() // ptrace(2) knows threads
	defer runtime.UnlockOSThread()
	command.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := command.Start(); err != nil {
		return false, 0, err
	}
	leader := command.Process.Pid
	defer command.Process.Release()
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(leader, &status, syscall.WALL, nil); err != nil {
		return false, 0, err
	}
	if err := syscall.PtraceSetOptions(leader, optionsOfTheTracer); err != nil {
		return false, 0, err
	}
	thread, signal := leader, 0
	for {
		// An error says that the thread is gone, of which Wait4 will tell.
		syscall.PtraceSyscall(thread, signal)
		if thread, err = syscall.Wait4(-1, &status, syscall.WALL, nil); err != nil {
			return killed, count, fmt.Errorf("wait: %w", err)
		}
		signal = 0
		switch {
		case thread == leader && (status.Exited() || status.Signaled()):
			if !killed && status.ExitStatus() != 0 {
				return false, count, errors.New("the child process failed")
			}
			return killed, count, nil
		case !status.Stopped():
		case status.StopSignal() == stopAtCall:
			if c, ok := atCall(thread, see != nil); ok && !killed {
				if see != nil {
					see(c)
				}
				if count++; count == n {
					killed = true
					syscall.Kill(leader, syscall.SIGKILL)
				}
			}
		case status.StopSignal() != syscall.SIGTRAP && status.StopSignal() != syscall.SIGSTOP:
			signal = int(status.StopSignal())
		}
	}
}

// atCall reports whether a thread has stopped on the way into one of the calls, and
// which: with the files that it is about, if that is asked for.
func atCall(thread int, files bool) (c call, ok bool) {
	var info struct {
		operation    uint8
		_            [3]uint8
		_            uint32
		_, _, number uint64
		arguments    [6]uint64
	}
	_, _, failed := syscall.Syscall6(syscall.SYS_PTRACE, requestCallInfo, uintptr(thread),
		unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	if failed != 0 || info.operation != infoEntry {
		return call{}, false
	}
	if c.deed, ok = calls[info.number]; !ok || !files {
		return c, ok
	}
	switch c.deed {
	case written, flushed:
		c.file, _ = os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", thread, info.arguments[0]))
	case named: // linkat(2), renameat(2): directory, name, directory, name
		c.file, c.name = textAt(thread, info.arguments[1]), textAt(thread, info.arguments[3])
	}
	return c, true
}

// textAt is the text in the memory of a thread at an address.
func textAt(thread int, address uint64) string {
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", thread))
	if err != nil {
		return ""
	}
	defer memory.Close()
	text := make([]byte, 4096)
	n, _ := memory.ReadAt(text, int64(address))
	before, _, _ := bytes.Cut(text[:n], []byte{0})
	return string(before)
}
