package order_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

var (
	commander = desktest.Officer(access.Commander, storetest.City)
	duty      = desktest.Officer(access.DutyOfficer, storetest.City)
	street    = desktest.Officer(access.AreaOfficer, storetest.Harbour)
)

// decided is a command with a medium level for the eastern district.
func decided(t *testing.T) (*desktest.Command, decide.Proposal) {
	t.Helper()
	c := desktest.New(t, storetest.SQLite(t))
	_, made := c.Outbreak(storetest.East, 3)
	p, err := c.Plan.Accept(t.Context(), commander, made[0].ID, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return c, p
}

func issue(c *desktest.Command, p decide.Proposal, change func(*order.IssueIn)) (direct.Directive, error) {
	in := order.IssueIn{Proposal: p.ID, Template: "first-ring-testing", Why: "find the chains"}
	if change != nil {
		change(&in)
	}
	return c.Order.Issue(c.TB.Context(), commander, in)
}

func move(c *desktest.Command, who access.Actor, id direct.DirectiveID, step direct.Step) (direct.Directive, error) {
	return c.Order.Move(c.TB.Context(), who, id, order.MoveIn{Step: step})
}

func clean(c *desktest.Command) {
	c.TB.Helper()
	c.Round()
	report, err := c.Audit.Fsck(c.TB.Context(), func(int, int) {})
	if err != nil || len(report.Flaws) > 0 {
		c.TB.Errorf("fsck: %v %v", report.Flaws, err)
	}
}

func TestDraftsAreFilledInForTheArea(t *testing.T) {
	c, p := decided(t)
	drafts, err := c.Order.Drafts(p)
	if err != nil || len(drafts) != 3 {
		t.Fatalf("drafts = %+v, %v, want the three templates of level medium", drafts, err)
	}
	if d := drafts[0]; d.Addressee != "east" || d.Completion.Target != 10_000 {
		t.Errorf("first draft = %+v, want the district's post and a tenth of 100,000 people", d)
	}
	if d := drafts[1]; d.Addressee != "health" {
		t.Errorf("contact tracing is addressed to %s, want the department", d.Addressee)
	}
}

func TestWhatADirectiveNeeds(t *testing.T) {
	c, p := decided(t)
	for _, tc := range []struct {
		name   string
		change func(*order.IssueIn)
		want   fault.Kind
	}{
		{"a reason", func(in *order.IssueIn) { in.Why = " " }, fault.Invalid},
		{"a template of the pack", func(in *order.IssueIn) { in.Template = "none" }, fault.NotFound},
		{"a template for the level", func(in *order.IssueIn) { in.Template = "control-area" }, fault.Invalid},
		{"an area within the decision", func(in *order.IssueIn) { in.Area = storetest.West }, fault.Invalid},
		{"an area of the city", func(in *order.IssueIn) { in.Area = storetest.Elsewhere }, fault.NotFound},
		{"a post of the city", func(in *order.IssueIn) { in.Addressee = "nobody" }, fault.Invalid},
		{"a time that can be met", func(in *order.IssueIn) { in.DueHours = -1 }, fault.Invalid},
		{"a target above zero", func(in *order.IssueIn) { in.Target = -5 }, fault.Invalid},
		{"a target only with a query", func(in *order.IssueIn) { in.Template, in.Target = "close-enclosed-venues", 5 }, fault.Invalid},
		{"a proposal", func(in *order.IssueIn) { in.Proposal = "none" }, fault.NotFound},
	} {
		if _, err := issue(c, p, tc.change); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	for name, who := range map[string]access.Actor{"a street officer": street, "an auditor": desktest.Officer(access.Auditor, storetest.City)} {
		if _, err := c.Order.Issue(t.Context(), who, order.IssueIn{Proposal: p.ID, Template: "first-ring-testing", Why: "w"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s issues: %v, want forbidden", name, err)
		}
	}
}

func TestADirectiveNeedsADecision(t *testing.T) {
	c := desktest.New(t, storetest.SQLite(t))
	_, made := c.Outbreak(storetest.East, 3)
	if _, err := issue(c, made[0], nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("issue under an open proposal: %v, want conflict", err)
	}
}

func TestTheDataVerifyAndAPersonCloses(t *testing.T) {
	c, p := decided(t)
	d, err := issue(c, p, func(in *order.IssueIn) { in.Target = 100 })
	if err != nil || d.State != direct.Issued {
		t.Fatalf("issued = %+v, %v", d, err)
	}
	if _, err := move(c, duty, d.ID, direct.Acknowledge); err != nil {
		t.Fatal(err)
	}
	c.Counts(counts.SamplesTaken, storetest.East, 60)
	if moved := c.Round().Directives; len(moved) != 1 || moved[0].Completion.Value != 60 || moved[0].State != direct.Acknowledged {
		t.Errorf("after 60 of 100: %+v", moved)
	}
	if again := c.Round().Directives; len(again) != 0 {
		t.Errorf("the same figures moved it again: %+v", again)
	}
	if _, err := move(c, duty, d.ID, direct.Close); !fault.Is(err, fault.Conflict) {
		t.Errorf("close at 60: %v, want conflict", err)
	}
	c.Pass(12 * time.Hour)
	c.Counts(counts.SamplesTaken, storetest.East, 130)
	if moved := c.Round().Directives; len(moved) != 1 || moved[0].State != direct.Verified || moved[0].Completion.Met == nil {
		t.Errorf("after 130 of 100: %+v", moved)
	}
	closed, err := move(c, duty, d.ID, direct.Close)
	if err != nil || closed.State != direct.Closed || closed.Exception {
		t.Errorf("closed = %+v, %v", closed, err)
	}
	clean(c)
}

func TestAnExceptionIsSignedAndKept(t *testing.T) {
	c, p := decided(t)
	d, err := issue(c, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		who  access.Actor
		step direct.Step
	}{{duty, direct.Acknowledge}, {duty, direct.Report}, {commander, direct.Verify}} {
		if _, err := move(c, step.who, d.ID, step.step); err != nil {
			t.Fatalf("%s: %v", step.step, err)
		}
	}
	if _, err := c.Order.Move(t.Context(), commander, d.ID, order.MoveIn{Step: direct.Close, Exception: true}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an exception without a reason: %v, want invalid", err)
	}
	got, err := c.Order.Move(t.Context(), commander, d.ID, order.MoveIn{Step: direct.Close, Exception: true, Why: "the laboratory is moving"})
	if err != nil || !got.Exception {
		t.Errorf("closed = %+v, %v", got, err)
	}
	clean(c)
}

func TestWhoTakesWhichStep(t *testing.T) {
	c, p := decided(t)
	d, err := issue(c, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		who  access.Actor
		step direct.Step
		want fault.Kind
	}{
		{"a commander does not acknowledge for the post", commander, direct.Acknowledge, fault.Forbidden},
		{"an officer of a street does not for the district", street, direct.Acknowledge, fault.Forbidden},
		{"a withdrawal needs a reason", commander, direct.Withdraw, fault.Invalid},
		{"nothing is verified before it is reported", commander, direct.Verify, fault.Conflict},
		{"an unknown step is refused", duty, "applaud", fault.Invalid},
	} {
		if _, err := move(c, tc.who, d.ID, tc.step); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if _, err := move(c, duty, "none", direct.Acknowledge); !fault.Is(err, fault.NotFound) {
		t.Errorf("a directive that is none: %v, want not found", err)
	}
}

func TestAnUnansweredDirectiveClimbsAndBecomesOverdue(t *testing.T) {
	c, p := decided(t)
	d, err := issue(c, p, func(in *order.IssueIn) { in.DueHours = 24 })
	if err != nil {
		t.Fatal(err)
	}
	c.Pass(2*time.Hour + time.Minute)
	if moved := c.Round().Directives; len(moved) != 1 || moved[0].Held != "city" || moved[0].Addressee != "east" {
		t.Errorf("after two hours unanswered: %+v, want it held by the city", moved)
	}
	c.Pass(22 * time.Hour)
	if moved := c.Round().Directives; len(moved) != 1 || moved[0].Overdue == nil || moved[0].Reminded == nil {
		t.Errorf("after the due time: %+v, want it reminded and overdue", moved)
	}
	if _, err := move(c, duty, d.ID, direct.Acknowledge); err != nil {
		t.Errorf("an overdue directive can still be acknowledged: %v", err)
	}
	clean(c)
}

func TestAPostHasOneHolderAtATime(t *testing.T) {
	c := desktest.New(t, storetest.SQLite(t))
	c.Enlist(duty)
	noon := c.Center.Time()
	in := order.ShiftIn{Post: "east", User: "user-duty_officer", From: noon, Until: noon.Add(8 * time.Hour)}
	if _, err := c.Order.AddShift(t.Context(), duty, in); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name   string
		change func(*order.ShiftIn)
		want   fault.Kind
	}{
		{"one that overlaps", func(s *order.ShiftIn) { s.From, s.Until = noon.Add(7*time.Hour), noon.Add(9*time.Hour) }, fault.Conflict},
		{"one that ends before it begins", func(s *order.ShiftIn) { s.Until = s.From.Add(-time.Hour) }, fault.Invalid},
		{"one of more than a day", func(s *order.ShiftIn) { s.From, s.Until = noon.Add(9*time.Hour), noon.Add(40*time.Hour) }, fault.Invalid},
		{"one for somebody who has no account", func(s *order.ShiftIn) {
			s.User, s.From, s.Until = "nobody", noon.Add(9*time.Hour), noon.Add(10*time.Hour)
		}, fault.NotFound},
		{"one of a post that is none", func(s *order.ShiftIn) { s.Post = "moon" }, fault.NotFound},
	} {
		other := in
		tc.change(&other)
		if _, err := c.Order.AddShift(t.Context(), duty, other); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	in.From, in.Until = in.Until, in.Until.Add(8*time.Hour)
	if _, err := c.Order.AddShift(t.Context(), duty, in); err != nil {
		t.Errorf("one that follows at once: %v", err)
	}
	clean(c)
}
