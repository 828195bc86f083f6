package main

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"strings"
	"time"
	"unicode"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

const expectMember = `{"company": "a name"}`

// publishTime is the longest time that a publication may take.
const publishTime = 10 * time.Minute

// enrol makes a member and shows its link, this once. A company that is a
// member already gets a new link in place of the old one, which might be lost
// or in wrong hands; its answers stay.
func (s *server) enrol(w http.ResponseWriter, r *http.Request) error {
	body, err := readObject(r, expectMember)
	if err != nil {
		return err
	}
	var company string
	if len(body) != 1 || json.Unmarshal(body["company"], &company) != nil {
		return badRequest(expected{Expected: expectMember})
	}
	company = strings.TrimSpace(company)
	if err := s.checkCompany(company); err != nil {
		return err
	}
	link := newLink()
	stored := hash(link)
	if err := s.note(r.Context(), s.wave, "links asked for"); err != nil {
		return err
	}
	if err := s.store.enrol(r.Context(), s.wave, company, stored[:]); err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, map[string]string{"link": s.address(link)})
}

// note notes and logs what the organiser asks for, or what a date brings, before it is
// done: nothing is done without its note.
func (s *server) note(ctx context.Context, wave, act string) error {
	fresh, err := s.store.note(ctx, wave, time.Now().UTC().Format("2006-01-02 15:04"), act)
	if fresh {
		s.log.Info(act, "wave", wave)
	}
	return err
}

// checkCompany makes sure that a response of the company can be made later.
func (s *server) checkCompany(company string) error {
	if strings.ContainsFunc(company, unicode.IsControl) {
		return badRequest(expected{"company", "a text without control characters"})
	}
	question := s.spec.Domains[0].Questions[0].ID
	_, err := s.response(company, sheet{Scores: map[string]int{question: s.spec.On(0).Scale[0].Level}})
	return err
}

// closeWave ends the wave: nothing is accepted any more.
func (s *server) closeWave(w http.ResponseWriter, r *http.Request) error {
	if err := s.note(r.Context(), s.wave, "close asked for"); err != nil {
		return err
	}
	if err := s.store.closeWave(r.Context(), s.wave); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// publish publishes the closed wave once; asked again it names the same
// release. After a failure or a crash it may be asked again: what was charged
// is returned, whatever became of the answers since, and nothing is charged
// twice.
func (s *server) publish(w http.ResponseWriter, r *http.Request) error {
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(publishTime))
	document, err := s.store.release(r.Context(), s.wave, s.revision)
	if errors.Is(err, errNotFound) {
		document, err = s.publishNow(r.Context())
	}
	if err != nil {
		return err
	}
	release, err := publication.Parse(document)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]any{"id": release.ID, "wave": release.Wave, "revision": release.Revision})
}

// publishNow takes the release of a closed wave from the ledger, or measures
// and charges, and keeps it. Errors that tell something about the answers all
// become one.
func (s *server) publishNow(ctx context.Context) ([]byte, error) {
	closed, err := s.store.closed(ctx, s.wave)
	if err != nil {
		return nil, err
	}
	if !closed {
		return nil, errOpen
	}
	if err := s.note(ctx, s.wave, "publication asked for"); err != nil {
		return nil, err
	}
	stored, err := s.ledger.Publication(ctx, s.plan.Spec().Account, s.wave, s.revision)
	document := stored.Release
	if errors.Is(err, ledger.ErrNotPublished) {
		document, err = s.charge(ctx)
	}
	if err != nil {
		return nil, err
	}
	return document, s.store.keep(ctx, s.wave, s.revision, document)
}

// charge publishes what the ledger does not know yet.
func (s *server) charge(ctx context.Context) ([]byte, error) {
	data, err := s.dataset(ctx)
	if err != nil {
		return nil, refusal(err)
	}
	release, err := benchmark.Publish(ctx, s.ledger, s.plan, data)
	if err != nil {
		return nil, refusal(err)
	}
	standing, err := s.ledger.Remaining(ctx, s.plan.Spec().Account)
	if err != nil {
		return nil, err
	}
	head, err := s.ledger.Verify(ctx)
	if err != nil {
		return nil, err
	}
	ever, delta := standing.Lost()
	s.log.Info("charged", "head", head.String(), "account", standing.Account.ID, "window", standing.Account.Window.String(), "lost", standing.Spent(),
		"allowed", standing.Account.Epsilon, "lost_ever", ever, "at_delta", delta, "left", standing.Left())
	return release.Bytes(), nil
}

// refusal is the problem of a publication that is refused. The budget is
// public; whether the ledger knows the answers, and what is wrong with them, is
// not.
func refusal(err error) error {
	if budget, ok := errors.AsType[*privacy.BudgetError](err); ok {
		return &problem{Status: http.StatusConflict, Title: budget.Error()}
	}
	_, intake := errors.AsType[*input.Error](err)
	if intake || errors.Is(err, privacy.ErrChanged) || errors.Is(err, privacy.ErrForeignData) || errors.Is(err, privacy.ErrRepeatedData) {
		return errRefused
	}
	return err
}

// dataset is the sealed data set of the stored sheets.
func (s *server) dataset(ctx context.Context) (*responses.Dataset, error) {
	return responses.NewDataset(ctx, s.instrument, s.responses(ctx))
}

// responses walks the stored sheets as the library takes them.
func (s *server) responses(ctx context.Context) iter.Seq2[responses.Response, error] {
	return func(yield func(responses.Response, error) bool) {
		rows, err := s.store.answers(ctx, s.wave)
		if err != nil {
			yield(responses.Response{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			if !yield(s.stored(rows.Scan)) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(responses.Response{}, err)
		}
	}
}

// stored is the response of one row.
func (s *server) stored(scan func(...any) error) (responses.Response, error) {
	var company, answers string
	if err := scan(&company, &answers); err != nil {
		return responses.Response{}, err
	}
	var sheet sheet
	if err := json.Unmarshal([]byte(answers), &sheet); err != nil {
		return responses.Response{}, err
	}
	return responses.New(s.instrument, company, sheet.Attributes, sheet.Scores)
}

// purge deletes everything about the members of the published wave. The
// release stays.
func (s *server) purge(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.store.release(r.Context(), s.wave, s.revision); errors.Is(err, errNotFound) {
		return errUnpublished
	} else if err != nil {
		return err
	}
	if err := s.note(r.Context(), s.wave, "purge asked for"); err != nil {
		return err
	}
	if err := s.store.purge(r.Context(), s.wave); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// withdrawRelease puts the notice to the newest revision that it should not be used
// any more, and why. The ledger journals it.
func (s *server) withdrawRelease(w http.ResponseWriter, r *http.Request) error {
	newest, err := s.newest(r.Context(), s.wave)
	if errors.Is(err, errNotFound) {
		return errUnreleased
	} else if err != nil {
		return err
	}
	if err := s.note(r.Context(), s.wave, "withdrawal asked for"); err != nil {
		return err
	}
	release := newest.release
	_, err = s.ledger.Withdraw(r.Context(), release.Account, release.Wave, release.Revision, strings.TrimSpace(r.PostForm.Get("reason")))
	if errors.Is(err, ledger.ErrWithdrawn) {
		return errWithdrawn
	} else if err != nil {
		return err
	}
	s.shelf.Clear() // so that the notice is out at once
	w.WriteHeader(http.StatusNoContent)
	return nil
}
