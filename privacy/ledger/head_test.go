package ledger

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestHeadText(t *testing.T) {
	hash := strings.Repeat("0", 62) + "2f"
	head := Head{Number: 12, Hash: [32]byte{31: 0x2f}}
	if got, want := head.String(), "12:"+hash; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
	text, err := json.Marshal(map[string]Head{"head": head, "none": {}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(text), `{"head":"12:`+hash+`","none":""}`; got != want {
		t.Errorf("the JSON is %s, want %s", got, want)
	}
	var back map[string]Head
	if err := json.Unmarshal(text, &back); err != nil || back["head"] != head || back["none"] != (Head{}) {
		t.Errorf("reads back as %v, %v", back, err)
	}
	kept := head
	if err := kept.UnmarshalText([]byte("13:" + hash[1:])); err == nil || kept != head {
		t.Errorf("half a head is read: %v, %v", kept, err)
	}
}

func FuzzParseHead(f *testing.F) {
	hash := strings.Repeat("0123456789abcdef", 4)
	for _, seed := range []string{"", ":", "1:" + hash, "0:" + hash, "01:" + hash, "+1:" + hash, "-1:" + hash, "1:" + strings.ToUpper(hash),
		"9223372036854775807:" + hash, "9223372036854775808:" + hash, "1:" + hash[1:], "1:" + hash + "\n", hash} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		head, err := ParseHead(text)
		if err != nil {
			if head != (Head{}) {
				t.Errorf("%v comes with an error", head)
			}
			return
		}
		if head.String() != text || head.Number < 0 {
			t.Errorf("%q reads as %v", text, head)
		}
	})
}
