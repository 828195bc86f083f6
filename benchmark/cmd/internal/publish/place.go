package publish

import (
	"fmt"
	"os"
	"path/filepath"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/output"
)

// settle fills in the places that were not given: a folder for the ledger beside the
// account's file, so that the same account finds the same ledger from wherever the
// program is run, and a folder of its own for the files of the wave.
func (o *options) settle(plan *benchmark.Plan) {
	if o.ledger == "" {
		o.ledger = filepath.Join(filepath.Dir(o.account), "ledger", "ledger.db")
		o.makeLedgerFolder = true
	}
	if o.out == "" {
		spec := plan.Spec()
		o.out = filepath.Join("out", output.Folder(spec.Wave, spec.Revision))
	}
}

// ledgerHasPlace returns an error unless the directory of the ledger is there, or
// will be made, and is not that of the report: what is published is handed on and
// copied as a folder, and the ledger and its key must not go with it.
func (o options) ledgerHasPlace() error {
	ledger, err := filepath.Abs(o.ledger)
	if err != nil {
		return err
	}
	out, err := filepath.Abs(o.out)
	if err != nil {
		return err
	}
	dir := filepath.Dir(ledger)
	if inside, err := filepath.Rel(out, dir); err == nil && filepath.IsLocal(inside) {
		return fmt.Errorf("the ledger %s would lie in the folder of the report, %s, which is handed on: give it a folder of its own", o.ledger, o.out)
	}
	if inside, err := filepath.Rel(dir, out); o.makeLedgerFolder || err == nil && filepath.IsLocal(inside) {
		return nil
	}
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a directory", dir)
	}
	if err != nil {
		return fmt.Errorf("the ledger needs a directory that is there: %w", err)
	}
	return nil
}

// prepareLedger makes the folder of the ledger if it has the usual place, for its owner
// only.
func (o options) prepareLedger() error {
	if o.makeLedgerFolder {
		if err := os.MkdirAll(filepath.Dir(o.ledger), 0o700); err != nil {
			return fmt.Errorf("the folder of the ledger: %w", err)
		}
	}
	return nil
}
