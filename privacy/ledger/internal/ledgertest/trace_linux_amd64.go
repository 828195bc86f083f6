package ledgertest

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"
)

// calls are the calls of the system by which a process changes a file, makes
// it durable or sends something.
var calls = map[uint64]bool{
	syscall.SYS_WRITE: true, syscall.SYS_PWRITE64: true, syscall.SYS_WRITEV: true, syscall.SYS_PWRITEV: true,
	syscall.SYS_FSYNC: true, syscall.SYS_FDATASYNC: true, syscall.SYS_SYNC_FILE_RANGE: true,
	syscall.SYS_FTRUNCATE: true, syscall.SYS_FALLOCATE: true,
	syscall.SYS_LINK: true, syscall.SYS_LINKAT: true, syscall.SYS_RENAME: true, syscall.SYS_RENAMEAT: true,
	syscall.SYS_UNLINK: true, syscall.SYS_UNLINKAT: true,
	syscall.SYS_SENDTO: true, syscall.SYS_SENDMSG: true,
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
// n is 0. It returns how many calls there were.
func trace(command *exec.Cmd, n int) (killed bool, count int, err error) {
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
			if !killed && atCall(thread) {
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

// atCall reports whether a thread has stopped on the way into one of the calls.
func atCall(thread int) bool {
	var info struct {
		operation    uint8
		_            [3]uint8
		_            uint32
		_, _, number uint64
		_            [6]uint64
	}
	_, _, failed := syscall.Syscall6(syscall.SYS_PTRACE, requestCallInfo, uintptr(thread),
		unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	return failed == 0 && info.operation == infoEntry && calls[info.number]
}
