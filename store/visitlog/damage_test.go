package visitlog_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

const day = venuetest.First

// dayOfVisits makes n visits of n people over ten sites, a minute apart.
func dayOfVisits(day civil.Day, n int) []venue.Observation {
	batch := make([]venue.Observation, n)
	start := trace.Instant(day) * 24 * trace.Hour
	for i := range batch {
		enter := start + trace.Instant(i%1400)*trace.Minute
		batch[i] = venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{
			ID: venuetest.Number(uint64(i + 1)), Site: venuetest.Number(uint64(i%10 + 1)), Day: day,
			Who: venuetest.Number(uint64(i + 1)), Enter: enter, Leave: enter + 30*trace.Minute, Party: 1}}
	}
	return batch
}

// filled is a log that holds a day of visits.
func filled(t *testing.T, d *disktest.Disk, day civil.Day, n int, options visitlog.Options) *subject {
	t.Helper()
	s, err := openSubject(d, "store", options)
	if err != nil {
		t.Fatal(err)
	}
	for part := range chunks(dayOfVisits(day, n), 1000) {
		if _, err := s.Append(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func chunks(batch []venue.Observation, size int) func(func([]venue.Observation) bool) {
	return func(yield func([]venue.Observation) bool) {
		for len(batch) > 0 {
			n := min(size, len(batch))
			if !yield(batch[:n]) {
				return
			}
			batch = batch[n:]
		}
	}
}

func count(t *testing.T, l venue.Log, day civil.Day) (int, error) {
	t.Helper()
	n := 0
	err := l.EachVisit(t.Context(), day, func(venue.Visit) bool { n++; return true })
	return n, err
}

// file finds the one file of a day whose name begins so.
func file(t *testing.T, d *disktest.Disk, prefix string) string {
	t.Helper()
	for name := range d.Files() {
		if strings.HasPrefix(name, "store/visits/"+day.String()+"/"+prefix) {
			return name
		}
	}
	t.Fatalf("there is no file %s", prefix)
	return ""
}

func TestAlteredBlockIsNamedAndTheRestAnswers(t *testing.T) {
	d := disktest.New(1)
	s := filled(t, d, day, 3000, visitlog.Options{})
	if err := s.Seal(day); err != nil {
		t.Fatal(err)
	}
	run := file(t, d, "run-")
	whole := d.Files()[run]
	const header, block = 36, 4 + 16<<10 + 16
	for _, tc := range []struct {
		name  string
		block int
		least int // visits that must still be found
	}{
		{"a block of rows costs its rows only", 2, 3000 - 327},
		{"a block of the index costs nothing: its twin serves", (len(whole)-header)/block - 4, 3000},
		{"the footer costs nothing either", (len(whole)-header)/block - 1, 3000},
	} {
		altered := bytes.Clone(whole)
		altered[header+tc.block*block+100] ^= 1
		d.Put(run, altered)
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
		n, err := count(t, s, day)
		if n < tc.least {
			t.Errorf("%s: %d visits are found, want at least %d", tc.name, n, tc.least)
		}
		var damage *visitlog.Damage
		if tc.least < 3000 && (!errors.As(err, &damage) || !strings.Contains(err.Error(), "block 2")) {
			t.Errorf("%s: the error is %v, want one that names the block", tc.name, err)
		}
		if err := s.Verify(t.Context(), day); !errors.As(err, &damage) {
			t.Errorf("%s: Verify gives %v, want the damage", tc.name, err)
		}
		d.Put(run, whole)
	}
}

// TestAnAlteredHeaderIsNamedAndCostsNothing alters each byte of the header of a
// run, and of a log: the manifest has what it takes to read the rest.
func TestAnAlteredHeaderIsNamedAndCostsNothing(t *testing.T) {
	for _, kind := range []string{"run-", "log-"} {
		d := disktest.New(1)
		s := filled(t, d, day, 300, visitlog.Options{})
		if kind == "run-" {
			if err := s.Seal(day); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		name := file(t, d, kind)
		whole := d.Files()[name]
		for at := range 36 {
			altered := bytes.Clone(whole)
			altered[at] ^= 1
			d.Put(name, altered)
			if err := s.open(); err != nil {
				t.Fatal(err)
			}
			n, err := count(t, s, day)
			var damage *visitlog.Damage
			if n != 300 || !errors.As(err, &damage) || !strings.Contains(err.Error(), kind) {
				t.Errorf("with byte %d of %s altered %d visits are found, %v; want all, and the damage named", at, name, n, err)
			}
			if _, err := s.Append(t.Context(), dayOfVisits(day, 301)[300:]); !errors.As(err, &damage) {
				t.Errorf("with byte %d of %s altered the day takes more: %v", at, name, err)
			}
		}
	}
}

func TestEveryCutOfARunIsFound(t *testing.T) {
	d := disktest.New(1)
	s := filled(t, d, day, 500, visitlog.Options{})
	if err := s.Seal(day); err != nil {
		t.Fatal(err)
	}
	run := file(t, d, "run-")
	whole := d.Files()[run]
	for size := 0; size < len(whole); size += 997 {
		d.Put(run, whole[:size])
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
		var damage *visitlog.Damage
		if _, err := count(t, s, day); !errors.As(err, &damage) {
			t.Fatalf("cut to %d of %d bytes: %v, want the damage", size, len(whole), err)
		}
		if _, err := s.Append(t.Context(), dayOfVisits(day, 1)); err == nil {
			t.Fatalf("cut to %d bytes: the day takes more", size)
		}
	}
}

func TestAlteredLogIsNamedAndFramesBeyondAreRead(t *testing.T) {
	d := disktest.New(1)
	s := filled(t, d, day, 3000, visitlog.Options{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	log := file(t, d, "log-")
	altered := bytes.Clone(d.Files()[log])
	altered[200] ^= 1 // in the first of three frames
	d.Put(log, altered)
	if err := s.open(); err != nil {
		t.Fatal(err)
	}
	n, err := count(t, s, day)
	var damage *visitlog.Damage
	if n != 2000 || !errors.As(err, &damage) || !strings.Contains(err.Error(), "log-") {
		t.Errorf("found %d visits, %v, want the 2000 of the whole frames and the damage", n, err)
	}
}

func TestDamagedManifestHasATwin(t *testing.T) {
	d := disktest.New(1)
	s := filled(t, d, day, 100, visitlog.Options{})
	for _, name := range []string{"manifest", "manifest.twin"} {
		d.Put("store/visits/"+day.String()+"/"+name, []byte("garbage"))
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
		if n, err := count(t, s, day); n != 100 || err != nil {
			t.Errorf("without %s: %d visits, %v, want 100", name, n, err)
		}
	}
}

func officers(t *testing.T) (by, witness trust.Signer) {
	t.Helper()
	open := func(name party.UserID) trust.Signer {
		s, err := trust.OpenSigner(disktest.New(1), "signers", name, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return open("li"), open("wang")
}

func ledger(t *testing.T, d *disktest.Disk) *trust.Ledger {
	t.Helper()
	l, err := trust.OpenLedger(d, "certificates")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestDamagedDayCanBeForgotten(t *testing.T) {
	by, witness := officers(t)
	for _, tc := range []struct {
		name   string
		spoil  string // the files whose names begin so
		visits int
	}{
		{"a day with a spoilt run is counted by its manifest", "run-", 300},
		{"one without a manifest by its files", "manifest", 0},
	} {
		d := disktest.New(1)
		s := filled(t, d, day, 300, visitlog.Options{})
		if err := s.Seal(day); err != nil {
			t.Fatal(err)
		}
		for name := range d.Files() {
			if strings.HasPrefix(name, "store/visits/"+day.String()+"/"+tc.spoil) {
				d.Put(name, []byte("garbage"))
			}
		}
		if err := s.Restart(); err != nil {
			t.Fatal(err)
		}
		c, err := venue.Purge(t.Context(), s, ledger(t, d), day, time.Unix(0, 0), by, witness)
		if err != nil || c.Visits != tc.visits || !c.Damaged || c.Files == 0 {
			t.Errorf("%s: %+v, %v", tc.name, c.Inventory, err)
		}
		if _, err := s.ByPerson(t.Context(), day, venuetest.Number(1)); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: the day still answers: %v", tc.name, err)
		}
	}
}

// TestDestructionCutAnywhereEndsWithOneCertificate cuts the power at each
// operation of a purge, and finishes it afterwards.
func TestDestructionCutAnywhereEndsWithOneCertificate(t *testing.T) {
	by, witness := officers(t)
	known := map[party.UserID]ed25519.PublicKey{"li": by.Public(), "wang": witness.Public()}
	for cut := 0; ; cut++ {
		d := disktest.New(uint64(cut))
		s := filled(t, d, day, 300, visitlog.Options{})
		book := ledger(t, d)
		first := d.Operations()
		d.Plan = func(n int, _ string) disktest.Fault {
			if n >= first+cut {
				return disktest.Power
			}
			return disktest.None
		}
		_, whole := venue.Purge(t.Context(), s, book, day, time.Unix(0, 0), by, witness)
		d.Plan = nil
		s.Close()
		d.Crash()
		if err := s.open(); err != nil {
			t.Fatalf("cut %d: %v", cut, err)
		}
		book = ledger(t, d)
		_, purgeErr := venue.Purge(t.Context(), s, book, day, time.Unix(0, 0), by, witness)
		issued, err := book.Certificates()
		if err != nil || purgeErr != nil && len(issued) != 1 {
			t.Fatalf("cut %d: finishing: %v, %v", cut, purgeErr, err)
		}
		if len(issued) != 1 || issued[0].Visits != 300 || trust.VerifyChain(issued, known) != nil {
			t.Fatalf("cut %d: certificates %+v", cut, issued)
		}
		if err := venue.CheckRetention(t.Context(), s, s.keys, day+1); err != nil {
			t.Fatalf("cut %d: %v", cut, err)
		}
		if whole == nil {
			return
		}
	}
}

// TestMergesAreBoundedByMarksToo withdraws every visit of a day: no row is left,
// and the marks of all must not be merged into one run.
func TestMergesAreBoundedByMarksToo(t *testing.T) {
	const visits, most = 2000, 500
	s := filled(t, disktest.New(1), day, visits, visitlog.Options{FlushAt: 100, MergeAt: 3, MergeTo: most})
	for n := range visits / 100 {
		batch := make([]venue.Observation, 100)
		for i := range batch {
			batch[i] = venue.Observation{Act: venue.Withdraw, Of: venuetest.Number(uint64(100*n + i + 1)),
				Visit: venue.Visit{ID: venuetest.Number(uint64(1_000_000 + 100*n + i)), Day: day}}
		}
		if _, err := s.Append(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	i, err := s.Inventory(t.Context(), day)
	if err != nil || i.Visits != 0 || i.Files < 2*visits/most {
		t.Errorf("the day has %d visits in %d files, %v; want none in %d or more", i.Visits, i.Files, err, 2*visits/most)
	}
	if err := s.Verify(t.Context(), day); err != nil {
		t.Error(err)
	}
}

// TestADayThatIsOpenedOnAFullDiskGoesOn starts on a disk without room, as a server
// does that was started again because of it.
func TestADayThatIsOpenedOnAFullDiskGoesOn(t *testing.T) {
	d := disktest.New(1)
	s := filled(t, d, day, 2000, visitlog.Options{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := len(d.Files())
	if err := s.open(); err != nil {
		t.Fatal(err)
	}
	d.Plan = func(_ int, kind string) disktest.Fault {
		if kind == "write" {
			return disktest.Full
		}
		return disktest.None
	}
	more := dayOfVisits(day, 2010)[2000:]
	for range 3 {
		if _, err := s.Append(t.Context(), more); !errors.Is(err, disktest.ErrFull) {
			t.Fatalf("on the full disk Append gives %v, want that it is full", err)
		}
	}
	if n, err := count(t, s, day); n != 2000 || err != nil {
		t.Errorf("on the full disk a search finds %d visits, %v; want 2000", n, err)
	}
	if after := len(d.Files()); after > before {
		t.Errorf("what could not be written left %d files on the full disk", after-before)
	}
	d.Plan = nil
	out, err := s.Append(t.Context(), more)
	if err != nil || out[0] != venue.Stored {
		t.Errorf("once there is room Append gives %v, %v", out, err)
	}
}

func TestFullDiskRefusesAndGoesOn(t *testing.T) {
	d := disktest.New(1)
	s := filled(t, d, day, 100, visitlog.Options{})
	d.Plan = func(_ int, kind string) disktest.Fault {
		if kind == "write" {
			return disktest.Full
		}
		return disktest.None
	}
	batch := dayOfVisits(day, 200)[100:]
	if _, err := s.Append(t.Context(), batch); !errors.Is(err, disktest.ErrFull) {
		t.Fatalf("on a full disk: %v, want that it is full", err)
	}
	if n, err := count(t, s, day); n != 100 || err != nil {
		t.Errorf("after a refusal %d visits are seen, %v, want 100", n, err)
	}
	d.Plan = nil
	if _, err := s.Append(t.Context(), batch); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if n, err := count(t, s, day); n != 200 || err != nil {
		t.Errorf("%d visits, %v, want 200", n, err)
	}
}

func TestForgottenDayIsGoneFromEveryCopy(t *testing.T) {
	d := disktest.New(1)
	s := filled(t, d, day, 2000, visitlog.Options{FlushAt: 700})
	if _, err := s.Append(t.Context(), dayOfVisits(day+1, 50)); err != nil {
		t.Fatal(err)
	}
	backup := map[string][]byte{} // of the visits, as backups never hold the keys
	for name, b := range d.Files() {
		if strings.HasPrefix(name, "store/visits/") {
			backup[name] = b
		}
	}
	if err := s.Forget(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	for name, b := range backup {
		d.Put(name, b)
	}
	assertGone(t, s, d)
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	assertGone(t, s, d)
	for name := range d.Files() {
		if strings.HasPrefix(name, "store/visits/"+day.String()) {
			t.Errorf("a restored %s was left after the next start", name)
		}
	}
	if n, err := count(t, s, day+1); n != 50 || err != nil {
		t.Errorf("the day after has %d visits, %v, want 50", n, err)
	}
	if err := venue.CheckRetention(t.Context(), s, s.keys, day+1); err != nil {
		t.Errorf("the nightly check gives %v", err)
	}
	if err := venue.CheckRetention(t.Context(), s, s.keys, day+2); !fault.Is(err, fault.Conflict) {
		t.Errorf("the nightly check misses the older day: %v", err)
	}
}

// assertGone checks that the log refuses the day, and that no key which is left
// opens any block of any file of it.
func assertGone(t *testing.T, s *subject, d *disktest.Disk) {
	t.Helper()
	if _, err := s.ByPerson(t.Context(), day, venuetest.Number(1)); !fault.Is(err, fault.Conflict) {
		t.Errorf("a search of the forgotten day gives %v, want conflict", err)
	}
	keys, err := trust.OpenDayKeys(d, "store/keys", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	days, err := keys.Days()
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range d.Files() {
		if !strings.HasPrefix(name, "store/visits/"+day.String()) || len(b) < 36 || b[0] != 'B' {
			continue
		}
		for _, held := range days {
			key, err := keys.Get(held)
			if err != nil {
				t.Fatal(err)
			}
			sealer := key.Sealer(trust.Salt(b[16:32]))
			for at := 36; at < len(b); at++ {
				for _, size := range []int{4 + 16<<10 + 16, len(b) - at} {
					if at+size <= len(b) && at%4099 == 36%4099 && opens(sealer, b[at:at+size]) {
						t.Fatalf("%s: the key of %s opens byte %d", name, held, at)
					}
				}
			}
		}
	}
}

func opens(s trust.FileSealer, b []byte) bool {
	for n := range uint64(4) {
		for _, head := range []int{0, 4, 16} {
			if len(b) > head {
				if _, err := s.Open(nil, n, b[head:]); err == nil {
					return true
				}
			}
		}
	}
	return false
}

func TestManyVisitsOfOnePersonAndOneSite(t *testing.T) {
	s := filled(t, disktest.New(1), day, 0, visitlog.Options{FlushAt: 9000})
	batch := dayOfVisits(day, 30_000)
	for i := range batch {
		batch[i].Site = venuetest.Number(1)
		if i%3 == 0 {
			batch[i].Who = venuetest.Number(99_999)
		}
	}
	for part := range chunks(batch, 5000) {
		if _, err := s.Append(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []func() error{func() error { return nil }, func() error { return s.Seal(day) }, s.Restart} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
		visits, err := s.ByPerson(t.Context(), day, venuetest.Number(99_999))
		if len(visits) != 10_000 || err != nil {
			t.Errorf("the person has %d visits, %v, want 10000", len(visits), err)
		}
		n := 0
		err = s.AtSite(t.Context(), venuetest.Number(1), venue.DaySpan(day), func(venue.Presence) bool { n++; return true })
		if n != 30_000 || err != nil {
			t.Errorf("the site has %d visits, %v, want 30000", n, err)
		}
	}
}

func TestBatchesAreCheckedBeforeAnythingIsStored(t *testing.T) {
	s := filled(t, disktest.New(1), day, 0, visitlog.Options{})
	for name, spoil := range map[string]func(*venue.Observation){
		"leaving before entering":        func(o *venue.Observation) { o.Leave = o.Enter - 1 },
		"a stay of more than a day":      func(o *venue.Observation) { o.Leave = o.Enter + venue.LongestStay + 1 },
		"a clock that is a week off":     func(o *venue.Observation) { o.Enter += 7 * 24 * trace.Hour; o.Leave = o.Enter },
		"a day before 1970":              func(o *venue.Observation) { o.Day = -5 },
		"no id":                          func(o *venue.Observation) { o.ID = venue.ObservationID{} },
		"no site":                        func(o *venue.Observation) { o.Site = venue.SiteID{} },
		"nobody":                         func(o *venue.Observation) { o.Party = 0 },
		"an act that does not exist":     func(o *venue.Observation) { o.Act = 9 },
		"an amendment of no visit":       func(o *venue.Observation) { o.Act = venue.Withdraw },
		"a check-out after its last day": func(o *venue.Observation) { o.Act, o.Of, o.Leave = venue.CheckOut, o.ID, o.Leave+5*24*trace.Hour },
	} {
		batch := dayOfVisits(day, 3)
		spoil(&batch[1])
		_, err := s.Append(t.Context(), batch)
		places := fault.PlacesOf(err)
		if !fault.Is(err, fault.Invalid) || len(places) != 1 || places[0].Line != 2 {
			t.Errorf("%s: Append gives %v, want invalid at the second", name, err)
		}
	}
	if n, err := count(t, s, day); n != 0 || err != nil {
		t.Errorf("%d visits were stored from bad batches, %v", n, err)
	}
	if _, err := s.Append(t.Context(), make([]venue.Observation, venue.MostInBatch+1)); !fault.Is(err, fault.Invalid) {
		t.Errorf("a batch that is too large gives %v, want invalid", err)
	}
}

func TestExposureThroughTheLog(t *testing.T) {
	s := filled(t, disktest.New(1), day, 0, visitlog.Options{FlushAt: 100})
	keys := make([]trust.DayKey, 2)
	var err error
	for i := range keys {
		if keys[i], err = s.keys.Ensure(day + civil.Day(i)); err != nil {
			t.Fatal(err)
		}
	}
	midnight := trace.Instant(day+1) * 24 * trace.Hour
	checkIn := func(n uint64, who byte, d int, enter, leave trace.Instant) venue.Observation {
		return venue.Observation{Act: venue.CheckIn, Visit: venue.Visit{ID: venuetest.Number(n), Site: venuetest.Number(1),
			Day: day + civil.Day(d), Who: keys[d].Pseudonym(trust.Person{who}), Enter: midnight + enter*trace.Minute, Leave: midnight + leave*trace.Minute, Party: 1}}
	}
	_, err = s.Append(t.Context(), []venue.Observation{
		checkIn(1, 1, 0, -60, 120), // from the evening across midnight
		checkIn(2, 2, 0, -30, 10),
		checkIn(3, 3, 1, 60, 200), // came in on the next day, under its key
		checkIn(4, 4, 1, 110, 200),
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func() []trace.Contact {
		source := venue.Presences{Log: s, Keys: s.keys}
		got, err := trace.Exposed(context.Background(), source, []trace.Token{{1}}, trace.Window{From: midnight - 24*trace.Hour, Until: midnight + 24*trace.Hour}, trace.Rule{AtLeast: 15 * trace.Minute})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	got := ask()
	if len(got) != 2 || got[0].Who != (trace.Token{3}) || got[0].Total != 60*trace.Minute || got[1].Who != (trace.Token{2}) {
		t.Errorf("contacts = %+v, want 3 for 60 minutes and 2 for 40", got)
	}
	if err := s.Forget(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	if got := ask(); len(got) != 0 {
		t.Errorf("after forgetting the person's day: %+v", got)
	}
}
