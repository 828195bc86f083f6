package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"maturitybench/benchmark/instrument"
)

// sheetPage is a page with a sheet: the form, a question about it, the receipt.
type sheetPage struct {
	view
	sheet
	Left int // answers that were stored and that the sheet lacks
}

// showSheet sends a page with a sheet. The form has a script, of this server.
func (s *server) showSheet(w http.ResponseWriter, r *http.Request, status int, name string, own sheet, left int) error {
	if name == "form" {
		w.Header().Set("Content-Security-Policy", pagePolicy+"; script-src 'self'")
	}
	return s.page(w, r, status, name, sheetPage{s.view(r), own, left})
}

// Chosen says whether a level, or a value of an attribute, is the answer.
func (p sheetPage) Chosen(id string, answer any) bool {
	if value, ok := answer.(string); ok {
		return p.Attributes[id] == value
	}
	level, ok := p.Scores[id]
	return ok && level == answer
}

// Level is the answer to a question in words, or "".
func (p sheetPage) Level(id string) string {
	spec := p.Instrument()
	at := slices.IndexFunc(spec.Questions(), func(q instrument.Question) bool { return q.ID == id })
	for _, level := range spec.OnQuestion(max(at, 0)).Scale {
		if p.Chosen(id, level.Level) {
			return fmt.Sprint(level.Level, " ", level.Name)
		}
	}
	return ""
}

// Scale are the levels of a domain.
func (p sheetPage) Scale(id string) []instrument.Level {
	spec := p.Instrument()
	return spec.On(slices.IndexFunc(spec.Domains, func(d instrument.Domain) bool { return d.ID == id })).Scale
}

// Value is the value of an attribute in words, or "".
func (p sheetPage) Value(a instrument.Attribute) string {
	for _, value := range a.Values {
		if p.Attributes[a.ID] == value.ID {
			if value.Title != "" {
				return value.Title
			}
			return value.ID
		}
	}
	return ""
}

// Answered is how many questions of domains have an answer, of all without any.
func (p sheetPage) Answered(domains ...instrument.Domain) (n int) {
	for _, domain := range p.those(domains) {
		for _, question := range domain.Questions {
			if _, ok := p.Scores[question.ID]; ok {
				n++
			}
		}
	}
	return n
}

// Asked is how many questions domains have, and all without any.
func (p sheetPage) Asked(domains ...instrument.Domain) (n int) {
	for _, domain := range p.those(domains) {
		n += len(domain.Questions)
	}
	return n
}

func (p sheetPage) those(domains []instrument.Domain) []instrument.Domain {
	if len(domains) == 0 {
		return p.spec.Domains
	}
	return domains
}

// Domains are all domains.
func (p sheetPage) Domains() []instrument.Domain { return p.Instrument().Domains }

// Fields are the fields of a form that hold the sheet.
func (p sheetPage) Fields() map[string]string {
	fields := map[string]string{}
	for id, level := range p.Scores {
		fields[id] = fmt.Sprint(level)
	}
	maps.Copy(fields, p.Attributes)
	return fields
}

// showForm shows the form while the wave is open: empty, and so the same page for
// every member, whether it has answered or not; or, where drafts are kept, with what
// the holder of the link saved or sent.
func (s *server) showForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.store.visit(r.Context(), s.wave, linkOf(r))
	if err != nil {
		return err
	}
	if v.closed {
		return s.showClosed(w, r)
	}
	return s.showSheet(w, r, http.StatusOK, "form", s.openDraft(r, v.draft), 0)
}

// showClosed says that the wave is closed, or published.
func (s *server) showClosed(w http.ResponseWriter, r *http.Request) error {
	now, err := s.state(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, "closed", struct {
		view
		state
	}{s.view(r), now})
}

// edit shows the form with a sheet that came with the request: what was entered so
// far, or a file. Nothing is stored.
func (s *server) edit(w http.ResponseWriter, r *http.Request) error {
	own, err := s.entered(r)
	if err != nil {
		return err
	}
	return s.showSheet(w, r, http.StatusOK, "form", own, 0)
}

// download turns what was entered so far into a file, which edit opens again.
// Nothing is stored.
func (s *server) download(w http.ResponseWriter, r *http.Request) error {
	own, err := s.entered(r)
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(struct {
		Company string `json:"company"` // readers of sheets ask for one; the name is not known here
		sheet
	}{"own", own}, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "answers-"+s.wave+".json"))
	return write(w, http.StatusOK, "application/json", append(data, '\n'))
}

// keepDraft stores what was entered so far, encrypted to the link.
func (s *server) keepDraft(w http.ResponseWriter, r *http.Request) error {
	own, err := s.entered(r)
	if err != nil {
		return err
	}
	if !s.drafts {
		return errNoDrafts
	}
	data, err := json.Marshal(own)
	if err != nil {
		return err
	}
	sealed, err := s.sealDraft(r, data)
	if err != nil {
		return err
	}
	if err := s.store.draft(r.Context(), s.wave, linkOf(r), sealed); err != nil {
		return err
	}
	if browser(r) {
		return s.showSheet(w, r, http.StatusOK, "saved", own, 0)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// entered is the sheet of a request, which may be without answers yet.
func (s *server) entered(r *http.Request) (sheet, error) {
	if err := s.accepts(r); err != nil {
		return sheet{}, err
	}
	own, err := s.readSheet(r)
	if err != nil {
		return sheet{}, err
	}
	return own, s.unfinished(own)
}

// sealDraft encrypts a sheet to the link of a request.
func (s *server) sealDraft(r *http.Request, data []byte) ([]byte, error) {
	c, err := draftCipher(r)
	if err != nil {
		return nil, err
	}
	return c.Seal(nil, nil, data, []byte(s.wave)), nil
}

// openDraft decrypts a draft. One of an earlier link cannot be opened: the form is
// empty then, as it is where no drafts are kept.
func (s *server) openDraft(r *http.Request, sealed []byte) (own sheet) {
	c, err := draftCipher(r)
	if err != nil || !s.drafts {
		return sheet{}
	}
	data, err := c.Open(nil, nil, sealed, []byte(s.wave))
	if err != nil || json.Unmarshal(data, &own) != nil {
		return sheet{}
	}
	return own
}
