-- The legal grounds on which visits are collected, with the officers who approved
-- them.
CREATE TABLE declaration (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	area text NOT NULL,
	modules text NOT NULL,
	basis text NOT NULL,
	days integer NOT NULL,
	state text NOT NULL,
	from_at integer NOT NULL,
	until_at integer NOT NULL,
	approvals text NOT NULL,
	closed text NOT NULL,
	version integer NOT NULL
);
CREATE INDEX declaration_by_end ON declaration (until_at);
