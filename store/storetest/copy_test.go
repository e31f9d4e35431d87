package storetest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/store"
	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

// fresh opens an empty database, without even areas.
func fresh(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestACopyIsWholeAndGoesOn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.tell(t)
		last := 0
		progress := func(done, total int) {
			if done <= last || done > total {
				t.Errorf("progress went from %d to %d of %d", last, done, total)
			}
			last = done
		}
		for name, address := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "copy.db"), "postgres": pgtest.Start(t)} {
			t.Run(name, func(t *testing.T) {
				last = 0
				other := fresh(t, address)
				if err := w.db.CopyTo(t.Context(), other, progress); err != nil {
					t.Fatal(err)
				}
				moved := *w
				desk := *w.desk
				moved.db, moved.desk, moved.now = other, &desk, morning.Add(time.Hour)
				desk.Store, desk.Records = other, other
				report, err := desk.Fsck(t.Context(), func(int, int) {})
				if err != nil || len(report.Flaws) > 0 || report.Records != 11 || report.Entries != 12 || report.Head.Seq != 12 {
					t.Fatalf("the copy: %+v, %v", report, err)
				}
				n := aNotice(13)
				moved.do(t, access.WriteNotice, "notice.report", "", func(ctx context.Context, tx *store.Tx, s *command.Scribe) error {
					s.Wrote(detect.NoticeKind, string(n.ID), n)
					return tx.AddNotice(ctx, n)
				})
				if linked, err := desk.Link(t.Context()); linked != 1 || err != nil {
					t.Errorf("the next act: linked %d, %v", linked, err)
				}
				if err := w.db.CopyTo(t.Context(), other, progress); !fault.Is(err, fault.Conflict) {
					t.Errorf("a copy onto records: got %v, want a conflict", err)
				}
			})
		}
	})
}
