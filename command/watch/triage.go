package watch

import (
	"context"
	"fmt"
	"slices"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/place"
)

// Hazards lists what an event can be about.
func Hazards() []string {
	return []string{"covid-19", "influenza", "rsv", "mycoplasma", "unknown-respiratory", "other", detect.SurveillanceGap}
}

// VerifyIn is the judgement that a signal is true.
type VerifyIn struct {
	Hazard   string
	Why, Key string
}

// Verify makes a signal an event. Faults: NotFound, Forbidden, Conflict when
// the signal was triaged already, Invalid without a reason or known hazard.
func (d *Desk) Verify(ctx context.Context, who access.Actor, id detect.SignalID, in VerifyIn) (detect.Event, error) {
	if !slices.Contains(Hazards(), in.Hazard) {
		return detect.Event{}, fault.At("the signal cannot be verified", fault.Place{Field: "hazard", Problem: "is none of the known hazards"})
	}
	act := command.Act{Who: who, Right: access.TriageSignal, Name: "signal.verify", Why: in.Why, WhyNeeded: true,
		Key: in.Key, Input: []any{id, in}}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Event, error) {
		sig, err := d.move(ctx, tx, s, id, detect.Verified)
		if err != nil {
			return detect.Event{}, err
		}
		if sig.AboutWatchers() != (in.Hazard == detect.SurveillanceGap) {
			return detect.Event{}, fault.At("the signal cannot be verified", fault.Place{Field: "hazard",
				Problem: "must be " + detect.SurveillanceGap + " for a signal about those who watch, and for no other"})
		}
		eid, err := s.NewID()
		if err != nil {
			return detect.Event{}, err
		}
		e := detect.Event{ID: detect.EventID(eid), Signal: sig.ID, Status: sig.Status, Hazard: in.Hazard, Area: sig.Area,
			Began: sig.First, Opened: s.At, By: who.User, Version: 1}
		sig.Event = e.ID
		s.Wrote(detect.EventKind, string(e.ID), e)
		s.Wrote(detect.SignalKind, string(sig.ID), sig)
		s.Because(detect.SignalKind, string(sig.ID))
		if err := tx.AddEvent(ctx, e); err != nil {
			return e, fmt.Errorf("store the event: %w", err)
		}
		return e, tx.SaveSignal(ctx, sig)
	})
}

// Discard puts a signal aside, with the reason. It can be verified later.
func (d *Desk) Discard(ctx context.Context, who access.Actor, id detect.SignalID, why, key string) (detect.Signal, error) {
	act := command.Act{Who: who, Right: access.TriageSignal, Name: "signal.discard", Why: why, WhyNeeded: true, Key: key, Input: id}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (detect.Signal, error) {
		sig, err := d.move(ctx, tx, s, id, detect.Discarded)
		if err != nil {
			return sig, err
		}
		s.Wrote(detect.SignalKind, string(sig.ID), sig)
		return sig, tx.SaveSignal(ctx, sig)
	})
}

func (d *Desk) move(ctx context.Context, tx Tx, s *command.Scribe, id detect.SignalID, to detect.State) (detect.Signal, error) {
	sig, err := d.permitted(ctx, tx, s, id)
	if err != nil {
		return sig, err
	}
	return sig, sig.Move(to, s.Who().User, s.At)
}

// permitted loads the signal of an act, and refuses one that lies where the
// actor has no right.
func (d *Desk) permitted(ctx context.Context, tx Tx, s *command.Scribe, id detect.SignalID) (detect.Signal, error) {
	sig, err := tx.Signal(ctx, id)
	if err != nil {
		return sig, err
	}
	return sig, s.Permit(sig.Area)
}

// NoticeIn is an event-based report as it comes in.
type NoticeIn struct {
	Source observe.SourceID
	Status observe.Status
	Topic  notices.Topic
	Area   place.Code
	People int
	Text   string
	Key    string
}

// NoticeClass is the class of keys that notices are sealed under.
const NoticeClass = "notice"

// Notice takes in an event-based report and raises a signal for it, or joins
// it to the one that notices of the same topic and area raised in the days
// before.
func (d *Desk) Notice(ctx context.Context, who access.Actor, in NoticeIn) (notices.ID, error) {
	if err := notices.Check(in.Topic, in.People, in.Text); err != nil {
		return "", err
	}
	act := command.Act{Who: who, Right: access.WriteNotice, Name: "notice.report", Area: in.Area, Key: in.Key, Input: in}
	return command.Do(ctx, d.Center, d.Write, act, func(tx Tx, s *command.Scribe) (notices.ID, error) {
		id, err := s.NewID()
		if err != nil {
			return "", err
		}
		sealed, err := d.Center.Sealer.Seal(NoticeClass, id, []byte(in.Text))
		if err != nil {
			return "", fmt.Errorf("seal the notice: %w", err)
		}
		n := notices.Notice{ID: notices.ID(id), Topic: in.Topic, People: in.People, Sealed: sealed,
			Header: observe.Header{Source: in.Source, Occurred: s.At, Recorded: s.At, Area: in.Area, Status: in.Status}}
		s.Wrote(detect.NoticeKind, id, n)
		if err := tx.AddNotice(ctx, n); err != nil {
			return "", fmt.Errorf("store the notice: %w", err)
		}
		return n.ID, d.noticeSignal(ctx, tx, s, n)
	})
}

// topicHarm weighs the topics of notices as indicators weigh their streams.
var topicHarm = map[notices.Topic]int{notices.Illness: 3, notices.Death: 4, notices.Absence: 2, notices.Goods: 3,
	notices.Place: 1, notices.OtherTopic: 1}

func (d *Desk) noticeSignal(ctx context.Context, tx Tx, s *command.Scribe, n notices.Notice) error {
	harm := topicHarm[n.Topic]
	day := civil.DayOf(s.At, d.Center.City)
	group := detect.GroupOf("notice:"+string(n.Topic), n.Header.Area, n.Header.Status)
	near, err := tx.SignalsOfGroup(ctx, group, n.Header.Status, nearby(day))
	if err != nil {
		return err
	}
	if latest, joins := joined(near, day); joins {
		latest.Notices = append(latest.Notices, string(n.ID))
		latest.Last = max(latest.Last, day)
		latest.Rank = max(latest.Rank, detect.NoticeRank(n.People, len(latest.Notices), harm))
		latest.Version++
		return d.grown(ctx, tx, s, &latest)
	}
	_, err = d.add(ctx, tx, s, detect.Signal{Route: detect.EBS, Status: n.Header.Status, Group: group, Stream: string(n.Topic),
		Area: n.Header.Area, First: day, Last: day, Notices: []string{string(n.ID)}, Rank: detect.NoticeRank(n.People, 1, harm)})
	return err
}
