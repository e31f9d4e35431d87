package main

import (
	"encoding/json"
	"testing"
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
}
