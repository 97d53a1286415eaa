-- What reports and the dashboard tell, and what a list sends by itself.

-- The campaign whose mail led somebody to leave.
ALTER TABLE consent_records ADD COLUMN campaign_id BIGINT REFERENCES campaigns (id) ON DELETE SET NULL;
CREATE INDEX consent_records_by_campaign ON consent_records (campaign_id, at)
    WHERE campaign_id IS NOT NULL;

-- Who came to each list and left it on each day since 1970.
CREATE TABLE list_days (
    list_id BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    day     BIGINT NOT NULL,
    came    BIGINT NOT NULL,
    went    BIGINT NOT NULL,
    PRIMARY KEY (list_id, day)
);
INSERT INTO list_days (list_id, day, came, went)
SELECT list_id, at / 86400000,
       COUNT(CASE WHEN action = 'confirmed' THEN 1 END),
       COUNT(CASE WHEN action = 'unsubscribed' THEN 1 END)
FROM consent_records WHERE action IN ('confirmed', 'unsubscribed') GROUP BY 1, 2;

-- Whether mail to the list counts how often each link is followed, and whether
-- who joins is welcomed by mail.
ALTER TABLE lists ADD COLUMN counts_clicks BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE lists ADD COLUMN sends_welcome BOOLEAN NOT NULL DEFAULT FALSE;

-- The links of a campaign that counts them: how often each was followed, and
-- nothing of by whom.
CREATE TABLE campaign_links (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    number      BIGINT NOT NULL,
    url         TEXT NOT NULL,
    clicks      BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, number)
);

-- When readers get it by their own clocks, such as 2026-03-01T09:00.
ALTER TABLE campaigns ADD COLUMN local_start TEXT;
