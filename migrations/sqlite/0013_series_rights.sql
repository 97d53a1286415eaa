-- Who has approved a series, addresses that programs send to series, and how many test emails users
-- send.

-- Series that may go on as they are: started by a person, or, where a second person has to approve,
-- by another than who has changed them last. A change that nobody else has seen deletes the row.
CREATE TABLE series_approvals (
    series_id   BIGINT PRIMARY KEY REFERENCES series (id) ON DELETE CASCADE,
    approved_by TEXT NOT NULL,
    approved_at BIGINT NOT NULL
);
INSERT INTO series_approvals (series_id, approved_by, approved_at)
SELECT id, changed_by, updated_at FROM series WHERE state <> 'draft';

-- Addresses that came to the addresses of series, until a worker has looked for them: the answer to
-- the program that sent them must not depend on who is on a list.
CREATE TABLE series_entries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    series_id  BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (series_id, email)
);

-- How many test emails a user has sent in an hour, counted since 1970.
CREATE TABLE test_email_counts (
    user_email TEXT NOT NULL,
    hour       BIGINT NOT NULL,
    emails     BIGINT NOT NULL,
    PRIMARY KEY (user_email, hour)
);
CREATE INDEX test_email_counts_by_hour ON test_email_counts (hour);
