package picture_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command/picture"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/aberration/scan"
	"github.com/breakwater-eoc/breakwater/science/renewal"
	"github.com/breakwater-eoc/breakwater/science/stat"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/desktest"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// desk is a desk over the small city; its clock is that of the command.
func desk(t *testing.T, db *store.DB) (*desktest.Command, *picture.Desk) {
	c := desktest.New(t, db)
	return c, &picture.Desk{Center: c.Center, Store: db, Areas: c.Tree.Areas()}
}

func reader() access.Actor { return desktest.Officer(access.Epidemiologist, storetest.City) }

// asked is a question about local cases of the city on a day, as of now.
func asked(c *desktest.Command, day civil.Day) picture.Query {
	return picture.Query{Stream: counts.ConfirmedLocal, Area: storetest.City, Day: day, AsOf: c.Center.Time(), Status: observe.Actual}
}

// late lets days go by in which every case is told about one or two days late:
// seven of ten cases of a day are known a day later, the others after one more.
func late(c *desktest.Command, days int, area place.Code, cases func(i int) int64) {
	first := c.Day()
	for i := range days {
		c.Pass(24 * time.Hour)
		for back := 1; back <= 2 && back <= i+1; back++ {
			n := cases(i + 1 - back)
			if back == 1 {
				n = n * 7 / 10
			}
			c.CountsOf(first+civil.Day(i+1-back), counts.ConfirmedLocal, area, n, observe.Actual)
		}
	}
}

func TestCourseExpectsWhatIsStillToBeReported(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, d := desk(t, db)
		late(c, 30, storetest.East, func(int) int64 { return 20 })
		got, err := d.Course(t.Context(), reader(), question(c))
		if err != nil {
			t.Fatal(err)
		}
		yesterday := got.Nowcast[len(got.Nowcast)-1]
		if yesterday.Day != c.Day()-1 || yesterday.Seen != 14 || yesterday.Low > 20 || yesterday.High < 20 || yesterday.Median < 16 {
			t.Errorf("yesterday %v: %g seen, %g expected (%g to %g); want 14 seen and about 20", yesterday.Day, yesterday.Seen, yesterday.Median, yesterday.Low, yesterday.High)
		}
		last := got.Reproduction[len(got.Reproduction)-1]
		if !(last.Low < 1 && 1 < last.High) || math.Abs(last.WeekMean-1) > 0.2 {
			t.Errorf("R of an even course %.2f (%.2f to %.2f), over the week %.2f; want about 1", last.Mean, last.Low, last.High, last.WeekMean)
		}
		if len(got.Ahead) != 7 || got.Ahead[6].Low > 20 || got.Ahead[6].High < 20 {
			t.Errorf("days to come %+v, want 7 about 20", got.Ahead)
		}
		if len(got.Earlier) != 7 || got.Kept.Days == 0 || got.Kept.Error >= got.Kept.Uncorrected {
			t.Errorf("%d earlier nowcasts, kept %+v; want 7 that are nearer than no correction", len(got.Earlier), got.Kept)
		}
	})
}

func question(c *desktest.Command) picture.CourseQuery {
	return picture.CourseQuery{Query: asked(c, c.Day()), Mean: 4.7, SD: 2.9, Ahead: 7, Earlier: 7}
}

// TestEarlierNowcastsDoNotLookAhead changes everything that was recorded after a
// day, and asks again what was said on it.
func TestEarlierNowcastsDoNotLookAhead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, d := desk(t, db)
		late(c, 20, storetest.East, func(i int) int64 { return int64(5 + i) })
		then, err := d.Course(t.Context(), reader(), question(c))
		if err != nil {
			t.Fatal(err)
		}
		that := c.Day()
		c.Pass(24 * time.Hour)
		for back := range civil.Day(18) {
			c.CountsOf(that-back, counts.ConfirmedLocal, storetest.East, 500, observe.Actual)
		}
		q := question(c)
		q.AsOf = q.AsOf.Add(-24 * time.Hour)
		again, err := d.Course(t.Context(), reader(), q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(then.Nowcast, again.Nowcast); diff != "" {
			t.Errorf("what was recorded later changed the nowcast of the day (-then +now):\n%s", diff)
		}
		q = question(c)
		q.Earlier = 1
		later, err := d.Course(t.Context(), reader(), q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(then.Nowcast, later.Earlier[0].Nowcast); diff != "" {
			t.Errorf("the earlier nowcast is not what was said on its day (-then +now):\n%s", diff)
		}
	})
}

// TestACourseIsRememberedAndNeverOutOfDate asks a desk again and again while
// counts come in and are corrected, and each time a desk that was never asked.
func TestACourseIsRememberedAndNeverOutOfDate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, d := desk(t, db)
		late(c, 20, storetest.East, func(i int) int64 { return int64(5 + i) })
		for _, step := range []func(){
			func() {},
			func() {},
			func() { c.CountsOf(c.Day()-3, counts.ConfirmedLocal, storetest.East, 90, observe.Actual) },
			func() { c.CountsOf(c.Day()-1, counts.ConfirmedLocal, storetest.West, 4, observe.Actual) },
			func() { c.Pass(24 * time.Hour) },
		} {
			step()
			got, err := d.Course(t.Context(), reader(), question(c))
			if err != nil {
				t.Fatal(err)
			}
			fresh := picture.Desk{Center: d.Center, Store: d.Store, Areas: d.Areas}
			want, err := fresh.Course(t.Context(), reader(), question(c))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
				t.Fatalf("the desk that was asked before differs (-never asked +asked before):\n%s", diff)
			}
		}
	})
}

func TestCourseOfNothingSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, d := desk(t, db)
		got, err := d.Course(t.Context(), reader(), question(c))
		if err != nil {
			t.Fatal(err)
		}
		r := got.Reproduction[len(got.Reproduction)-1]
		if len(got.Nowcast) != 0 || len(got.Ahead) != 0 || len(got.Earlier) != 0 || !math.IsNaN(r.Mean) || len(got.Days) != len(got.Reproduction) {
			t.Errorf("an empty stream has a nowcast of %d days, R %v and %d days to come", len(got.Nowcast), r.Mean, len(got.Ahead))
		}
	})
}

func TestCorrectionsDownwardsLeaveNoNegativeReports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, d := desk(t, db)
		late(c, 20, storetest.East, func(int) int64 { return 10 })
		c.CountsOf(c.Day()-6, counts.ConfirmedLocal, storetest.East, 2, observe.Actual)
		got, err := d.Course(t.Context(), reader(), question(c))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(got.Nowcast, func(n renewal.Nowcast) bool { return n.Day == c.Day()-6 })
		if n := got.Nowcast[i]; n.Seen != 2 || n.Low < 2 {
			t.Errorf("a day corrected to 2 has %g seen and at least %g expected", n.Seen, n.Low)
		}
	})
}

func TestClustersFindTheDistrictThatStandsOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, d := desk(t, db)
		d.Areas = ring()
		tree, err := place.NewTree(d.Areas)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.PutAreas(t.Context(), d.Areas); err != nil {
			t.Fatal(err)
		}
		c.Center.Lineage, c.Watch.Areas = tree.Lineage, d.Areas
		noise := stat.NewStream(4, "ring")
		for i := range 28 {
			for j := range 8 {
				n := int64(noise.Poisson(2))
				if i >= 24 && j < 2 {
					n += 9
				}
				c.CountsOf(c.Day()-civil.Day(27-i), counts.ConfirmedLocal, ringCode(j), n, observe.Actual)
			}
		}
		for _, model := range []scan.Model{scan.PopulationPoisson, scan.ExpectationPoisson, scan.Permutation} {
			m, err := d.Clusters(t.Context(), reader(), picture.ClusterQuery{Query: asked(c, c.Day()), Rank: place.District, Model: model, Days: 28, Longest: 7})
			if err != nil {
				t.Fatal(err)
			}
			top := m.Clusters[0]
			if !slices.Equal(top.Areas, []place.Code{ringCode(0), ringCode(1)}) || top.Window.Days() != 4 || top.PValue > 0.01 || top.Risk < 1.5 || top.Observed <= top.Expected {
				t.Errorf("%s found %+v, want the first two districts over 4 days", model, top)
			}
			if len(m.Places) != 8 || len(m.Left) != 0 || m.Places[0].Observed <= m.Places[0].Expected {
				t.Errorf("%s: %d places, %d left out, the first %+v", model, len(m.Places), len(m.Left), m.Places[0])
			}
		}
	})
}

func ringCode(j int) place.Code { return place.Code(fmt.Sprintf("21022%d", j)) }

// ring is a city of eight districts around a bay.
func ring() []place.Area {
	areas := []place.Area{storetest.Areas()[0]}
	for j := range 8 {
		sin, cos := math.Sincos(float64(j) * math.Pi / 4)
		areas = append(areas, place.Area{Code: ringCode(j), Parent: storetest.City, Kind: place.District, Names: areas[0].Names, Population: 100_000,
			PopulationBasis: place.Stated, Setting: place.Urban, Lat: 38.9 + 0.2*sin, Lon: 121.6 + 0.2*cos, TileX: -1, TileY: -1, Basis: place.Stated})
	}
	return areas
}

func TestClustersOfNothingAreNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, d := desk(t, db)
		d.Areas = append(ring(), place.Area{Code: "nowhere", Parent: storetest.City, Kind: place.District})
		m, err := d.Clusters(t.Context(), reader(), picture.ClusterQuery{Query: asked(c, c.Day()), Rank: place.District, Model: scan.PopulationPoisson, Days: 28, Longest: 7})
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Clusters) != 0 || len(m.Places) != 8 || !slices.Equal(m.Left, []place.Code{"nowhere"}) {
			t.Errorf("a quiet city has %d clusters, %d places, left out %v", len(m.Clusters), len(m.Places), m.Left)
		}
	})
}

func TestPicturesRefuseWhatCannotBe(t *testing.T) {
	c, d := desk(t, storetest.SQLite(t))
	course := func(change func(*picture.CourseQuery)) error {
		q := question(c)
		change(&q)
		_, err := d.Course(t.Context(), reader(), q)
		return err
	}
	clusters := func(change func(*picture.ClusterQuery)) error {
		q := picture.ClusterQuery{Query: asked(c, c.Day()), Rank: place.District, Model: scan.Permutation, Days: 28, Longest: 7}
		change(&q)
		_, err := d.Clusters(t.Context(), reader(), q)
		return err
	}
	for name, tc := range map[string]struct {
		err  error
		want fault.Kind
	}{
		"a serial interval of a day":    {course(func(q *picture.CourseQuery) { q.Mean = 1 }), fault.Invalid},
		"one without spread":            {course(func(q *picture.CourseQuery) { q.SD = 0 }), fault.Invalid},
		"a forecast of a year":          {course(func(q *picture.CourseQuery) { q.Ahead = 365 }), fault.Invalid},
		"a hundred earlier days":        {course(func(q *picture.CourseQuery) { q.Earlier = 100 }), fault.Invalid},
		"a stream that is none":         {course(func(q *picture.CourseQuery) { q.Stream = "rumours" }), fault.NotFound},
		"an area that is none":          {course(func(q *picture.CourseQuery) { q.Area = "999" }), fault.NotFound},
		"clusters of three days":        {clusters(func(q *picture.ClusterQuery) { q.Days = 3 }), fault.Invalid},
		"clusters longer than half":     {clusters(func(q *picture.ClusterQuery) { q.Longest = 20 }), fault.Invalid},
		"a model that is none":          {clusters(func(q *picture.ClusterQuery) { q.Model = "oracle" }), fault.Invalid},
		"clusters of cities":            {clusters(func(q *picture.ClusterQuery) { q.Rank = place.City }), fault.Invalid},
		"clusters of an unknown stream": {clusters(func(q *picture.ClusterQuery) { q.Stream = "rumours" }), fault.NotFound},
	} {
		if !fault.Is(tc.err, tc.want) {
			t.Errorf("%s: error %v, want %v", name, tc.err, tc.want)
		}
	}
	stranger := desktest.Officer(access.AreaOfficer, storetest.West)
	q := question(c)
	q.Area = storetest.East
	if _, err := d.Course(t.Context(), stranger, q); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the officer of another district: error %v, want forbidden", err)
	}
}
