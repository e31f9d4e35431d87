package trace_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/stat"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// stays is a source and a crowd in memory.
type stays []trace.Stay

func (s stays) OfPerson(_ context.Context, who trace.Token, w trace.Window) ([]trace.Stay, error) {
	var out []trace.Stay
	for _, x := range s {
		if x.Who == who && x.Meets(w) {
			out = append(out, x)
		}
	}
	return out, nil
}

func (s stays) AtPlace(_ context.Context, place trace.Token, w trace.Window, yield func(trace.Stay) bool) error {
	for _, x := range s {
		if x.Place == place && x.Meets(w) && !yield(x) {
			break
		}
	}
	return nil
}

func (s stays) Visits(ctx context.Context, place trace.Token, w trace.Window) (n int, err error) {
	err = s.AtPlace(ctx, place, w, func(trace.Stay) bool { n++; return true })
	return n, err
}

func (s stays) Whole(_ context.Context, w trace.Window) (n, places int, err error) {
	seen := map[trace.Token]bool{}
	for _, x := range s {
		if x.Meets(w) {
			n++
			seen[x.Place] = true
		}
	}
	return n, len(seen), nil
}

func token(kind, n byte) trace.Token { return trace.Token{kind, 15: n} }

func person(n byte) trace.Token { return token('p', n) }

func site(n byte) trace.Token { return token('s', n) }

// at says that a person was at a site from one minute to another.
func at(who, where byte, from, until trace.Instant) trace.Stay {
	return trace.Stay{Who: person(who), Place: site(where), Party: 1,
		Window: trace.Window{From: from * trace.Minute, Until: until * trace.Minute}}
}

func minutes(from, until trace.Instant) trace.Window {
	return trace.Window{From: from * trace.Minute, Until: until * trace.Minute}
}

var quarter = trace.Rule{AtLeast: 15 * trace.Minute}

func TestExposedRanksByTimeTogether(t *testing.T) {
	s := stays{
		at(1, 1, 0, 60), at(1, 2, 100, 130),
		at(2, 1, 40, 90),                    // 20 minutes together
		at(3, 1, 46, 90),                    // 14: too short
		at(4, 1, 0, 15), at(4, 2, 110, 140), // 15 and 20
		at(5, 3, 0, 60), // elsewhere
	}
	got, err := trace.Exposed(t.Context(), s, []trace.Token{person(1)}, minutes(0, 1000), quarter)
	if err != nil {
		t.Fatal(err)
	}
	want := []trace.Contact{
		{Who: person(4), Via: person(1), Generation: 1, Meetings: 2, Total: 35 * trace.Minute, First: 0, Place: site(2), Longest: minutes(110, 130)},
		{Who: person(2), Via: person(1), Generation: 1, Meetings: 1, Total: 20 * trace.Minute, First: 40 * trace.Minute, Place: site(1), Longest: minutes(40, 60)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("contacts (-want +got):\n%s", diff)
	}
}

func TestWindowCutsTheTimeTogether(t *testing.T) {
	s := stays{at(1, 1, 0, 60), at(2, 1, 0, 60)}
	for _, tc := range []struct {
		name string
		w    trace.Window
		want int
	}{
		{"a window that leaves 15 minutes finds the contact", minutes(45, 100), 1},
		{"one that leaves 14 does not", minutes(46, 100), 0},
		{"an empty one finds nobody", minutes(30, 30), 0},
	} {
		got, err := trace.Exposed(t.Context(), s, []trace.Token{person(1)}, tc.w, quarter)
		if err != nil || len(got) != tc.want {
			t.Errorf("%s: %d contacts, %v, want %d", tc.name, len(got), err, tc.want)
		}
	}
}

func TestExposedAtAPlace(t *testing.T) {
	s := stays{at(1, 1, 0, 60), at(2, 1, 50, 200), at(3, 1, 0, 10)}
	got, err := trace.ExposedAt(t.Context(), s, site(1), minutes(0, 100), quarter, 2)
	if err != nil || len(got) != 2 || got[0].Who != person(1) || got[1].Total != 50*trace.Minute {
		t.Errorf("ExposedAt = %+v, %v", got, err)
	}
}

// TestASearchEndsOnceItFoundTooMany has a crowd of a thousand at one place: what
// is beyond the bound must not be gathered first.
func TestASearchEndsOnceItFoundTooMany(t *testing.T) {
	crowd := stays{at(1, 1, 0, 60)}
	for i := range 1000 {
		s := at(2, 1, 0, 60)
		s.Who[1], s.Who[2] = byte(i>>8), byte(i)
		crowd = append(crowd, s)
	}
	looked := 0
	source := counted{crowd, &looked}
	if _, err := trace.ExposedAt(t.Context(), source, site(1), minutes(0, 60), quarter, 10); !fault.Is(err, fault.Conflict) || looked > 11 {
		t.Errorf("at a place: %v after %d stays, want a conflict after 11", err, looked)
	}
	looked = 0
	_, err := trace.Generations(t.Context(), source, []trace.Token{person(1)}, minutes(0, 60), trace.Forward{Rule: quarter, Depth: 2, Most: 10})
	if !fault.Is(err, fault.Conflict) || looked > 12 {
		t.Errorf("of a person: %v after %d stays, want a conflict after 12", err, looked)
	}
}

// counted is a source that counts the stays that it gave.
type counted struct {
	stays
	given *int
}

func (c counted) AtPlace(ctx context.Context, place trace.Token, w trace.Window, yield func(trace.Stay) bool) error {
	return c.stays.AtPlace(ctx, place, w, func(s trace.Stay) bool {
		*c.given++
		return yield(s)
	})
}

func TestRulesAreChecked(t *testing.T) {
	if _, err := trace.Exposed(t.Context(), stays{}, nil, minutes(0, 1), trace.Rule{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a rule of no time gives %v, want invalid", err)
	}
	if _, err := trace.Generations(t.Context(), stays{}, nil, minutes(0, 1), trace.Forward{Rule: quarter}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no generations gives %v, want invalid", err)
	}
	if _, err := trace.Backward(t.Context(), stays{}, stays{}, make([]trace.Suspect, 1), trace.Hour); !fault.Is(err, fault.Invalid) {
		t.Errorf("one case gives %v, want invalid", err)
	}
}

func TestGenerationsGoForwardInTime(t *testing.T) {
	s := stays{
		at(1, 1, 0, 60), at(2, 1, 0, 60),
		at(2, 2, 100, 160), at(3, 2, 100, 160), // after 2 met 1
		at(4, 3, 500, 560), at(3, 3, 500, 560), // third generation
		at(2, 4, -100, -40), at(5, 4, -100, -40), // before
	}
	got, err := trace.Generations(t.Context(), s, []trace.Token{person(1)}, minutes(-200, 1000), trace.Forward{Rule: quarter, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Who != person(2) || got[1].Who != person(3) || got[1].Generation != 2 || got[1].Via != person(2) {
		t.Errorf("generations = %+v, want 2 then 3", got)
	}
	late := trace.Forward{Rule: quarter, Depth: 5, Latent: 200 * trace.Minute}
	if got, err := trace.Generations(t.Context(), s, []trace.Token{person(1)}, minutes(-200, 1000), late); err != nil || len(got) != 1 {
		t.Errorf("with a latent time longer than the next meeting: %d contacts, %v, want 1", len(got), err)
	}
	tight := trace.Forward{Rule: quarter, Depth: 5, Most: 2}
	got, err = trace.Generations(t.Context(), s, []trace.Token{person(1)}, minutes(-200, 1000), tight)
	if !fault.Is(err, fault.Conflict) || len(got) != 2 {
		t.Errorf("a search past its bound gives %d contacts and %v, want the 2 of complete generations and a conflict", len(got), err)
	}
}

// drawStays draws a small world in which people often meet.
func drawStays(t *rapid.T) stays {
	s := make(stays, rapid.IntRange(0, 40).Draw(t, "stays"))
	for i := range s {
		from := trace.Instant(rapid.IntRange(0, 200).Draw(t, "from"))
		s[i] = at(byte(rapid.IntRange(1, 8).Draw(t, "who")), byte(rapid.IntRange(1, 3).Draw(t, "where")),
			from, from+trace.Instant(rapid.IntRange(0, 90).Draw(t, "length")))
	}
	return s
}

func TestExposureAgreesWithComparingEveryPair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStays(t)
		w := minutes(trace.Instant(rapid.IntRange(0, 100).Draw(t, "from")), trace.Instant(rapid.IntRange(0, 300).Draw(t, "until")))
		r := trace.Rule{AtLeast: trace.Instant(rapid.IntRange(1, 60).Draw(t, "least")) * trace.Minute}
		want := map[trace.Token]trace.Instant{}
		for _, a := range s {
			for _, b := range s {
				together := a.Overlap(b.Window).Overlap(w).Length()
				if a.Who == person(1) && b.Who != person(1) && a.Place == b.Place && together >= r.AtLeast {
					want[b.Who] += together
				}
			}
		}
		contacts, err := trace.Exposed(context.Background(), s, []trace.Token{person(1)}, w, r)
		if err != nil {
			t.Fatal(err)
		}
		got := map[trace.Token]trace.Instant{}
		for _, c := range contacts {
			got[c.Who] = c.Total
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("time together (-want +got):\n%s", diff)
		}
		if !slices.IsSortedFunc(contacts, func(a, b trace.Contact) int { return int(b.Total - a.Total) }) {
			t.Error("the contacts are not ranked")
		}
	})
}

func TestMeetingIsMutual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStays(t)
		met := func(a, b byte) bool {
			contacts, err := trace.Exposed(context.Background(), s, []trace.Token{person(a)}, minutes(0, 1000), quarter)
			if err != nil {
				t.Fatal(err)
			}
			return slices.ContainsFunc(contacts, func(c trace.Contact) bool { return c.Who == person(b) })
		}
		if met(1, 2) != met(2, 1) {
			t.Error("one met the other, and the other did not meet the one")
		}
	})
}

func TestBackwardFindsThePlantedSource(t *testing.T) {
	s, cases := market(12, 7)
	got, err := trace.Backward(t.Context(), s, s, cases, 4*trace.Hour)
	if err != nil || len(got) == 0 {
		t.Fatalf("Backward gives %d leads, %v", len(got), err)
	}
	if got[0].Place != site(200) || got[0].Cases < 10 || got[0].Adjusted > 1e-6 {
		t.Errorf("the first lead is %+v, want the planted site with a small p", got[0])
	}
}

func TestBackwardSeldomAccusesByChance(t *testing.T) {
	accused := 0
	const worlds = 60
	for seed := range uint64(worlds) {
		s, cases := market(0, seed)
		got, err := trace.Backward(t.Context(), s, s, cases, 4*trace.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > 0 && got[0].Adjusted < 0.05 {
			accused++
		}
	}
	if accused > 7 { // binomial(60, 0.05) exceeds 7 with probability 0.01
		t.Errorf("%d of %d worlds without a source have a lead below 0.05", accused, worlds)
	}
}

// market makes a city of 250 people who go to 40 sites, some far busier than
// others, and 12 cases of whom some went to one quiet site at the same time.
func market(infected int, seed uint64) (stays, []trace.Suspect) {
	rng := stat.NewStream(seed, "market")
	var s stays
	for p := range 250 {
		for range 8 {
			busy := int(math.Floor(40 * rng.Float64() * rng.Float64()))
			from := trace.Instant(rng.IntN(7 * 24 * 60))
			s = append(s, at(byte(p), byte(busy), from, from+45))
		}
	}
	var cases []trace.Suspect
	for p := range 12 {
		cases = append(cases, trace.Suspect{Who: person(byte(p)), Window: minutes(0, 7*24*60)})
		if p < infected {
			s = append(s, at(byte(p), 200, 1500, 1560))
		}
	}
	return s, cases
}

func TestOccupancyCountsByStep(t *testing.T) {
	party := at(2, 1, 30, 90)
	party.Party = 3
	s := []trace.Stay{at(1, 1, -10, 60), party, at(3, 1, 60, 75)}
	got := trace.Occupancy(s, minutes(0, 120), 60*trace.Minute)
	want := []trace.Headcount{
		{Window: minutes(0, 60), Entered: 3, Peak: 4, Mean: 1 + 3*0.5},
		{Window: minutes(60, 120), Entered: 1, Peak: 4, Mean: 3*0.5 + 0.25},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headcounts (-want +got):\n%s", diff)
	}
	if got := trace.Present(s, 45*trace.Minute); got != 4 {
		t.Errorf("Present() = %d, want 4", got)
	}
	if got := trace.Occupancy(s, minutes(5, 5), 1); got != nil {
		t.Errorf("an empty window gives %v", got)
	}
}

func TestOccupancyAgreesWithAskingEveryMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStays(t)
		for i, h := range trace.Occupancy(s, minutes(0, 300), 60*trace.Minute) {
			peak, sum := 0, 0
			for m := range trace.Instant(60) {
				n := trace.Present(s, h.From+m*trace.Minute)
				peak, sum = max(peak, n), sum+n
			}
			if h.Peak != peak || math.Abs(h.Mean-float64(sum)/60) > 1e-9 {
				t.Errorf("hour %d: peak %d, mean %g, want %d, %g", i, h.Peak, h.Mean, peak, float64(sum)/60)
			}
		}
	})
}

func TestTokensReadBackAsTheyPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := trace.Token(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "token"))
		if got, err := trace.ParseToken(want.String()); err != nil || got != want {
			t.Errorf("ParseToken(%s) = %v, %v", want, got, err)
		}
	})
	for _, bad := range []string{"", "0", "01234567-89ab-cdef-0123-456789abcdeg", "0123456789abcdef0123456789abcdef", "01234567-89ab-cdef-0123456-789abcdef"} {
		if _, err := trace.ParseToken(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("ParseToken(%q) gives %v, want invalid", bad, err)
		}
	}
}
