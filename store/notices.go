package store

import (
	"context"

	"github.com/breakwater-eoc/breakwater/observe/notices"
)

var noticeTable = table{"notice", "id, source, occurred, recorded, area, status, topic, people, sealed"}

func noticeRow(n *notices.Notice) []any {
	return []any{&n.ID, &n.Header.Source, instant{&n.Header.Occurred}, instant{&n.Header.Recorded}, &n.Header.Area,
		&n.Header.Status, &n.Topic, &n.People, &n.Sealed}
}

// AddNotice implements [watch.Tx].
func (tx *Tx) AddNotice(ctx context.Context, n notices.Notice) error {
	return add(ctx, tx.q, noticeTable, noticeRow(&n), "notice", n.ID)
}

// OneNotice implements [watch.Store].
func (v view) OneNotice(ctx context.Context, id notices.ID) (notices.Notice, error) {
	return one(ctx, v.q, noticeTable, noticeRow, "notice", id)
}
