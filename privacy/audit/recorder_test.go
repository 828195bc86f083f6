package audit_test

import (
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"maturitybench/privacy/audit"
)

// TestTranscriptIsNotPrinted: a transcript holds exact totals. It shows none,
// whatever the verb, also in an unexported field, where package fmt calls no
// methods, and no encoder writes them.
func TestTranscriptIsNotPrinted(t *testing.T) {
	const company = bound - 4321 // its digits show
	transcript := audit.Record(t.Context(), right.setup(), with(company), 1)
	if transcript.Err() != nil || transcript.Draws() != 2 {
		t.Fatalf("%d draws, %v", transcript.Draws(), transcript.Err())
	}
	leaks := []string{fmt.Sprint(company), fmt.Sprintf("%x", company), fmt.Sprintf("%o", company), fmt.Sprintf("%b", company), "sums"}
	inside := struct {
		value audit.Transcript
		to    *audit.Transcript
		list  []*audit.Transcript
	}{*transcript, transcript, []*audit.Transcript{transcript}}
	for _, verb := range "vTtbcdoOqxXUeEfFgGspw!" {
		for _, flag := range []string{"", "+", "#"} {
			format := "%" + flag + string(verb)
			text := fmt.Sprintf(format, transcript) + fmt.Sprintf(format, *transcript) + fmt.Sprintf(format, inside) + fmt.Sprintf(format, &inside)
			for _, leak := range leaks {
				if strings.Contains(strings.ToLower(text), leak) {
					t.Errorf("%s prints %q", format, leak)
				}
			}
		}
	}
	if text := fmt.Sprintf("%+v %v", transcript, *transcript); text != "sealed sealed" {
		t.Errorf("prints %s", text)
	}
	if text, err := json.Marshal(transcript); err != nil || string(text) != `"sealed"` {
		t.Errorf("JSON is %s, %v", text, err)
	}
	if gob.NewEncoder(io.Discard).Encode(transcript) == nil {
		t.Error("gob encodes a transcript")
	}
}
