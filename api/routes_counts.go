package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
)

// mostImport is the largest file of counts that a request may carry, in bytes;
// larger ones are loaded from the command line.
const mostImport = 16 << 20

func (s *server) countRoutes() {
	const group = "counts"
	open(s, door{method: "GET", path: "/v1/counts/curve", name: "getCurve", right: access.ReadCounts, group: group,
		summary: "The epidemic curve of a stream in an area, with the band that was to be expected, as it was known at a time."}, s.getCurve)
	open(s, door{method: "GET", path: "/v1/counts/history", name: "getHistory", right: access.ReadCounts, group: group,
		summary: "Every version of the counts of a day, the newest first."}, s.getHistory)
	open(s, door{method: "POST", path: "/v1/counts", name: "ingestCounts", right: access.WriteCounts, deed: acts, group: group, most: mostImport,
		summary: "Take in a file of counts as JSON or CSV. Bad rows are named by line and column; nothing is loaded unless the good ones are asked for."}, s.ingestCounts)
	s.describeIngest()
	open(s, door{method: "GET", path: "/v1/counts/batches/{id}", name: "getBatch", right: access.ReadCounts, group: group,
		summary: "One act of taking in counts, with what came in."}, s.getBatch)
}

type curveQuery struct {
	StatusQuery
	Stream string    `query:"stream" required:"true" maxLength:"60"`
	Area   string    `query:"area" maxLength:"40" doc:"The reader's widest area unless said."`
	From   string    `query:"from" format:"date" doc:"60 days before the last unless said."`
	To     string    `query:"to" format:"date" doc:"The city's day unless said."`
	AsOf   time.Time `query:"as_of" doc:"The latest recording time that may be used; now unless said."`
}

func (s *server) seriesQuery(v visitor, in *curveQuery) (watch.SeriesQuery, error) {
	q := watch.SeriesQuery{Stream: counts.Stream(in.Stream), AsOf: in.AsOf.UTC(), Status: in.status()}
	var err error
	if q.Area, err = s.areaOf(v, in.Area, access.ReadCounts); err != nil {
		return q, err
	}
	if q.Window.Last, err = dayOr(in.To, "to", s.today()); err != nil {
		return q, err
	}
	if in.AsOf.IsZero() {
		q.AsOf = s.Center.Time()
	}
	q.Window.First, err = dayOr(in.From, "from", q.Window.Last-60)
	return q, err
}

func (s *server) getCurve(ctx context.Context, v visitor, in *curveQuery) (Curve, error) {
	q, err := s.seriesQuery(v, in)
	if err != nil {
		return Curve{}, err
	}
	c, err := s.Watch.Curve(ctx, v.actor, q)
	return wireCurve(c), err
}

func (s *server) getHistory(ctx context.Context, v visitor, in *struct {
	StatusQuery
	Stream string `query:"stream" required:"true" maxLength:"60"`
	Area   string `query:"area" required:"true" maxLength:"40"`
	Day    string `query:"day" required:"true" format:"date"`
}) (List[Observation], error) {
	day, err := dayOr(in.Day, "day", 0)
	if err != nil {
		return List[Observation]{}, err
	}
	versions, err := s.Watch.History(ctx, v.actor, watch.SeriesQuery{Stream: counts.Stream(in.Stream), Area: place.Code(in.Area),
		Window: civil.Trailing(day, 1), Status: in.status()})
	return whole(convert(versions, wireObservation)), err
}

func (s *server) getBatch(ctx context.Context, v visitor, in *struct {
	ID string `path:"id" maxLength:"40"`
}) (Batch, error) {
	b, rows, err := s.Watch.Batch(ctx, v.actor, counts.BatchID(in.ID))
	return wireBatch(b, rows), err
}

func (s *server) reportingRoutes() {
	const group = "reporting"
	open(s, door{method: "GET", path: "/v1/reporting/mine", name: "getDailyForm", right: access.ReportDaily, group: group,
		summary: "The daily form of the signed-in reporter, with what was said on the last days."}, s.getDailyForm)
	open(s, door{method: "POST", path: "/v1/reporting/daily", name: "reportDaily", right: access.ReportDaily, deed: acts, group: group,
		summary: "Report one day's counts. Zero is a report; a stream that is left out is not."}, s.reportDaily)
	open(s, door{method: "GET", path: "/v1/reporting/quality", name: "getQuality", right: access.ReadCounts, group: group,
		summary: "How complete and timely each source reported over a window."}, s.getQuality)
}

func (s *server) getDailyForm(ctx context.Context, v visitor, in *StatusQuery) (DailyForm, error) {
	today := s.today()
	source, said, err := s.Watch.Mine(ctx, v.actor, today, in.status())
	if err != nil {
		return DailyForm{}, err
	}
	known := map[civil.Day]map[string]counts.Observation{}
	for _, o := range said {
		if known[o.Day] == nil {
			known[o.Day] = map[string]counts.Observation{}
		}
		known[o.Day][string(o.Stream)] = o
	}
	form := DailyForm{Source: wireSource(source), Day: today, Streams: []Stream{}, Recent: []DailyDone{}}
	for _, id := range source.Streams {
		form.Streams = append(form.Streams, wireStream(counts.Stream(id)))
	}
	for back := range civil.Day(watch.MostDaily) {
		done := DailyDone{Day: today - back, Values: []DailyValue{}}
		for _, stream := range source.Streams {
			value := DailyValue{Stream: stream}
			if o, ok := known[today-back][stream]; ok {
				value.Count, value.Denominator = &o.Count, o.Denominator
			}
			done.Values = append(done.Values, value)
		}
		form.Recent = append(form.Recent, done)
	}
	return form, nil
}

func (s *server) reportDaily(ctx context.Context, v visitor, in *struct {
	Body struct {
		Day    civil.Day    `json:"day" format:"date"`
		Status string       `json:"status,omitempty" enum:"actual,exercise,test" default:"actual"`
		Values []DailyValue `json:"values" minItems:"1" maxItems:"50"`
	}
}) (Receipt, error) {
	ingest := watch.Ingest{Source: observe.SourceID(v.actor.Source), Status: observe.Status(in.Body.Status), Key: v.key}
	for i, value := range in.Body.Values {
		if value.Count == nil {
			continue // nothing was said of this stream
		}
		ingest.Rows = append(ingest.Rows, counts.Row{Stream: counts.Stream(value.Stream), Day: in.Body.Day,
			Count: *value.Count, Denominator: value.Denominator, Line: i + 1})
	}
	r, err := s.Watch.Daily(ctx, v.actor, ingest)
	return wireReceipt(r, ingest.Loading), err
}

func (s *server) getQuality(ctx context.Context, v visitor, in *struct {
	From string `query:"from" format:"date" doc:"14 days before the last unless said."`
	To   string `query:"to" format:"date" doc:"Yesterday unless said: today's reports are not due yet."`
}) (List[Quality], error) {
	last, err := dayOr(in.To, "to", s.today()-1)
	if err != nil {
		return List[Quality]{}, err
	}
	first, err := dayOr(in.From, "from", last-13)
	if err != nil {
		return List[Quality]{}, err
	}
	found, err := s.Watch.Quality(ctx, v.actor, civil.Window{First: first, Last: last})
	return whole(convert(found, func(q watch.Quality) Quality { return wireQuality(q, wireSource(s.Watch.Sources[q.Source])) })), err
}
