package detect

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

//go:embed indicators.yaml
var shipped []byte

// cityFile is the file of a city folder that holds the city's own indicators.
const cityFile = "indicators.yaml"

// usualCost is the cost of a false alarm where an indicator names none.
const usualCost = 0.02

// Shipped returns the indicators that come with the program.
func Shipped() ([]Indicator, error) { return ParseIndicators(shipped) }

// ParseIndicators reads indicators from YAML. The fault is Invalid and names
// each indicator that is wrong, the field, and in what.
func ParseIndicators(text []byte) ([]Indicator, error) {
	entries, err := decodeEntries(text)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the indicators are not readable: %s", err)
	}
	var all []Indicator
	var wrong []fault.Place
	for i := range entries {
		e := &entries[i]
		problems := e.check(entries[:i])
		if e.Off {
			problems = append(problems, fault.Place{Field: "off", Problem: "is for a city that does without an indicator of the program"})
		}
		wrong = append(wrong, e.named(i, "", append(problems, e.disagrees(all)...))...)
		all = append(all, e.Indicator)
	}
	return all, fault.At("the indicators cannot be used", wrong...)
}

// ForCity returns the indicators of a city: those that come with the program,
// changed by the file indicators.yaml of the city's folder if it has one. An
// entry with the id of one of the program's takes its place, or switches it off
// with "off: true"; any other is one more. The fault is Invalid and names the
// file, each entry that is wrong, the field, and in what.
func ForCity(folder fs.FS) ([]Indicator, error) {
	all, err := Shipped()
	if err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(folder, cityFile)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s of the city: %w", cityFile, err)
	}
	entries, err := decodeEntries(text)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s is not readable: %s", cityFile, err)
	}
	var wrong []fault.Place
	for i := range entries {
		e := &entries[i]
		at := slices.IndexFunc(all, func(ind Indicator) bool { return ind.ID == e.ID })
		problems := e.check(entries[:i])
		switch {
		case e.Off && at < 0:
			problems = append(problems, fault.Place{Field: "off", Problem: "the program has no indicator of this id"})
		case e.Off:
			all = slices.Delete(all, at, at+1)
		case at >= 0:
			e.Origin = Replaced
			all[at] = e.Indicator
		default:
			e.Origin = OfCity
			all = append(all, e.Indicator)
		}
		wrong = append(wrong, e.named(i, cityFile, problems)...)
	}
	// How a stream groups can only be compared when all entries are in place.
	for i := range entries {
		if e := &entries[i]; !e.Off {
			wrong = append(wrong, e.named(i, cityFile, e.disagrees(all))...)
		}
	}
	if len(all) == 0 {
		wrong = append(wrong, fault.Place{Field: cityFile, Problem: "switches every indicator off; nothing would be watched"})
	}
	return all, fault.At("the city's indicators cannot be used", wrong...)
}

// entry is an indicator as it stands in a file.
type entry struct {
	Indicator `yaml:",inline"`
	// Off does without the program's indicator of the same id.
	Off bool `yaml:"off"`
}

// decodeEntries reads the list of a file. The decoder (goccy/go-yaml 1.19) panics
// on some texts, such as a tagged mapping where a list is wanted; these are not
// readable either.
func decodeEntries(text []byte) (entries []entry, err error) {
	defer func() {
		if recover() != nil {
			entries, err = nil, errors.New("a list of indicators is wanted, without tags")
		}
	}()
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&entries); err != nil {
		return nil, errors.New(yaml.FormatError(err, false, false))
	}
	return entries, nil
}

// named says of each problem which entry of which file it is in. Entries count
// from 1.
func (e *entry) named(i int, file string, problems []fault.Place) []fault.Place {
	if file != "" {
		file += ", "
	}
	for k := range problems {
		problems[k].Field = fmt.Sprintf("%sindicator %d %q, %s", file, i+1, e.ID, problems[k].Field)
	}
	return problems
}

// check completes the entry with what it leaves open and returns what is wrong
// with it.
func (e *entry) check(before []entry) []fault.Place {
	var problems []fault.Place
	if slices.ContainsFunc(before, func(other entry) bool { return other.ID == e.ID }) {
		problems = append(problems, fault.Place{Field: "id", Problem: "stands twice"})
	}
	if !e.Off {
		return append(problems, e.prepare()...)
	}
	if e.Stream != "" || e.Detector != "" || len(e.Areas) > 0 || len(e.Params) > 0 {
		problems = append(problems, fault.Place{Field: "off", Problem: "leaves nothing to say but the id"})
	}
	return problems
}

// disagrees says with which of the others of its stream the entry does not
// group alike.
func (e *entry) disagrees(others []Indicator) []fault.Place {
	for _, other := range others {
		if other.ID != e.ID && other.Stream == e.Stream && other.Group != e.Group {
			return []fault.Place{{Field: "group",
				Problem: fmt.Sprintf("groups by %s, and %q of the same stream by %s", e.Group, other.ID, other.Group)}}
		}
	}
	return nil
}

// prepare fills in the defaults, makes the judge, and returns what is wrong.
func (ind *Indicator) prepare() []fault.Place {
	var problems []fault.Place
	bad := func(field, format string, args ...any) {
		problems = append(problems, fault.Place{Field: field, Problem: fmt.Sprintf(format, args...)})
	}
	if ind.ID == "" {
		bad("id", "is missing")
	}
	if !counts.Known(ind.Stream) {
		bad("stream", "%q is none of %v", ind.Stream, counts.Streams())
	}
	if len(ind.Areas) == 0 {
		bad("areas", "is missing")
	}
	for _, kind := range ind.Areas {
		if !slices.Contains(place.Kinds(), kind) {
			bad("areas", "%q is none of %v", kind, place.Kinds())
		}
	}
	problems = append(problems, ind.wrongStrata()...)
	if missing := ind.Names.Missing(); len(missing) > 0 {
		bad("names", "has no name in %v", missing)
	}
	if ind.Harm < 1 || ind.Harm > 5 {
		bad("harm", "must be 1 to 5")
	}
	if ind.Cost == 0 {
		ind.Cost = usualCost
	}
	if !(ind.Cost > 0 && ind.Cost <= 1) {
		bad("cost", "must lie between 0 and 1")
	}
	if ind.Group == "" {
		ind.Group = place.City
	}
	if !slices.Contains([]place.Kind{place.City, place.District, place.Street}, ind.Group) {
		bad("group", "must be city, district or street")
	}
	ind.Origin = OfProgram
	if ind.Every == 0 {
		ind.Every = 1
	}
	if ind.Every != 1 && ind.Every != week {
		bad("every", "must be 1 or 7 days")
	}
	j, err := newJudge(ind.Detector, ind.Params)
	if err != nil {
		bad(whichField(err), "%s", err)
	}
	ind.judge = j
	return problems
}

// whichField tells a detector that there is not from parameters that it cannot use.
func whichField(err error) string {
	if fault.Is(err, fault.NotFound) {
		return "detector"
	}
	return "params"
}
