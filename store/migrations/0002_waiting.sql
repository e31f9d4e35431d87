-- The signals that wait are few among all; those who read them for a whole city
-- should not pass by all.
CREATE INDEX signal_waiting ON signal (status, rank, seq, area) WHERE state = 'raised';
