-- What came back: bounces, complaints, wishes to leave, answers. Rows are added
-- and never changed; none holds an address, so that erasing a subscriber leaves
-- numbers that name nobody.
CREATE TABLE feedback_events (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of what was reported: the same report by two ways is one event.
    digest        BLOB NOT NULL UNIQUE,
    source        TEXT NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('hard', 'soft', 'complaint', 'unsubscribe', 'auto_reply', 'reply', 'unknown')),
    -- Whether the message was given up; false for a delay.
    is_final      BOOLEAN NOT NULL,
    status        TEXT NOT NULL DEFAULT '',
    -- In plain words, and in the other side's.
    reason        TEXT NOT NULL DEFAULT '',
    detail        TEXT NOT NULL DEFAULT '',
    delivery_id   BIGINT REFERENCES deliveries (id) ON DELETE SET NULL,
    campaign_id   BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    subscriber_id BIGINT REFERENCES subscribers (id) ON DELETE SET NULL,
    at            BIGINT NOT NULL
);
CREATE INDEX feedback_events_by_subscriber ON feedback_events (subscriber_id, id);
CREATE INDEX feedback_events_by_campaign ON feedback_events (campaign_id, verdict, at);
CREATE INDEX feedback_events_by_delivery ON feedback_events (delivery_id);
CREATE INDEX feedback_events_by_time ON feedback_events (at, verdict);

-- Other programs that want to know, and what they are still to be told.
CREATE TABLE webhooks (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    url         TEXT NOT NULL,
    -- Names of events, parted by spaces, with a space at either end.
    events      TEXT NOT NULL,
    -- Sealed under the secret key.
    secret      BLOB NOT NULL,
    is_active   BOOLEAN NOT NULL,
    -- Why it was turned off, or what its last failure was.
    trouble     TEXT NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL
);

CREATE TABLE webhook_messages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id      BIGINT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event           TEXT NOT NULL,
    body            TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    attempts        BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    lease_owner     BLOB,
    lease_until     BIGINT,
    reply           TEXT NOT NULL DEFAULT '',
    created_at      BIGINT NOT NULL
);
CREATE INDEX webhook_messages_due ON webhook_messages (next_attempt_at, id) WHERE state = 'queued';
CREATE INDEX webhook_messages_by_webhook ON webhook_messages (webhook_id, id);

-- Notices of new kinds (forwarded replies, transactional mail). The kinds are
-- those of the type NoticeKind; SQLite changes a CHECK by a new table alone.
CREATE TABLE notices_of_any_kind (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    kind             TEXT NOT NULL,
    email            TEXT NOT NULL,
    language         TEXT NOT NULL,
    payload          TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'skipped', 'uncertain')),
    attempts         BIGINT NOT NULL DEFAULT 0,
    first_attempt_at BIGINT,
    next_attempt_at  BIGINT NOT NULL,
    lease_owner      BLOB,
    lease_until      BIGINT,
    reply            TEXT NOT NULL DEFAULT '',
    created_at       BIGINT NOT NULL,
    changed_at       BIGINT NOT NULL
);
INSERT INTO notices_of_any_kind
    (id, kind, email, language, payload, state, attempts, first_attempt_at, next_attempt_at,
     lease_owner, lease_until, reply, created_at, changed_at)
SELECT id, kind, email, language, payload, state, attempts, first_attempt_at, next_attempt_at,
       lease_owner, lease_until, reply, created_at, changed_at
FROM notices;
DROP TABLE notices;
ALTER TABLE notices_of_any_kind RENAME TO notices;
CREATE INDEX notices_due ON notices (next_attempt_at, id)
    WHERE state IN ('queued', 'deferred') AND lease_until IS NULL;
CREATE INDEX notices_leased ON notices (lease_until) WHERE lease_until IS NOT NULL;
