-- Each team has its own inbox. Signals from before there were teams stay in the
-- city's, which an empty team stands for.
ALTER TABLE signal ADD COLUMN team text NOT NULL DEFAULT '';
