package api

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
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
	Cumulative  bool   `query:"cumulative" doc:"The counts are totals up to their day."`
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
	decoders := map[string]func(io.Reader, counts.Form) (counts.File, error){
		"application/json": counts.DecodeJSON,
		"text/csv":         counts.DecodeCSV,
	}
	kind, _, err := mime.ParseMediaType(in.ContentType)
	decode := decoders[kind]
	if err != nil || decode == nil {
		return newProblem(http.StatusUnsupportedMediaType, fault.Invalid, "the counts must come as application/json or text/csv")
	}
	form := counts.PerDay
	if in.Cumulative {
		form = counts.Cumulative
	}
	file, err := decode(bytes.NewReader(in.RawBody), form)
	into.Rows, into.Problems, into.Glitches = file.Rows, file.Problems, file.Glitches
	return err
}

// describeIngest adds the JSON form to the document; the CSV form is huma's own.
func (s *server) describeIngest() {
	doc := s.huma.OpenAPI()
	body := doc.Paths["/v1/counts"].Post.RequestBody
	body.Content["application/json"] = &huma.MediaType{Schema: doc.Components.Schemas.Schema(typeOf[CountRows](), true, "")}
}
