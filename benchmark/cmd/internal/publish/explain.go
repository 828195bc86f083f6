package publish

import (
	"context"
	"errors"
	"fmt"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
)

// advice says what the organiser can do about a refusal.
var advice = []struct {
	err  error
	text string
}{
	{privacy.ErrChanged, "restore the plan and the answers that were published, or raise revision in the plan: the wave is then published again and charged anew"},
	{privacy.ErrForeignData, "publish them under the account that they were published under first"},
	{privacy.ErrRepeatedData, "if they are meant to be published again, state the reason in the plan (reason: …), which is journaled; nothing was charged"},
	{privacy.ErrClock, "if the date of this machine is right, state today's date: -today YYYY-MM-DD; nothing was charged"},
	{privacy.ErrAccountConflict, "an open account cannot be changed: use the account file that it was opened with"},
	{responses.ErrChanged, "run it again when nothing writes to the file any more; nothing was charged"},
	{privacy.ErrBudgetExceeded, "nothing was charged"},
}

// explain is the text of an error for a person, with what to do about it.
func explain(ctx context.Context, err error) string {
	if command.Interrupted(ctx, err) {
		return "interrupted; run it again: if the wave was already charged, its release is kept, and is written then"
	}
	for _, a := range advice {
		if errors.Is(err, a.err) {
			return fmt.Sprintf("refused: %v; %s", err, a.text)
		}
	}
	return command.Explain(ctx, err)
}
