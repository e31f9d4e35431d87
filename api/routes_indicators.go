package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/detect"
)

func (s *server) indicatorRoutes() {
	const group = "indicators"
	open(s, door{method: "GET", path: "/v1/indicators", name: "listIndicators", right: access.ReadCounts, group: group,
		summary: "The standing questions put to the streams, with when each last spoke and last had data."}, s.listIndicators)
	open(s, door{method: "GET", path: "/v1/indicators/{id}/verdicts", name: "getVerdicts", right: access.ReadCounts, group: group,
		summary: "What an indicator said of each day of an area when the day could first be judged, and what it says on what is known now."}, s.getVerdicts)
}

func (s *server) listIndicators(ctx context.Context, v visitor, in *StatusQuery) (List[Voice], error) {
	voices, err := s.Watch.Voices(ctx, v.actor, watch.SeriesQuery{AsOf: s.Center.Time(), Status: in.status()})
	return whole(convert(voices, wireVoice)), err
}

func (s *server) getVerdicts(ctx context.Context, v visitor, in *struct {
	ByID
	StatusQuery
	Area    string    `query:"area" maxLength:"40" doc:"The reader's widest area unless said."`
	Stratum string    `query:"stratum" maxLength:"60" doc:"One of the indicator's strata; its first unless said."`
	From    string    `query:"from" format:"date" doc:"60 days before the last unless said; at most 1100 days."`
	To      string    `query:"to" format:"date" doc:"The city's day unless said."`
	AsOf    time.Time `query:"as_of" doc:"The latest recording time that may be used; now unless said."`
}) (Verdicts, error) {
	q, err := s.seriesQuery(v, &curveQuery{StatusQuery: in.StatusQuery, Area: in.Area, From: in.From, To: in.To, AsOf: in.AsOf})
	if err != nil {
		return Verdicts{}, err
	}
	found, err := s.Watch.Verdicts(ctx, v.actor, watch.VerdictQuery{Indicator: in.ID, Stratum: detect.Stratum(in.Stratum), SeriesQuery: q})
	if err != nil {
		return Verdicts{}, err
	}
	return wireVerdicts(found), nil
}
