-- What the journal vouches for of the days of visits, which are kept elsewhere:
-- counts and hashes. The id is the day.
CREATE TABLE visit_day (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	state text NOT NULL,
	visits integer NOT NULL,
	files integer NOT NULL,
	bytes integer NOT NULL,
	chain blob NOT NULL,
	damaged integer NOT NULL,
	certificate integer NOT NULL,
	proof blob NOT NULL,
	by_user text NOT NULL,
	witness text NOT NULL,
	changed integer NOT NULL,
	version integer NOT NULL
);

-- Who resolved pseudonyms, for which case: no person stands here.
CREATE TABLE disclosure (
	seq integer PRIMARY KEY,
	id text NOT NULL UNIQUE,
	by_user text NOT NULL,
	at integer NOT NULL,
	case_kind text NOT NULL,
	case_id text NOT NULL,
	area text NOT NULL,
	purpose text NOT NULL,
	declaration text NOT NULL,
	from_at integer NOT NULL,
	until_at integer NOT NULL,
	sought integer NOT NULL,
	site text NOT NULL,
	people integer NOT NULL,
	version integer NOT NULL
);
CREATE INDEX disclosure_by_area ON disclosure (area, seq);
