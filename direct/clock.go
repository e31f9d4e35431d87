package direct

import (
	"time"

	"github.com/breakwater-eoc/breakwater/party"
)

// RemindShare is the share of a directive's time that is left when its
// addressee is reminded.
const RemindShare = 4

// RemindAt is when the addressee is reminded: when a quarter of the time is left.
func (d Directive) RemindAt() time.Time { return d.Due.Add(-d.Due.Sub(d.Issued) / RemindShare) }

// Elapse marks what time alone does to a directive: a reminder, the overdue
// mark, the escalation of one that nobody acknowledged to the next post. next
// gives the post above one, empty at the top. It reports whether anything
// changed. Escalation starts the acknowledgement time anew, so that an order
// climbs one post at a time.
func (d *Directive) Elapse(now time.Time, next func(party.PostCode) party.PostCode) bool {
	if d.State != Issued && d.State != Acknowledged {
		return false
	}
	changed := false
	if d.Reminded == nil && !now.Before(d.RemindAt()) {
		d.Reminded, changed = &now, true
	}
	if d.Overdue == nil && now.After(d.Due) {
		d.Overdue, changed = &now, true
	}
	if d.State == Issued && now.After(d.AckBy) {
		if above := next(d.Held); above != "" {
			span := d.AckBy.Sub(d.Issued)
			if d.Escalated != nil {
				span = d.AckBy.Sub(*d.Escalated)
			}
			d.Held, d.Escalated, d.AckBy, changed = above, &now, now.Add(span), true
		}
	}
	if changed {
		d.Version++
	}
	return changed
}

// Fill takes in an answer to the completion query. When the target is
// reached it is met for good, and a directive that its addressee has taken up
// is done and verified by the data. It reports whether anything changed.
func (d *Directive) Fill(value float64, by party.UserID, at time.Time) (bool, error) {
	q := d.Completion
	if q == nil || d.Ended() || q.Met != nil && d.State != Acknowledged && d.State != Reported {
		return false, nil
	}
	changed := q.Value != value
	q.Value = value
	if changed {
		q.Asked = &at
	}
	if q.Met == nil && value >= q.Target {
		q.Asked, q.Met, changed = &at, &at, true
	}
	if q.Met == nil || d.State != Acknowledged && d.State != Reported {
		if changed {
			d.Version++
		}
		return changed, nil
	}
	if d.State == Acknowledged {
		if err := d.Move(Reported, by, at); err != nil {
			return false, err
		}
	}
	return true, d.Move(Verified, by, at)
}
