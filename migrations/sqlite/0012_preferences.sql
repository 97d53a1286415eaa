-- How often subscribers want mail, and the mail that gathers a week.

ALTER TABLE subscribers ADD COLUMN frequency TEXT NOT NULL DEFAULT 'each'
    CHECK (frequency IN ('each', 'weekly'));
-- No campaign's mail goes to them before this moment.
ALTER TABLE subscribers ADD COLUMN paused_until BIGINT;
CREATE INDEX subscribers_paused ON subscribers (paused_until) WHERE paused_until IS NOT NULL;
CREATE INDEX subscribers_weekly ON subscribers (id) WHERE frequency = 'weekly';

-- A consent may be about no list: a pause, a language. SQLite changes a CHECK
-- by a new table alone.
CREATE TABLE consent_records_of_any_kind (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- NULL where it is about all mail.
    list_id       BIGINT REFERENCES lists (id) ON DELETE CASCADE,
    action        TEXT NOT NULL CHECK (action IN ('requested', 'confirmed', 'unsubscribed', 'expired',
                                                  'profile', 'frequency', 'paused', 'resumed',
                                                  'left_all', 'came_back')),
    method        TEXT NOT NULL,
    wording       TEXT NOT NULL DEFAULT '',
    network       TEXT NOT NULL DEFAULT '',
    user_agent    TEXT NOT NULL DEFAULT '',
    at            BIGINT NOT NULL,
    reason        TEXT NOT NULL DEFAULT '',
    campaign_id   BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    -- What was set, such as `language=kk`.
    detail        TEXT NOT NULL DEFAULT ''
);
INSERT INTO consent_records_of_any_kind
    (id, subscriber_id, list_id, action, method, wording, network, user_agent, at, reason,
     campaign_id)
SELECT id, subscriber_id, list_id, action, method, wording, network, user_agent, at, reason,
       campaign_id
FROM consent_records;
DROP TABLE consent_records;
ALTER TABLE consent_records_of_any_kind RENAME TO consent_records;
CREATE INDEX consent_records_by_subscriber ON consent_records (subscriber_id, id);
CREATE INDEX consent_records_by_campaign ON consent_records (campaign_id, at)
    WHERE campaign_id IS NOT NULL;

-- A kind of campaign that the system makes: the weekly digest.
ALTER TABLE campaigns ADD COLUMN kind_of_any TEXT NOT NULL DEFAULT 'post'
    CHECK (kind_of_any IN ('post', 'digest', 'markdown', 'mjml', 'weekly'));
UPDATE campaigns SET kind_of_any = kind;
ALTER TABLE campaigns DROP COLUMN kind;
ALTER TABLE campaigns RENAME COLUMN kind_of_any TO kind;

-- Goes at once to those who read weekly, too.
ALTER TABLE campaigns ADD COLUMN is_urgent BOOLEAN NOT NULL DEFAULT FALSE;
-- How many weekly readers its freeze kept for the digest.
ALTER TABLE campaigns ADD COLUMN gathered_count BIGINT NOT NULL DEFAULT 0;

-- The weeks whose time has come: each once, whoever looks first.
CREATE TABLE weekly_digests (
    -- ISO 8601, such as 2026-W48.
    week        TEXT PRIMARY KEY,
    -- The campaign that carries it; NULL where there was nothing to tell.
    campaign_id BIGINT UNIQUE REFERENCES campaigns (id) ON DELETE SET NULL,
    made_at     BIGINT NOT NULL
);

-- The week whose digest tells of a campaign.
ALTER TABLE campaigns ADD COLUMN gathered_in TEXT REFERENCES weekly_digests (week);
CREATE INDEX campaigns_by_week ON campaigns (gathered_in) WHERE gathered_in IS NOT NULL;
CREATE INDEX campaigns_to_gather ON campaigns (id)
    WHERE gathered_count > 0 AND gathered_in IS NULL;

-- What weekly readers would have got by itself, and read in a digest.
CREATE TABLE weekly_items (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    campaign_id   BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    PRIMARY KEY (subscriber_id, campaign_id)
) WITHOUT ROWID;
