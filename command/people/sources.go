package people

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

// SourceQuestion asks where cases may have been infected.
type SourceQuestion struct {
	Inquiry // its people are the cases, its window the time of their infection
	// Bin is the length of the stretches into which time is cut.
	Bin time.Duration
	// Most bounds the places and times that are told, the least likely by chance
	// first.
	Most int
}

// The bounds of a question about sources.
const (
	LeastBin   = 15 * time.Minute
	LongestBin = 24 * time.Hour
	MostLeads  = 1000
)

func (q SourceQuestion) check() error {
	wrong := q.wrong()
	say := func(field, problem string) { wrong = append(wrong, fault.Place{Field: field, Problem: problem}) }
	if q.Purpose != trust.SourceSearch {
		say("purpose", "must be source_search")
	}
	if len(q.People) < 2 {
		say("people", "must be two at least: the search is for what they share")
	}
	known := map[trace.Token]bool{}
	for _, p := range q.People {
		known[p] = true
	}
	if len(known) < len(q.People) {
		say("people", "must be different ones")
	}
	if q.Bin < LeastBin || q.Bin > LongestBin {
		say("bin", fmt.Sprintf("must be between %s and %s", LeastBin, LongestBin))
	}
	if q.Most < 1 || q.Most > MostLeads {
		say("most", fmt.Sprintf("must be between 1 and %d", MostLeads))
	}
	return fault.At("the question cannot be put to the visits", wrong...)
}

// Sources finds the places and times that cases share beyond chance, the least
// likely first (see [trace.Backward]), under the rule of [Desk.Disclose] and with
// its faults. Nobody but the cases is looked for, and nobody is named. It counts
// every visit of the window's days.
func (d *Desk) Sources(ctx context.Context, who access.Actor, q SourceQuestion) (trust.Disclosure, []trace.Shared, error) {
	var leads []trace.Shared
	made, lost := d.disclose(ctx, who, asked{Inquiry: q.Inquiry, check: q.check, search: func(ctx context.Context) (answer, error) {
		visits := venue.Presences{Log: d.Visits.Log, Keys: d.Visits.Keys}
		cases := make([]trace.Suspect, len(q.People))
		for i, p := range q.People {
			cases[i] = trace.Suspect{Who: p, Window: q.Window}
		}
		var err error
		leads, err = trace.Backward(ctx, visits, visits, cases, trace.Instant(q.Bin.Microseconds()))
		leads = leads[:min(len(leads), q.Most)]
		return answer{found: len(leads)}, err
	}})
	if made.ID == "" {
		return made, nil, lost
	}
	return made, leads, lost
}
