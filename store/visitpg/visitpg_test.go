package visitpg_test

import (
	"crypto/rand"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/store/visitpg"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// database is the realisation in PostgreSQL, with day keys of its own.
type database struct {
	*visitpg.Log
	t    *rapid.T
	pool *pgxpool.Pool
	disk *disktest.Disk
}

func (d *database) Restart() (err error) {
	keys, err := trust.OpenDayKeys(d.disk, "keys", rand.Reader)
	if err != nil {
		return err
	}
	d.Log, err = visitpg.Open(d.t.Context(), d.pool, keys)
	return err
}

func (d *database) Seal(civil.Day) error { return nil }

// files is the visit log on a disk in memory.
type files struct {
	*visitlog.Log
	disk    *disktest.Disk
	options visitlog.Options
}

func (f *files) Restart() error {
	if f.Log != nil {
		if err := f.Close(); err != nil {
			return err
		}
	}
	keys, err := trust.OpenDayKeys(f.disk, "keys", rand.Reader)
	if err != nil {
		return err
	}
	f.Log, err = visitlog.Open(f.disk, "visits", keys, rand.Reader, f.options)
	return err
}

// TestBothRealisationsAnswerAsTheModel runs each random workload on the visit
// log, on PostgreSQL and on the model side by side.
func TestBothRealisationsAnswerAsTheModel(t *testing.T) {
	pool, err := pgxpool.New(t.Context(), pgtest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	rapid.Check(t, func(t *rapid.T) {
		if _, err := pool.Exec(t.Context(), "DROP TABLE IF EXISTS visits, visit_marks, visit_days_forgotten"); err != nil {
			t.Fatal(err)
		}
		pg := &database{t: t, pool: pool, disk: disktest.New(1)}
		own := &files{disk: disktest.New(1), options: visitlog.Options{
			FlushAt: rapid.IntRange(1, 40).Draw(t, "flush at"),
			MergeAt: rapid.IntRange(2, 4).Draw(t, "merge at"),
			MergeTo: rapid.IntRange(10, 200).Draw(t, "merge to"),
		}}
		for _, s := range []venuetest.Subject{pg, own} {
			if err := s.Restart(); err != nil {
				t.Fatal(err)
			}
		}
		t.Cleanup(func() { own.Close() })
		venuetest.Workload(t, map[string]venuetest.Subject{"PostgreSQL": pg, "visit log": own})
	})
}
