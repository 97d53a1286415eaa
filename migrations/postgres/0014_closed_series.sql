-- A series that was closed to new readers stays so when it is paused and goes on.

-- Whether no new readers come in, also once it goes on after a pause.
ALTER TABLE series ADD COLUMN is_closed BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE series SET is_closed = TRUE WHERE state = 'drained';
