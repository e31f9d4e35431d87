package api

import (
	"context"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/decide"
	"github.com/breakwater-eoc/breakwater/detect"
	"github.com/breakwater-eoc/breakwater/direct"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Hub tells open streams what happened: every act, from this node and, where a
// tail is followed, from all others; and every move of a replayed clock.
//
// A stream gets an act at least once, soon, and in no certain order: an act
// says that something changed, and the client asks what. A client that comes
// back names the last act it saw; if the hub no longer knows that one, the
// client is told to ask for everything anew.
type Hub struct {
	mu      sync.Mutex
	acts    []journal.Entry          // the last remembered acts, the oldest first
	known   map[journal.EntryID]bool // those in acts
	streams map[chan happening]bool
	closed  bool
}

// happening is one thing that a stream is told.
type happening struct {
	act   *journal.Entry
	clock *ClockState
}

const (
	// remembered is how many acts a client may have missed: some hours of a busy day.
	remembered = 4096
	// waiting is how far a slow client may fall behind before it is dropped. It
	// will come back and resume.
	waiting = 256
)

// NewHub returns a hub without streams.
func NewHub() *Hub {
	return &Hub{known: map[journal.EntryID]bool{}, streams: map[chan happening]bool{}}
}

// Announce tells all streams of an act. It never blocks, and an act that was
// announced before is not told twice.
func (h *Hub) Announce(e journal.Entry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known[e.ID] {
		return
	}
	h.known[e.ID] = true
	h.acts = append(h.acts, e)
	if len(h.acts) > remembered {
		delete(h.known, h.acts[0].ID)
		h.acts = h.acts[1:]
	}
	h.tell(happening{act: &e})
}

// Tick tells all streams that the clock was moved.
func (h *Hub) Tick(now ClockState) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tell(happening{clock: &now})
}

// tell drops the streams that do not keep up.
func (h *Hub) tell(x happening) {
	for stream := range h.streams {
		select {
		case stream <- x:
		default:
			delete(h.streams, stream)
			close(stream)
		}
	}
}

// Close ends all streams, so that the server can stop.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for stream := range h.streams {
		close(stream)
	}
	clear(h.streams)
}

// join opens a stream. missed are the acts after the one last seen; resumed is
// false when that one is not remembered. The channel is closed when the hub
// drops the stream.
func (h *Hub) join(last journal.EntryID) (stream chan happening, missed []journal.Entry, resumed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	stream = make(chan happening, waiting)
	if h.closed {
		close(stream)
		return stream, nil, true
	}
	h.streams[stream] = true
	if last == "" {
		return stream, nil, true
	}
	if !h.known[last] {
		return stream, nil, false
	}
	for i, e := range h.acts {
		if e.ID == last {
			missed = append(missed, h.acts[i+1:]...)
		}
	}
	return stream, missed, true
}

func (h *Hub) leave(stream chan happening) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, stream)
}

// Tail is the chained journal, which all nodes of a city share.
type Tail interface {
	Head(ctx context.Context) (journal.Link, error)
	LinkedAfter(ctx context.Context, seq int64, most int) ([]audit.Linked, error)
}

// Follow announces what other nodes did, by asking for new links of the chain
// at every beat, until the context ends. A beat that fails is made up for by
// the next; failed is told of it.
func (h *Hub) Follow(ctx context.Context, tail Tail, every time.Duration, failed func(error)) {
	beat := time.NewTicker(every)
	defer beat.Stop()
	var seq int64
	started := false
	for {
		if !started {
			if head, err := tail.Head(ctx); err == nil {
				seq, started = head.Seq, true
			} else if ctx.Err() == nil {
				failed(err)
			}
		} else if next, err := h.followOnce(ctx, tail, seq); err == nil {
			seq = next
		} else if ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
	}
}

func (h *Hub) followOnce(ctx context.Context, tail Tail, seq int64) (int64, error) {
	for {
		const most = 200
		linked, err := tail.LinkedAfter(ctx, seq, most)
		if err != nil {
			return seq, err
		}
		for _, l := range linked {
			h.Announce(l.Entry)
			seq = l.Link.Seq
		}
		if len(linked) < most {
			return seq, nil
		}
	}
}

// sightOf names the right that a reader needs to be told of an act on a kind
// of record; other kinds are told to nobody.
var sightOf = map[trace.Kind]access.Right{
	detect.BatchKind:     access.ReadCounts,
	detect.NoticeKind:    access.ReadSignals,
	detect.SignalKind:    access.ReadSignals,
	detect.EventKind:     access.ReadSignals,
	detect.OutcomeKind:   access.ReadSignals,
	detect.MissedKind:    access.ReadSignals,
	decide.ProposalKind:  access.ReadProposals,
	decide.LevelKind:     access.ReadProposals,
	direct.DirectiveKind: access.ReadDirectives,
	direct.ShiftKind:     access.ReadDuty,
	access.AccountKind:   access.ManageUsers,
}
