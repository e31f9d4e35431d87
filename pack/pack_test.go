package pack_test

import (
	"strings"
	"testing"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/pack"
	"github.com/breakwater-eoc/breakwater/pack/shipped"
)

// figures are those that the shipped packs ask, without the stages above.
var figures = []figure.Figure{
	{Name: "cases.confirmed.new", Unit: figure.People, Windowed: true},
	{Name: "cases.confirmed.total", Unit: figure.People},
	{Name: "cases.asymptomatic.new", Unit: figure.People, Windowed: true},
	{Name: "cases.clusters", Unit: figure.Clusters, Windowed: true},
	{Name: "samples.taken", Unit: figure.Samples, Windowed: true},
	{Name: "contacts.traced", Unit: figure.People, Windowed: true},
	{Name: "reports.completeness", Unit: figure.Share, Windowed: true},
}

func load(t *testing.T, id string) *pack.Pack {
	t.Helper()
	all, err := pack.LoadAll(shipped.Packs, figures)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("no shipped pack %s", id)
	return nil
}

func TestThresholdsOf2020A(t *testing.T) {
	p := load(t, "cn-risk-2020a")
	for _, tc := range []struct {
		name                string
		new14, total, clust float64
		want                string
	}{
		{"never a case is low", 0, 0, 0, "low"},
		{"fourteen days without a new case is low, whatever the total", 0, 92, 0, "low"},
		{"one new case is medium", 1, 1, 0, "medium"},
		{"fifty in all with a cluster is still medium", 9, 50, 2, "medium"},
		{"fifty-one in all with a cluster is high", 1, 51, 1, "high"},
		{"fifty-one in all without a cluster is medium", 1, 51, 0, "medium"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r, ok, err := p.Decide(map[string]float64{"new14": tc.new14, "total": tc.total, "clusters14": tc.clust})
			if err != nil || !ok || r.Level != tc.want {
				t.Errorf("level = %q (held %v, err %v), want %q", r.Level, ok, err, tc.want)
			}
		})
	}
}

func Test2020BLeavesTheLevelToJudgement(t *testing.T) {
	p := load(t, "cn-risk-2020b")
	r, ok, err := p.Decide(map[string]float64{"new14": 24, "asymptomatic14": 39})
	if err != nil || !ok || r.Level != pack.Judgement {
		t.Errorf("level = %q (held %v, err %v), want judgement", r.Level, ok, err)
	}
}

func TestAMissingInputIsNamed(t *testing.T) {
	_, _, err := load(t, "cn-risk-2020a").Decide(map[string]float64{"new14": 1})
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "total") {
		t.Errorf("error = %v, want invalid that names total", err)
	}
}

// valid is a small pack; tests break one line of it at a time.
const valid = `id: small
version: 1
names: {zh: a, en: a, ja: a, ko: a}
summary: {zh: a, en: a, ja: a, ko: a}
from: 2020-01-01
source: {title: t, issuer: i, confidence: stated}
unit: district
review_days: 7
expire_days: 14
levels:
  - {level: low, names: {zh: a, en: a, ja: a, ko: a}, wording: {zh: a, en: a, ja: a, ko: a}}
  - {level: high, names: {zh: a, en: a, ja: a, ko: a}, wording: {zh: a, en: a, ja: a, ko: a}}
inputs:
  - {name: n, figure: cases.confirmed.new, days: 14, names: {zh: a, en: a, ja: a, ko: a}}
  - {name: share, figure: reports.completeness, days: 7, names: {zh: a, en: a, ja: a, ko: a}}
rules:
  - {id: r, level: high, when: "n > 0 && share >= 0.5", wording: {zh: a, en: a, ja: a, ko: a}}
templates:
  - {id: t, measure: m, title: {zh: a, en: a, ja: a, ko: a}, levels: [high], party: place, ack_hours: 1, due_hours: 2, authority: small}
`

func TestWhatIsWrongWithAPackIsNamed(t *testing.T) {
	if _, err := pack.Parse([]byte(valid), figures); err != nil {
		t.Fatalf("the valid pack: %v", err)
	}
	for _, tc := range []struct{ name, old, new, want string }{
		{"an expression that is none", "n > 0 &&", "n > > 0 &&", "rules[0].when"},
		{"an expression that is no condition", "n > 0 && share >= 0.5", "n + 1", "true or false"},
		{"an input that is not declared", "n > 0", "m > 0", "undeclared"},
		{"a comparison of unlike types", "n > 0", "n > 'x'", "rules[0].when"},
		{"a figure that nobody answers", "cases.confirmed.new", "cases.imagined", "cases.imagined"},
		{"a level that the pack lacks", "id: r, level: high", "id: r, level: extreme", "extreme"},
		{"a text that misses a language", "names: {zh: a, en: a, ja: a, ko: a}", "names: {zh: a, en: a, ja: a}", "names"},
		{"a field that is misspelt", "review_days", "reviewdays", "reviewdays"},
		{"an expiry before the review", "expire_days: 14", "expire_days: 7", "expire_days"},
		{"a party that is none", "party: place", "party: everybody", "everybody"},
		{"a due time before the acknowledgement", "ack_hours: 1", "ack_hours: 9", "due_hours"},
		{"a version below one", "version: 1", "version: 0", "version"},
		{"no day of effect", "from: 2020-01-01\n", "", "from"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := strings.Replace(valid, tc.old, tc.new, 1)
			if text == valid {
				t.Fatal("the case changes nothing")
			}
			_, err := pack.Parse([]byte(text), figures)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error = %v, want invalid with %q", err, tc.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(valid)
	f.Add(strings.Replace(valid, "n > 0", "[n].all(x, x > 0)", 1))
	f.Fuzz(func(t *testing.T, text string) {
		p, err := pack.Parse([]byte(text), figures)
		if err != nil {
			return
		}
		values := map[string]float64{}
		for _, in := range p.Inputs {
			values[in.Name] = 0.5
		}
		_, _, _ = p.Decide(values) // must not panic
	})
}
