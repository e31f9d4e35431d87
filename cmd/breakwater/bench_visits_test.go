package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestVisitsAreMeasured(t *testing.T) {
	got := breakwater(t, "", "--json", "bench", "visits", "--people", "300", "--per-day", "2000", "--days", "2", "--sites", "20",
		"--queries", "5", "--batch", "500", "--peer-visits", "0", "--folder", t.TempDir())
	var r visitsReport
	if err := json.Unmarshal([]byte(got.out), &r); err != nil || r.Visits != 4000 || r.BytesPerVisit < 50 || r.Contacts == 0 {
		t.Errorf("bench visits said %+v: %v", got, err)
	}
}

func TestCheckinsAreMeasured(t *testing.T) {
	got := breakwater(t, "", "bench", "checkin", "--callers", "0")
	if got.code != exitCouldNot {
		t.Errorf("no callers: %+v, want a refusal", got)
	}
	var out, errs bytes.Buffer
	var looks atomic.Int64 // a clock that moves with every look
	w := world{in: strings.NewReader(""), out: &out, err: &errs, random: rand.Reader,
		now: func() time.Time { return time.UnixMilli(1_595_400_000_000 + looks.Add(1)).UTC() }}
	code := run(t.Context(), w, []string{"--json", "bench", "checkin", "--callers", "2", "--time", "100ms", "--folder", t.TempDir()})
	var r checkinReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || code != exitDone || r.Single.PerS <= 0 || r.BatchCBOR.PerS <= 0 || r.Ratio <= 0 {
		t.Errorf("bench checkin ended with %d, %v: %s%s", code, err, &out, &errs)
	}
	if errs.Len() > 0 {
		t.Errorf("bench checkin logs %d bytes to the standard error", errs.Len())
	}
}
