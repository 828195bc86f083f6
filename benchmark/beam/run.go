package beam

import (
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
)

// ownBinary makes the running program that of the workers, unless the command line
// names another one, and where it is of the platform that Beam builds workers for.
// Without it Beam's SDK compiles the package in the current folder, which is not
// always this program, and takes minutes.
var ownBinary = sync.OnceFunc(func() {
	if *jobopts.WorkerBinary != "" || runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return
	}
	if program, err := os.Executable(); err == nil {
		*jobopts.WorkerBinary = program
	}
})

// failure is the error of a pipeline that failed. What a runner says of it is
// pages long, with the plans of all steps; the text is the cause alone.
type failure struct{ err error }

func (f *failure) Error() string { return "beam: the pipeline failed: " + cause(f.err.Error()) }

// Unwrap is what the runner said.
func (f *failure) Unwrap() error { return f.err }

// mostCause is the length of a cause, in bytes, after which it is cut.
const mostCause = 2000

// cause is the last cause in a text in which errors of Beam are nested.
func cause(text string) string {
	const by = "caused by:\n"
	if at := strings.LastIndex(text, by); at >= 0 && strings.TrimSpace(text[at+len(by):]) != "" {
		text = text[at+len(by):]
	}
	if text = strings.TrimSpace(text); len(text) > mostCause {
		text = strings.ToValidUTF8(text[:mostCause], "") + "…"
	}
	return text
}
