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
func (s *server) Organiser() string { return s.by }

// Purge is the day on which everything about the members is deleted.
func (s *server) Purge() string { return s.purgeOn.Format("2 January 2006") }

// Cohorts is the titles of the attributes by which cohorts are published.
func (s *server) Cohorts() string {
	var titles []string
	for _, id := range s.plan.Spec().Cohorts {
		for _, attribute := range s.spec.Attributes {
			if attribute.ID == id && attribute.Title != "" {
				id = attribute.Title
			}
		}
		titles = append(titles, id)
	}
	return strings.Join(titles, ", ")
}

// Presence says what becomes of the fact that a company took part.
func (s *server) Presence() string {
	return map[privacy.Roster]string{
		privacy.SecretRoster:  "Whether you took part is protected like your answers.",
		privacy.PublicRoster:  "That you took part, and what you state about your company, is treated as known and not protected.",
		privacy.CountedRoster: "How many companies took part, also of each kind, is published as it is; which ones is protected among companies of the same kind.",
	}[s.plan.Spec().Roster]
}

// Promise is what ε and δ mean, see [privacy.Roster] for what is compared.
func (s *server) Promise() string {
	plan := s.plan.Spec()
	instead := map[privacy.Roster]string{
		privacy.SecretRoster:  "if you had not taken part",
		privacy.PublicRoster:  "if you had left every question open",
		privacy.CountedRoster: "if another company of your kind had taken part in your place",
	}[plan.Roster]
	return fmt.Sprintf("ε = %s means that nothing the report can show becomes more than %.0f times as likely, or as unlikely, by your answers as it would be %s, but for a probability of δ = %s.",
		number(plan.Epsilon), math.Ceil(math.Exp(plan.Epsilon)), instead, number(plan.Delta))
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// purgeWhenDue looks every hour whether the day of the purge has come.
func (s *server) purgeWhenDue(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := s.purgeDue(ctx, time.Now()); err != nil && ctx.Err() == nil {
			s.log.Error("purge", "cause", cause(err))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// purgeDue closes the wave and deletes everything about its members on the day that
// they were told, published or not.
func (s *server) purgeDue(ctx context.Context, now time.Time) error {
	if now.Before(s.purgeOn) {
		return nil
	}
	if err := s.store.closeWave(ctx, s.wave); err != nil {
		return err
	}
	if err := s.store.purge(ctx, s.wave); err != nil {
		return err
	}
	s.log.Info("purged on its day", "wave", s.wave)
	return nil
}
