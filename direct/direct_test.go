package direct_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/party"
)

var issued = time.Date(2020, 7, 23, 12, 0, 0, 0, time.UTC)

// order is a directive of 40 hours that must be acknowledged within two.
func order(state direct.State) direct.Directive {
	return direct.Directive{ID: "d", State: state, Issued: issued, Due: issued.Add(40 * time.Hour), AckBy: issued.Add(2 * time.Hour),
		Addressee: "street", Held: "street", By: "maker", Version: 1}
}

func next(post party.PostCode) party.PostCode {
	return map[party.PostCode]party.PostCode{"street": "district", "district": "city"}[post]
}

func TestEveryMoveOfADirective(t *testing.T) {
	allowed := map[direct.State][]direct.State{
		direct.Drafted:      {direct.Issued, direct.Withdrawn},
		direct.Issued:       {direct.Acknowledged, direct.Withdrawn},
		direct.Acknowledged: {direct.Reported, direct.Withdrawn},
		direct.Reported:     {direct.Verified, direct.Acknowledged},
		direct.Verified:     {direct.Closed},
	}
	for _, from := range direct.States() {
		for _, to := range direct.States() {
			want := false
			for _, a := range allowed[from] {
				want = want || a == to
			}
			d := order(from)
			err := d.Move(to, "u", issued)
			switch {
			case want && (err != nil || d.State != to || d.Version != 2):
				t.Errorf("%s to %s: %v, state %s, version %d", from, to, err, d.State, d.Version)
			case !want && (!fault.Is(err, fault.Conflict) || d.State != from || d.Version != 1):
				t.Errorf("%s to %s must be a conflict that changes nothing; got %v", from, to, err)
			}
		}
	}
}

func TestEveryStepInEveryState(t *testing.T) {
	leads := map[direct.Step]map[direct.State]direct.State{
		direct.Acknowledge: {direct.Issued: direct.Acknowledged},
		direct.Report:      {direct.Acknowledged: direct.Reported},
		direct.Verify:      {direct.Reported: direct.Verified},
		direct.Return:      {direct.Reported: direct.Acknowledged},
		direct.Close:       {direct.Verified: direct.Closed},
		direct.Withdraw:    {direct.Drafted: direct.Withdrawn, direct.Issued: direct.Withdrawn, direct.Acknowledged: direct.Withdrawn},
	}
	for _, step := range direct.Steps() {
		for _, from := range direct.States() {
			d := order(from)
			offered := false
			for _, s := range d.Open() {
				offered = offered || s == step
			}
			err := d.Take(step, "other", false, issued)
			to, ok := leads[step][from]
			if ok != offered {
				t.Errorf("%s when %s: offered %v, allowed %v", step, from, offered, ok)
			}
			if ok && (err != nil || d.State != to) {
				t.Errorf("%s when %s: %v, state %s, want %s", step, from, err, d.State, to)
			}
			if !ok && (!fault.Is(err, fault.Conflict) || d.State != from) {
				t.Errorf("%s when %s must be a conflict; got %v", step, from, err)
			}
		}
	}
	d := order(direct.Issued)
	if err := d.Take("sing", "u", false, issued); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown step: %v, want invalid", err)
	}
}

func TestWhoReportedCannotVerify(t *testing.T) {
	d := order(direct.Reported)
	if err := d.Take(direct.Verify, "maker", false, issued); !fault.Is(err, fault.Forbidden) {
		t.Errorf("verify by the reporter: %v, want forbidden", err)
	}
}

func TestClosingNeedsTheQueryOrAnException(t *testing.T) {
	d := order(direct.Verified)
	d.Completion = &direct.Completion{Target: 100, Value: 60}
	if err := d.Take(direct.Close, "u", false, issued); !fault.Is(err, fault.Conflict) {
		t.Errorf("close at 60 of 100: %v, want conflict", err)
	}
	if err := d.Take(direct.Close, "u", true, issued); err != nil || !d.Exception {
		t.Errorf("close by exception: %v, exception %v", err, d.Exception)
	}
	met := order(direct.Verified)
	met.Completion = &direct.Completion{Target: 100, Met: &issued}
	if err := met.Take(direct.Close, "u", false, issued); err != nil || met.Exception {
		t.Errorf("close when met: %v, exception %v", err, met.Exception)
	}
}

func TestTimeRemindsMarksAndEscalates(t *testing.T) {
	for _, tc := range []struct {
		name                         string
		state                        direct.State
		after                        time.Duration
		reminded, overdue, escalated bool
		held                         party.PostCode
	}{
		{"within the acknowledgement time nothing happens", direct.Issued, 2 * time.Hour, false, false, false, "street"},
		{"unacknowledged it climbs one post", direct.Issued, 2*time.Hour + time.Second, false, false, true, "district"},
		{"with a quarter of the time left it is reminded", direct.Acknowledged, 30 * time.Hour, true, false, false, "street"},
		{"at the due time it is not overdue", direct.Acknowledged, 40 * time.Hour, true, false, false, "street"},
		{"after the due time it is", direct.Acknowledged, 40*time.Hour + time.Second, true, true, false, "street"},
		{"reported it is left alone", direct.Reported, 99 * time.Hour, false, false, false, "street"},
		{"closed it is left alone", direct.Closed, 99 * time.Hour, false, false, false, "street"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := order(tc.state)
			changed := d.Elapse(issued.Add(tc.after), next)
			if got := d.Reminded != nil; got != tc.reminded {
				t.Errorf("reminded = %v, want %v", got, tc.reminded)
			}
			if got := d.Overdue != nil; got != tc.overdue {
				t.Errorf("overdue = %v, want %v", got, tc.overdue)
			}
			if got := d.Escalated != nil; got != tc.escalated || d.Held != tc.held {
				t.Errorf("escalated = %v to %s, want %v to %s", got, d.Held, tc.escalated, tc.held)
			}
			if want := tc.reminded || tc.overdue || tc.escalated; changed != want || (d.Version == 2) != want {
				t.Errorf("changed = %v, version %d, want changed %v", changed, d.Version, want)
			}
		})
	}
}

func TestEscalationClimbsOnePostAtATime(t *testing.T) {
	d := order(direct.Issued)
	var climbed []party.PostCode
	for hour := range 20 {
		before := d.Held
		d.Elapse(issued.Add(time.Duration(hour)*time.Hour+time.Minute), next)
		if d.Held != before {
			climbed = append(climbed, d.Held)
		}
	}
	if len(climbed) != 2 || climbed[0] != "district" || climbed[1] != "city" {
		t.Errorf("climbed %v, want district, then city, then no further", climbed)
	}
	if d.Addressee != "street" {
		t.Errorf("the addressee became %s; it must stay who was addressed", d.Addressee)
	}
}

func TestFillFollowsTheData(t *testing.T) {
	with := func(state direct.State) direct.Directive {
		d := order(state)
		d.Completion = &direct.Completion{Figure: "samples.taken", Target: 100}
		return d
	}
	d := with(direct.Issued)
	if changed, err := d.Fill(100, "program", issued); err != nil || !changed || d.State != direct.Issued || d.Completion.Met == nil {
		t.Fatalf("met before it is acknowledged: changed %v, err %v, state %s", changed, err, d.State)
	}
	if err := d.Take(direct.Acknowledge, "u", false, issued); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Fill(100, "program", issued); err != nil || d.State != direct.Verified {
		t.Errorf("once acknowledged it must be verified by the data; %v, state %s", err, d.State)
	}
	d = with(direct.Acknowledged)
	if changed, _ := d.Fill(60, "program", issued); !changed || d.Completion.Value != 60 || d.State != direct.Acknowledged {
		t.Errorf("60 of 100: changed %v, value %v, state %s", changed, d.Completion.Value, d.State)
	}
	if changed, _ := d.Fill(60, "program", issued); changed {
		t.Error("the same value again must change nothing")
	}
	if changed, _ := d.Fill(120, "program", issued); !changed || d.State != direct.Verified {
		t.Errorf("120 of 100: changed %v, state %s", changed, d.State)
	}
	if changed, _ := d.Fill(10, "program", issued); changed || d.Completion.Met == nil {
		t.Error("a met query stays met")
	}
	closed := with(direct.Closed)
	if changed, _ := closed.Fill(120, "program", issued); changed {
		t.Error("an ended directive must not be touched")
	}
}
