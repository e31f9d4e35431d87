package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/breakwater-eoc/breakwater/journal"
)

// ActEvent tells that an act was done; what changed is to be asked for.
type ActEvent struct {
	ID      string    `json:"id" doc:"Of the journal entry."`
	Act     string    `json:"act"`
	Area    string    `json:"area,omitempty"`
	Subject Ref       `json:"subject"`
	At      time.Time `json:"at"`
}

// ResetEvent tells that acts were missed: everything is to be asked for anew.
type ResetEvent struct {
	Reason string `json:"reason"`
}

const (
	// heartbeat keeps proxies from closing a quiet stream, and finds the dead.
	heartbeat = 15 * time.Second
	// patience is how long one write to a stream may take.
	patience = 10 * time.Second
)

func (s *server) eventRoutes() {
	openRaw(s, door{method: "GET", path: "/v1/events/stream", name: "streamEvents", entry: signedIn, group: "events",
		summary: "Live updates as server-sent events: act, clock, reset. Last-Event-ID resumes; each act comes at least once."}, s.streamEvents)
	s.describeStream()
}

// describeStream puts the events into the document, so that clients have types
// for them.
func (s *server) describeStream() {
	schemas := s.huma.OpenAPI().Components.Schemas
	events := map[string]*huma.Schema{
		"act":   schemas.Schema(typeOf[ActEvent](), true, ""),
		"clock": schemas.Schema(typeOf[Clock](), true, ""),
		"reset": schemas.Schema(typeOf[ResetEvent](), true, ""),
	}
	op := s.huma.OpenAPI().Paths["/v1/events/stream"].Get
	op.Responses["200"] = &huma.Response{Description: "The stream. The data of each event is JSON, by the event's name.",
		Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeObject, Properties: events}}}}
}

type streamQuery struct {
	LastEventID string `header:"Last-Event-ID" maxLength:"40"`
}

func (s *server) streamEvents(_ context.Context, v visitor, in *streamQuery) (*huma.StreamResponse, error) {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		_, w := humago.Unwrap(ctx)
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("X-Accel-Buffering", "no") // reverse proxies must not hold it back
		w.WriteHeader(http.StatusOK)
		out := &eventWriter{w: w, control: http.NewResponseController(w)}
		// The server's limit on reading a request would end the stream with it.
		if err := out.control.SetReadDeadline(time.Time{}); err != nil {
			s.Log.Error("stream", "error", err)
			return
		}
		s.stream(ctx.Context(), v, journal.EntryID(in.LastEventID), out)
	}}, nil
}

// stream tells a visitor what happens until the client leaves, the hub drops
// it, or the session ends.
func (s *server) stream(ctx context.Context, v visitor, last journal.EntryID, out *eventWriter) {
	stream, missed, resumed := s.Hub.join(last)
	defer s.Hub.leave(stream)
	if !resumed {
		out.event("reset", "", ResetEvent{Reason: "the acts since then are no longer at hand"})
	}
	for _, e := range missed {
		s.tellAct(out, v, e)
	}
	out.comment("open")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for out.err == nil {
		select {
		case <-ctx.Done():
			return
		case x, more := <-stream:
			if !more {
				return
			}
			if x.act != nil {
				s.tellAct(out, v, *x.act)
			}
			if x.clock != nil {
				out.event("clock", "", wireClock(*x.clock))
			}
		case <-beat.C:
			if err := s.Staff.Valid(ctx, v.token); err != nil {
				return // signed out, or no longer allowed in
			}
			out.comment("beat")
		}
	}
}

// tellAct tells of an act that the visitor may know of.
func (s *server) tellAct(out *eventWriter, v visitor, e journal.Entry) {
	right, ok := sightOf[e.Subject.Kind]
	if !ok {
		return
	}
	lineage, err := s.Center.Lineage(e.Area)
	if err != nil || v.actor.Check(right, lineage) != nil {
		return
	}
	out.event("act", string(e.ID), ActEvent{ID: string(e.ID), Act: e.Act, Area: string(e.Area), Subject: wireRef(e.Subject), At: e.At.UTC()})
}

// eventWriter writes server-sent events; after a failure it writes nothing more.
type eventWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	err     error
}

func (o *eventWriter) event(name, id string, data any) {
	text, err := json.Marshal(data)
	if err != nil {
		o.err = err
		return
	}
	frame := "event: " + name + "\n"
	if id != "" {
		frame += "id: " + id + "\n"
	}
	o.write(frame + "data: " + string(text) + "\n\n")
}

func (o *eventWriter) comment(text string) { o.write(": " + text + "\n\n") }

func (o *eventWriter) write(frame string) {
	if o.err != nil {
		return
	}
	late := time.AfterFunc(patience, func() {
		// A deadline in the past ends the write that is under way.
		if err := o.control.SetWriteDeadline(time.Unix(1, 0)); err != nil {
			return // the connection is gone already
		}
	})
	defer late.Stop()
	if _, o.err = fmt.Fprint(o.w, frame); o.err == nil {
		o.err = o.control.Flush()
	}
}
