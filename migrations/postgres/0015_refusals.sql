-- An address may be suppressed for several reasons, each with its time and its
-- cause; the strongest is what pages show, and taking one back leaves the
-- others. A key that begins with @ stands for a whole domain.
ALTER TABLE suppressions DROP CONSTRAINT suppressions_pkey;
ALTER TABLE suppressions ADD PRIMARY KEY (email_key, reason);
-- By what way it came; empty for those from before this was kept.
ALTER TABLE suppressions ADD COLUMN source TEXT NOT NULL DEFAULT '';
-- The campaign whose mail led to it.
ALTER TABLE suppressions ADD COLUMN campaign_id BIGINT REFERENCES campaigns (id) ON DELETE SET NULL;
CREATE INDEX suppressions_by_campaign ON suppressions (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX suppressions_by_time ON suppressions (created_at);

-- SQLite's function of this name, so that one text finds an address's domain.
CREATE FUNCTION instr(TEXT, TEXT) RETURNS INTEGER
    LANGUAGE SQL IMMUTABLE PARALLEL SAFE AS 'SELECT POSITION($2 IN $1)';

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
