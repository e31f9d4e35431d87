package detect_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
)

// folder is that of a city with a file of its own indicators.
func folder(text string) fstest.MapFS {
	return fstest.MapFS{"indicators.yaml": &fstest.MapFile{Data: []byte(text)}}
}

const ownYAML = `- id: asymptomatic-after-quiet
  names: {zh: a, en: First infection without symptoms, ja: a, ko: a}
  stream: asymptomatic.local
  areas: [city]
  detector: first-after-quiet
  params: {quiet: 14}
  harm: 4
- id: goods-positive
  names: {zh: a, en: Goods of our port, ja: a, ko: a}
  stream: goods.positive
  areas: [street]
  detector: any
  harm: 2
- {id: wastewater-rise, off: true}
`

func TestACityAddsReplacesAndSwitchesOff(t *testing.T) {
	usual, err := detect.ForCity(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := detect.ForCity(folder(ownYAML))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(all), len(usual)+1-1; got != want {
		t.Errorf("%d indicators, want %d: one more, one off", got, want)
	}
	find := func(id string) int {
		return slices.IndexFunc(all, func(ind detect.Indicator) bool { return ind.ID == id })
	}
	if find("wastewater-rise") >= 0 {
		t.Error("what was switched off is still there")
	}
	if i := find("goods-positive"); i < 0 || all[i].Names.En != "Goods of our port" || all[i].Harm != 2 || len(all[i].Areas) != 1 {
		t.Errorf("the city's own must take the place of the program's: %+v", all)
	}
	own := find("asymptomatic-after-quiet")
	if own < 0 {
		t.Fatal("the city's own is not there")
	}
	if _, ok := all[own].Evaluate("1", []counts.Point{{Day: day0, Count: 1}}, day0); !ok {
		t.Error("the city's own does not judge")
	}
}

func TestWhatIsWrongWithACitysIndicatorsIsNamedByFileEntryAndField(t *testing.T) {
	const good = "- {id: x, names: {zh: a, en: a, ja: a, ko: a}, stream: confirmed.local, areas: [city], detector: any, harm: 1}\n"
	for _, tc := range []struct{ name, text, want string }{
		{"a field that there is not", "- {id: x, weight: 3}", "indicators.yaml is not readable"},
		{"a list that is none", "id: x", "indicators.yaml is not readable"},
		{"a tagged mapping, at which the decoder panics", "! {id: x}", "indicators.yaml is not readable: a list"},
		{"an unknown detector", strings.Replace(good, "any", "oracle", 1), `indicators.yaml, indicator 1 "x", detector: no method is called "oracle"`},
		{"parameters that the detector does not take", strings.Replace(good, "detector: any", "detector: ears-c1, params: {depth: 3}", 1), `indicators.yaml, indicator 1 "x", params: `},
		{"a stream that there is not", strings.Replace(good, "confirmed.local", "rumours", 1), `indicator 1 "x", stream: "rumours"`},
		{"a rank of area that there is not", strings.Replace(good, "[city]", "[province]", 1), `indicator 1 "x", areas: "province"`},
		{"a cost beyond that of an outbreak", strings.Replace(good, "harm: 1", "harm: 1, cost: 2", 1), `indicator 1 "x", cost: must`},
		{"an id that stands twice", good + good, `indicator 2 "x", id: stands twice`},
		{"a grouping that the program's own contradict", strings.Replace(good, "harm: 1", "harm: 1, group: street", 1), `indicator 1 "x", group: groups by street`},
		{"a stratification that there is not", strings.Replace(good, "harm: 1", "harm: 1, by: age", 1), `indicator 1 "x", by: "age"`},
		{"a setting that there is not", strings.Replace(good, "harm: 1", "harm: 1, by: setting, only: [suburb]", 1), `indicator 1 "x", only: "suburb"`},
		{"strata of the whole", strings.Replace(good, "harm: 1", "harm: 1, only: [rural]", 1), `indicator 1 "x", only: "rural"`},
		{"an unknown one that is switched off", "- {id: x, off: true}", `indicator 1 "x", off: the program has no`},
		{"one that is switched off and described", "- {id: goods-positive, off: true, stream: goods.positive}", `indicator 1 "goods-positive", off: leaves`},
		{"the second of two, by its number", good + "- {id: y}", `indicator 2 "y", stream`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := detect.ForCity(folder(tc.text))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error = %v, want invalid with %q", err, tc.want)
			}
		})
	}
}

func TestTheExampleOfTheDocumentationHoldsTogether(t *testing.T) {
	page, err := os.ReadFile("../docs/cities.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, ok := strings.Cut(string(page), "```yaml\n")
	example, _, closed := strings.Cut(example, "```")
	if !ok || !closed {
		t.Fatal("docs/cities.md has no example")
	}
	if _, err := detect.ForCity(folder(example)); err != nil {
		t.Error(err)
	}
}

func TestACityCannotSwitchEverythingOff(t *testing.T) {
	usual, err := detect.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, ind := range usual {
		b.WriteString("- {id: " + ind.ID + ", off: true}\n")
	}
	if _, err := detect.ForCity(folder(b.String())); !fault.Is(err, fault.Invalid) {
		t.Errorf("error = %v, want invalid", err)
	}
}

func FuzzParseIndicators(f *testing.F) {
	f.Add("- {id: x, names: {zh: a, en: a, ja: a, ko: a}, stream: confirmed.local, areas: [city], detector: ears-c1, params: {baseline: 7}, harm: 1}")
	f.Add(ownYAML)
	f.Add("- {id: goods-positive, off: true}")
	f.Add("! {id: x}")
	f.Fuzz(func(t *testing.T, text string) {
		if all, err := detect.ParseIndicators([]byte(text)); err == nil {
			for _, ind := range all {
				ind.Evaluate("210200", series(1, 2, 3), day0+2)
			}
		}
		all, err := detect.ForCity(folder(text))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("the fault of a bad file must be invalid: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, ind := range all {
			if seen[ind.ID] || ind.Harm < 1 || ind.Cost <= 0 {
				t.Errorf("%q stands twice or is not complete: %+v", ind.ID, ind)
			}
			seen[ind.ID] = true
			ind.Evaluate("210200", series(1, 2, 3), day0+2)
		}
	})
}
