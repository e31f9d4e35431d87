package venue

import (
	"context"
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

// CheckRetention is the nightly check that nothing older than the first day to
// keep can be read: no key and no visits. It is a Conflict that names the days
// which are still there.
func CheckRetention(ctx context.Context, log Log, keys *trust.DayKeys, keepFrom civil.Day) error {
	days, err := log.Days(ctx)
	if err != nil {
		return err
	}
	var left []fault.Place
	for _, day := range keys.Days() {
		if day < keepFrom {
			left = append(left, fault.Place{Field: day.String(), Problem: "its key still exists"})
		}
	}
	for _, day := range days {
		if day < keepFrom {
			left = append(left, fault.Place{Field: day.String(), Problem: "its visits still exist"})
		}
	}
	if len(left) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Text: "days older than the retention have not been destroyed", Places: left}
}
