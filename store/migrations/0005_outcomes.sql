-- Signals that sleep, what signals turned out to be, and the outbreaks that no
-- signal announced.

ALTER TABLE signal ADD COLUMN snooze text NOT NULL DEFAULT 'null';
CREATE INDEX signal_sleeping ON signal (status, rank, seq, area) WHERE state = 'snoozed';

CREATE TABLE outcome (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	signal text NOT NULL,
	status text NOT NULL,
	area text NOT NULL,
	truth text NOT NULL,
	event text NOT NULL,
	began text NOT NULL,
	supersedes text NOT NULL,
	recorded integer NOT NULL,
	by_user text NOT NULL
);
CREATE INDEX outcome_by_signal ON outcome (signal, seq);

CREATE TABLE missed (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	status text NOT NULL,
	hazard text NOT NULL,
	area text NOT NULL,
	began text NOT NULL,
	supersedes text NOT NULL,
	withdrawn integer NOT NULL,
	recorded integer NOT NULL,
	by_user text NOT NULL
);
CREATE INDEX missed_by_day ON missed (status, began, seq);
CREATE INDEX missed_by_older ON missed (supersedes) WHERE supersedes <> '';
