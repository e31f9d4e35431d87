package api

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
)

// mostVisits is the largest batch of visits that a request may carry, in bytes.
const mostVisits = 8 << 20

// visitsUnderWay bounds the bodies of all requests with visits that are under way,
// in bytes. A visit takes some six times as much memory as in its batch.
const visitsUnderWay = 16 * mostVisits

// busy asks a sender to keep its batch for a moment.
func busy() error {
	return newProblem(http.StatusServiceUnavailable, fault.Conflict, "many visits are coming in; send the batch again in a moment")
}

func (s *server) visitRoutes() {
	open(s, door{method: "POST", path: "/v1/visits", name: "sendVisits", right: access.WriteVisits, deed: changes, group: "visits", most: mostVisits, room: &room{most: visitsUnderWay},
		summary: "Send check-ins, check-outs, corrections and withdrawals, one or many, as JSON or CBOR. The answer comes when they are durable; sending them again changes nothing. A batch has at most 100,000 records and 8 MiB; 503 asks to send the same batch again in a moment."}, s.sendVisits)
	doc := s.huma.OpenAPI()
	body := doc.Paths["/v1/visits"].Post.RequestBody
	body.Content["application/json"] = &huma.MediaType{Schema: doc.Components.Schemas.Schema(typeOf[[]VisitRecord](), true, "")}
}

// VisitRecord is one observation of a visit. In CBOR its fields go by the
// numbers 1 to 11 in this order, ids are 16 bytes and times microseconds UTC.
type VisitRecord struct {
	ID       string `json:"id" format:"uuid" doc:"Drawn by the sender; the same observation always has the same."`
	Act      string `json:"act,omitempty" enum:"check_in,check_out,correct,withdraw" default:"check_in"`
	Of       string `json:"of,omitempty" format:"uuid" doc:"The visit that is amended: the id of its check-in."`
	Day      string `json:"day,omitempty" format:"date" doc:"The day of the visit that is amended."`
	Site     string `json:"site,omitempty" format:"uuid"`
	Person   string `json:"person,omitempty" format:"uuid"`
	Enter    string `json:"enter,omitempty" format:"date-time"`
	Leave    string `json:"leave,omitempty" format:"date-time" doc:"For an open visit the automatic leave of the site's class."`
	Open     bool   `json:"open,omitempty" doc:"Nobody has checked out yet."`
	Entrance int    `json:"entrance,omitempty" minimum:"0" maximum:"65535"`
	Party    int    `json:"party,omitempty" minimum:"1" maximum:"255" default:"1"`
}

type visitsRequest struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"application/cbor"`
}

// VisitOutcomes says what became of each record, in their order.
type VisitOutcomes struct {
	Outcomes []string `json:"outcomes" enum:"stored,known,no_visit,impossible,counted,limited" doc:"known: stored before; no_visit: there is no such visit on that day to amend; impossible: it would end before it begins, or last more than 24 hours; limited: not stored, for the site sent too many at once, and may be sent again; counted: stored without the person, for no declaration covers the site."`
}

func (s *server) sendVisits(ctx context.Context, _ visitor, in *visitsRequest) (VisitOutcomes, error) {
	if s.Visits == nil {
		return VisitOutcomes{}, fault.New(fault.Conflict, "this server does not take visits")
	}
	batch, err := decodeVisits(in)
	if err != nil {
		return VisitOutcomes{}, err
	}
	outcomes, err := s.Visits.Take(ctx, s.Center.Time(), batch)
	if errors.Is(err, venue.ErrBusy) {
		return VisitOutcomes{}, busy()
	}
	if err != nil {
		return VisitOutcomes{}, err
	}
	answer := VisitOutcomes{Outcomes: make([]string, len(outcomes))}
	for i, o := range outcomes {
		answer.Outcomes[i] = o.String()
	}
	return answer, nil
}

// decodeVisits reads the body in the form that its content type names.
func decodeVisits(in *visitsRequest) ([]venue.Sent, error) {
	kind, _, err := mime.ParseMediaType(in.ContentType)
	switch {
	case err == nil && kind == "application/json":
		return venue.DecodeJSON(bytes.NewReader(in.RawBody))
	case err == nil && kind == "application/cbor":
		return venue.DecodeCBOR(in.RawBody)
	}
	return nil, newProblem(http.StatusUnsupportedMediaType, fault.Invalid, "visits must come as application/json or application/cbor")
}
