package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/breakwater-eoc/breakwater/bench"
	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/store/scratchpg"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/store/visitpg"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// benchVisitsCommand measures the visit log beside PostgreSQL.
type benchVisitsCommand struct {
	People     int    `default:"7000000" help:"People of the city (${default})."`
	PerDay     int    `default:"4700000" help:"Visits a day (${default})."`
	Days       int    `default:"14" help:"Days (${default})."`
	Sites      int    `default:"50000" help:"Sites, visited by Zipf's law (${default})."`
	Batch      int    `default:"10000" help:"Visits an append (${default})."`
	Callers    int    `default:"4" help:"Who append at the same time (${default})."`
	Queries    int    `default:"1000" help:"Exposures asked for (${default})."`
	PeerVisits int    `default:"2000000" help:"Visits of one day that PostgreSQL takes in; 0 leaves it out (${default})."`
	Seed       uint64 `default:"1" help:"Seed of the visits (${default})."`
	Folder     string `placeholder:"DIR" help:"Where to make the files, which are removed at the end; without it the system's temporary folder."`
}

// visitsReport is the answer of the benchmark.
type visitsReport struct {
	bench.VisitsFigures
	PeakRSSMB float64               `json:"peak_rss_mb,omitempty"`
	Peers     map[string]visitsPeer `json:"peers"`
	Machine   string                `json:"machine"`
	Seed      uint64                `json:"seed"`
}

// visitsPeer is another store in the same run.
type visitsPeer struct {
	*bench.VisitsFigures
	Version string `json:"version,omitempty"`
	Absent  string `json:"absent,omitempty"`
}

// Run implements the sub-command.
func (b *benchVisitsCommand) Run(ctx context.Context, c *call) (err error) {
	if min(b.People, b.PerDay, b.Days, b.Sites, b.Batch, b.Callers) < 1 || b.Callers > 1000 || b.Batch > 100_000 || b.Days > 60 || b.Queries < 0 || b.PeerVisits < 0 {
		return fault.New(fault.Invalid, "sizes must be above 0, a batch at most 100000, and days at most 60")
	}
	dir, err := os.MkdirTemp(b.Folder, "breakwater-bench")
	if err != nil {
		return fmt.Errorf("make a folder for the benchmark: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r := visitsReport{Machine: machine(), Seed: b.Seed, Peers: map[string]visitsPeer{}}
	if r.VisitsFigures, err = b.own(ctx, c, dir); err != nil {
		return err
	}
	r.PeakRSSMB = float64(peakMemory()) / 1e6
	if b.PeerVisits > 0 {
		if r.Peers["postgresql"], err = b.postgres(ctx, c, dir); err != nil {
			return err
		}
	}
	if c.asJSON {
		return c.printJSON(r)
	}
	return b.print(c, r)
}

func (b *benchVisitsCommand) print(c *call, r visitsReport) error {
	t := newTable("store", "visits", "visits/s", "cpu s/million", "bytes/visit", "exposure p50 ms", "p99 ms", "contacts")
	add := func(name string, f bench.VisitsFigures) {
		t.row(name, f.Visits, int(f.IngestPerS), fmt.Sprintf("%.2f", f.CPUPerMillion), int(f.BytesPerVisit), f.ExposureMS.P50, f.ExposureMS.P99, int(f.Contacts))
	}
	add("visit log", r.VisitsFigures)
	for name, p := range r.Peers {
		if p.VisitsFigures != nil {
			add(name+" "+p.Version, *p.VisitsFigures)
		} else {
			fmt.Fprintf(c.out, "%s: %s\n", name, p.Absent)
		}
	}
	if err := t.print(c.out); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.out, "peak memory %.0f MB; %s\n", r.PeakRSSMB, r.Machine)
	return err
}

func (b *benchVisitsCommand) config() bench.VisitsConfig {
	return bench.VisitsConfig{People: b.People, PerDay: b.PerDay, Days: b.Days, Sites: b.Sites, Batch: b.Batch, Callers: b.Callers, Queries: b.Queries, Seed: b.Seed}
}

// own measures the visit log.
func (b *benchVisitsCommand) own(ctx context.Context, c *call, dir string) (f bench.VisitsFigures, err error) {
	keys, err := trust.OpenDayKeys(disk.OS{}, filepath.Join(dir, "keys"), c.random)
	if err != nil {
		return f, err
	}
	files := filepath.Join(dir, "visits")
	log, err := visitlog.Open(disk.OS{}, files, keys, c.random, visitlog.Options{})
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	bar := c.progress("days taken in")
	defer bar.end()
	subject := bench.VisitsSubject{Log: log, Keys: keys, Finish: log.Seal, Processor: processorTime,
		Bytes: func() (int64, error) { return folderSize(files) }}
	return bench.Visits(ctx, b.config(), subject, c.now, func(days int) { bar.set(days, b.Days) })
}

// peerSettings give PostgreSQL the memory that the trials gave it; what it
// promises to keep is kept.
var peerSettings = []string{"shared_buffers=2GB", "max_wal_size=12GB", "wal_compression=lz4", "random_page_cost=1.1", "work_mem=64MB", "autovacuum=off"}

// postgres measures PostgreSQL on one day of visits.
func (b *benchVisitsCommand) postgres(ctx context.Context, c *call, dir string) (p visitsPeer, err error) {
	if err := os.Chmod(dir, 0o755); err != nil { // the server runs as another user
		return p, err
	}
	server, err := scratchpg.Launch(ctx, dir, peerSettings...)
	if errors.Is(err, scratchpg.ErrNoBinaries) {
		return visitsPeer{Absent: "not installed"}, nil
	}
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	pool, err := pgxpool.New(ctx, server.DSN("postgres"))
	if err != nil {
		return p, err
	}
	defer pool.Close()
	if err := pool.QueryRow(ctx, "SHOW server_version").Scan(&p.Version); err != nil {
		return p, fmt.Errorf("ask PostgreSQL for its version: %w", err)
	}
	keys, err := trust.OpenDayKeys(disk.OS{}, filepath.Join(dir, "peer-keys"), c.random)
	if err != nil {
		return p, err
	}
	log, err := visitpg.Open(ctx, pool, keys)
	if err != nil {
		return p, err
	}
	config := b.config()
	config.Days, config.PerDay = 1, b.PeerVisits
	subject := bench.VisitsSubject{Log: log, Keys: keys,
		Finish: func(civil.Day) error { _, err := pool.Exec(ctx, "VACUUM ANALYZE visits"); return err },
		Bytes: func() (size int64, err error) {
			err = pool.QueryRow(ctx, "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relispartition AND relkind = 'r'").Scan(&size)
			return size, err
		}}
	figures, err := bench.Visits(ctx, config, subject, c.now, func(int) {})
	p.VisitsFigures = &figures
	return p, err
}

func folderSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// machine says where figures were measured.
func machine() string {
	return fmt.Sprintf("%s/%s, %d processors", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
}
