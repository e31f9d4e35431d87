package visitlog_test

import (
	"crypto/rand"
	"testing"

	"pgregory.net/rapid"

	"github.com/breakwater-eoc/breakwater/observe/venue/venuetest"
	"github.com/breakwater-eoc/breakwater/store/visitlog"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
	"github.com/breakwater-eoc/breakwater/trust/disk/disktest"
)

// subject is a log that can be opened again.
type subject struct {
	*visitlog.Log
	fs      disk.FS
	dir     string
	options visitlog.Options
	keys    *trust.DayKeys
}

func openSubject(fs disk.FS, dir string, options visitlog.Options) (*subject, error) {
	s := &subject{fs: fs, dir: dir, options: options}
	return s, s.open()
}

func (s *subject) open() (err error) {
	s.keys, err = trust.OpenDayKeys(s.fs, s.dir+"/keys", rand.Reader)
	if err != nil {
		return err
	}
	s.Log, err = visitlog.Open(s.fs, s.dir+"/visits", s.keys, rand.Reader, s.options)
	return err
}

func (s *subject) Restart() error {
	if err := s.Close(); err != nil {
		return err
	}
	return s.open()
}

// tiny makes flushes and merges happen all the time.
func tiny(t *rapid.T) visitlog.Options {
	return visitlog.Options{
		FlushAt: rapid.IntRange(1, 40).Draw(t, "flush at"),
		MergeAt: rapid.IntRange(2, 4).Draw(t, "merge at"),
		MergeTo: rapid.IntRange(10, 200).Draw(t, "merge to"),
	}
}

func TestLogAnswersAsTheModel(t *testing.T) {
	venuetest.Run(t, func(t *rapid.T) venuetest.Subject {
		s, err := openSubject(disktest.New(1), "store", tiny(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	})
}
