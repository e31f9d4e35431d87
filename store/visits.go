package store

import (
	"context"
	"fmt"
	"time"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/command"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/place"
	"github.com/breakwater-eoc/breakwater/science/trace"
	"github.com/breakwater-eoc/breakwater/trust"
)

var (
	visitDayTable    = table{"visit_day", "id, state, visits, files, bytes, chain, damaged, certificate, proof, by_user, witness, changed, version"}
	disclosureTable  = table{"disclosure", "id, by_user, at, case_kind, case_id, area, purpose, declaration, from_at, until_at, sought, site, people, version"}
	declarationTable = table{"declaration", "id, area, modules, basis, days, state, from_at, until_at, approvals, closed, version"}
)

func visitDayRow(r *venue.DayRecord) []any {
	return []any{&r.Day, &r.State, &r.Visits, &r.Files, &r.Bytes, hash(&r.Chain), yesNo{&r.Damaged}, &r.Certificate,
		hash(&r.Proof), &r.By, &r.Witness, instant{&r.Changed}, &r.Version}
}

func disclosureRow(d *trust.Disclosure) []any {
	return []any{&d.ID, &d.By, instant{&d.At}, &d.Case.Kind, &d.Case.ID, &d.Area, &d.Purpose, &d.Declaration,
		instant{&d.From}, instant{&d.Until}, &d.Sought, &d.Site, &d.People, &d.Version}
}

func declarationRow(d *trust.Declaration) []any {
	return []any{&d.ID, &d.Area, jsonText{&d.Modules}, &d.Basis, &d.Days, &d.State, instant{&d.From}, instant{&d.Until},
		jsonText{&d.Approvals}, jsonText{&d.Closed}, &d.Version}
}

// VisitDay implements [people.Tx].
func (tx *Tx) VisitDay(ctx context.Context, day civil.Day) (venue.DayRecord, bool, error) {
	r, ok, err := first(ctx, tx.q, visitDayRow, visitDayTable.get()+"WHERE id = $1", day)
	if err != nil {
		return r, false, fmt.Errorf("read what is on record of the visits of %s: %w", day, err)
	}
	return r, ok, nil
}

// PutVisitDay implements [people.Tx].
func (tx *Tx) PutVisitDay(ctx context.Context, r venue.DayRecord) error {
	tx.stands(venue.DayKind, r.Day.String(), string(r.State))
	if r.Version == 1 {
		return add(ctx, tx.q, visitDayTable, visitDayRow(&r), "day of visits", r.Day)
	}
	return save(ctx, tx.q, visitDayTable, visitDayRow(&r), "day of visits", r.Day, r.Version)
}

// AddDisclosure implements [people.Tx].
func (tx *Tx) AddDisclosure(ctx context.Context, d trust.Disclosure) error {
	return add(ctx, tx.q, disclosureTable, disclosureRow(&d), "disclosure", d.ID)
}

// Declaration implements [people.Tx].
func (tx *Tx) Declaration(ctx context.Context, id trust.DeclarationID) (trust.Declaration, error) {
	return one(ctx, tx.q, declarationTable, declarationRow, "declaration", id)
}

// AddDeclaration implements [people.Tx].
func (tx *Tx) AddDeclaration(ctx context.Context, d trust.Declaration) error {
	tx.stands(trust.DeclarationKind, string(d.ID), string(d.State))
	return add(ctx, tx.q, declarationTable, declarationRow(&d), "declaration", d.ID)
}

// SaveDeclaration implements [people.Tx].
func (tx *Tx) SaveDeclaration(ctx context.Context, d trust.Declaration) error {
	tx.stands(trust.DeclarationKind, string(d.ID), string(d.State))
	return save(ctx, tx.q, declarationTable, declarationRow(&d), "declaration", d.ID, d.Version)
}

// StandingDeclarations implements [people.Store].
func (v view) StandingDeclarations(ctx context.Context, at time.Time) ([]trust.Declaration, error) {
	all, err := list(ctx, v.q, declarationRow, declarationTable.get()+"WHERE until_at > $1 ORDER BY seq", instant{&at})
	if err != nil {
		return nil, fmt.Errorf("read the declarations in force: %w", err)
	}
	return all, nil
}

var declarationsByTime = paged[trust.Declaration]{declarationTable, declarationRow, newestFirst, bySeq[trust.Declaration]}

// Declarations implements [people.Store]: the newest first.
func (v view) Declarations(ctx context.Context, p command.Paging) (command.Page[trust.Declaration], error) {
	var c conditions
	at, more, err := readCursor(p.After, declarationsByTime.by())
	if err != nil {
		return command.Page[trust.Declaration]{Items: []trust.Declaration{}}, err
	}
	if more {
		c.add("seq < $?", at.Seq)
	}
	return declarationsByTime.page(ctx, v.q, c, pageSize(p))
}

// VisitDays implements [people.Store]: the oldest first.
func (v view) VisitDays(ctx context.Context) ([]venue.DayRecord, error) {
	days, err := list(ctx, v.q, visitDayRow, visitDayTable.get()+"ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("read what is on record of the days of visits: %w", err)
	}
	return days, nil
}

var disclosuresByTime = paged[trust.Disclosure]{disclosureTable, disclosureRow, newestFirst, bySeq[trust.Disclosure]}

// Disclosures implements [people.Store]: the newest first.
func (v view) Disclosures(ctx context.Context, within []place.Code, p command.Paging) (command.Page[trust.Disclosure], error) {
	none := command.Page[trust.Disclosure]{Items: []trust.Disclosure{}}
	seen, err := v.scope(ctx, within, "")
	if err != nil {
		return none, err
	}
	at, more, err := readCursor(p.After, disclosuresByTime.by())
	if err != nil {
		return none, err
	}
	var c conditions
	seen.add(&c)
	if more {
		c.add("seq < $?", at.Seq)
	}
	return disclosuresByTime.page(ctx, v.q, c, pageSize(p))
}

func visitDayRefs(venue.DayRecord) []trace.Ref { return nil }

func disclosureRefs(d trust.Disclosure) []trace.Ref { return named(areaRef(d.Area), d.Case) }

func declarationRefs(d trust.Declaration) []trace.Ref { return named(areaRef(d.Area)) }
