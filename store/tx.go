package store

import (
	"context"
	"fmt"

	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/command/audit"
	"github.com/breakwater-eoc/breakwater/command/order"
	"github.com/breakwater-eoc/breakwater/command/people"
	"github.com/breakwater-eoc/breakwater/command/plan"
	"github.com/breakwater-eoc/breakwater/command/staff"
	"github.com/breakwater-eoc/breakwater/command/watch"
	"github.com/breakwater-eoc/breakwater/journal"
	"github.com/breakwater-eoc/breakwater/party"
	"github.com/breakwater-eoc/breakwater/science/trace"
)

// Tx is the transaction of one act. It is valid until the act's function
// returns, and for one goroutine.
type Tx struct {
	view
	// states are where the records that the act wrote now stand.
	states map[trace.Ref]string
}

var (
	_ watch.Tx     = (*Tx)(nil)
	_ plan.Tx      = (*Tx)(nil)
	_ order.Tx     = (*Tx)(nil)
	_ staff.Tx     = (*Tx)(nil)
	_ people.Tx    = (*Tx)(nil)
	_ people.Store = (*DB)(nil)
	_ watch.Store  = (*DB)(nil)
	_ plan.Store   = (*DB)(nil)
	_ order.Store  = (*DB)(nil)
	_ staff.Store  = (*DB)(nil)
	_ audit.Store  = (*DB)(nil)
)

func (tx *Tx) stands(kind trace.Kind, id, state string) {
	tx.states[trace.Ref{Kind: kind, ID: id}] = state
}

// Record implements [command.Recorder].
func (tx *Tx) Record(ctx context.Context, e journal.Entry) error {
	seq, ok, err := first(ctx, tx.q, func(n *int64) []any { return []any{n} }, entryTable.insert(1)+" RETURNING seq", entryRow(&e)...)
	if err != nil || !ok {
		return fmt.Errorf("store entry %s: %w", e.ID, err)
	}
	for i, t := range e.Touches {
		state := tx.states[t.Ref]
		row := []any{seq, i, t.Ref.Kind, t.Ref.ID, digest{(*[32]byte)(&t.Digest)}, state}
		if _, err := tx.q.exec(ctx, touchTable.insert(1), row...); err != nil {
			return fmt.Errorf("store what entry %s touched: %w", e.ID, err)
		}
	}
	return nil
}

var memoryTable = table{"memory", "user_id, key, asked, answer, at"}

func memoryRow(m *command.Memory) []any {
	return []any{&m.User, &m.Key, digest{(*[32]byte)(&m.Asked)}, &m.Answer, instant{&m.At}}
}

// Recall implements [command.Recorder].
func (tx *Tx) Recall(ctx context.Context, user party.UserID, key string) (command.Memory, bool, error) {
	m, ok, err := first(ctx, tx.q, memoryRow, memoryTable.get()+"WHERE user_id = $1 AND key = $2", user, key)
	if err != nil {
		return m, false, fmt.Errorf("recall an earlier answer: %w", err)
	}
	return m, ok, nil
}

// Remember implements [command.Recorder].
func (tx *Tx) Remember(ctx context.Context, m command.Memory) error {
	if _, err := tx.q.exec(ctx, memoryTable.insert(1), memoryRow(&m)...); err != nil {
		return fmt.Errorf("remember an answer: %w", err)
	}
	return nil
}
