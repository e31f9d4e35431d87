package venue

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/table"
	"github.com/breakwater-eoc/breakwater/trust"
)

// Sent is an observation as its sender writes it: with the person's number, and
// with times of the clock. It is personal data until [Admission.Name] has put a
// pseudonym in the number's place. In CBOR the fields go by their numbers, ids
// are 16 bytes and times microseconds UTC.
type Sent struct {
	ID       trace.Token `json:"id" cbor:"1,keyasint"`
	Act      string      `json:"act,omitempty" cbor:"2,keyasint,omitzero"` // check_in when left out
	Of       trace.Token `json:"of,omitzero" cbor:"3,keyasint,omitzero"`
	Day      civil.Day   `json:"day,omitzero" cbor:"4,keyasint,omitzero"` // of the visit that is amended
	Site     trace.Token `json:"site,omitzero" cbor:"5,keyasint,omitzero"`
	Person   trace.Token `json:"person,omitzero" cbor:"6,keyasint,omitzero"`
	Enter    Moment      `json:"enter,omitzero" cbor:"7,keyasint,omitzero"`
	Leave    Moment      `json:"leave,omitzero" cbor:"8,keyasint,omitzero"` // for an open visit the automatic leave
	Open     bool        `json:"open,omitempty" cbor:"9,keyasint,omitzero"`
	Entrance uint16      `json:"entrance,omitempty" cbor:"10,keyasint,omitzero"`
	Party    uint8       `json:"party,omitempty" cbor:"11,keyasint,omitzero"` // 1 when left out
}

// Moment is an instant that is written as RFC 3339 in JSON and as microseconds
// in CBOR.
type Moment trace.Instant

// MarshalJSON writes RFC 3339 in UTC.
func (m Moment) MarshalJSON() ([]byte, error) { return trace.Instant(m).Time().MarshalJSON() }

// UnmarshalJSON reads RFC 3339.
func (m *Moment) UnmarshalJSON(b []byte) error {
	var t time.Time
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	*m = Moment(trace.InstantOf(t))
	return nil
}

var acts = map[string]Act{"": CheckIn, "check_in": CheckIn, "check_out": CheckOut, "correct": Correct, "withdraw": Withdraw}

// Desk turns what was sent into observations under the pseudonyms of their days.
type Desk struct {
	Keys *trust.DayKeys
	Zone *time.Location // whose days count
}

func checkPerson(s Sent) error {
	if s.Person == (trace.Token{}) {
		return fault.New(fault.Invalid, "the visit has no person")
	}
	return nil
}

// name puts the day's pseudonym of the person into an observation.
func (d Desk) name(o *Observation, person trace.Token) error {
	key, err := d.Keys.Ensure(o.Day)
	if err != nil {
		return err
	}
	o.Who = key.Pseudonym(trust.Person(person))
	return nil
}

// Became is what an outcome is called for an observation: a check-in of nobody
// that was stored was counted.
func (o Observation) Became(outcome Outcome) Outcome {
	if outcome == Stored && o.Act == CheckIn && o.Who == Nobody {
		return Counted
	}
	return outcome
}

// Count gives the observation of one record without looking at the person: a
// check-in becomes a visit of [Nobody], which counts and cannot be traced.
func (d Desk) Count(s Sent) (Observation, error) {
	o := Observation{Of: ObservationID(s.Of)}
	act, ok := acts[s.Act]
	if !ok {
		return o, fault.New(fault.Invalid, "the act is none of check_in, check_out, correct and withdraw")
	}
	o.Act = act
	o.ID, o.Site, o.Day = ObservationID(s.ID), SiteID(s.Site), s.Day
	o.Enter, o.Leave, o.Open = trace.Instant(s.Enter), trace.Instant(s.Leave), s.Open
	o.Entrance, o.Party = s.Entrance, max(1, s.Party)
	if act == CheckIn {
		o.Day = civil.DayOf(o.Enter.Time(), d.Zone)
	}
	return o, o.Check()
}

// DecodeJSON reads a batch as a JSON array. A record that cannot be read is
// Invalid by its place; what it holds is not repeated, for it may name somebody.
func DecodeJSON(r io.Reader) ([]Sent, error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return nil, notABatch("JSON", 0, "it must be an array of records")
	}
	var batch []Sent
	for d.More() {
		if len(batch) == MostInBatch {
			return nil, tooMany()
		}
		var s Sent
		if err := d.Decode(&s); err != nil {
			return nil, notABatch("JSON", len(batch)+1, wrongInJSON(err))
		}
		batch = append(batch, s)
	}
	if t, err := d.Token(); err != nil || t != json.Delim(']') {
		return nil, notABatch("JSON", 0, "the array has no end")
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, notABatch("JSON", 0, "there is more behind the array")
	}
	return batch, nil
}

func wrongInJSON(err error) string {
	var kind *json.UnmarshalTypeError
	var form *json.SyntaxError
	switch {
	case errors.As(err, &kind):
		return fmt.Sprintf("its field %q is of another kind or out of range", kind.Field)
	case errors.As(err, &form), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "it is no JSON object, or is cut short"
	case strings.HasPrefix(err.Error(), "json: unknown field"):
		return "it has a field that visits do not have"
	}
	return "an id must be a UUID, a day YYYY-MM-DD and a time as of RFC 3339"
}

func notABatch(form string, record int, problem string) error {
	return fault.At("this is not a batch of visits in "+form, fault.Place{Line: record, Problem: problem})
}

func tooMany() error {
	return fault.New(fault.Invalid, "the batch has more than the %d records that it may have", MostInBatch)
}

// DecodeCBOR reads a batch as a CBOR array (RFC 8949). A record that cannot be
// read is Invalid by its place.
func DecodeCBOR(b []byte) ([]Sent, error) {
	mode, err := cbor.DecOptions{
		MaxArrayElements: MostInBatch, MaxMapPairs: 16, MaxNestedLevels: 4,
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
	}.DecMode()
	if err != nil {
		return nil, fmt.Errorf("prepare CBOR: %w", err)
	}
	var batch []Sent
	if err := mode.Unmarshal(b, &batch); err == nil {
		return batch, nil
	}
	var records []cbor.RawMessage // looked at only to say which one is wrong
	if err := mode.Unmarshal(b, &records); err != nil {
		return nil, notABatch("CBOR", 0, fmt.Sprintf("it must be an array of definite length with at most %d records, and nothing behind it", MostInBatch))
	}
	for i, record := range records {
		var s Sent
		if err := mode.Unmarshal(record, &s); err != nil {
			return nil, notABatch("CBOR", i+1, "it must be a map with the numbers 1 to 11, each once and of its kind")
		}
	}
	return nil, notABatch("CBOR", 0, "it cannot be read")
}

// columns of a table of visits.
var (
	neededColumns = []string{"id", "site", "person", "enter", "leave"}
	otherColumns  = []string{"act", "of", "day", "open", "entrance", "party"}
)

// DecodeCSV reads a table of visits and calls yield with each good row, by its
// line, until it returns an error. Bad rows are named together at the end.
func DecodeCSV(r io.Reader, yield func(line int, s Sent) error) error {
	const mostRows, mostBytes = 1 << 31, 1 << 40 // rows pass one by one
	t, err := table.NewReader(r, table.Layout{Need: neededColumns, May: otherColumns, MostRows: mostRows, MostBytes: mostBytes})
	if err != nil {
		return err
	}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return t.Fault()
		}
		if err != nil {
			return err
		}
		before := len(t.Problems())
		s := sentRow(row)
		if len(t.Problems()) > before {
			continue
		}
		if err := yield(row.Line, s); err != nil {
			return err
		}
	}
}

func sentRow(row table.Row) Sent {
	s := Sent{ID: table.As(row, "id", trace.ParseToken), Act: row.Text("act"), Party: 1}
	optional := func(column string) (t trace.Token) {
		if row.Text(column) != "" {
			t = table.As(row, column, trace.ParseToken)
		}
		return t
	}
	moment := func(column string) (m Moment) {
		if row.Text(column) != "" {
			m = table.As(row, column, parseMoment)
		}
		return m
	}
	s.Of, s.Site, s.Person = optional("of"), optional("site"), optional("person")
	s.Enter, s.Leave = moment("enter"), moment("leave")
	if row.Text("day") != "" {
		s.Day = table.As(row, "day", civil.ParseDay)
	}
	if row.Text("open") != "" {
		s.Open = table.OneOf(row, "open", "true", "false") == "true"
	}
	if row.Text("entrance") != "" {
		s.Entrance = uint16(row.Int("entrance", 0, 1<<16-1))
	}
	if row.Text("party") != "" {
		s.Party = uint8(row.Int("party", 1, 255))
	}
	return s
}

func parseMoment(text string) (Moment, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return 0, fault.New(fault.Invalid, "is not a time such as 2020-07-22T09:30:00+08:00")
	}
	return Moment(trace.InstantOf(t)), nil
}
