-- Workers claim deliveries that are sent for the first time in slices: ranges
-- of subscribers, so that a claim touches one row and not hundreds.

ALTER TABLE campaigns ADD COLUMN claimed_up_to BIGINT NOT NULL DEFAULT 0;
-- How many deliveries the freeze has made, and how many of them slices hold or
-- have held: counts without counting.
ALTER TABLE campaigns ADD COLUMN frozen_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN claimed_count BIGINT NOT NULL DEFAULT 0;

-- No mail leaves between these minutes of the site's day.
ALTER TABLE campaigns ADD COLUMN quiet_from BIGINT;
ALTER TABLE campaigns ADD COLUMN quiet_until BIGINT;
-- Messages in any hour at most.
ALTER TABLE campaigns ADD COLUMN hourly_limit BIGINT;

CREATE TABLE delivery_slices (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id      BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    -- The subscribers after the one and up to the other.
    after_subscriber BIGINT NOT NULL,
    up_to_subscriber BIGINT NOT NULL,
    -- NULL: given back; anybody may take it.
    lease_owner      BLOB,
    lease_until      BIGINT NOT NULL
);
CREATE INDEX delivery_slices_by_campaign ON delivery_slices (campaign_id, lease_until);

DROP INDEX deliveries_by_state;
DROP INDEX deliveries_due;
-- What was put off, and comes back one by one.
CREATE INDEX deliveries_due ON deliveries (campaign_id, next_attempt_at, id)
    WHERE state = 'deferred' AND lease_until IS NULL;
-- The few that took an unusual way. The many are found by subtraction.
CREATE INDEX deliveries_unusual ON deliveries (campaign_id, state, id)
    WHERE state NOT IN ('queued', 'sending', 'sent');

UPDATE deliveries SET lease_owner = NULL, lease_until = NULL WHERE state = 'queued';
UPDATE campaigns SET frozen_count =
    (SELECT COUNT(*) FROM deliveries d WHERE d.campaign_id = campaigns.id);
UPDATE campaigns SET claimed_up_to = frozen_up_to, claimed_count = frozen_count
    WHERE state IN ('finished', 'cancelled');

-- What each relay carried on each day since 1970, for its warm-up.
CREATE TABLE transport_days (
    transport TEXT NOT NULL,
    day       BIGINT NOT NULL,
    sent      BIGINT NOT NULL,
    PRIMARY KEY (transport, day)
);

-- How many deliveries of a campaign with an hourly limit were claimed in each
-- minute since 1970.
CREATE TABLE campaign_minutes (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    minute      BIGINT NOT NULL,
    claimed     BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, minute)
);
