package drill_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/breakwater-eoc/breakwater/drill"
	"github.com/breakwater-eoc/breakwater/fault"
)

const course = `- name: x
  title: {zh: 一, en: One, ja: 一, ko: 일}
  series: x
  shown: 2020-07-01
  demo: 2020-07-22T08:00
  staff: {commander: c, epidemiologist: e, duty: d}
  otherwise: [{at: 2020-07-25T23:00, ask: "1", in: "1", level: high, why: judged}]
`

func courses(t *testing.T, text string) ([]drill.Course, error) {
	t.Helper()
	return drill.LoadCourses(fstest.MapFS{"replays.yaml": {Data: []byte(text)}}, town(t).Areas)
}

func TestCoursesAreRead(t *testing.T) {
	got, err := courses(t, course)
	if err != nil {
		t.Fatal(err)
	}
	c, err := drill.FindCourse(got, "x")
	if err != nil || c.Shown.String() != "2020-07-01" || c.Demo.In(time.UTC).Hour() != 8 || c.Otherwise[0].Level != "high" {
		t.Errorf("got %+v, %v", c, err)
	}
	if _, err := drill.FindCourse(got, "y"); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), `"x"`) {
		t.Errorf("an unknown replay gives %v", err)
	}
	if none, err := drill.LoadCourses(fstest.MapFS{}, town(t).Areas); none != nil || err != nil {
		t.Errorf("a city without replays gives %v, %v", none, err)
	}
}

func TestCoursesNameWhatIsWrong(t *testing.T) {
	for _, tc := range []struct{ name, from, to, want string }{
		{"an unknown setting", "series: x", "series: x\n  colour: red", "colour"},
		{"no title", "ko: 일", "ko: ''", "a title in four languages"},
		{"no instant", "2020-07-22T08:00", "tomorrow", "demo is not an instant"},
		{"a decision outside", `in: "1"`, `in: "2"`, `"2" does not lie within "1"`},
		{"a decision at no time", "2020-07-25T23:00", "late", "otherwise[0]: at is not an instant"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := courses(t, strings.Replace(course, tc.from, tc.to, 1))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), tc.want) {
				t.Errorf("got %v, want it to say %q", err, tc.want)
			}
		})
	}
}

func TestTheDemonstrationsPeopleAreRead(t *testing.T) {
	const text = `users: [{name: a, password: p, display: A, organisation: o, grants: [{role: commander, area: "1"}]}]
shifts: [{post: head, user: a}]`
	d, err := drill.LoadDemo(fstest.MapFS{"demo.yaml": {Data: []byte(text)}})
	if err != nil || len(d.Users) != 1 || d.Users[0].Grants[0].Area != "1" {
		t.Errorf("got %+v, %v", d, err)
	}
	_, err = drill.LoadDemo(fstest.MapFS{"demo.yaml": {Data: []byte(strings.Replace(text, "user: a", "user: b", 1))}})
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), `there is no user "b"`) {
		t.Errorf("got %v", err)
	}
	if _, err := drill.LoadDemo(fstest.MapFS{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestAClockNeverRunsBackwards(t *testing.T) {
	at := time.Date(2020, 7, 22, 0, 0, 0, 0, time.UTC)
	c := drill.NewClock(at)
	c.Set(at.Add(-time.Hour))
	if !c.Now().Equal(at) {
		t.Errorf("the clock went back to %s", c.Now())
	}
	c.Set(at.Add(time.Hour))
	if !c.Now().Equal(at.Add(time.Hour)) {
		t.Errorf("the clock stands at %s", c.Now())
	}
}
