package venue_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

var shanghai = time.FixedZone("UTC+8", 8*3600)

func sent() venue.Sent {
	enter := time.Date(2020, 7, 22, 0, 30, 0, 0, shanghai)
	return venue.Sent{ID: trace.Token{1}, Site: trace.Token{2}, Person: trace.Token{3}, Party: 2, Entrance: 4,
		Enter: venue.Moment(trace.InstantOf(enter)), Leave: venue.Moment(trace.InstantOf(enter.Add(time.Hour)))}
}

func desk(t testing.TB) venue.Desk {
	t.Helper()
	keys, err := trust.OpenDayKeys(disktest.New(1), "keys", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return venue.Desk{Keys: keys, Zone: shanghai}
}

// receive admits a record where everything is declared, a day later.
func receive(d venue.Desk, s venue.Sent) (venue.Observation, error) {
	a := venue.Admission{Desk: d, Keep: 100, Declared: func(venue.SiteID, time.Time) bool { return true }}
	c, err := a.Check(s, noon.AddDate(0, 0, 1))
	if err != nil {
		return c.Observation, err
	}
	return a.Name(c)
}

func TestBatchesReadBackInEveryForm(t *testing.T) {
	out := sent()
	out.Act, out.Of, out.Day, out.Person = "check_out", trace.Token{9}, civil.MustDay("2020-07-22"), trace.Token{}
	want := []venue.Sent{sent(), out}
	asJSON, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := venue.DecodeJSON(bytes.NewReader(asJSON))
	if err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("JSON: %v\n%s", err, cmp.Diff(want, got))
	}
	asCBOR, err := cbor.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err = venue.DecodeCBOR(asCBOR)
	if err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("CBOR: %v\n%s", err, cmp.Diff(want, got))
	}
	if len(asCBOR) > 2*90 {
		t.Errorf("two visits take %d bytes of CBOR", len(asCBOR))
	}
}

func TestDayIsThatOfTheCity(t *testing.T) {
	d := desk(t)
	o, err := receive(d, sent())
	if err != nil {
		t.Fatal(err)
	}
	if got := o.Day.String(); got != "2020-07-22" {
		t.Errorf("half past midnight in Dalian is on %s, want 2020-07-22", got)
	}
	key, err := d.Keys.Get(o.Day)
	if err != nil || key.Person(o.Who) != trust.Person(sent().Person) {
		t.Errorf("the pseudonym is not that of the person (%v)", err)
	}
}

func TestWhatIsWrongWithARecordIsSaid(t *testing.T) {
	for want, spoil := range map[string]func(*venue.Sent){
		"no person":      func(s *venue.Sent) { s.Person = trace.Token{} },
		"no id":          func(s *venue.Sent) { s.ID = trace.Token{} },
		"none of":        func(s *venue.Sent) { s.Act = "teleport" },
		"before":         func(s *venue.Sent) { s.Leave = s.Enter - 1 },
		"which visit":    func(s *venue.Sent) { s.Act = "withdraw" },
		"any time zone":  func(s *venue.Sent) { s.Act, s.Of, s.Day = "check_out", trace.Token{1}, civil.MustDay("2020-06-01") },
		"1970-01-01 in":  func(s *venue.Sent) { s.Act, s.Of = "check_out", trace.Token{1} },
		"24 hours":       func(s *venue.Sent) { s.Leave = s.Enter + venue.Moment(venue.LongestStay) + 1 },
		"has no site":    func(s *venue.Sent) { s.Site = trace.Token{} },
		"does not lie o": func(s *venue.Sent) { s.Enter, s.Leave = -1e18, -1e18 },
	} {
		s := sent()
		spoil(&s)
		_, err := receive(desk(t), s)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: got %v", want, err)
		}
	}
}

func TestForgottenDayTakesNoCheckIn(t *testing.T) {
	d := desk(t)
	if err := d.Keys.Destroy(civil.MustDay("2020-07-22")); err != nil {
		t.Fatal(err)
	}
	if _, err := receive(d, sent()); !fault.Is(err, fault.Conflict) {
		t.Errorf("a check-in gives %v, want conflict", err)
	}
}

func FuzzDecodeBatches(f *testing.F) {
	b, err := cbor.Marshal([]venue.Sent{sent()})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	b, err = json.Marshal([]venue.Sent{sent()})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("id,site,person,enter,leave\n,,,,\n"))
	d := desk(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		check := func(batch []venue.Sent, err error) {
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("bad input gives %v, want invalid", err)
			}
			for _, s := range batch {
				s.Act = "withdraw" // so that no key is made for each day that is tried
				if o, err := receive(d, s); err == nil && o.Check() != nil {
					t.Error("a record was taken that the log refuses")
				}
			}
		}
		check(venue.DecodeJSON(bytes.NewReader(b)))
		check(venue.DecodeCBOR(b))
		check(nil, venue.DecodeCSV(bytes.NewReader(b), func(int, venue.Sent) error { return nil }))
	})
}
