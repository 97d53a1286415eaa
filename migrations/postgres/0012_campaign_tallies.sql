-- What reports of large campaigns show: counted in the background, since a page that counts a
-- million deliveries takes seconds.

-- What was counted last of each large campaign.
CREATE TABLE campaign_tallies (
    campaign_id BIGINT PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
    -- A process that looks at it moves this on first, so that no other does at the same time.
    next_at     BIGINT NOT NULL,
    -- When it was counted; NULL: not yet.
    counted_at  BIGINT,
    -- The totals by state at that time, with the last who left: while they are the same, nothing
    -- has changed.
    mark        TEXT NOT NULL DEFAULT '',
    -- JSON: over time, by domain, and by variant of its A/B test; empty: not yet.
    tally       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX campaign_tallies_due ON campaign_tallies (next_at);
