package benchmark

import "testing"

func TestJSPParses(t *testing.T) {
	in, err := ParseInstrument("jsp.yaml", jspFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.questions) != 44 {
		t.Error(len(in.questions))
	}
}
