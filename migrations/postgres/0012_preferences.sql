-- How often subscribers want mail, and the mail that gathers a week.

ALTER TABLE subscribers ADD COLUMN frequency TEXT NOT NULL DEFAULT 'each'
    CHECK (frequency IN ('each', 'weekly'));
-- No campaign's mail goes to them before this moment.
ALTER TABLE subscribers ADD COLUMN paused_until BIGINT;
CREATE INDEX subscribers_paused ON subscribers (paused_until) WHERE paused_until IS NOT NULL;
CREATE INDEX subscribers_weekly ON subscribers (id) WHERE frequency = 'weekly';

-- A consent may be about no list: a pause, a language.
ALTER TABLE consent_records ALTER COLUMN list_id DROP NOT NULL;
ALTER TABLE consent_records DROP CONSTRAINT consent_records_action_check;
ALTER TABLE consent_records ADD CONSTRAINT consent_records_action_check
    CHECK (action IN ('requested', 'confirmed', 'unsubscribed', 'expired', 'profile', 'frequency',
                      'paused', 'resumed', 'left_all', 'came_back'));
-- What was set, such as `language=kk`.
ALTER TABLE consent_records ADD COLUMN detail TEXT NOT NULL DEFAULT '';

-- A kind of campaign that the system makes: the weekly digest.
ALTER TABLE campaigns DROP CONSTRAINT campaigns_kind_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_kind_check
    CHECK (kind IN ('post', 'digest', 'markdown', 'mjml', 'weekly'));

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
);
