package journal_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// entry is a valid entry; n tells entries apart.
func entry(n string) journal.Entry {
	return journal.Entry{ID: journal.EntryID("e" + n), At: time.Date(2020, 7, 22, 13, 0, 0, 1000, time.UTC), Actor: "u",
		Act: "signal.verify", Subject: trace.Ref{Kind: "signal", ID: "s" + n}, Why: []byte("sealed" + n),
		Because: []trace.Ref{{Kind: "batch", ID: "b"}},
		Touches: []journal.Touch{{Ref: trace.Ref{Kind: "signal", ID: "s" + n}, Digest: journal.Digest(n)}}}
}

func chain(n int) (links []journal.Link, entries []journal.Entry) {
	var prev journal.Link
	for i := range n {
		e := entry(string(rune('a' + i)))
		prev = journal.Next(prev, e)
		links, entries = append(links, prev), append(entries, e)
	}
	return links, entries
}

func check(links []journal.Link, entries []journal.Entry) (flaws []journal.Flaw) {
	var prev journal.Link
	for i := range links {
		flaws = append(flaws, journal.CheckLink(prev, links[i], entries[i])...)
		prev = links[i]
	}
	return flaws
}

func TestAnUntouchedChainHasNoFlaw(t *testing.T) {
	if flaws := check(chain(5)); len(flaws) != 0 {
		t.Errorf("flaws = %v, want none", flaws)
	}
}

func TestWhatAChainGivesAway(t *testing.T) {
	for _, tc := range []struct {
		name   string
		tamper func(links []journal.Link, entries []journal.Entry) ([]journal.Link, []journal.Entry)
		kind   journal.FlawKind
		at     journal.EntryID
	}{
		{"another actor", func(l []journal.Link, e []journal.Entry) ([]journal.Link, []journal.Entry) {
			e[2].Actor = "somebody else"
			return l, e
		}, journal.Tampered, "ec"},
		{"another time", func(l []journal.Link, e []journal.Entry) ([]journal.Link, []journal.Entry) {
			e[2].At = e[2].At.Add(time.Microsecond)
			return l, e
		}, journal.Tampered, "ec"},
		{"another reason", func(l []journal.Link, e []journal.Entry) ([]journal.Link, []journal.Entry) {
			e[2].Why = []byte("other")
			return l, e
		}, journal.Tampered, "ec"},
		{"a digest of a record exchanged", func(l []journal.Link, e []journal.Entry) ([]journal.Link, []journal.Entry) {
			e[2].Touches[0].Digest[0] ^= 1
			return l, e
		}, journal.Tampered, "ec"},
		{"an entry rewritten with its own hash, but not the chain", func(l []journal.Link, e []journal.Entry) ([]journal.Link, []journal.Entry) {
			e[2].Act = "signal.discard"
			l[2].Own = e[2].Hash()
			return l, e
		}, journal.Tampered, "ec"},
		{"a link left out", func(l []journal.Link, e []journal.Entry) ([]journal.Link, []journal.Entry) {
			return append(l[:2:2], l[3:]...), append(e[:2:2], e[3:]...)
		}, journal.Missing, "ed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			flaws := check(tc.tamper(chain(5)))
			if len(flaws) == 0 {
				t.Fatal("no flaw was found")
			}
			if flaws[0].Kind != tc.kind || flaws[0].Ref.ID != string(tc.at) {
				t.Errorf("first flaw = %+v, want %s at %s", flaws[0], tc.kind, tc.at)
			}
		})
	}
}

func TestHashIgnoresTheZoneOfTheClock(t *testing.T) {
	e, f := entry("x"), entry("x")
	f.At = f.At.In(time.FixedZone("CST", 8*3600))
	if e.Hash() != f.Hash() {
		t.Error("the same instant in another zone hashes differently")
	}
}

func TestHashesTravelAsText(t *testing.T) {
	h := journal.Digest("x")
	b, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var back journal.Hash
	if err := json.Unmarshal(b, &back); err != nil || back != h {
		t.Errorf("back = %s, %v, want %s", back, err, h)
	}
	for _, bad := range []string{`"ab"`, `"zz` + h.String()[2:] + `"`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was taken for a hash", bad)
		}
	}
}
