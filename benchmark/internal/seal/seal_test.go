package seal

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"
)

const canary = "canary"

// tally is a sealed type as others make them.
type tally struct {
	Seal
	box Box[raw]
}

type raw struct {
	secret string
	counts []int
}

func sealed() tally { return tally{box: NewBox(&raw{canary, []int{987654321}})} }

// holder is somebody else's struct around a sealed value.
type holder struct {
	Note string
	t    tally
	p    *tally
	list []tally
}

// leaks reports whether a text shows raw data.
func leaks(text string) bool {
	return strings.Contains(text, canary) || strings.Contains(text, "987654321") || strings.Contains(text, "3ade68b1") // in hexadecimal
}

func TestPrintsSealed(t *testing.T) {
	value := sealed()
	for _, verb := range "vTtbcdoOqxXUeEfFgGspw!" {
		for _, flag := range []string{"", "+", "#", "-", " ", "0", "20", "+.3"} {
			format := "%" + flag + string(verb)
			for _, v := range []any{value, &value, []tally{value}, map[string]tally{"": value}, error(nil)} {
				if v == nil {
					continue
				}
				if got := fmt.Sprintf(format, v); leaks(got) {
					t.Errorf("%s prints %q", format, got)
				}
			}
			if got := fmt.Sprintf(format, value); !strings.ContainsRune("Tpw", verb) && got != Text {
				t.Errorf("%s prints %q, want %q", format, got, Text)
			}
			h := holder{"", value, &value, []tally{value}}
			if got := fmt.Sprintf(format, h) + fmt.Sprintf(format, &h); leaks(got) {
				t.Errorf("%s of a struct with a sealed field prints %q", format, got)
			}
		}
	}
	if got := fmt.Sprint(value, &value) + value.String(); got != "sealed sealedsealed" {
		t.Errorf("Sprint and String give %q", got)
	}
}

func TestLogsSealed(t *testing.T) {
	value := sealed()
	var out bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("m", "value", value, "pointer", &value, "group", slog.GroupValue(slog.Any("in", value)), "holder", holder{t: value, p: &value})
	}
	if leaks(out.String()) || strings.Count(out.String(), Text) != 6 {
		t.Errorf("logs: %s", &out)
	}
}

func TestEncodersFail(t *testing.T) {
	value := sealed()
	encoders := map[string]func(any) error{
		"json": func(v any) error { _, err := json.Marshal(v); return err },
		"xml":  func(v any) error { _, err := xml.Marshal(v); return err },
		"gob":  func(v any) error { return gob.NewEncoder(new(bytes.Buffer)).Encode(v) },
	}
	for name, encode := range encoders {
		for _, v := range []any{value, &value, struct{ T tally }{value}, []tally{value}} {
			if err := encode(v); err == nil || name == "json" && !errors.Is(err, ErrSealed) {
				t.Errorf("%s of %T: error %v, want ErrSealed", name, v, err)
			}
		}
	}
	if err := encoders["json"](map[tally]int{value: 1}); err == nil {
		t.Error("a sealed value is a JSON key")
	}
	if _, err := value.MarshalBinary(); err != ErrSealed {
		t.Errorf("MarshalBinary: %v", err)
	}
	var out bytes.Buffer
	if err := template.Must(template.New("").Parse("{{.}} {{printf \"%v\" .}}")).Execute(&out, value); err != nil || out.String() != "sealed sealed" {
		t.Errorf("a template writes %q, %v", &out, err)
	}
}

func TestBox(t *testing.T) {
	value := &raw{counts: []int{1}}
	if NewBox(value).Open() != value || (Box[raw]{}).Open() != nil {
		t.Error("a box does not return what was put into it")
	}
}
