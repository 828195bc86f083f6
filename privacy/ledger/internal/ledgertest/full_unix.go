//go:build unix

package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"maturitybench/privacy/ledger"
)

// fillDisk publishes waves while no file may grow beyond what the write-ahead
// log has now and a little more, each time more by step bytes, until one is
// published. It reports what was published, and fails if something was charged
// or a refusal was unclear.
func fillDisk(ctx context.Context, l *ledger.Ledger, path string, step int) error {
	if err := l.OpenAccount(ctx, crashAccount); err != nil {
		return err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	for room, refused := 0, 0; ; room += step {
		info, err := os.Stat(path + "-wal")
		if err != nil {
			return err
		}
		tight := limit
		tight.Cur = uint64(info.Size()) + uint64(room)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &tight); err != nil {
			return err
		}
		e := Entry(crashAccount.ID, "w1")
		record, failure := l.Publish(ctx, e, Release)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
		if failure == nil {
			if refused == 0 {
				return errors.New("the disk was not full")
			}
			fmt.Printf("%s %x\n", e.Wave, record.Release)
			return nil
		}
		refused++
		if f, ok := errors.AsType[*ledger.Error](failure); !ok || f.Hint != "check the disk and its free space, then try again" {
			return fmt.Errorf("with room for %d bytes the error is unclear: %w", room, failure)
		}
		b, err := l.Remaining(ctx, crashAccount.ID)
		if err != nil {
			return err
		}
		if b.Lifetime.Publications != 0 {
			return fmt.Errorf("with room for %d bytes a publication that failed is charged", room)
		}
	}
}
