// Package visitlog keeps visits in files of its own: who was where, found in
// milliseconds, forgotten on time. It realises [venue.Log] for one machine.
//
// In: observations under the pseudonyms of their days, in batches; a key for
// each day; a folder that nobody else writes to. Out: outcomes once they are
// durable, and searches that see everything acknowledged, also while the log is
// being written, merged or sealed.
//
// Each day is a folder: write-ahead logs, immutable runs sorted by person and
// by site, and a manifest that names the files which count. Everything but the
// manifest is sealed under the day's key, so that destroying the key destroys
// every copy of the day. docs/visitlog-format.md has the bytes.
package visitlog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// Options bound the log's memory. The zero value gives the defaults.
type Options struct {
	// FlushAt is how many rows a day gathers in memory before they become a run;
	// default 2,097,152 (about 150 MB, and twice as much again while they are
	// written).
	FlushAt int
	// MergeAt is how many runs an open day has before they are merged; default 8.
	MergeAt int
	// MergeTo is the most rows and marks of a merged run, and so bounds the memory
	// of a merge; default 6,291,456 (about 600 MB). A larger day keeps several runs.
	MergeTo int
	// FilterBytes bounds the filter of a day's ids; default 64 MiB.
	FilterBytes int
}

func (o Options) orDefault() Options {
	for _, f := range []struct {
		value    *int
		fallback int
	}{{&o.FlushAt, 2 << 20}, {&o.MergeAt, 8}, {&o.MergeTo, 6 << 20}, {&o.FilterBytes, 64 << 20}} {
		if *f.value <= 0 {
			*f.value = f.fallback
		}
	}
	return o
}

func (o Options) filterLines() int { return max(filterFirstLines, o.FilterBytes/64) }

// Log is a log of visits in a folder. Only one process may have it open.
type Log struct {
	disk    disk.FS
	dir     string
	keys    *trust.DayKeys
	random  io.Reader
	options Options
	sites   *siteTable

	background sync.WaitGroup

	mu      sync.Mutex
	present map[civil.Day]bool // the days that have a folder
	days    map[civil.Day]*dayLog
	closed  bool
}

var _ venue.Log = (*Log)(nil)

// Open opens the log in a folder, and makes the folder when it is absent. Days
// are recovered when they are first used. A folder of a day whose key was
// destroyed, as an old copy may bring back, is removed at once. Salts are drawn
// from random, which must be fit for secrets.
func Open(d disk.FS, dir string, keys *trust.DayKeys, random io.Reader, options Options) (*Log, error) {
	l := &Log{
		disk: d, dir: dir, keys: keys, random: &lockedReader{r: random}, options: options.orDefault(),
		sites: newSiteTable(), present: map[civil.Day]bool{}, days: map[civil.Day]*dayLog{},
	}
	if err := d.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("make folder of visits: %w", err)
	}
	days, err := l.folders()
	if err != nil {
		return nil, err
	}
	for _, day := range days {
		l.present[day] = true
		if keys.Destroyed(day) {
			if err := l.remove(day); err != nil {
				return nil, fmt.Errorf("remove the destroyed day %s: %w", day, err)
			}
		}
	}
	return l, nil
}

// lockedReader lets several days draw from one source.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(b)
}

// Append implements [venue.Log].
func (l *Log) Append(ctx context.Context, batch []venue.Observation) ([]venue.Outcome, error) {
	if err := venue.CheckBatch(batch); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]venue.Outcome, len(batch))
	if len(batch) == 0 {
		return out, nil
	}
	if day := batch[0].Day; !slices.ContainsFunc(batch, func(o venue.Observation) bool { return o.Day != day }) {
		return out, l.appendDay(day, batch, out)
	}
	return out, l.appendDays(batch, out)
}

func (l *Log) appendDay(day civil.Day, batch []venue.Observation, out []venue.Outcome) error {
	d, err := l.dayFor(day, batch)
	if err != nil {
		return err
	}
	if d == nil {
		for i := range out {
			out[i] = venue.NoVisit
		}
		return nil
	}
	return d.append(batch, out)
}

// appendDays stores a batch that touches several days, one after the other.
func (l *Log) appendDays(batch []venue.Observation, out []venue.Outcome) error {
	places := map[civil.Day][]int{}
	for i := range batch {
		places[batch[i].Day] = append(places[batch[i].Day], i)
	}
	for _, day := range slices.Sorted(maps.Keys(places)) {
		part := make([]venue.Observation, len(places[day]))
		for k, i := range places[day] {
			part[k] = batch[i]
		}
		partOut := make([]venue.Outcome, len(part))
		if err := l.appendDay(day, part, partOut); err != nil {
			return err
		}
		for k, i := range places[day] {
			out[i] = partOut[k]
		}
	}
	return nil
}

// dayFor gives the day that a batch goes to. A day is made for a check-in only;
// where there is none to amend it gives nil.
func (l *Log) dayFor(day civil.Day, batch []venue.Observation) (*dayLog, error) {
	d, err := l.dayLog(day)
	if d != nil || err != nil {
		return d, err
	}
	if !slices.ContainsFunc(batch, func(o venue.Observation) bool { return o.Act == venue.CheckIn }) {
		return nil, nil
	}
	key, err := l.keys.Ensure(day)
	if err != nil {
		return nil, fmt.Errorf("key of day %s: %w", day, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if d := l.days[day]; d != nil {
		return d, nil
	}
	if l.keys.Destroyed(day) {
		return nil, forgotten(day)
	}
	l.present[day] = true
	if d, err = createDay(l, day, key); err == nil {
		l.days[day] = d
	}
	return d, err
}

// dayLog gives a day, opened on first use; nil when there is none.
func (l *Log) dayLog(day civil.Day) (*dayLog, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, fault.New(fault.Internal, "the log of visits is closed")
	}
	if l.keys.Destroyed(day) {
		return nil, forgotten(day)
	}
	if d := l.days[day]; d != nil || !l.present[day] {
		return d, nil
	}
	names, err := l.disk.List(l.dayDir(day))
	if err != nil {
		return nil, fmt.Errorf("list day %s: %w", day, err)
	}
	if unfinished(names) {
		return nil, nil
	}
	key, err := l.keys.Get(day)
	if err != nil {
		return nil, fmt.Errorf("key of day %s: %w", day, err)
	}
	d, err := openDay(l, day, key)
	if err != nil {
		return nil, err
	}
	l.days[day] = d
	return d, nil
}

// unfinished tells that the making of a day's folder was cut short before it
// could hold anything.
func unfinished(names []string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return !strings.HasSuffix(n, disk.Passing) })
}

func (l *Log) dayDir(day civil.Day) string { return path.Join(l.dir, day.String()) }

// folders lists the days that have a folder, the oldest first.
func (l *Log) folders() ([]civil.Day, error) {
	names, err := l.disk.List(l.dir)
	if err != nil {
		return nil, fmt.Errorf("list the folder of visits: %w", err)
	}
	var days []civil.Day
	for _, name := range names {
		if day, err := civil.ParseDay(name); err == nil {
			days = append(days, day)
		}
	}
	return days, nil
}

// Days implements [venue.Log].
func (l *Log) Days(context.Context) ([]civil.Day, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(maps.Keys(l.present)), nil
}

// Seal brings a day into its final files: few sorted runs, no log. It is for
// days that are over; a later observation opens the day again. A day
// without visits is left alone.
func (l *Log) Seal(day civil.Day) error {
	d, err := l.dayLog(day)
	if err != nil || d == nil {
		return err
	}
	if err := d.seal(); err != nil {
		return fmt.Errorf("seal day %s: %w", day, err)
	}
	return nil
}

// Close waits for work in the background and closes the files that are being
// written. What was acknowledged is already durable.
func (l *Log) Close() error {
	l.background.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	var err error
	for _, d := range l.days {
		err = errors.Join(err, d.shut(fault.New(fault.Internal, "the log of visits is closed")))
	}
	return err
}

// shut ends writing to a day for a reason.
func (d *dayLog) shut(reason error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.busy {
		d.change.Wait()
	}
	d.closed = reason
	return d.quietly(func() error {
		if d.wal == nil {
			return nil
		}
		wal := d.wal
		d.wal = nil
		return wal.file.Close()
	})
}
