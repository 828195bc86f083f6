package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

// outcome is a status with which a route replies.
type outcome struct {
	route  string // as in the pattern of the server
	status int
}

// description is what openapi.yaml says.
type description struct {
	outcomes map[outcome]bool
	routes   map[string]bool
	secured  map[string]bool // routes that need the token
	files    []string        // of a release
}

var described = sync.OnceValues(func() (description, error) {
	var file struct {
		Paths map[string]map[string]any
	}
	d := description{map[outcome]bool{}, map[string]bool{}, map[string]bool{}, nil}
	err := yaml.Unmarshal(openAPI, &file)
	for path, operations := range file.Paths {
		for method, operation := range operations {
			if method == "parameters" {
				continue
			}
			route := strings.ToUpper(method) + " " + path
			d.routes[route] = true
			d.secured[route] = operation.(map[string]any)["security"] != nil
			for text := range operation.(map[string]any)["responses"].(map[string]any) {
				status, _ := strconv.Atoi(text)
				d.outcomes[outcome{route, status}] = true
			}
		}
	}
	parameters := file.Paths["/releases/{wave}/{file}"]["parameters"].([]any)
	for _, name := range parameters[1].(map[string]any)["schema"].(map[string]any)["enum"].([]any) {
		d.files = append(d.files, fmt.Sprint(name))
	}
	return d, err
})

// routeOf is the route of a pattern as it is described.
func routeOf(pattern string) string { return strings.TrimSuffix(pattern, "{$}") }

// describes expects a reply that is described, as all replies are: 429 and 500
// may come from every route, and what is no route has 404 or 405.
func (b *bench) describes(r *http.Request, w *httptest.ResponseRecorder) {
	b.Helper()
	d, err := described()
	b.must(err)
	if r.Pattern == "" || r.Pattern == "/" || w.Code == http.StatusTooManyRequests || w.Code == http.StatusInternalServerError {
		return
	}
	got := outcome{routeOf(r.Pattern), w.Code}
	if !d.outcomes[got] {
		b.Errorf("%s replies %d, which is not described", got.route, got.status)
	}
	if media := w.Header().Get("Content-Type"); w.Code >= 400 && !browser(r) && media != "application/problem+json" {
		b.Errorf("%s replies %d as %s", got.route, got.status, media)
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	b.replied[got] = true
}

// Every route and status that is described is there, and no other: bench.do
// looks at the replies of all tests.
func TestOpenAPI(t *testing.T) {
	b := newBench(t, func(c *config) { c.drafts = true })
	d, err := described()
	b.must(err)
	routes, secured := map[string]bool{}, map[string]bool{}
	for _, route := range b.server.routes() {
		routes[routeOf(route.pattern)] = true
		secured[routeOf(route.pattern)] = route.audience == organiser
	}
	if diff := cmp.Diff(routes, d.routes) + cmp.Diff(secured, d.secured); diff != "" {
		t.Errorf("routes (-served +described):\n%s", diff)
	}
	var files []string
	for name := range releaseFiles {
		files = append(files, name)
	}
	slices.Sort(files)
	if diff := cmp.Diff(files, d.files); diff != "" {
		t.Errorf("files of a release (-served +described):\n%s", diff)
	}

	b.everyStatus()
	if diff := cmp.Diff(b.replied, d.outcomes); diff != "" {
		t.Errorf("replies (-seen +described):\n%s", diff)
	}
}

// everyStatus makes the server reply in every way but 429 and 500.
func (b *bench) everyStatus() {
	b.want(200, "GET", b.desk()+"forecast", "") // nobody is asked yet
	own, unknown := b.enrol("Bolt"), "/members/"+newLink()+"/answers"
	large := "q1=" + strings.Repeat("x", maxBody+1)
	for _, target := range []string{"/", "/style.css", "/form.js", "/openapi.yaml", "/health", own} {
		b.want(200, "GET", target, "")
	}
	b.want(404, "GET", at(own, "standing.json"), "")
	for _, name := range []string{"answers", "withdraw", "standing", "standing.html", "standing.json"} {
		b.want(404, "GET", at(unknown, name), "")
	}
	b.want(200, "GET", at(own, "withdraw"), "")
	for _, name := range []string{"edit", "sheet", "draft"} {
		b.want(404, "POST", at(unknown, name), "q1=1", asForm)
		b.want(400, "POST", at(own, name), "q1=77", asForm)
		b.want(413, "POST", at(own, name), large, asForm)
		b.want(415, "POST", at(own, name), "")
		b.want(200, "POST", at(own, name), "q1=1", asForm, asBrowser)
	}
	b.want(204, "POST", at(own, "draft"), "q1=1", asForm)
	b.want(404, "POST", at(unknown, "withdraw"), "")
	b.want(204, "POST", at(own, "withdraw"), "")
	b.want(200, "POST", at(own, "withdraw"), "", asBrowser)
	b.want(404, "DELETE", unknown, "")
	b.want(204, "DELETE", own, "")
	b.want(400, "POST", own, `{}`, asJSON)
	b.want(413, "POST", own, large, asJSON)
	b.want(415, "POST", own, "q1=1")
	b.everyStatusOfTheDesk(large)
	for _, action := range []string{"desk", "members", "close", "publish", "purge"} {
		b.want(401, "POST", "/organiser/"+action, "")
	}
	b.organise(400, "members", `{}`)
	b.organise(413, "members", large)
	b.wave()
	for _, act := range []string{"close", "publish"} {
		b.want(303, "POST", b.desk()+act, "sure=yes", asForm)
	}
	late := b.enrol("Crane")
	b.everyStatusOfTheHistory(late)
	b.want(409, "POST", late, `{"scores": {"q1": 0}}`, asJSON)
	b.want(409, "DELETE", late, "")
	b.want(409, "GET", at(late, "withdraw"), "")
	for _, name := range []string{"edit", "sheet", "draft", "withdraw"} {
		b.want(409, "POST", at(late, name), "q1=1", asForm)
	}
	b.want(303, "POST", b.desk()+"purge", "sure=yes", asForm)
	b.must(b.server.store.close())
	b.want(503, "GET", "/health", "")
}

// everyStatusOfTheDesk does so for the organiser's page.
func (b *bench) everyStatusOfTheDesk(large string) {
	desk, other := b.desk(), "/desk/"+newLink()+"/"
	b.want(200, "GET", desk+"page", "")
	b.want(404, "GET", other+"page", "")
	b.want(404, "GET", other+"forecast", "")
	b.invite("company\nDrill\n")
	b.want(200, "POST", desk+"reissue", "company=Drill", asForm)
	for _, act := range []string{"close", "publish", "withdraw", "purge"} {
		b.want(200, "POST", desk+act, "reason=wrong", asForm)
	}
	for _, act := range []string{"publish", "withdraw", "purge"} {
		b.want(409, "POST", desk+act, "sure=yes&reason=wrong", asForm)
	}
	for _, act := range []string{"members", "reissue", "close", "publish", "withdraw", "purge"} {
		b.want(400, "POST", desk+act, "sure=%zz", asForm)
		if act != "members" { // whose body is no form then
			b.want(413, "POST", desk+act, large, asForm)
		}
		b.want(404, "POST", other+act, "", asForm)
	}
	media, body := upload(b.T, "x.csv", large)
	b.want(413, "POST", desk+"members", body, media)
}

// everyStatusOfTheHistory does so for what a member sees of a wave that is published
// after another one, and then withdrawn.
func (b *bench) everyStatusOfTheHistory(own string) {
	b.must(b.server.store.openWave(b.Context(), "2025", "{}", "2099-03-01"))
	b.edit(`insert into releases select '2025', 1, replace(cast(document as text), '"wave": "2026"', '"wave": "2025"') from releases`)
	media, body := upload(b.T, "x.json", `{"company": "own", "scores": {"q1": 77}}`)
	b.want(400, "POST", at(own, "standing"), strings.Replace(body, `name="file"`, `name="2025"`, 1), media)
	media, body = upload(b.T, "x.json", strings.Repeat("x", maxBody))
	b.want(413, "POST", at(own, "standing"), body, media)
	media, body = upload(b.T, "x.json", `{"company": "own", "scores": {"q1": 1}}`)
	b.want(200, "POST", at(own, "standing"), strings.Replace(body, `name="file"`, `name="2025"`, 1), media)
	b.want(404, "POST", "/members/"+newLink()+"/standing", "")
	b.want(303, "POST", b.desk()+"withdraw", "sure=yes&reason=wrong", asForm)
	b.want(410, "GET", "/releases/2026/tables.csv", "")
	b.want(400, "GET", "/releases/2026/tables.csv?withdrawn=perhaps", "")
	for _, name := range []string{"standing", "standing.html", "standing.json"} {
		b.want(410, "GET", at(own, name), "")
	}
	b.want(410, "POST", at(own, "standing"), "")
}
