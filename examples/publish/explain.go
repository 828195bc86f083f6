package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/privacy"
)

// advice says what the organiser can do about a refusal.
var advice = []struct {
	err  error
	text string
}{
	{privacy.ErrChanged, "restore the plan and the answers that were published, or raise revision in the plan: the wave is then published again and charged anew"},
	{privacy.ErrForeignData, "publish them under the account that they were published under first"},
	{privacy.ErrAccountConflict, "an open account cannot be changed: use the account file that it was opened with, or another ledger"},
	{privacy.ErrRosterConflict, "roster must be the same in the plan and in the account"},
	{privacy.ErrBudgetExceeded, "nothing was charged"},
}

// explain is the text of an error for a person: the problems of wrong files, a
// line each, or one sentence with what to do.
func explain(ctx context.Context, err error) string {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return "interrupted; run it again: what was already published is kept, is written then, and is not charged twice"
	}
	if _, ok := errors.AsType[*benchmark.InputError](err); ok {
		return "the input cannot be used:\n" + err.Error()
	}
	for _, a := range advice {
		if errors.Is(err, a.err) {
			return fmt.Sprintf("refused: %v (%s)", err, a.text)
		}
	}
	return strings.TrimPrefix(err.Error(), "benchmark: ")
}
