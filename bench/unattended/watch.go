package unattended

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
)

// Report is what a watch over a city came to.
type Report struct {
	Watched      civil.Window `json:"watched"`
	Seed         uint64       `json:"seed"`
	Areas        int          `json:"areas"`
	Sources      int          `json:"sources"`
	Observations int          `json:"observations"`
	Late         int          `json:"late_reports"`
	Missing      int          `json:"missing_reports"`
	Corrected    int          `json:"corrected_reports"`
	Silence      Silence      `json:"silence"`
	// SilenceFound is the day on which a signal said that the source is silent.
	SilenceFound *civil.Day `json:"silence_found,omitempty"`
	// Budget is that of the city's team.
	Budget    int    `json:"budget"`
	Outbreaks []Fate `json:"outbreaks"`
	Days      []Day  `json:"days"`
	// Planted outbreaks, those Found, and those that the budget left out of the
	// inbox at the end of any day on which they were found and under way.
	Planted int `json:"planted"`
	Found   int `json:"found"`
	Hidden  int `json:"hidden"`
	// Delay is the median of days from the first extra count to the first
	// finding, over the outbreaks found.
	Delay float64 `json:"median_delay_days"`
	// Raised signals, and the False ones among them: those without any finding
	// in the place and time of a planted outbreak, and without a silent source.
	Raised int `json:"raised"`
	False  int `json:"false"`
	// MostShown is the largest number that the inbox of one team showed on a day.
	MostShown int    `json:"most_shown"`
	LeftOut   int    `json:"left_out"`
	Teams     []Team `json:"teams"`
}

// Team is what the inboxes of one team came to.
type Team struct {
	party.Team
	Raised    int `json:"raised"`
	False     int `json:"false"`
	MostShown int `json:"most_shown"`
	LeftOut   int `json:"left_out"`
}

// Beyond lists the areas of the teams that were shown more on a day than they
// can verify.
func (r Report) Beyond() []place.Code {
	var areas []place.Code
	for _, t := range r.Teams {
		if t.MostShown > t.Budget {
			areas = append(areas, t.Area)
		}
	}
	return areas
}

// Fate is what became of a planted outbreak.
type Fate struct {
	Outbreak
	// Found is the day at whose end the inbox or its remainder first held it.
	Found *civil.Day `json:"found,omitempty"`
	Delay *int       `json:"delay_days,omitempty"`
	// HiddenDays are the days at whose end every signal that held it was left out.
	HiddenDays int               `json:"hidden_days"`
	Signals    []detect.SignalID `json:"signals"`
}

// Day is the inboxes of one day, together and team by team.
type Day struct {
	Day civil.Day `json:"date"`
	Tally
	Teams []TeamTally `json:"teams"`
}

// Tally counts the signals of inboxes.
type Tally struct {
	Raised  int `json:"raised"`
	Shown   int `json:"shown"`
	LeftOut int `json:"left_out"`
	// False are those of the raised that no planted outbreak explains.
	False int `json:"false"`
}

// TeamTally is the inbox of one team on a day.
type TeamTally struct {
	Area place.Code `json:"area"`
	Tally
}

// add counts one signal.
func (t *Tally) add(s detect.Signal, explained bool) {
	t.Raised++
	if s.Shown {
		t.Shown++
	} else {
		t.LeftOut++
	}
	if !explained {
		t.False++
	}
}

// Run lets the city's counts come in day by day, makes the program's rounds
// each evening, and looks at the inbox at the end of each. Nobody acts.
func Run(ctx context.Context, desks drill.Desks, c City, progress func(done, total int)) (Report, error) {
	r := Report{Watched: c.Watched, Seed: c.Size.Seed, Areas: len(desks.Areas.Areas()), Sources: len(desks.Watch.Sources),
		Observations: len(c.Series.Facts), Late: c.Late, Missing: c.Missing, Corrected: c.Corrected, Silence: c.Silence,
		Budget: desks.Watch.Budget, Planted: len(c.Outbreaks)}
	for _, o := range c.Outbreaks {
		r.Outbreaks = append(r.Outbreaks, Fate{Outbreak: o, Signals: []detect.SignalID{}})
	}
	replay := drill.NewReplay(desks, c.Series, nil, nil)
	total := c.Size.Before + c.Size.Days
	evening := func(done, _ int) {
		progress(done, total)
	}
	if err := replay.Quiet(ctx, c.Watched.First-1, evening); err != nil {
		return r, fmt.Errorf("let the history in: %w", err)
	}
	for day := c.Watched.First; day <= c.Watched.Last; day++ {
		if err := replay.Evening(ctx, day); err != nil {
			return r, fmt.Errorf("watch on %s: %w", day, err)
		}
		all, err := signals(ctx, desks, c.Watched)
		if err != nil {
			return r, err
		}
		r.look(desks, day, all)
		if day == c.Watched.Last {
			r.conclude(desks, all)
		}
		progress(c.Size.Before+int(day-c.Watched.First)+1, total)
	}
	return r, nil
}

// signals reads every signal of the watch.
func signals(ctx context.Context, desks drill.Desks, w civil.Window) ([]detect.Signal, error) {
	var all []detect.Signal
	paging := command.Paging{Limit: 200}
	for {
		page, err := desks.Watch.Store.Signals(ctx, watch.SignalFilter{Within: []place.Code{desks.City}, Status: observe.Actual}, paging)
		if err != nil {
			return nil, fmt.Errorf("read the inbox: %w", err)
		}
		for _, s := range page.Items {
			if s.Last >= w.First {
				all = append(all, s)
			}
		}
		if page.Next == "" {
			return all, nil
		}
		paging.After = page.Next
	}
}

// look notes at the end of a day which outbreaks the program knows of, and
// whether it shows them.
func (r *Report) look(desks drill.Desks, day civil.Day, all []detect.Signal) {
	for i := range r.Outbreaks {
		f := &r.Outbreaks[i]
		if day < f.First || day > f.Last+Grace {
			continue
		}
		holds, shown := false, false
		for _, s := range all {
			if !f.heldBy(desks, s) {
				continue
			}
			holds = true
			shown = shown || s.Shown
			if !slices.Contains(f.Signals, s.ID) {
				f.Signals = append(f.Signals, s.ID)
			}
		}
		if !holds {
			continue
		}
		if f.Found == nil {
			delay := int(day - f.First)
			f.Found, f.Delay = &day, &delay
		}
		if !shown && day <= f.Last {
			f.HiddenDays++
		}
	}
	if r.SilenceFound == nil && day >= r.Silence.First && day <= r.Silence.Last+Grace &&
		slices.ContainsFunc(all, func(s detect.Signal) bool { return r.silent(s) && s.Day >= r.Silence.First }) {
		r.SilenceFound = &day
	}
}

// Grace is how many days after its last extra count a finding still belongs to
// an outbreak: reports come late.
const Grace = 3

// heldBy reports whether a signal tells of the outbreak: it came into an inbox
// since the outbreak began, and has a finding in one of its streams, in its
// place or one around it, within its days.
func (o Outbreak) heldBy(desks drill.Desks, s detect.Signal) bool {
	return s.Day >= o.First && slices.ContainsFunc(s.Evidence, func(e detect.Evidence) bool {
		return e.Day >= o.First && e.Day <= o.Last+Grace && slices.Contains(o.streams(), counts.Stream(e.Stream)) && desks.Areas.Holds(e.Area, o.Area)
	})
}

// silent reports whether a signal says that the silent source is.
func (r *Report) silent(s detect.Signal) bool {
	return strings.Contains(s.Group, string(r.Silence.Source))
}

// conclude counts the days and sums up.
func (r *Report) conclude(desks drill.Desks, all []detect.Signal) {
	r.count(desks, all)
	for i, t := range desks.Watch.AllTeams() {
		sum := Team{Team: t}
		for _, d := range r.Days {
			of := d.Teams[i]
			sum.Raised, sum.False, sum.LeftOut = sum.Raised+of.Raised, sum.False+of.False, sum.LeftOut+of.LeftOut
			sum.MostShown = max(sum.MostShown, of.Shown)
		}
		r.Teams = append(r.Teams, sum)
		r.Raised, r.False, r.LeftOut = r.Raised+sum.Raised, r.False+sum.False, r.LeftOut+sum.LeftOut
		r.MostShown = max(r.MostShown, sum.MostShown)
	}
	var delays []int
	for _, f := range r.Outbreaks {
		if f.Found != nil {
			r.Found++
			delays = append(delays, *f.Delay)
		}
		if f.HiddenDays > 0 {
			r.Hidden++
		}
	}
	r.Delay = median(delays)
}

// count tallies the inboxes of every day of the watch.
func (r *Report) count(desks drill.Desks, all []detect.Signal) {
	teams := desks.Watch.AllTeams()
	for day := r.Watched.First; day <= r.Watched.Last; day++ {
		d := Day{Day: day}
		for _, t := range teams {
			d.Teams = append(d.Teams, TeamTally{Area: t.Area})
		}
		r.Days = append(r.Days, d)
	}
	for _, s := range all {
		if !r.Watched.Holds(s.Day) {
			continue // raised before the watch
		}
		d := &r.Days[s.Day-r.Watched.First]
		explained := r.silent(s) || slices.ContainsFunc(r.Outbreaks, func(f Fate) bool { return f.heldBy(desks, s) })
		d.add(s, explained)
		i := slices.IndexFunc(teams, func(t party.Team) bool { return t.Area == desks.Watch.StandsIn(s) })
		d.Teams[i].add(s, explained)
	}
}

func median(values []int) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	n := len(values)
	return float64(values[(n-1)/2]+values[n/2]) / 2
}
