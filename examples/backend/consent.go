package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"maturitybench/privacy"
)

// Organiser is who runs the survey, for members to ask.
func (v view) Organiser() string { return v.by }

// Purge is the day on which everything about the members is deleted.
func (v view) Purge() string { return v.day(v.purgeOn) }

// CloseOn is the day from which on nothing is accepted any more, or "".
func (v view) CloseOn() string {
	if v.closeOn.IsZero() {
		return ""
	}
	return v.day(v.closeOn)
}

// Cohorts is the titles of the attributes by which cohorts are published.
func (v view) Cohorts() string {
	var titles []string
	for _, id := range v.plan.Spec().Cohorts {
		for _, attribute := range v.Instrument().Attributes {
			if attribute.ID == id && attribute.Title != "" {
				id = attribute.Title
			}
		}
		titles = append(titles, id)
	}
	return strings.Join(titles, ", ")
}

// Presence says what becomes of the fact that a company took part.
func (v view) Presence() string {
	return map[privacy.Roster]string{
		privacy.SecretRoster:  "Whether you took part is protected like your answers.",
		privacy.PublicRoster:  "That you took part, and what you state about your company, is treated as known and not protected.",
		privacy.CountedRoster: "How many companies took part, also of each kind, is published as it is; which ones is protected among companies of the same kind.",
	}[v.plan.Spec().Roster]
}

// Instead is what ε compares with, see [privacy.Roster].
func (v view) Instead() string {
	return map[privacy.Roster]string{
		privacy.SecretRoster:  "if you had not taken part",
		privacy.PublicRoster:  "if you had left every question open",
		privacy.CountedRoster: "if another company of your kind had taken part in your place",
	}[v.plan.Spec().Roster]
}

// Epsilon and Delta are those of the plan, and Times is e to the power of ε.
func (v view) Epsilon() string { return v.number(v.plan.Spec().Epsilon) }
func (v view) Delta() string   { return v.number(v.plan.Spec().Delta) }
func (v view) Times() string   { return fmt.Sprintf("%.0f", math.Ceil(math.Exp(v.plan.Spec().Epsilon))) }

func (v view) number(x float64) string { return local(v.language, strconv.FormatFloat(x, 'f', -1, 64)) }

// keepDates looks every minute whether a day has come that members were told.
func (s *server) keepDates(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		if err := s.keepDate(ctx, time.Now()); err != nil && ctx.Err() == nil {
			s.log.Error("dates", "cause", cause(err))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// keepDate closes the wave on its day. On the day of the purge, it closes a wave and
// deletes everything about its members, published or not: this one, or an earlier one.
func (s *server) keepDate(ctx context.Context, now time.Time) error {
	if !s.closeOn.IsZero() && !now.Before(s.closeOn) {
		if closed, err := s.store.closed(ctx, s.wave); err != nil || !closed {
			if err == nil {
				err = s.note(ctx, s.wave, "closed on its day")
			}
			if err == nil {
				err = s.store.closeWave(ctx, s.wave)
			}
			if err != nil {
				return err
			}
		}
	}
	due, err := s.store.due(ctx, now.UTC().Format(time.DateOnly))
	for _, wave := range due {
		if err := s.note(ctx, wave, "purged on its day"); err != nil {
			return err
		}
		if err := s.store.closeWave(ctx, wave); err != nil {
			return err
		}
		if err := s.store.purge(ctx, wave); err != nil {
			return err
		}
	}
	return err
}
