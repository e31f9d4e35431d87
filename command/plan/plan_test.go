package plan_test

import (
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

var (
	commander      = desktest.Officer(access.Commander, storetest.City)
	epidemiologist = desktest.Officer(access.Epidemiologist, storetest.City)
)

func open(t *testing.T) *desktest.Command {
	t.Helper()
	return desktest.New(t, storetest.SQLite(t))
}

// proposed is a command in which one proposal for the eastern district waits.
func proposed(t *testing.T, cases int64) (*desktest.Command, decide.Proposal) {
	t.Helper()
	c := open(t)
	_, made := c.Outbreak(storetest.East, cases)
	if len(made) != 1 || made[0].Area != storetest.East || made[0].State != decide.Open {
		t.Fatalf("made = %+v, want one open proposal for the east", made)
	}
	return c, made[0]
}

func levels(c *desktest.Command) map[place.Code]decide.Level {
	c.TB.Helper()
	standing, err := c.Plan.Levels(c.TB.Context(), commander, c.Center.Time(), observe.Actual)
	if err != nil {
		c.TB.Fatal(err)
	}
	levels := map[place.Code]decide.Level{}
	for _, l := range standing {
		levels[l.Area] = l.Level
	}
	return levels
}

func clean(c *desktest.Command) {
	c.TB.Helper()
	c.Round()
	report, err := c.Audit.Fsck(c.TB.Context(), func(int, int) {})
	if err != nil || len(report.Flaws) > 0 {
		c.TB.Errorf("fsck: %v %v", report.Flaws, err)
	}
}

func TestTheRuleProposesWithItsFigures(t *testing.T) {
	c, p := proposed(t, 3)
	if p.Level != decide.Medium || p.Current != decide.Low || p.Rule != "some" || len(p.Inputs) != 3 {
		t.Errorf("proposal = %+v, want medium by rule some, over three inputs", p)
	}
	if a := p.Inputs[0].Answer; a.Value != 3 || len(a.Sources) == 0 {
		t.Errorf("first input = %+v, want 3 with its sources", a)
	}
	if again := c.Round().Proposals; len(again) != 0 {
		t.Errorf("the same figures proposed again: %+v", again)
	}
	clean(c)
}

func TestAcceptBeginsTheLevel(t *testing.T) {
	c, p := proposed(t, 3)
	got, err := c.Plan.Accept(t.Context(), commander, p.ID, "as the rule says", "k")
	if err != nil || got.State != decide.Accepted || got.Decided != decide.Medium {
		t.Fatalf("accepted = %+v, %v", got, err)
	}
	if l := levels(c); l[storetest.East] != decide.Medium || len(l) != 1 {
		t.Errorf("levels = %v, want medium in the east alone", l)
	}
	if _, err := c.Plan.Accept(t.Context(), commander, p.ID, "", "k2"); !fault.Is(err, fault.Conflict) {
		t.Errorf("accept again: %v, want conflict", err)
	}
	clean(c)
}

func TestWhoDecidesAndWhy(t *testing.T) {
	c, p := proposed(t, 3)
	for _, tc := range []struct {
		name string
		do   func() error
		want fault.Kind
	}{
		{"an epidemiologist does not decide", func() error {
			_, err := c.Plan.Accept(t.Context(), epidemiologist, p.ID, "", "")
			return err
		}, fault.Forbidden},
		{"a commander of another district does not", func() error {
			_, err := c.Plan.Accept(t.Context(), desktest.Officer(access.Commander, storetest.West), p.ID, "", "")
			return err
		}, fault.Forbidden},
		{"an override needs a reason", func() error {
			_, err := c.Plan.Override(t.Context(), commander, p.ID, plan.OverrideIn{Level: decide.High})
			return err
		}, fault.Invalid},
		{"an override needs a level of the pack", func() error {
			_, err := c.Plan.Override(t.Context(), commander, p.ID, plan.OverrideIn{Level: "extreme", Why: "w"})
			return err
		}, fault.Invalid},
		{"an override stays within the proposal's area", func() error {
			_, err := c.Plan.Override(t.Context(), commander, p.ID, plan.OverrideIn{Level: decide.High, Area: storetest.West, Why: "w"})
			return err
		}, fault.Invalid},
		{"nobody seconds what nobody decided", func() error {
			_, err := c.Plan.Second(t.Context(), epidemiologist, p.ID, plan.SecondIn{Consent: plan.Approve})
			return err
		}, fault.Conflict},
	} {
		if err := tc.do(); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if l := levels(c); len(l) != 0 {
		t.Errorf("refused decisions left levels: %v", l)
	}
}

func TestALevelThatRestrictsPersonsWaitsForAnotherOrganisation(t *testing.T) {
	c, p := proposed(t, 24)
	in := plan.OverrideIn{Level: decide.High, Area: storetest.Harbour, Why: "a workshop cluster in one street"}
	got, err := c.Plan.Override(t.Context(), commander, p.ID, in)
	if err != nil || got.State != decide.Seconding {
		t.Fatalf("override = %+v, %v, want it to wait for a second", got, err)
	}
	if l := levels(c); len(l) != 0 {
		t.Errorf("levels = %v before the second approver, want none", l)
	}
	same := desktest.Officer(access.Commander, storetest.City)
	same.User = "another-of-the-same"
	for name, who := range map[string]access.Actor{"the one who decided": commander, "a colleague": same} {
		if _, err := c.Plan.Second(t.Context(), who, p.ID, plan.SecondIn{Consent: plan.Approve}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s seconds: %v, want forbidden", name, err)
		}
	}
	got, err = c.Plan.Second(t.Context(), epidemiologist, p.ID, plan.SecondIn{Consent: plan.Approve})
	if err != nil || got.State != decide.Overridden {
		t.Fatalf("seconded = %+v, %v, want overridden", got, err)
	}
	if l := levels(c); l[storetest.Harbour] != decide.High || len(l) != 1 {
		t.Errorf("levels = %v, want high in the harbour street alone", l)
	}
	clean(c)
}

func TestADeclinedDecisionLeavesNoLevel(t *testing.T) {
	c, p := proposed(t, 24)
	if _, err := c.Plan.Override(t.Context(), commander, p.ID, plan.OverrideIn{Level: decide.High, Why: "w"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Plan.Second(t.Context(), epidemiologist, p.ID, plan.SecondIn{Consent: plan.Decline}); !fault.Is(err, fault.Invalid) {
		t.Errorf("declining without a reason: %v, want invalid", err)
	}
	got, err := c.Plan.Second(t.Context(), epidemiologist, p.ID, plan.SecondIn{Consent: plan.Decline, Why: "one building, not a district"})
	if err != nil || got.State != decide.Declined || len(levels(c)) != 0 {
		t.Errorf("declined = %+v, %v, levels %v", got, err, levels(c))
	}
	if again := c.Round().Proposals; len(again) != 1 {
		t.Errorf("after a declined decision the rule proposed %d times, want once more", len(again))
	}
	clean(c)
}

func TestNewerFiguresOvertakeAProposalThatWaits(t *testing.T) {
	c, p := proposed(t, 40)
	c.Pass(24 * time.Hour)
	c.Counts(counts.ConfirmedLocal, storetest.Harbour, 20)
	c.Counts(counts.ConfirmedLocal, storetest.East, 60)
	made := c.Round().Proposals
	if len(made) != 1 || made[0].Level != decide.High {
		t.Fatalf("made = %+v, want high at more than 50 with a cluster", made)
	}
	old, err := c.DB.OneProposal(t.Context(), p.ID)
	if err != nil || old.State != decide.Lapsed {
		t.Errorf("the earlier proposal is %s, %v, want lapsed", old.State, err)
	}
	clean(c)
}

func TestAskingTheRuleAgain(t *testing.T) {
	c, p := proposed(t, 12)
	if _, err := c.Plan.Accept(t.Context(), commander, p.ID, "", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Plan.Ask(t.Context(), commander, p.Event, storetest.Harbour, "", ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("asking without a reason: %v, want invalid", err)
	}
	again, err := c.Plan.Ask(t.Context(), commander, p.Event, storetest.Harbour, "the street needs more", "ask")
	if err != nil || again.Level != decide.Medium || again.Current != decide.Medium || again.Area != storetest.East {
		t.Fatalf("asked = %+v, %v, want the unchanged medium for the district of the street", again, err)
	}
	if _, err := c.Plan.Ask(t.Context(), commander, p.Event, storetest.East, "once more", ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("asking while a proposal waits: %v, want conflict", err)
	}
	if made := c.Round().Proposals; len(made) != 0 {
		t.Errorf("a round disturbed the proposal that was asked for: %+v", made)
	}
	if still, err := c.DB.OneProposal(t.Context(), again.ID); err != nil || still.State != decide.Open {
		t.Errorf("the asked proposal is %s, %v, want open after a round", still.State, err)
	}
	clean(c)
}

func TestALevelStepsDownAfterFourteenQuietDays(t *testing.T) {
	c, p := proposed(t, 1)
	if _, err := c.Plan.Accept(t.Context(), commander, p.ID, "", ""); err != nil {
		t.Fatal(err)
	}
	var made []decide.Proposal
	for quiet := 0; len(made) == 0 && quiet < 30; quiet++ {
		c.Pass(24 * time.Hour)
		c.Counts(counts.ConfirmedLocal, storetest.East, 0)
		made = c.Round().Proposals
		if len(made) > 0 && quiet != 13 {
			t.Errorf("proposed to step down after %d quiet days, want 14", quiet+1)
		}
	}
	if len(made) != 1 || made[0].Level != decide.Low || made[0].Current != decide.Medium {
		t.Fatalf("made = %+v, want low in place of medium", made)
	}
	if _, err := c.Plan.Accept(t.Context(), commander, made[0].ID, "fourteen days", ""); err != nil {
		t.Fatal(err)
	}
	if l := levels(c); l[storetest.East] != decide.Low {
		t.Errorf("levels = %v, want low", l)
	}
	clean(c)
}

func TestALevelEndsByItselfUnlessItIsRenewed(t *testing.T) {
	c, p := proposed(t, 1)
	if _, err := c.Plan.Accept(t.Context(), commander, p.ID, "", ""); err != nil {
		t.Fatal(err)
	}
	var renewal []decide.Proposal
	for range 27 { // a case every day: the rule goes on saying medium
		c.Pass(24 * time.Hour)
		c.Counts(counts.ConfirmedLocal, storetest.East, 1)
		renewal = append(renewal, c.Round().Proposals...)
	}
	if len(renewal) != 1 || renewal[0].Level != decide.Medium || renewal[0].Current != decide.Medium {
		t.Fatalf("renewals = %+v, want one, for the level that stands", renewal)
	}
	if l := levels(c); l[storetest.East] != decide.Medium {
		t.Errorf("levels the day before the end = %v", l)
	}
	c.Pass(24 * time.Hour)
	c.Round()
	if l := levels(c); len(l) != 0 {
		t.Errorf("levels on the last day = %v, want none", l)
	}
	clean(c)
}

func TestADryRunWritesNothing(t *testing.T) {
	c := open(t)
	c.Counts(counts.ConfirmedLocal, storetest.East, 5)
	c.Counts(counts.ConfirmedLocal, storetest.West, 0)
	changes, err := c.Plan.DryRun(t.Context(), commander, "cn-risk-2020a", c.Day(), observe.Actual)
	if err != nil || len(changes) != 1 || changes[0].Area != storetest.East || changes[0].Proposed != decide.Medium {
		t.Errorf("changes = %+v, %v, want the east to medium", changes, err)
	}
	if _, err := c.Plan.DryRun(t.Context(), commander, "no-such-pack", c.Day(), observe.Actual); !fault.Is(err, fault.NotFound) {
		t.Errorf("a pack that is none: %v, want not found", err)
	}
	clean(c)
}
