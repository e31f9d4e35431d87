package api

import (
	"context"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/civil"
)

// Clockwork is the clock that the records go by: live, or that of a replay.
type Clockwork interface {
	State() ClockState
	// Move moves the clock of a replay; Conflict for a live one.
	Move(ctx context.Context, who access.Actor, m ClockMove) (ClockState, error)
}

// ClockMode says what sort of clock it is.
type ClockMode string

// The two sorts of clocks.
const (
	Live   ClockMode = "live"
	Replay ClockMode = "replay"
)

// ClockState is what a clock shows.
type ClockState struct {
	Mode  ClockMode
	Now   time.Time
	Day   civil.Day
	Speed float64    // seconds of the clock a second; 0 when it stands
	Until *time.Time // the end of a replay
}

// ClockAction is a way to move the clock of a replay.
type ClockAction string

// The actions.
const (
	StepHour ClockAction = "step_hour"
	StepDay  ClockAction = "step_day"
	Play     ClockAction = "play"
	Pause    ClockAction = "pause"
)

// ClockMove asks to move the clock of a replay.
type ClockMove struct {
	Action ClockAction
	Speed  float64 // for Play
}
