package store

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/figure"
	"github.com/breakwater-eoc/breakwater/observe"
	"github.com/breakwater-eoc/breakwater/observe/counts"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Expected is what the answers of figures must know of the city, beside its
// records: who is expected to report and which posts are to be held, and where
// the days begin.
type Expected struct {
	Sources []observe.Source
	Posts   []party.Post
	City    *time.Location
}

// Asks answers the figures that the stages declare, each by one SQL text.
func (db *DB) Asks(e Expected) map[figure.Name]figure.Ask {
	v := db.view
	return map[figure.Name]figure.Ask{
		"cases.confirmed.new":    v.sumOf(counts.ConfirmedLocal, window),
		"cases.confirmed.total":  v.sumOf(counts.ConfirmedLocal, sinceEver),
		"cases.imported.new":     v.sumOf(counts.ConfirmedImported, window),
		"cases.asymptomatic.new": v.sumOf(counts.Asymptomatic, window),
		"cases.days_since_last":  v.daysSinceLast,
		"cases.clusters":         v.clusters,
		"goods.positive.new":     v.sumOf(counts.GoodsPositive, window),
		"samples.taken":          v.sumOf(counts.SamplesTaken, window),
		"contacts.traced":        v.sumOf(counts.ContactsTraced, window),
		"reports.completeness":   v.reportsKept(e, came),
		"reports.on_time":        v.reportsKept(e, cameOnTime),
		"signals.open":           v.standing(detect.SignalKind, signalsIn(detect.Raised)),
		"signals.asleep":         v.standing(detect.SignalKind, signalsIn(detect.Snoozed)),
		"signals.left_out":       v.leftOut,
		"proposals.open":         v.standing(decide.ProposalKind, proposalsOpen),
		"directives.open":        v.standing(direct.DirectiveKind, directivesOpen),
		"directives.overdue":     v.standing(direct.DirectiveKind, directivesOverdue),
		"directives.closed":      v.closedWithin(e.City),
		"duty.covered":           v.covered(e.Posts),
	}
}

// noCounts is why a question about counts has no answer.
const noCounts = "nothing was reported"

// window and sinceEver say which days a figure adds up.
func window(q figure.Query) civil.Window { return q.Window }

func sinceEver(q figure.Query) civil.Window {
	return civil.Window{First: civil.MinDay, Last: q.Window.Last}
}

// found is one row of an answer: the number, repeated, and one of the sources
// under it. Every SQL text of this file answers with these columns.
type found struct {
	value         float64
	reconstructed int
	sources       int
	source        *string
	day           *string
}

func foundRow(f *found) []any {
	return []any{&f.value, &f.reconstructed, &f.sources, &f.source, &f.day}
}

// answer puts the rows of a figure together. Without any source it is absent,
// if absent says why.
func answer(rows []found, kind trace.Kind, absent string) figure.Answer {
	var a figure.Answer
	for _, r := range rows {
		a.Value, a.Reconstructed, a.SourceCount = r.value, r.reconstructed > 0, r.sources
		if r.source != nil {
			a.Sources = append(a.Sources, trace.Ref{Kind: kind, ID: *r.source})
		}
	}
	if a.SourceCount == 0 && absent != "" {
		return figure.Answer{Absent: absent}
	}
	return a
}

// ofTopmost ends a text that begins with topmost and a common table named
// counted, which has the rows that count, and named.value, the number: it
// answers with the number and the batches that the rows came in.
const ofTopmost = `,
	batches AS (SELECT batch, max(recorded) AS recorded FROM counted GROUP BY batch)
	SELECT number.value, (SELECT count(*) FROM counted WHERE basis = 'reconstructed'), (SELECT count(*) FROM batches),
		named.batch, (SELECT max(day) FROM counted)
	FROM number LEFT JOIN (SELECT batch, recorded FROM batches ORDER BY recorded DESC, batch DESC LIMIT 50) named ON 1 = 1
	ORDER BY named.recorded DESC, named.batch DESC`

func (v view) sumOf(stream counts.Stream, days func(figure.Query) civil.Window) figure.Ask {
	return func(ctx context.Context, q figure.Query) (figure.Answer, error) {
		return v.ofStream(ctx, stream, days(q), q, topmost+`,
			counted AS (SELECT * FROM topmost),
			number AS (SELECT CAST(coalesce(sum(counted), 0) AS double precision) AS value FROM counted)`+ofTopmost)
	}
}

func (v view) ofStream(ctx context.Context, stream counts.Stream, w civil.Window, q figure.Query, text string) (figure.Answer, error) {
	rows, err := v.foundOf(ctx, stream, w, q, text)
	if err != nil {
		return figure.Answer{}, err
	}
	return answer(rows, detect.BatchKind, noCounts), nil
}

func (v view) foundOf(ctx context.Context, stream counts.Stream, w civil.Window, q figure.Query, text string) ([]found, error) {
	rows, err := list(ctx, v.q, foundRow, text, stream, q.Status, w.First, w.Last, q.AsOf.UnixMicro(), q.Area)
	if err != nil {
		return nil, fmt.Errorf("ask the counts of %s: %w", stream, err)
	}
	return rows, nil
}

// daysSinceLast answers how many days ago the last local case was. Its source
// is the batch of that day.
func (v view) daysSinceLast(ctx context.Context, q figure.Query) (figure.Answer, error) {
	rows, err := v.foundOf(ctx, counts.ConfirmedLocal, sinceEver(q), q, topmost+`,
		cases AS (SELECT * FROM topmost WHERE counted > 0),
		counted AS (SELECT * FROM cases WHERE day = (SELECT max(day) FROM cases)),
		number AS (SELECT CAST(0 AS double precision) AS value)`+ofTopmost)
	if err != nil {
		return figure.Answer{}, err
	}
	a := answer(rows, detect.BatchKind, "there never was a case")
	if a.Absent != "" {
		return a, nil
	}
	last, err := civil.ParseDay(*rows[0].day)
	if err != nil {
		return figure.Answer{}, fmt.Errorf("read the day of the last case: %w", err)
	}
	a.Value = float64(q.Window.Last - last)
	return a, nil
}

// clusters counts the smallest areas with counts of their own, within the
// area, that have two cases or more in the window.
func (v view) clusters(ctx context.Context, q figure.Query) (figure.Answer, error) {
	return v.ofStream(ctx, counts.ConfirmedLocal, q.Window, q, topmost+`,
		counted AS (SELECT s.* FROM standing s WHERE NOT EXISTS (
			SELECT 1 FROM area_closure c JOIN standing o ON o.area = c.area WHERE c.within = s.area AND c.area <> s.area)),
		number AS (SELECT CAST(count(*) AS double precision) AS value
			FROM (SELECT area FROM counted GROUP BY area HAVING sum(counted) >= 2) clusters)`+ofTopmost)
}

// The texts of figures about where records stand. Parameters: $1 status, $2
// area, $3 as of. Most records have not moved since the instant; for them the
// state that they have now is the answer. For the others stateThen is, which
// asks the last entry until then.
const (
	stateThen = `(SELECT t.state FROM touch t JOIN entry e ON e.seq = t.entry
		WHERE t.kind = r.kind AND t.record = r.id AND e.at <= $3 ORDER BY t.entry DESC, t.position DESC LIMIT 1)`
	proposalsOpen = `SELECT id, seq FROM (SELECT *, 'proposal' AS kind FROM proposal) r WHERE status = $1 AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND made <= $3 AND (state IN ('open', 'seconding') OR ` + stateThen + ` IN ('open', 'seconding'))`
	directivesOpen = `SELECT id, seq FROM directive WHERE status = $1 AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND ` + stillOpen + ` AND issued <= $3
		UNION ALL SELECT id, seq FROM directive WHERE status = $1 AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND state IN ('closed', 'withdrawn') AND changed > $3 AND issued <= $3`
	directivesOverdue = `SELECT id, seq FROM directive WHERE status = $1 AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND ` + stillOpen + ` AND issued <= $3 AND due < $3
		UNION ALL SELECT id, seq FROM directive WHERE status = $1 AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND state IN ('closed', 'withdrawn') AND changed > $3 AND issued <= $3 AND due < $3`
)

// signalsIn selects the signals that stood in a state.
func signalsIn(state detect.State) string {
	is := " = '" + string(state) + "'"
	return `SELECT id, seq FROM signal WHERE status = $1 AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND state` + is + ` AND raised <= $3 AND changed <= $3
		UNION ALL SELECT id, seq FROM (SELECT *, 'signal' AS kind FROM signal) r WHERE status = $1 AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND changed > $3 AND raised <= $3 AND ` + stateThen + is
}

// standing answers how many records a text selects. None is an answer: 0.
func (v view) standing(kind trace.Kind, text string) figure.Ask {
	return func(ctx context.Context, q figure.Query) (figure.Answer, error) {
		return v.counted(ctx, kind, text, q.Status, q.Area, q.AsOf.UnixMicro())
	}
}

func (v view) counted(ctx context.Context, kind trace.Kind, text string, args ...any) (figure.Answer, error) {
	rows, err := list(ctx, v.q, foundRow, `WITH counted AS (`+text+`)
		SELECT CAST(number.n AS double precision), 0, number.n, named.id, NULL FROM (SELECT count(*) AS n FROM counted) number
		LEFT JOIN (SELECT id, seq FROM counted ORDER BY seq DESC LIMIT 50) named ON 1 = 1 ORDER BY named.seq DESC`, args...)
	if err != nil {
		return figure.Answer{}, fmt.Errorf("count records of kind %s: %w", kind, err)
	}
	return answer(rows, kind, ""), nil
}

// leftOut answers how many signals the inboxes of the window did not show.
func (v view) leftOut(ctx context.Context, q figure.Query) (figure.Answer, error) {
	return v.counted(ctx, detect.SignalKind, `SELECT id, seq FROM signal WHERE status = $1
		AND area IN (SELECT area FROM area_closure WHERE within = $2)
		AND raised <= $3 AND day BETWEEN $4 AND $5 AND shown = 0`,
		q.Status, q.Area, q.AsOf.UnixMicro(), q.Window.First, q.Window.Last)
}

// closedWithin answers how many directives were closed in the window's days.
func (v view) closedWithin(city *time.Location) figure.Ask {
	return func(ctx context.Context, q figure.Query) (figure.Answer, error) {
		from, until := q.Window.First.At(0, 0, city).UTC(), (q.Window.Last+1).At(0, 0, city).UTC()
		return v.counted(ctx, direct.DirectiveKind, `SELECT id, seq FROM directive WHERE status = $1
			AND area IN (SELECT area FROM area_closure WHERE within = $2)
			AND state = 'closed' AND changed <= $3 AND changed >= $4 AND changed < $5`,
			q.Status, q.Area, q.AsOf.UnixMicro(), from.UnixMicro(), until.UnixMicro())
	}
}

// came and cameOnTime say which reports a share counts.
func came(reported, onTime int) int       { return reported }
func cameOnTime(reported, onTime int) int { return onTime }

// reportsKept answers the share of the reports of an area's sources, due by
// the instant of the question, that were kept.
func (v view) reportsKept(e Expected, kept func(reported, onTime int) int) figure.Ask {
	return func(ctx context.Context, q figure.Query) (figure.Answer, error) {
		areas, err := v.scope(ctx, []place.Code{q.Area}, "")
		if err != nil {
			return figure.Answer{}, err
		}
		var within []observe.Source
		for _, s := range e.Sources {
			if areas.holds(s.Area) {
				within = append(within, s)
			}
		}
		reports, err := v.FirstReports(ctx, within, observe.Status(q.Status), q.Window, q.AsOf)
		if err != nil {
			return figure.Answer{}, err
		}
		expected, got := 0, 0
		for _, s := range within {
			duty := keptDuty(s, reports, q.Window, q.AsOf, e.City)
			expected, got = expected+duty.Expected, got+kept(duty.Reported, duty.OnTime)
		}
		return share(got, expected, "no report was due"), nil
	}
}

func share(part, whole int, absent string) figure.Answer {
	if whole == 0 {
		return figure.Answer{Absent: absent}
	}
	n, d := float64(part), float64(whole)
	return figure.Answer{Value: n / d, Numerator: &n, Denominator: &d, SourceCount: part}
}

// covered answers the share of an area's posts that somebody holds at the
// instant of the question, by the shifts that had been entered by then.
func (v view) covered(posts []party.Post) figure.Ask {
	return func(ctx context.Context, q figure.Query) (figure.Answer, error) {
		areas, err := v.scope(ctx, []place.Code{q.Area}, "")
		if err != nil {
			return figure.Answer{}, err
		}
		var within []party.PostCode
		for _, p := range posts {
			if areas.holds(p.Area) {
				within = append(within, p.Code)
			}
		}
		held, err := v.counted(ctx, direct.ShiftKind, `SELECT max(id) AS id, max(seq) AS seq FROM shift r
			WHERE post IN each($1) AND from_at <= $2 AND until_at > $2 AND EXISTS (
				SELECT 1 FROM touch t JOIN entry e ON e.seq = t.entry WHERE t.kind = $3 AND t.record = r.id AND e.at <= $2)
			GROUP BY post`, array(within), q.AsOf.UnixMicro(), direct.ShiftKind)
		if err != nil {
			return figure.Answer{}, err
		}
		a := share(held.SourceCount, len(within), "the area has no posts")
		a.Sources = held.Sources
		return a, nil
	}
}
