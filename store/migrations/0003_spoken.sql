-- What was found lately, and when an indicator last spoke, is asked for by the
-- last day of the signals.
CREATE INDEX signal_by_last ON signal (status, last_day, stream);
