package trace

// EdgeKind says how two records are joined: "visited", "handled", "carried".
type EdgeKind string

// Edge joins two records for a time, so that people, goods, places and orders
// hang together in one graph that can be walked both ways as of any time.
type Edge struct {
	Kind EdgeKind
	From Ref
	To   Ref
	// Window is when the two were joined; an instant has Until one microsecond
	// after From.
	Window
	// Recorded is when it became known; a question as of an earlier time does
	// not see the edge.
	Recorded Instant
	// Source is the record that says so.
	Source Ref
}
