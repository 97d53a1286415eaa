-- An address may be suppressed for several reasons, each with its time and its
-- cause; the strongest is what pages show, and taking one back leaves the
-- others. A key that begins with @ stands for a whole domain. SQLite changes a
-- primary key by a new table alone.
CREATE TABLE suppressions_by_reason (
    email_key   TEXT NOT NULL,
    reason      TEXT NOT NULL CHECK (reason IN ('unsubscribed_all', 'hard_bounce', 'complaint', 'manual')),
    note        TEXT NOT NULL DEFAULT '',
    -- By what way it came; empty for those from before this was kept.
    source      TEXT NOT NULL DEFAULT '',
    -- The campaign whose mail led to it.
    campaign_id BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (email_key, reason)
);
INSERT INTO suppressions_by_reason (email_key, reason, note, created_at)
SELECT email_key, reason, note, created_at FROM suppressions;
DROP TABLE suppressions;
ALTER TABLE suppressions_by_reason RENAME TO suppressions;
CREATE INDEX suppressions_by_campaign ON suppressions (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX suppressions_by_time ON suppressions (created_at);

-- Whom a refusal is about, and its words without what differs from recipient to
-- recipient.
ALTER TABLE feedback_events ADD COLUMN party TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback_events ADD COLUMN reply_key TEXT NOT NULL DEFAULT '';
CREATE INDEX feedback_events_by_reply ON feedback_events (campaign_id, reply_key)
    WHERE reply_key <> '';

-- Refusals that paused a campaign: each kind of words once, so that a person
-- who lets it go on has seen them.
CREATE TABLE campaign_brakes (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    reply_key   TEXT NOT NULL,
    reply       TEXT NOT NULL,
    party       TEXT NOT NULL,
    -- Recipients who were refused like this when it paused.
    recipients  BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, reply_key)
);
