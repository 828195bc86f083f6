package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"strings"

	"maturitybench/privacy"
)

// desk is the key in the address of the organiser's page. It follows from the
// organiser's token, which does not follow from it: another token gives another page.
func (s *server) desk() string {
	mac := hmac.New(sha256.New, []byte(s.token))
	mac.Write([]byte("address of the organiser's page"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// atDesk says whether a key is that of the organiser's page.
func (s *server) atDesk(key string) bool { return hmac.Equal([]byte(key), []byte(s.desk())) }

// showDeskLink tells who has the token where the organiser's page is.
func (s *server) showDeskLink(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, map[string]string{"link": s.url + "/desk/" + s.desk() + "/page"})
}

// deskPage is what the organiser's pages are made of.
type deskPage struct {
	view
	state
	Current       bool // the revision that this plan publishes is out
	Members       []enrolled
	Notes         []noted
	Company, Link string // that a link is, or is to be, made for
	Act           act
	Reason        string // of a withdrawal
}

// Missing are the companies that have not answered.
func (p deskPage) Missing() (names []string) {
	for _, m := range p.Members {
		if !m.Answered {
			names = append(names, m.Company)
		}
	}
	return names
}

// Secret says whether the roster is.
func (p deskPage) Secret() bool { return !p.plan.Spec().Roster.ExactSizes() }

// Account is the one that the wave is charged to.
func (p deskPage) Account() string { return p.plan.Spec().Account }

// deskState looks up the state of the wave.
func (s *server) deskState(r *http.Request) (p deskPage, err error) {
	p.view = s.view(r)
	if p.state, err = s.state(r.Context()); err != nil {
		return p, err
	}
	_, err = s.store.release(r.Context(), s.wave, s.revision)
	if p.Current = err == nil; err != nil && !errors.Is(err, errNotFound) {
		return p, err
	}
	if p.Members, err = s.store.members(r.Context(), s.wave); err != nil {
		return p, err
	}
	p.Notes, err = s.store.notes(r.Context(), s.wave)
	return p, err
}

// showDesk shows the wave, who has not answered, and what can be done.
func (s *server) showDesk(w http.ResponseWriter, r *http.Request) error {
	p, err := s.deskState(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, "desk", p)
}

var expectCompanies = expected{"file", "a table as .csv in UTF-8 with a column company, and each company once"}

// invite makes links for the companies of a table, and returns the table of them.
// A company that has a link already is left as it is, and its field is empty.
func (s *server) invite(w http.ResponseWriter, r *http.Request) error {
	file, _, err := r.FormFile("file")
	if err != nil {
		return unreadable(err, "a form with a file")
	}
	defer file.Close()
	companies, err := s.companies(file)
	if err != nil {
		return err
	}
	links, stored := make([]string, len(companies)), make([][]byte, len(companies))
	for i := range companies {
		links[i] = newLink()
		h := hash(links[i])
		stored[i] = h[:]
	}
	if err := s.note(r.Context(), s.wave, "links asked for"); err != nil {
		return err
	}
	made, err := s.store.invite(r.Context(), s.wave, companies, stored)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	table := csv.NewWriter(&b)
	table.Write([]string{"company", "link"})
	for i, company := range companies {
		link := ""
		if made[i] {
			link = s.address(links[i])
		}
		table.Write([]string{company, link})
	}
	table.Flush()
	w.Header().Set("Content-Disposition", `attachment; filename="links.csv"`)
	return write(w, http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

// address is the address of the form of a link.
func (s *server) address(link string) string { return s.url + "/members/" + link + "/answers" }

// companies reads the column company of a table.
func (s *server) companies(file io.Reader) (list []string, err error) {
	table := csv.NewReader(file)
	column, seen := -1, map[string]bool{}
	for row, err := table.Read(); ; row, err = table.Read() {
		switch {
		case errors.Is(err, io.EOF) && len(list) > 0:
			return list, nil
		case err != nil:
			return nil, badRequest(expectCompanies)
		case column < 0:
			for i, name := range row {
				if strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")), "company") {
					column = i
				}
			}
			if column < 0 {
				return nil, badRequest(expectCompanies)
			}
		default:
			company := strings.TrimSpace(row[column])
			if err := s.checkCompany(company); err != nil {
				return nil, err
			}
			if seen[strings.ToLower(company)] {
				return nil, badRequest(expectCompanies)
			}
			seen[strings.ToLower(company)] = true
			list = append(list, company)
		}
	}
}

// reissue gives a company a new link in place of a lost one, once it is sure.
func (s *server) reissue(w http.ResponseWriter, r *http.Request) error {
	p, err := s.deskState(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return unreadable(err, "a form")
	}
	company, known := r.PostForm.Get("company"), false
	for _, m := range p.Members {
		known = known || m.Company == company
	}
	if !known {
		return badRequest(expected{"company", "one that has a link"})
	}
	p.Company = company
	if r.PostForm.Get("sure") == "" {
		return s.page(w, r, http.StatusOK, "reissue", p)
	}
	if err := s.note(r.Context(), s.wave, "replacement of a link asked for"); err != nil {
		return err
	}
	link := newLink()
	stored := hash(link)
	if err := s.store.enrol(r.Context(), s.wave, company, stored[:]); err != nil {
		return err
	}
	p.Link = s.address(link)
	return s.page(w, r, http.StatusOK, "reissue", p)
}

// act is something that the organiser does to the wave, and what it says before.
type act struct {
	Button, Says string
	do           func(*server, http.ResponseWriter, *http.Request) error
}

var acts = map[string]act{
	"close":    {"Close the wave", "Members can no longer answer, correct or withdraw. It cannot be opened again.", (*server).closeWave},
	"publish":  {"Publish the report", "The account is charged, once. What is published can be read by anybody and cannot be taken back.", (*server).publish},
	"withdraw": {"Withdraw the report", "The report, its numbers and members' standings say from then on that it should not be used, and why. This cannot be taken back, and gives the account nothing back. To publish a corrected report, start the program with a plan of the next revision, which is charged.", (*server).withdrawRelease},
	"purge":    {"Delete the answers, companies and links", "Standings are gone, and no revision of this wave can be published. The report stays.", (*server).purge},
}

// decide asks whether the organiser is sure, and then acts.
func (s *server) decide(name string) func(http.ResponseWriter, *http.Request) error {
	act := acts[name]
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := r.ParseForm(); err != nil {
			return unreadable(err, "a form")
		}
		reason := strings.TrimSpace(r.PostForm.Get("reason"))
		if name == "withdraw" && (reason == "" || !privacy.ValidReason(reason)) {
			return badRequest(expected{"reason", "one line of at most 500 bytes, for anybody to read"})
		}
		if r.PostForm.Get("sure") == "" {
			return s.page(w, r, http.StatusOK, "decide", deskPage{view: s.view(r), Act: act, Reason: reason})
		}
		quiet := &heldReply{ResponseWriter: w, header: http.Header{}}
		if err := act.do(s, quiet, r); err != nil {
			return err
		}
		http.Redirect(w, r, "page", http.StatusSeeOther)
		return nil
	}
}

// heldReply drops a reply for programs where a page follows.
type heldReply struct {
	http.ResponseWriter
	header http.Header
}

func (h *heldReply) Header() http.Header         { return h.header }
func (h *heldReply) WriteHeader(int)             {}
func (h *heldReply) Write(p []byte) (int, error) { return len(p), nil }
func (h *heldReply) Unwrap() http.ResponseWriter { return h.ResponseWriter }
