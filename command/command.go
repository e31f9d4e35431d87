// Package command is where stages meet: it carries out acts.
//
// An act is one thing that somebody does: it is authorised, runs in one
// transaction, leaves one journal entry with a why, and can be sent twice
// without being done twice. [Do] is the only way to write; the packages under
// this folder (watch, plan, order, staff, audit) hold the use cases, each with
// its own small store interface.
package command

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/breakwater-eoc/breakwater/access"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Lineage gives an area and all areas that it lies in, the smallest first. The
// fault is NotFound for an area that the city does not have.
type Lineage func(place.Code) ([]place.Code, error)

// Sealer keeps free text readable only while its class key exists.
type Sealer interface {
	// Seal encrypts text for a record under the key of its class.
	Seal(class, record string, text []byte) ([]byte, error)
	// Open decrypts; the fault is NotFound once the key was destroyed.
	Open(class, record string, sealed []byte) ([]byte, error)
}

// WhyClass is the class of keys that reasons are sealed under.
const WhyClass = "why"

// Center is what every act needs of the world around it.
type Center struct {
	// Now is the clock: live, replayed or simulated. [Center.Time] rounds it.
	Now func() time.Time
	// City is the location whose midnight ends a day.
	City *time.Location
	// Random feeds identifiers; replays pass a seeded stream.
	Random  io.Reader
	Lineage Lineage
	Sealer  Sealer
	// Announce is told of every act after its commit; it must not block.
	Announce func(journal.Entry)

	mu sync.Mutex // guards Random
}

// Time returns the present instant as records keep it: UTC, whole microseconds.
func (c *Center) Time() time.Time { return c.Now().UTC().Truncate(time.Microsecond) }

// NewID returns a time-ordered identifier (UUID version 7, RFC 9562).
func (c *Center) NewID(at time.Time) (string, error) {
	var b [16]byte
	c.mu.Lock()
	_, err := io.ReadFull(c.Random, b[6:])
	c.mu.Unlock()
	if err != nil {
		return "", fmt.Errorf("read random bytes for an id: %w", err)
	}
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-"), nil
}

// Recorder is what every transaction offers to an act, whatever else it offers
// to the use case.
type Recorder interface {
	// Record writes the act's journal entry.
	Record(ctx context.Context, e journal.Entry) error
	// Recall returns what was remembered under a user's key; ok is false if nothing.
	Recall(ctx context.Context, user party.UserID, key string) (m Memory, ok bool, err error)
	// Remember keeps the answer of an act, so that sending it again returns the
	// same answer and does nothing.
	Remember(ctx context.Context, m Memory) error
}

// Memory is the answer that an act gave under an idempotency key.
type Memory struct {
	User party.UserID
	Key  string
	// Asked is a digest of what was asked; the same key with another question is a conflict.
	Asked  journal.Hash
	Answer []byte // JSON
	At     time.Time
}

// Write runs a function in one transaction: all of it is stored or nothing is.
// When it returns nil, what was written survives a crash.
type Write[Tx Recorder] func(ctx context.Context, fn func(tx Tx) error) error

// Act describes what is about to be done.
type Act struct {
	Who   access.Actor
	Right access.Right
	// Name is the act as the journal writes it, "directive.issue".
	Name string
	// Area is where; leave it empty when the record has to be loaded first,
	// and call [Scribe.Permit] then.
	Area place.Code
	// Why is the reason in the actor's words; WhyNeeded refuses an act without one.
	Why       string
	WhyNeeded bool
	// Key makes the act idempotent for its user; empty for acts that cannot be
	// sent twice. Input is what was asked, and is digested with the key.
	Key   string
	Input any
}

// MostWhy is the longest reason, in bytes.
const MostWhy = 2000

// Scribe collects, while an act runs, what its journal entry must say.
type Scribe struct {
	// At is the act's instant; every record that it writes carries it.
	At        time.Time
	act       Act
	center    *Center
	entry     journal.Entry
	permitted bool
	nothing   bool
}

// Nothing says that there is nothing to do after all: the transaction is left
// without a trace and [Do] returns the answer. Previews end with it, and acts
// that find their work done already.
func (s *Scribe) Nothing() { s.nothing = true }

// Who returns the actor.
func (s *Scribe) Who() access.Actor { return s.act.Who }

// NewID returns an identifier for a record that the act makes.
func (s *Scribe) NewID() (string, error) { return s.center.NewID(s.At) }

// Permit checks the actor's right in the area of a record, and makes it the
// area of the journal entry. An act that names no area beforehand must call it
// before it writes.
func (s *Scribe) Permit(area place.Code) error {
	lineage, err := s.center.Lineage(area)
	if err != nil {
		return err
	}
	if err := s.act.Who.Check(s.act.Right, lineage); err != nil {
		return err
	}
	s.entry.Area, s.permitted = area, true
	return nil
}

// As names the act anew, when only the records show what it comes to: a finding
// that extends a signal instead of raising one.
func (s *Scribe) As(name string) { s.entry.Act = name }

// Wrote notes a record as the act left it. The first one noted is the act's
// subject.
func (s *Scribe) Wrote(kind trace.Kind, id string, record any) {
	ref := trace.Ref{Kind: kind, ID: id}
	if s.entry.Subject == (trace.Ref{}) {
		s.entry.Subject = ref
	}
	s.entry.Touches = append(s.entry.Touches, journal.Touch{Ref: ref, Digest: journal.Digest(record)})
}

// Because notes a record that the act rests on, the nearest first.
func (s *Scribe) Because(kind trace.Kind, id string) {
	if id != "" {
		s.entry.Because = append(s.entry.Because, trace.Ref{Kind: kind, ID: id})
	}
}

// SealWhy returns the act's reason sealed for a record of its own.
func (s *Scribe) SealWhy(record string) ([]byte, error) {
	if s.act.Why == "" {
		return nil, nil
	}
	sealed, err := s.center.Sealer.Seal(WhyClass, record, []byte(s.act.Why))
	if err != nil {
		return nil, fmt.Errorf("seal the reason: %w", err)
	}
	return sealed, nil
}

// errNothing leaves a transaction in which nothing was to be done.
var errNothing = errors.New("nothing to do")

// Do carries out an act: it checks the right, runs fn in one transaction,
// journals what fn wrote, and remembers the answer under the act's key.
// Faults: Forbidden without the right, Invalid without a needed reason,
// Conflict when the key was used for something else, and whatever fn returns.
func Do[Tx Recorder, T any](ctx context.Context, c *Center, write Write[Tx], act Act, fn func(tx Tx, s *Scribe) (T, error)) (T, error) {
	var out T
	if err := act.check(c); err != nil {
		return out, err
	}
	asked := journal.Digest(struct {
		Name  string
		Input any
	}{act.Name, act.Input})
	var entry journal.Entry
	err := write(ctx, func(tx Tx) error {
		if act.Key != "" {
			done, err := recall(ctx, tx, act, asked, &out)
			if err != nil {
				return err
			}
			if done {
				return errNothing
			}
		}
		s, err := newScribe(c, act)
		if err != nil {
			return err
		}
		if out, err = fn(tx, s); err != nil {
			return err
		}
		if s.nothing {
			return errNothing
		}
		if entry, err = s.finish(); err != nil {
			return err
		}
		if err := tx.Record(ctx, entry); err != nil {
			return fmt.Errorf("journal %s: %w", act.Name, err)
		}
		if act.Key == "" {
			return nil
		}
		answer, err := json.Marshal(out)
		if err != nil {
			return fmt.Errorf("remember the answer of %s: %w", act.Name, err)
		}
		return tx.Remember(ctx, Memory{User: act.Who.User, Key: act.Key, Asked: asked, Answer: answer, At: s.At})
	})
	if errors.Is(err, errNothing) {
		return out, nil
	}
	if err != nil {
		var none T
		return none, err
	}
	if c.Announce != nil {
		c.Announce(entry)
	}
	return out, nil
}

func (a Act) check(c *Center) error {
	var lineage []place.Code
	if a.Area != "" {
		var err error
		if lineage, err = c.Lineage(a.Area); err != nil {
			return err
		}
	}
	if err := a.Who.Check(a.Right, lineage); err != nil {
		return err
	}
	if a.WhyNeeded && strings.TrimSpace(a.Why) == "" {
		return fault.At("a reason is needed", fault.Place{Field: "why", Problem: "must not be empty"})
	}
	if len(a.Why) > MostWhy {
		return fault.At("the reason is too long", fault.Place{Field: "why", Problem: fmt.Sprintf("must have at most %d bytes", MostWhy)})
	}
	return nil
}

func recall[T any](ctx context.Context, tx Recorder, act Act, asked journal.Hash, out *T) (bool, error) {
	m, ok, err := tx.Recall(ctx, act.Who.User, act.Key)
	if err != nil {
		return false, fmt.Errorf("look for an earlier %s: %w", act.Name, err)
	}
	if !ok {
		return false, nil
	}
	if m.Asked != asked {
		return false, fault.New(fault.Conflict, "the idempotency key was used for a different request")
	}
	if err := json.Unmarshal(m.Answer, out); err != nil {
		return false, fmt.Errorf("read the remembered answer of %s: %w", act.Name, err)
	}
	return true, nil
}

func newScribe(c *Center, act Act) (*Scribe, error) {
	at := c.Time()
	id, err := c.NewID(at)
	if err != nil {
		return nil, err
	}
	return &Scribe{At: at, act: act, center: c, permitted: act.Area != "",
		entry: journal.Entry{ID: journal.EntryID(id), At: at, Actor: act.Who.User, Act: act.Name, Area: act.Area}}, nil
}

func (s *Scribe) finish() (journal.Entry, error) {
	if !s.permitted {
		return journal.Entry{}, fault.New(fault.Internal, "act %s did not say where it acts", s.act.Name)
	}
	if s.entry.Subject == (trace.Ref{}) {
		return journal.Entry{}, fault.New(fault.Internal, "act %s wrote no record", s.act.Name)
	}
	var err error
	s.entry.Why, err = s.SealWhy(string(s.entry.ID))
	return s.entry, err
}
