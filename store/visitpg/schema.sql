-- Visits by day. Instants are microseconds UTC, days YYYY-MM-DD, ids UUIDs.
CREATE TABLE IF NOT EXISTS visits (
    day      text     COLLATE "C" NOT NULL,
    id       uuid     NOT NULL,
    site     uuid     NOT NULL,
    who      uuid     NOT NULL,
    enter    bigint   NOT NULL,
    leave    bigint   NOT NULL,
    open     boolean  NOT NULL,
    entrance integer  NOT NULL,
    party    smallint NOT NULL,
    PRIMARY KEY (day, id)
) PARTITION BY LIST (day);

CREATE INDEX IF NOT EXISTS visits_site ON visits (site, enter);
CREATE INDEX IF NOT EXISTS visits_who ON visits (who);

-- The ids of amendments and of withdrawn visits: seen, and not to be taken again.
CREATE TABLE IF NOT EXISTS visit_marks (
    day text COLLATE "C" NOT NULL,
    id  uuid NOT NULL,
    PRIMARY KEY (day, id)
) PARTITION BY LIST (day);

CREATE TABLE IF NOT EXISTS visit_days_forgotten (
    day text COLLATE "C" PRIMARY KEY
);

-- The days to which nothing was added since they were last counted.
CREATE TABLE IF NOT EXISTS visit_days_settled (
    day text COLLATE "C" PRIMARY KEY
);
