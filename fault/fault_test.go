package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/breakwater-eoc/breakwater/fault"
)

func TestKindSurvivesWrapping(t *testing.T) {
	for _, kind := range fault.Kinds() {
		err := fmt.Errorf("issue directive d1: %w", fault.New(kind, "it is %s", "closed"))
		if got := fault.KindOf(err); got != kind {
			t.Errorf("KindOf(%v) = %v, want %v", err, got, kind)
		}
	}
}

func TestInternalTextIsWithheld(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
		want string
	}{
		{"a plain error shows nothing of itself", errors.New("disk /dev/vda full"), "something went wrong on our side; the attempt was not carried out"},
		{"an internal fault shows nothing of itself", fault.New(fault.Internal, "row 7 broken"), "something went wrong on our side; the attempt was not carried out"},
		{"a conflict shows its text without the wrapping", fmt.Errorf("load: %w", fault.New(fault.Conflict, "signal is verified")), "signal is verified"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := fault.Message(tc.err); got != tc.want {
				t.Errorf("Message() = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAtNamesPlaces(t *testing.T) {
	if err := fault.At("nothing wrong"); err != nil {
		t.Errorf("At without places = %v, want nil", err)
	}
	err := fault.At("2 rows are wrong",
		fault.Place{Line: 3, Column: 4, Field: "count", Problem: "must not be negative"},
		fault.Place{Field: "/day", Problem: "is missing"})
	want := "2 rows are wrong: line 3, column 4 (count): must not be negative; /day: is missing"
	if got := err.Error(); got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("kind is %v, want invalid", fault.KindOf(err))
	}
	if got := len(fault.PlacesOf(fmt.Errorf("import: %w", err))); got != 2 {
		t.Errorf("PlacesOf through a wrap gives %d places, want 2", got)
	}
}
