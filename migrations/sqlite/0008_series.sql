-- Series: emails that each reader gets one after the other, each at their own time.

-- Automated sequences of emails to the readers of a list.
CREATE TABLE series (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL UNIQUE,
    list_id       BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    -- The layout of its emails.
    layout        TEXT NOT NULL,
    -- The sender of its emails; NULL: the configured one.
    from_mailbox  TEXT,
    -- What lets readers in.
    start_kind    TEXT NOT NULL CHECK (start_kind IN ('confirmed', 'tag', 'attribute', 'date', 'event', 'segment', 'link', 'call')),
    -- The tag in lower case, the attribute, the event's slug, or a part of a link's address.
    start_key     TEXT NOT NULL DEFAULT '',
    -- The value that the attribute must get; empty: any.
    start_value   TEXT NOT NULL DEFAULT '',
    -- Days after the date or event, below zero before it, and the hour of the site's day.
    start_days    BIGINT NOT NULL DEFAULT 0,
    start_hour    BIGINT NOT NULL DEFAULT 9,
    -- Whether the date comes again each year.
    is_yearly     BOOLEAN NOT NULL DEFAULT FALSE,
    -- Who fulfils this leaves it. No ON DELETE: without it they would get what they should not.
    goal_id       BIGINT REFERENCES segments (id),
    -- Whether who saves their preferences, or answers, has reached the goal too.
    ends_on_answer BOOLEAN NOT NULL DEFAULT FALSE,
    -- Who comes to be in it comes in. No ON DELETE, for the same reason.
    start_segment_id BIGINT REFERENCES segments (id),
    state         TEXT NOT NULL
        CHECK (state IN ('draft', 'running', 'paused', 'drained', 'ended')),
    -- Whether no new readers come in, also once it goes on after a pause.
    is_closed     BOOLEAN NOT NULL DEFAULT FALSE,
    -- Why the system paused it; empty where a person did it.
    pause_reason  TEXT NOT NULL DEFAULT '',
    -- The version that new readers get.
    version       BIGINT NOT NULL DEFAULT 1,
    -- The dates of all readers were looked at up to this day; one look goes up to the day of the
    -- second, and has come to the subscriber of the third.
    dates_day     BIGINT NOT NULL DEFAULT 0,
    dates_until   BIGINT NOT NULL DEFAULT 0,
    dates_after   BIGINT NOT NULL DEFAULT 0,
    -- Grows when the address that lets readers in is changed: older ones are invalid then.
    address_number BIGINT NOT NULL DEFAULT 0,
    -- Grows with each save: two who edit it at once notice.
    edit_count    BIGINT NOT NULL DEFAULT 0,
    changed_by    TEXT NOT NULL DEFAULT '',
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL
);
CREATE INDEX series_by_list ON series (list_id);
CREATE INDEX series_by_goal ON series (goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX series_by_start_segment ON series (start_segment_id)
    WHERE start_segment_id IS NOT NULL;

-- Series that may go on as they are: started by a person, or, where a second person has to approve,
-- by another than who has changed them last. A change that nobody else has seen deletes the row.
CREATE TABLE series_approvals (
    series_id   BIGINT PRIMARY KEY REFERENCES series (id) ON DELETE CASCADE,
    approved_by TEXT NOT NULL,
    approved_at BIGINT NOT NULL
);

-- The steps of each version of a series. Those of a version that has run are never changed.
CREATE TABLE series_steps (
    series_id  BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    -- From 1.
    position   BIGINT NOT NULL,
    -- What is done: {"kind": "wait", "days": 3, "hours": 0}
    step       TEXT NOT NULL,
    -- The segment that a condition asks for.
    segment_id BIGINT REFERENCES segments (id),
    PRIMARY KEY (series_id, version, position)
);
CREATE INDEX series_steps_by_segment ON series_steps (segment_id) WHERE segment_id IS NOT NULL;

-- The campaigns by which the emails of a series are sent: one for each email of a version, and
-- for each year or round in which readers came in.
CREATE TABLE series_emails (
    series_id   BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    version     BIGINT NOT NULL,
    position    BIGINT NOT NULL,
    edition     BIGINT NOT NULL,
    campaign_id BIGINT NOT NULL UNIQUE REFERENCES campaigns (id) ON DELETE CASCADE,
    PRIMARY KEY (series_id, version, position, edition)
);

-- Who is or was in a series, and where they stand.
CREATE TABLE series_readers (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    series_id     BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- The year of a date that comes again, or the day of an event since 1970; 0 otherwise.
    round         BIGINT NOT NULL,
    -- Which of the campaigns of an email they get: the year in which they came in, or the round.
    edition       BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    -- The step that comes next, and when.
    position      BIGINT NOT NULL,
    due_at        BIGINT NOT NULL,
    -- Whether it is due when the pause of the reader's mail ends, which they may end earlier.
    awaits_pause  BOOLEAN NOT NULL DEFAULT FALSE,
    state         TEXT NOT NULL
        CHECK (state IN ('inside', 'finished', 'goal', 'left', 'suppressed', 'ended')),
    entered_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    UNIQUE (series_id, subscriber_id, round)
);
-- What is due is found by what is due.
CREATE INDEX series_readers_due ON series_readers (series_id, due_at, id) WHERE state = 'inside';
CREATE INDEX series_readers_by_subscriber ON series_readers (subscriber_id);
-- One page of a filter reads one page of an index.
CREATE INDEX series_readers_by_series ON series_readers (series_id, id);
CREATE INDEX series_readers_by_state ON series_readers (series_id, state, id);

-- Addresses that came to the addresses of series, until a worker has looked for them: the answer to
-- the program that sent them must not depend on who is on a list.
CREATE TABLE series_entries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    series_id  BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (series_id, email)
);

-- Each step that was taken for a reader, written with its effect: a step is taken once.
CREATE TABLE series_steps_taken (
    reader_id   BIGINT NOT NULL REFERENCES series_readers (id) ON DELETE CASCADE,
    position    BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    outcome     TEXT NOT NULL
        CHECK (outcome IN ('queued', 'waiting', 'went_on', 'skipped', 'tag_set', 'tag_removed',
            'changed', 'notified', 'ended')),
    -- The campaign in whose deliveries the email is.
    campaign_id BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (reader_id, version, position)
);
CREATE INDEX series_steps_taken_by_campaign ON series_steps_taken (campaign_id)
    WHERE campaign_id IS NOT NULL;

-- How many readers of a series stand at each step, in each state: a page counts no million.
-- Triggers write it with every change of series_readers, whatever makes it. PostgreSQL adds rows,
-- so that no two moves wait for each other, and the task that takes steps sums them up; SQLite,
-- which has one writer, changes them.
CREATE TABLE series_counts (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- No reference: rows of a series are taken off here while it is being deleted.
    series_id BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    position  BIGINT NOT NULL,
    state     TEXT NOT NULL,
    -- The readers are the sum of these; below zero in a row of those who went.
    readers   BIGINT NOT NULL
);
CREATE INDEX series_counts_by_step ON series_counts (series_id, version, position, state);

CREATE TRIGGER series_readers_count_insert AFTER INSERT ON series_readers BEGIN
    INSERT INTO series_counts (series_id, version, position, state, readers)
    SELECT new.series_id, new.version, new.position, new.state, 0
    WHERE NOT EXISTS (SELECT 1 FROM series_counts c
                      WHERE c.series_id = new.series_id AND c.version = new.version
                        AND c.position = new.position AND c.state = new.state);
    UPDATE series_counts SET readers = readers + 1
    WHERE series_id = new.series_id AND version = new.version
      AND position = new.position AND state = new.state;
END;
CREATE TRIGGER series_readers_count_delete AFTER DELETE ON series_readers BEGIN
    UPDATE series_counts SET readers = readers - 1
    WHERE series_id = old.series_id AND version = old.version
      AND position = old.position AND state = old.state;
END;
CREATE TRIGGER series_readers_count_update AFTER UPDATE OF version, position, state ON series_readers
WHEN old.version <> new.version OR old.position <> new.position OR old.state <> new.state BEGIN
    UPDATE series_counts SET readers = readers - 1
    WHERE series_id = old.series_id AND version = old.version
      AND position = old.position AND state = old.state;
    INSERT INTO series_counts (series_id, version, position, state, readers)
    SELECT new.series_id, new.version, new.position, new.state, 0
    WHERE NOT EXISTS (SELECT 1 FROM series_counts c
                      WHERE c.series_id = new.series_id AND c.version = new.version
                        AND c.position = new.position AND c.state = new.state);
    UPDATE series_counts SET readers = readers + 1
    WHERE series_id = new.series_id AND version = new.version
      AND position = new.position AND state = new.state;
END;
