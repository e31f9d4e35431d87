package staff_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

// office is a staff desk whose two clocks a test moves.
type office struct {
	*staff.Desk
	command *desktest.Command
	wall    time.Time
}

var cheap = staff.Cost{Time: 1, Memory: 8, Threads: 1}

func open(t *testing.T) *office { return openAt(t, desktest.New(t, storetest.SQLite(t)), cheap) }

func openAt(t *testing.T, c *desktest.Command, cost staff.Cost) *office {
	t.Helper()
	o := &office{command: c, wall: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}
	o.Desk = staff.NewDesk(c.Center, store.Writer[staff.Tx](c.DB), c.DB, staff.AddressBook{City: storetest.City,
		Organisations: []party.Organisation{{Code: "cdc", Area: storetest.City}},
		Sources:       map[observe.SourceID]observe.Source{desktest.Commission: {ID: desktest.Commission}}},
		staff.World{Wall: func() time.Time { return o.wall }, Random: rand.NewChaCha8([32]byte{}), Cost: cost})
	return o
}

const password = "wave upon wave upon wall"

func account(name string, roles ...access.Role) staff.NewAccount {
	in := staff.NewAccount{Name: name, Display: "An Officer", Organisation: "cdc", Password: password}
	for _, r := range roles {
		in.Grants = append(in.Grants, access.Grant{Role: r, Area: storetest.City})
	}
	return in
}

var administrator = desktest.Officer(access.Administrator, storetest.City)

func (o *office) create(t *testing.T, name string, roles ...access.Role) access.Account {
	t.Helper()
	a, err := o.Create(t.Context(), administrator, account(name, roles...))
	if err != nil {
		t.Fatalf("create %s: %v", name, err)
	}
	return a
}

func (o *office) signIn(t *testing.T, name string) staff.Opened {
	t.Helper()
	in, err := o.SignIn(t.Context(), staff.SignIn{Name: name, Password: password, Address: "192.0.2.1"})
	if err != nil {
		t.Fatalf("sign in %s: %v", name, err)
	}
	return in
}

func TestSigningInOpensASessionThatNamesTheAccount(t *testing.T) {
	o := open(t)
	made := o.create(t, "lin", access.Commander)
	if made.Secret != "" {
		t.Error("the answer of Create holds the digest of the password")
	}
	in := o.signIn(t, " LIN ")
	who, err := o.Authenticate(t.Context(), in.Token)
	if err != nil || who.Account.ID != made.ID || who.Account.Secret != "" || who.CSRF != in.CSRF {
		t.Errorf("the session names %+v, %v, want %s with the same CSRF token and no secret", who, err, made.ID)
	}
	if err := o.SignOut(t.Context(), in.Token); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Authenticate(t.Context(), in.Token); !fault.Is(err, fault.NotFound) {
		t.Errorf("after signing out: %v, want not found", err)
	}
}

func TestRefusalsAtTheDoorAllSoundTheSame(t *testing.T) {
	o := open(t)
	o.create(t, "lin", access.Commander)
	gone := o.create(t, "wu", access.Commander)
	if _, err := o.Disable(t.Context(), administrator, gone.ID, "left the service", ""); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, in := range []staff.SignIn{{Name: "nobody", Password: password}, {Name: "lin", Password: "wrong"}, {Name: "wu", Password: password}} {
		_, err := o.SignIn(t.Context(), in)
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("sign in as %s: %v, want forbidden", in.Name, err)
			continue
		}
		said[err.Error()] = true
	}
	if len(said) != 1 {
		t.Errorf("the refusals tell cases apart: %v", said)
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	guess := func(o *office, name, address, password string) error {
		_, err := o.SignIn(t.Context(), staff.SignIn{Name: name, Password: password, Address: address})
		return err
	}
	o := open(t)
	o.create(t, "lin", access.Commander)
	for range 5 {
		guess(o, "lin", "192.0.2.1", "wrong")
	}
	if err := guess(o, "lin", "192.0.2.1", password); !fault.Is(err, fault.Conflict) {
		t.Errorf("the sixth attempt, with the right password: %v, want conflict", err)
	}
	if err := guess(o, "lin", "192.0.2.9", password); err != nil {
		t.Errorf("the officer from another address: %v, want in", err)
	}
	for i := range 30 {
		guess(o, "name-"+string(rune('a'+i)), "192.0.2.2", "wrong")
	}
	if err := guess(o, "lin", "192.0.2.2", password); !fault.Is(err, fault.Conflict) {
		t.Errorf("after 30 names from one address: %v, want conflict", err)
	}
	o.wall = o.wall.Add(15 * time.Minute)
	if err := guess(o, "lin", "192.0.2.1", password); err != nil {
		t.Errorf("a quarter of an hour later: %v, want in", err)
	}
}

func TestASessionEndsByRestAndByAge(t *testing.T) {
	o := open(t)
	o.create(t, "lin", access.Commander)
	alive := func(in staff.Opened) bool {
		_, err := o.Authenticate(t.Context(), in.Token)
		return err == nil
	}
	rested := o.signIn(t, "lin")
	o.wall = o.wall.Add(staff.Idle)
	if alive(rested) {
		t.Error("a session that rested for the idle time is still open")
	}
	used := o.signIn(t, "lin")
	for range 13 {
		o.wall = o.wall.Add(time.Hour)
		if !alive(used) {
			t.Fatal("a session in use ended before its time")
		}
	}
	o.wall = o.wall.Add(time.Hour)
	if alive(used) {
		t.Error("a session is open after its longest time although in use")
	}
}

func TestListeningDoesNotKeepASessionOpen(t *testing.T) {
	o := open(t)
	o.create(t, "lin", access.Commander)
	in := o.signIn(t, "lin")
	for range 3 {
		o.wall = o.wall.Add(staff.Idle / 2)
		err := o.Valid(t.Context(), in.Token)
		if over := !o.wall.Before(in.Expires.Add(staff.Idle - staff.Absolute)); (err != nil) != over {
			t.Errorf("at %s: %v", o.wall, err)
		}
	}
}

func TestAReplayedClockDoesNotSignAnybodyOut(t *testing.T) {
	o := open(t)
	o.create(t, "lin", access.Commander)
	in := o.signIn(t, "lin")
	o.command.Pass(40 * 24 * time.Hour)
	if _, err := o.Authenticate(t.Context(), in.Token); err != nil {
		t.Errorf("after the records' clock moved 40 days: %v, want still in", err)
	}
}

func TestChangesToAnAccountEndItsSessions(t *testing.T) {
	for name, change := range map[string]func(o *office, id party.UserID) error{
		"grants": func(o *office, id party.UserID) error {
			_, err := o.SetGrants(t.Context(), administrator, id, staff.GrantsIn{Why: "moved on"})
			return err
		},
		"password": func(o *office, id party.UserID) error {
			_, err := o.SetPassword(t.Context(), administrator, id, "another long password", "")
			return err
		},
		"disabled": func(o *office, id party.UserID) error {
			_, err := o.Disable(t.Context(), administrator, id, "left", "")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			a := o.create(t, "lin", access.Commander)
			in := o.signIn(t, "lin")
			if err := change(o, a.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := o.Authenticate(t.Context(), in.Token); !fault.Is(err, fault.NotFound) {
				t.Errorf("the session afterwards: %v, want not found", err)
			}
		})
	}
}

func TestOnesOwnPasswordNeedsTheOldOne(t *testing.T) {
	o := open(t)
	o.create(t, "lin", access.Auditor)
	in := o.signIn(t, "lin")
	who := in.Account.Actor()
	if _, err := o.ChangeOwnPassword(t.Context(), who, staff.OwnPassword{Old: "wrong", New: "another long password"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("with a wrong old password: %v, want forbidden", err)
	}
	if _, err := o.ChangeOwnPassword(t.Context(), who, staff.OwnPassword{Old: password, New: "short"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("with a short new password: %v, want invalid", err)
	}
	renewed, err := o.ChangeOwnPassword(t.Context(), who, staff.OwnPassword{Old: password, New: "another long password"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Authenticate(t.Context(), in.Token); !fault.Is(err, fault.NotFound) {
		t.Errorf("the old session: %v, want not found", err)
	}
	if _, err := o.Authenticate(t.Context(), renewed.Token); err != nil {
		t.Errorf("the new session: %v", err)
	}
}

func TestAHigherCostTakesEffectAtTheNextSignIn(t *testing.T) {
	o := open(t)
	o.create(t, "lin", access.Commander)
	dearer := openAt(t, o.command, staff.Cost{Time: 2, Memory: 16, Threads: 1})
	dearer.signIn(t, "lin")
	a, err := o.command.DB.AccountByName(t.Context(), "lin")
	if err != nil || !strings.HasPrefix(a.Secret, "$argon2id$v=19$m=16,t=2,p=1$") {
		t.Errorf("the digest is %.40q, %v, want one of the new cost", a.Secret, err)
	}
	dearer.signIn(t, "lin")
}

func TestNewAccountsAreExaminedWhole(t *testing.T) {
	o := open(t)
	for _, c := range []struct {
		sentence string
		change   func(*staff.NewAccount)
		field    string
	}{
		{"a name has a form", func(in *staff.NewAccount) { in.Name = "Lin Wei" }, "name"},
		{"a display name is needed", func(in *staff.NewAccount) { in.Display = "  " }, "display"},
		{"an organisation is one of the city's", func(in *staff.NewAccount) { in.Organisation = "acme" }, "organisation"},
		{"a role is one that can be granted", func(in *staff.NewAccount) { in.Grants[0].Role = access.Program }, "grants[0].role"},
		{"a grant's area is one of the city's", func(in *staff.NewAccount) { in.Grants[0].Area = "999999" }, "grants[0].area"},
		{"a grant stands once", func(in *staff.NewAccount) { in.Grants = append(in.Grants, in.Grants[0]) }, "grants[1]"},
		{"a reporter has a source", func(in *staff.NewAccount) { in.Grants[0].Role = access.Reporter }, "source"},
		{"a source is one of the city's", func(in *staff.NewAccount) { in.Source = "elsewhere" }, "source"},
		{"a password is long", func(in *staff.NewAccount) { in.Password = "harbour" }, "password"},
		{"a password is not one character", func(in *staff.NewAccount) { in.Password = strings.Repeat("a", 20) }, "password"},
		{"a password does not hold the name", func(in *staff.NewAccount) { in.Password = "lin upon lin upon lin" }, "password"},
		{"a password is text", func(in *staff.NewAccount) { in.Password = "\xff\xfe wave upon wave" }, "password"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			in := account("lin", access.Commander)
			c.change(&in)
			_, err := o.Create(t.Context(), administrator, in)
			places := fault.PlacesOf(err)
			if !fault.Is(err, fault.Invalid) || len(places) != 1 || places[0].Field != c.field {
				t.Errorf("got %v, want one place: %s", err, c.field)
			}
			if err != nil && strings.Contains(err.Error(), in.Password) {
				t.Error("the error repeats the password")
			}
		})
	}
}

func TestThereIsOneFirstAdministrator(t *testing.T) {
	o := open(t)
	first, err := o.FirstAdministrator(t.Context(), account("root-admin"))
	if err != nil || !first.Actor().Can(access.ManageUsers) {
		t.Fatalf("first = %+v, %v", first, err)
	}
	if _, err := o.FirstAdministrator(t.Context(), account("second-admin")); !fault.Is(err, fault.Conflict) {
		t.Errorf("the second: %v, want conflict", err)
	}
	if _, err := o.Disable(t.Context(), first.Actor(), first.ID, "by mistake", ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("disabling oneself: %v, want conflict", err)
	}
}

func TestOnlyAdministratorsOfTheCityManageAccounts(t *testing.T) {
	o := open(t)
	a := o.create(t, "lin", access.Commander)
	for _, who := range []access.Actor{desktest.Officer(access.Commander, storetest.City), desktest.Officer(access.Administrator, districtOf(t))} {
		if _, err := o.Create(t.Context(), who, account("wu")); !fault.Is(err, fault.Forbidden) {
			t.Errorf("create as %v: %v, want forbidden", who.Grants, err)
		}
		if _, err := o.SetGrants(t.Context(), who, a.ID, staff.GrantsIn{Why: "why not"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("grant as %v: %v, want forbidden", who.Grants, err)
		}
	}
	if _, err := o.Accounts(t.Context(), desktest.Officer(access.Commander, storetest.City), command.Paging{}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("list as commander: %v, want forbidden", err)
	}
}

func districtOf(t *testing.T) place.Code {
	t.Helper()
	for _, a := range storetest.Areas() {
		if a.Kind == place.District {
			return a.Code
		}
	}
	t.Fatal("the small city has no district")
	return ""
}

func TestPasswordsLeaveNoTraceButTheirDigest(t *testing.T) {
	o := open(t)
	in := account("lin", access.Commander)
	in.Key = "create-lin-1"
	if _, err := o.Create(t.Context(), administrator, in); err != nil {
		t.Fatal(err)
	}
	again, err := o.Create(t.Context(), administrator, in)
	if err != nil || again.Secret != "" {
		t.Errorf("sent again: %+v, %v, want the same answer without a secret", again, err)
	}
	page, err := o.command.DB.Entries(t.Context(), audit.EntryFilter{Within: []place.Code{storetest.City}, Act: "user."}, command.Paging{})
	if err != nil || len(page.Items) != 1 {
		t.Errorf("%d journal entries, %v, want 1", len(page.Items), err)
	}
}
