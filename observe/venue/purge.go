package venue

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Purge destroys a day before a witness: it counts what there is, destroys key
// and visits, and issues the certificate. Interrupted at any point, it may be
// called again and ends with one certificate over the first count.
func Purge(ctx context.Context, log Log, ledger *trust.Ledger, day civil.Day, at time.Time, by, witness trust.Signer) (trust.Certificate, error) {
	if by.Name == witness.Name {
		return trust.Certificate{}, fault.New(fault.Invalid, "the witness of a destruction must be another person than the one who orders it")
	}
	count := func() (trust.Inventory, error) { return log.Inventory(ctx, day) }
	if err := ledger.Intend(count, day); err != nil {
		return trust.Certificate{}, err
	}
	if err := log.Forget(ctx, day); err != nil {
		return trust.Certificate{}, err
	}
	return ledger.Issue(day, at, by, witness)
}

// Left is what remains of days: what can still be read of each.
type Left []fault.Place

// Days lists the days once each, the oldest first.
func (l Left) Days() []civil.Day {
	var days []civil.Day
	for _, p := range l {
		if day, err := civil.ParseDay(p.Field); err == nil && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days
}

// Remaining is the nightly look at what can be read of the days before the
// first to keep: a key, or visits.
func Remaining(ctx context.Context, log Log, keys *trust.DayKeys, keepFrom civil.Day) (Left, error) {
	return leftOf(ctx, log, keys, func(day civil.Day) bool { return day < keepFrom })
}

// leftOf tells what can be read of the days that must be gone.
func leftOf(ctx context.Context, log Log, keys *trust.DayKeys, gone func(civil.Day) bool) (Left, error) {
	days, err := log.Days(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the days of visits: %w", err)
	}
	held, err := keys.Days()
	if err != nil {
		return nil, fmt.Errorf("list the keys of days: %w", err)
	}
	var left Left
	for _, day := range held {
		if gone(day) {
			left = append(left, fault.Place{Field: day.String(), Problem: "its key still exists"})
		}
	}
	for _, day := range days {
		if gone(day) {
			left = append(left, fault.Place{Field: day.String(), Problem: "its visits still exist"})
		}
	}
	return left, nil
}

// Outlived is the Conflict that names what remains; nil when nothing does.
func Outlived(left Left) error {
	if len(left) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Text: "days older than the retention have not been destroyed", Places: left}
}

// CheckRetention is a Conflict that names the days before the first to keep of
// which anything can still be read.
func CheckRetention(ctx context.Context, log Log, keys *trust.DayKeys, keepFrom civil.Day) error {
	left, err := Remaining(ctx, log, keys, keepFrom)
	if err != nil {
		return err
	}
	return Outlived(left)
}

// CheckDestroyed is a Conflict that names the days of which a certificate says
// that they were destroyed, and of which anything can still be read.
func CheckDestroyed(ctx context.Context, log Log, keys *trust.DayKeys, issued []trust.Certificate) error {
	left, err := leftOf(ctx, log, keys, func(day civil.Day) bool {
		return slices.ContainsFunc(issued, func(c trust.Certificate) bool { return c.Day == day })
	})
	if err != nil || len(left) == 0 {
		return err
	}
	return &fault.Error{Kind: fault.Conflict, Text: "days that were destroyed by their certificates have come back", Places: left}
}
