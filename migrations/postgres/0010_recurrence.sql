-- Events that come again.
ALTER TABLE events ADD COLUMN repeats TEXT NOT NULL DEFAULT ''
    CHECK (repeats IN ('', 'daily', 'weekly', 'monthly', 'yearly'));
-- Each time, each second time, …
ALTER TABLE events ADD COLUMN repeat_every BIGINT NOT NULL DEFAULT 1;
-- None begins after this moment; NULL: without end.
ALTER TABLE events ADD COLUMN repeat_until BIGINT;
