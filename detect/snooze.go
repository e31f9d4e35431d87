package detect

import (
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// LongestSnooze is how many days a signal may sleep at most: two incubation
// periods' upper ends, after which a judgement is due.
const LongestSnooze = 28

// What a finding must bring to wake a signal before its day, against what was
// known when it was put to sleep. A score that doubles lies one step higher on
// the logarithmic scale of [Rank]; one further place can be chance, two are a
// spread; notices that doubled are more than the same people calling again.
const (
	wakeScore   = 2.0
	wakePlaces  = 2
	wakeNotices = 2
)

// Snooze says until when a signal sleeps, and how strong it was when it was put
// to sleep.
type Snooze struct {
	Until   civil.Day `json:"until"` // the day on which it wakes
	Score   float64   `json:"score"` // the highest among its findings
	Places  int       `json:"places"`
	Notices int       `json:"notices"`
}

// strength measures a signal as a snooze remembers it.
func (s Signal) strength() Snooze {
	places := map[place.Code]bool{}
	m := Snooze{Notices: len(s.Notices)}
	for _, e := range s.Evidence {
		m.Score = max(m.Score, e.Score)
		places[e.Area] = true
	}
	m.Places = len(places)
	return m
}

// Sleep puts the signal to sleep until a day. The day must lie after today and
// at most [LongestSnooze] days ahead (Invalid); the signal must be awake and
// untriaged (Conflict).
func (s *Signal) Sleep(until, today civil.Day, by party.UserID, at time.Time) error {
	if until <= today || until > today+LongestSnooze {
		return fault.At("the signal cannot be put to sleep", fault.Place{Field: "until",
			Problem: fmt.Sprintf("must be a day from %s to %s", today+1, today+LongestSnooze)})
	}
	if err := s.Move(Snoozed, by, at); err != nil {
		return err
	}
	m := s.strength()
	m.Until = until
	s.Snooze = &m
	return nil
}

// Waking is why a sleeping signal wakes.
type Waking string

// The reasons to wake.
const (
	DayCame  Waking = "day_came"
	Stronger Waking = "stronger"
)

// Wakes reports whether a sleeping signal must wake on a day, and why: its day
// has come, or what it holds by now is materially stronger than what was put to
// sleep: the highest score at least doubled, findings lie in at least two more
// places, or the notices at least doubled. A signal that is awake does not wake.
func (s Signal) Wakes(today civil.Day) (Waking, bool) {
	if s.State != Snoozed || s.Snooze == nil {
		return "", false
	}
	was, now := *s.Snooze, s.strength()
	switch {
	case now.Score > 0 && now.Score >= wakeScore*was.Score,
		now.Places >= was.Places+wakePlaces,
		was.Notices > 0 && now.Notices >= wakeNotices*was.Notices:
		return Stronger, true
	case today >= was.Until:
		return DayCame, true
	}
	return "", false
}
