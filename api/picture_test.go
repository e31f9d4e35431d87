package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/store/storetest"
)

func TestPicturesAreAskedForByStreamAndDay(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	c := h.client("epi", access.Epidemiologist, storetest.City)
	for range 12 {
		day := h.clock(&h.now)().In(zone).Format(time.DateOnly)
		csv := "stream,area,day,count\n" + fmt.Sprintf("confirmed.local,%s,%s,%d\n", storetest.East, day, 6)
		if code := c.ingest("", csv, &Receipt{}); code != http.StatusOK {
			t.Fatalf("ingest: %d", code)
		}
		h.pass(24 * time.Hour)
	}
	var course Course
	if w := c.do("GET", "/v1/course?stream=confirmed.local&interval_mean=3&interval_sd=1.5&ahead=3&earlier=2", nil, &course); w.Code != http.StatusOK {
		t.Fatalf("course: %d %s", w.Code, w.Body)
	}
	if len(course.Days) != 42 || len(course.Triangle) != 15 || len(course.Nowcast) == 0 || len(course.Earlier) != 2 || len(course.Ahead) != 3 ||
		len(course.Reproduction) != 42 || course.IntervalMean != 3 || course.Reproduction[40].Mean == nil || course.Reproduction[0].Mean != nil {
		t.Errorf("a course of %d days with %d rows, nowcast of %d, %d earlier, %d to come", len(course.Days), len(course.Triangle), len(course.Nowcast), len(course.Earlier), len(course.Ahead))
	}
	if course.Ahead[0].Day != course.Day+1 {
		t.Errorf("the first day to come is %s after %s", course.Ahead[0].Day, course.Day)
	}
	var found ClusterMap
	if w := c.do("GET", "/v1/clusters?stream=confirmed.local&days=14&longest=3", nil, &found); w.Code != http.StatusOK {
		t.Fatalf("clusters: %d %s", w.Code, w.Body)
	}
	if found.Model != "pb_poisson" || found.Rank != "district" || found.Longest != 3 || found.To-found.From != 13 {
		t.Errorf("clusters %+v, want the usual model over 14 days", found)
	}
	if w := c.do("GET", "/v1/clusters?stream=fever.visits", nil, &found); w.Code != http.StatusOK || found.Model != "permutation" {
		t.Errorf("visits to a clinic are compared by %s (%d)", found.Model, w.Code)
	}
	for path, want := range map[string]string{
		"/v1/course": "stream",
		"/v1/course?stream=confirmed.local&day=soon":            "day",
		"/v1/course?stream=confirmed.local&interval_mean=1":     "interval_mean",
		"/v1/clusters?stream=confirmed.local&rank=city":         "rank",
		"/v1/clusters?stream=confirmed.local&days=14&longest=9": "longest",
		"/v1/clusters?stream=confirmed.local&model=eb_negbin":   "model",
		"/v1/course?stream=confirmed.local&ahead=99":            "ahead",
		"/v1/course?stream=confirmed.local&as_of=yesterday":     "as_of",
	} {
		if w := c.do("GET", path, nil, nil); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %s, want 422 that names %s", path, w.Code, w.Body, want)
		}
	}
	if w := c.do("GET", "/v1/course?stream=rumours", nil, nil); w.Code != http.StatusNotFound {
		t.Errorf("a stream that is none: %d", w.Code)
	}
}
