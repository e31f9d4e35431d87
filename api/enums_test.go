package api

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/notices"
	"github.com/breakwater-eoc/breakwater/science/aberration"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/words"
)

func TestTheWordsOfTheDocumentAreThoseOfTheStages(t *testing.T) {
	schemas := newServer(House{}).huma.OpenAPI().Components.Schemas.Map()
	kinds := convert(fault.Kinds(), func(k fault.Kind) string { return k.String() })
	for _, c := range []struct {
		schema, field string
		want          []string
	}{
		{"Problem", "kind", kinds},
		{"Signal", "state", names(detect.States())},
		{"Signal", "route", names([]detect.Route{detect.IBS, detect.EBS})},
		{"Signal", "status", names(observe.Statuses())},
		{"Source", "kind", names(observe.SourceKinds())},
		{"VerifySignalRequest", "hazard", watch.Hazards()},
		{"Outcome", "truth", names(detect.Truths())},
		{"RecordOutcomeRequest", "truth", names(detect.Truths())},
		{"RecordMissedRequest", "hazard", slices.DeleteFunc(watch.Hazards(), func(h string) bool { return h == detect.SurveillanceGap })},
		{"NoticeForm", "topic", names(notices.Topics())},
		{"Proposal", "state", names(decide.ProposalStates())},
		{"SecondProposalRequest", "consent", names([]plan.Consent{plan.Approve, plan.Decline})},
		{"Directive", "state", names(direct.States())},
		{"Move", "step", names(direct.Steps())},
		{"MoveDirectiveRequest", "step", names(direct.Steps())},
		{"Grant", "role", names(access.Roles())},
		{"Flaw", "kind", names([]journal.FlawKind{journal.Tampered, journal.Missing, journal.Orphan, journal.Unlinked, journal.Dangling})},
		{"MoveClockRequest", "action", names([]ClockAction{StepHour, StepDay, Play, Pause})},
		{"Alarm", "kind", names(people.TroubleKinds())},
		{"Declaration", "state", names(trust.DeclarationStates())},
		{"MoveDeclarationRequest", "step", names(trust.DeclarationSteps())},
		{"Disclosure", "purpose", names(trust.Purposes())},
		{"DiscloseVisitsRequest", "purpose", names(trust.Purposes())},
		{"SignedIn", "lang", names(words.Langs())},
	} {
		var got []string
		for _, v := range schemas[c.schema].Properties[c.field].Enum {
			got = append(got, v.(string))
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s.%s (-stage +document):\n%s", c.schema, c.field, diff)
		}
	}
}

func TestEveryUnitOfAFigureIsInTheDocument(t *testing.T) {
	h := newServer(House{})
	enum := h.huma.OpenAPI().Components.Schemas.Map()["Figure"].Properties["unit"].Enum
	for _, f := range declaredFigures() {
		if !slices.Contains(enum, any(string(f.Unit))) {
			t.Errorf("figure %s counts %s, which the document does not know", f.Name, f.Unit)
		}
	}
}

// The console finds these texts by names that the server sends.
func TestWhatTheServerNamesHasATextInTheConsole(t *testing.T) {
	table, err := words.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for start, all := range map[string][]string{
		"ui.detector.":      append(aberration.Names(), detect.FirstAfterQuiet, detect.Any),
		"ui.hazard.":        watch.Hazards(),
		"ui.signal.state.":  names(detect.States()),
		"ui.outcome.truth.": names(detect.Truths()),
		"ui.topic.":         names(notices.Topics()),

		"ui.declaration.state.":  append(names(trust.DeclarationStates()), "lapsed"),
		"ui.declaration.":        names(trust.DeclarationSteps()),
		"ui.disclosure.purpose.": names(trust.Purposes()),
	} {
		for _, name := range all {
			if _, ok := table[start+name]; !ok {
				t.Errorf("no table has the text %s%s", start, name)
			}
		}
	}
}
