package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// CountRows is a file of counts as JSON.
type CountRows struct {
	Rows []CountRow `json:"rows"`
}

type ingestRequest struct {
	StatusQuery
	Source      string `query:"source" required:"true" maxLength:"60"`
	Preview     bool   `query:"preview" doc:"Load nothing; say what would happen."`
	GoodOnly    bool   `query:"good_only" doc:"Load the good rows although others are bad."`
	Why         string `query:"why" maxLength:"2000"`
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"text/csv"`
}

func (s *server) ingestCounts(ctx context.Context, v visitor, in *ingestRequest) (Receipt, error) {
	ingest := watch.Ingest{Source: observe.SourceID(in.Source), Status: in.status(), Why: in.Why, Key: v.key}
	switch {
	case in.Preview:
		ingest.Loading = watch.Preview
	case in.GoodOnly:
		ingest.Loading = watch.GoodRows
	}
	if err := decodeCounts(in, &ingest); err != nil {
		return Receipt{}, err
	}
	r, err := s.Watch.Ingest(ctx, v.actor, ingest)
	return wireReceipt(r, ingest.Loading), err
}

// decodeCounts reads the body in the form that its content type names.
func decodeCounts(in *ingestRequest, into *watch.Ingest) error {
	kind, _, err := mime.ParseMediaType(in.ContentType)
	if err != nil || kind != "application/json" {
		return newProblem(http.StatusUnsupportedMediaType, fault.Invalid, "the counts must come as application/json")
	}
	var file CountRows
	if err := strictJSON(in.RawBody, &file); err != nil {
		return err
	}
	for i, r := range file.Rows {
		row := counts.Row{Stream: counts.Stream(r.Stream), Area: place.Code(r.Area), Day: r.Day, Count: r.Count,
			Denominator: r.Denominator, Basis: place.Basis(r.Basis), Line: i + 1}
		if r.Reported != nil {
			row.Reported = r.Reported.UTC()
		}
		into.Rows = append(into.Rows, row)
	}
	return nil
}

// strictJSON reads one JSON value and refuses unknown fields and anything after it.
func strictJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fault.New(fault.Invalid, "the body cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); err != io.EOF {
		return fault.New(fault.Invalid, "the body must be one JSON value")
	}
	return nil
}

// describeIngest adds the JSON form to the document; the CSV form is huma's own.
func (s *server) describeIngest() {
	doc := s.huma.OpenAPI()
	body := doc.Paths["/v1/counts"].Post.RequestBody
	body.Content["application/json"] = &huma.MediaType{Schema: doc.Components.Schemas.Schema(typeOf[CountRows](), true, "")}
}
