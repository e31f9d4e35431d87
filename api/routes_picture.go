package api

import (
	"cmp"
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/aberration/scan"
)

func (s *server) pictureRoutes() {
	const group = "picture"
	open(s, door{method: "GET", path: "/v1/clusters", name: "getClusters", right: access.ReadCounts, group: group,
		summary: "Where cases lie together: a prospective space-time scan over the areas of a rank, as it was known at a time."}, s.getClusters)
	open(s, door{method: "GET", path: "/v1/course", name: "getCourse", right: access.ReadCounts, group: group,
		summary: "How a course goes on: the reporting triangle, nowcasts of today and of earlier days, the reproduction number, the days to come."}, s.getCourse)
}

// PictureQuery is what both questions begin with.
type PictureQuery struct {
	StatusQuery
	Stream string    `query:"stream" required:"true" maxLength:"60"`
	Area   string    `query:"area" maxLength:"40" doc:"The reader's widest area unless said."`
	Day    string    `query:"day" format:"date" doc:"The last day that is looked at; the city's day unless said."`
	AsOf   time.Time `query:"as_of" doc:"The latest recording time that may be used; now unless said."`
}

func (s *server) pictureQuery(v visitor, in PictureQuery) (picture.Query, error) {
	q := picture.Query{Stream: counts.Stream(in.Stream), AsOf: in.AsOf.UTC(), Status: in.status()}
	if in.AsOf.IsZero() {
		q.AsOf = s.Center.Time()
	}
	var err error
	if q.Area, err = s.areaOf(v, in.Area, access.ReadCounts); err != nil {
		return q, err
	}
	q.Day, err = dayOr(in.Day, "day", s.today())
	return q, err
}

// pictureSeed makes the same question have the same answer.
const pictureSeed = 1

func (s *server) getClusters(ctx context.Context, v visitor, in *struct {
	PictureQuery
	Rank    string `query:"rank" enum:"district,street,community,grid" default:"district" doc:"The kind of area that is scanned."`
	Model   string `query:"model" enum:"pb_poisson,eb_poisson,permutation" doc:"What a place is compared with: people, its own past, or its own share of every day. By people for counts of people unless said, by share for other counts."`
	Days    int    `query:"days" default:"28" minimum:"7" maximum:"120" doc:"Days that are looked at."`
	Longest int    `query:"longest" default:"7" minimum:"1" maximum:"60" doc:"Longest cluster, in days; at most half of the days."`
}) (ClusterMap, error) {
	q, err := s.pictureQuery(v, in.PictureQuery)
	if err != nil {
		return ClusterMap{}, err
	}
	usual := scan.PopulationPoisson
	if q.Stream.Unit() != counts.People {
		usual = scan.Permutation
	}
	m, err := s.Picture.Clusters(ctx, v.actor, picture.ClusterQuery{Query: q, Rank: place.Kind(in.Rank),
		Model: cmp.Or(scan.Model(in.Model), usual), Days: in.Days, Longest: in.Longest, Seed: pictureSeed})
	return wireClusterMap(m), err
}

func (s *server) getCourse(ctx context.Context, v visitor, in *struct {
	PictureQuery
	Mean    float64 `query:"interval_mean" default:"4.7" doc:"Mean serial interval in days, above 1."`
	SD      float64 `query:"interval_sd" default:"2.9" doc:"Its standard deviation in days."`
	Ahead   int     `query:"ahead" default:"7" minimum:"1" maximum:"28" doc:"Days to come."`
	Earlier int     `query:"earlier" default:"7" minimum:"0" maximum:"14" doc:"How many earlier days are asked what they said."`
}) (Course, error) {
	q, err := s.pictureQuery(v, in.PictureQuery)
	if err != nil {
		return Course{}, err
	}
	c, err := s.Picture.Course(ctx, v.actor, picture.CourseQuery{Query: q, Mean: in.Mean, SD: in.SD, Ahead: in.Ahead,
		Earlier: in.Earlier, Seed: pictureSeed})
	return wireCourse(c), err
}
