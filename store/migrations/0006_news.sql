-- Every round asks what was recorded since the one before.
CREATE INDEX batch_by_time ON batch (recorded, status);
