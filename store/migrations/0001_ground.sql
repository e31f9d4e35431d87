-- The ground: areas, the records of the first loop, and the journal.
--
-- Migrations are written in SQLite's words; dialect.go says them in
-- PostgreSQL's. Instants are integer microseconds since 1970 UTC, days are
-- YYYY-MM-DD, nested parts are JSON text. Every table of records has seq, the
-- order in which rows were stored, by which lists are paged.

CREATE TABLE area (
	code text NOT NULL PRIMARY KEY,
	parent text NOT NULL,
	kind text NOT NULL,
	names text NOT NULL,
	population integer NOT NULL,
	setting text NOT NULL,
	lat real NOT NULL,
	lon real NOT NULL,
	tile_x integer NOT NULL,
	tile_y integer NOT NULL,
	basis text NOT NULL
);

-- Every area lies within itself and within all areas that hold it.
CREATE TABLE area_closure (
	within text NOT NULL,
	area text NOT NULL,
	PRIMARY KEY (within, area)
);
CREATE INDEX area_closure_by_area ON area_closure (area, within);

CREATE TABLE batch (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	source text NOT NULL,
	status text NOT NULL,
	recorded integer NOT NULL,
	row_count integer NOT NULL,
	glitches text NOT NULL
);

CREATE TABLE observation (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	batch text NOT NULL,
	stream text NOT NULL,
	area text NOT NULL,
	day text NOT NULL,
	counted integer NOT NULL,
	denominator integer,
	source text NOT NULL,
	status text NOT NULL,
	basis text NOT NULL,
	reported integer NOT NULL,
	recorded integer NOT NULL,
	supersedes text NOT NULL
);
CREATE INDEX observation_series ON observation (stream, status, area, day, recorded);
CREATE INDEX observation_by_source ON observation (source, status, day);
CREATE INDEX observation_by_batch ON observation (batch, seq);

CREATE TABLE notice (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	source text NOT NULL,
	occurred integer NOT NULL,
	recorded integer NOT NULL,
	area text NOT NULL,
	status text NOT NULL,
	topic text NOT NULL,
	people integer NOT NULL,
	sealed blob
);

CREATE TABLE signal (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	route text NOT NULL,
	status text NOT NULL,
	signal_group text NOT NULL,
	stream text NOT NULL,
	area text NOT NULL,
	first_day text NOT NULL,
	last_day text NOT NULL,
	evidence text NOT NULL,
	notices text NOT NULL,
	rank real NOT NULL,
	day text NOT NULL,
	shown integer NOT NULL,
	state text NOT NULL,
	raised integer NOT NULL,
	changed integer NOT NULL,
	by_user text NOT NULL,
	event text NOT NULL,
	version integer NOT NULL
);
CREATE INDEX signal_by_time ON signal (status, seq, state, area, rank);
CREATE INDEX signal_by_area ON signal (area, status, state, seq, day, rank, changed);
CREATE INDEX signal_by_day ON signal (status, day, rank, seq, state, area, shown);
CREATE INDEX signal_by_change ON signal (status, changed);
CREATE INDEX signal_by_group ON signal (signal_group, status, seq);

CREATE TABLE event (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	signal text NOT NULL,
	status text NOT NULL,
	hazard text NOT NULL,
	area text NOT NULL,
	began text NOT NULL,
	opened integer NOT NULL,
	by_user text NOT NULL,
	closed integer,
	version integer NOT NULL
);
CREATE INDEX event_by_status ON event (status, seq, area);

CREATE TABLE proposal (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	status text NOT NULL,
	event text NOT NULL,
	area text NOT NULL,
	pack text NOT NULL,
	rule text NOT NULL,
	current_level text NOT NULL,
	level text NOT NULL,
	inputs text NOT NULL,
	day text NOT NULL,
	made integer NOT NULL,
	state text NOT NULL,
	decided text NOT NULL,
	decided_area text NOT NULL,
	by_user text NOT NULL,
	by_org text NOT NULL,
	decided_at integer,
	second_user text NOT NULL,
	seconded integer,
	why blob,
	version integer NOT NULL
);
CREATE INDEX proposal_by_time ON proposal (status, seq, state, area, event);
CREATE INDEX proposal_by_area ON proposal (area, status, state, seq);

CREATE TABLE area_level (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	status text NOT NULL,
	area text NOT NULL,
	level text NOT NULL,
	proposal text NOT NULL,
	pack text NOT NULL,
	from_at integer NOT NULL,
	review text NOT NULL,
	expires text NOT NULL,
	until_at integer,
	version integer NOT NULL
);
CREATE INDEX area_level_by_area ON area_level (area, status, from_at);
CREATE INDEX area_level_standing ON area_level (status, review) WHERE until_at IS NULL;

CREATE TABLE directive (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	status text NOT NULL,
	proposal text NOT NULL,
	event text NOT NULL,
	pack text NOT NULL,
	template text NOT NULL,
	measure text NOT NULL,
	title text NOT NULL,
	area text NOT NULL,
	addressee text NOT NULL,
	held text NOT NULL,
	authority text NOT NULL,
	due integer NOT NULL,
	ack_by integer NOT NULL,
	completion text NOT NULL,
	state text NOT NULL,
	issued integer NOT NULL,
	changed integer NOT NULL,
	by_user text NOT NULL,
	reminded integer,
	overdue integer,
	escalated integer,
	exception integer NOT NULL,
	version integer NOT NULL,
	-- 1 until a completion query is met and verified; not part of the record.
	awaits integer NOT NULL
);
CREATE INDEX directive_by_time ON directive (status, seq, state, area, held);
CREATE INDEX directive_by_area ON directive (area, status, state, due, seq, held, changed);
CREATE INDEX directive_by_due ON directive (status, due, seq, state, area, held);
CREATE INDEX directive_by_change ON directive (status, changed);
CREATE INDEX directive_open ON directive (status, due, seq, state, area, held)
	WHERE state NOT IN ('closed', 'withdrawn');

CREATE TABLE shift (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	post text NOT NULL,
	user_id text NOT NULL,
	from_at integer NOT NULL,
	until_at integer NOT NULL,
	version integer NOT NULL
);
CREATE INDEX shift_by_post ON shift (post, until_at, from_at);
CREATE INDEX shift_by_end ON shift (until_at, from_at);

CREATE TABLE account (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	name text NOT NULL UNIQUE,
	display text NOT NULL,
	organisation text NOT NULL,
	source text NOT NULL,
	grants text NOT NULL,
	secret text NOT NULL,
	disabled integer NOT NULL,
	created integer NOT NULL,
	version integer NOT NULL
);

-- Sessions are a ledger of their own: they come and go outside acts.
CREATE TABLE session (
	token blob NOT NULL PRIMARY KEY,
	user_id text NOT NULL,
	created integer NOT NULL,
	expires integer NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

-- The answers of acts, under the keys that callers sent with them.
CREATE TABLE memory (
	user_id text NOT NULL,
	key text NOT NULL,
	asked blob NOT NULL,
	answer blob NOT NULL,
	at integer NOT NULL,
	PRIMARY KEY (user_id, key)
);

CREATE TABLE entry (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	at integer NOT NULL,
	actor text NOT NULL,
	act text NOT NULL,
	area text NOT NULL,
	subject_kind text NOT NULL,
	subject_id text NOT NULL,
	because text NOT NULL,
	why blob
);
CREATE INDEX entry_by_area ON entry (area, seq, actor, act, at);
CREATE INDEX entry_by_actor ON entry (actor, seq);
CREATE INDEX entry_by_subject ON entry (subject_kind, subject_id, seq);

-- The records that an entry's act wrote. State repeats where the record then
-- stood, so that figures can be asked as of an earlier time; it is not hashed.
CREATE TABLE touch (
	entry integer NOT NULL,
	position integer NOT NULL,
	kind text NOT NULL,
	record text NOT NULL,
	digest blob NOT NULL,
	state text NOT NULL,
	PRIMARY KEY (entry, position)
);
CREATE INDEX touch_by_record ON touch (kind, record, entry);

-- The chain: number counts from 1 without gaps.
CREATE TABLE link (
	number integer NOT NULL PRIMARY KEY,
	entry text NOT NULL UNIQUE,
	entry_seq integer NOT NULL,
	own blob NOT NULL,
	head blob NOT NULL
);
