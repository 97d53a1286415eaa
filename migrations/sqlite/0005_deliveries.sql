-- The delivery ledger, transactional email, and what workers report.

-- The delivery ledger: one row for each recipient of a campaign.
CREATE TABLE deliveries (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id      BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    -- NULL once the subscriber was erased.
    subscriber_id    BIGINT REFERENCES subscribers (id) ON DELETE SET NULL,
    state            TEXT NOT NULL
        CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'complained',
            'skipped', 'uncertain')),
    attempts         BIGINT NOT NULL DEFAULT 0,
    first_attempt_at BIGINT,
    next_attempt_at  BIGINT NOT NULL,
    -- Which worker has leased it, and until when.
    lease_owner      BLOB,
    lease_until      BIGINT,
    -- The relay's SMTP reply.
    reply            TEXT NOT NULL DEFAULT '',
    changed_at       BIGINT NOT NULL,
    -- What the recipient gets in an A/B test, and what won to the rest; NULL without a test.
    variant          TEXT CHECK (variant IN ('a', 'b', 'c', 'd')),
    -- The list by which the test counts it: the recipient's first; NULL outside of the test.
    test_list_id     BIGINT,
    UNIQUE (campaign_id, subscriber_id)
);
CREATE INDEX deliveries_by_subscriber ON deliveries (subscriber_id);
-- What was deferred, and is claimed row by row.
CREATE INDEX deliveries_due ON deliveries (campaign_id, next_attempt_at, id)
    WHERE state = 'deferred' AND lease_until IS NULL;
CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE lease_until IS NOT NULL;
-- What A/B tests count.
CREATE INDEX deliveries_in_tests ON deliveries (campaign_id, variant, test_list_id, state)
    WHERE test_list_id IS NOT NULL;
-- The few in unusual states. The many are counted by subtraction.
CREATE INDEX deliveries_unusual ON deliveries (campaign_id, state, id)
    WHERE state NOT IN ('queued', 'sending', 'sent');

-- Leases of first attempts: ranges of subscribers, so that a claim writes one row and not hundreds.
CREATE TABLE delivery_slices (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id      BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    -- The subscribers after the first and up to the second.
    after_subscriber BIGINT NOT NULL,
    up_to_subscriber BIGINT NOT NULL,
    -- NULL: released, to be claimed again.
    lease_owner      BLOB,
    lease_until      BIGINT NOT NULL
);
CREATE INDEX delivery_slices_by_campaign ON delivery_slices (campaign_id, lease_until);

-- What is kept of the deliveries of old campaigns: how many were in each state.
CREATE TABLE folded_deliveries (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    -- Of the recipients; empty for those who were erased.
    domain      TEXT NOT NULL,
    state       TEXT NOT NULL
        CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'complained',
            'skipped', 'uncertain')),
    count       BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, domain, state)
);

-- Email to one person that no campaign sends: confirmations, sign-in links, what other
-- programs ask for.
CREATE TABLE transactional_emails (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    kind             TEXT NOT NULL
        CHECK (kind IN ('confirmation', 'already_subscribed', 'welcome', 'sign_in',
            'invitation', 'account_changed', 'notification', 'personal_data', 'preferences', 'test',
            'forward', 'transactional')),
    email            TEXT NOT NULL,
    language         TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    payload          TEXT NOT NULL,
    state            TEXT NOT NULL
        CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'skipped',
            'uncertain')),
    attempts         BIGINT NOT NULL DEFAULT 0,
    first_attempt_at BIGINT,
    next_attempt_at  BIGINT NOT NULL,
    lease_owner      BLOB,
    lease_until      BIGINT,
    reply            TEXT NOT NULL DEFAULT '',
    created_at       BIGINT NOT NULL,
    changed_at       BIGINT NOT NULL
);
CREATE INDEX transactional_emails_due ON transactional_emails (next_attempt_at, id)
    WHERE state IN ('queued', 'deferred') AND lease_until IS NULL;
CREATE INDEX transactional_emails_leased ON transactional_emails (lease_until)
    WHERE lease_until IS NOT NULL;
-- Forwarded replies are counted by day.
CREATE INDEX transactional_emails_forwarded ON transactional_emails (created_at)
    WHERE kind = 'forward';

-- The files of transactional emails that are still to be sent.
CREATE TABLE transactional_attachments (
    email_id   BIGINT NOT NULL REFERENCES transactional_emails (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    -- What the HTML names a picture by; NULL: a file to open.
    content_id TEXT,
    content    BLOB NOT NULL,
    PRIMARY KEY (email_id, position)
);

-- How many messages each relay accepted on each day, for its warm-up.
CREATE TABLE transport_daily_totals (
    transport TEXT NOT NULL,
    day       BIGINT NOT NULL,
    sent      BIGINT NOT NULL,
    PRIMARY KEY (transport, day)
);

-- Running workers, with the state of their relays as JSON. Only a report: nothing depends on it.
CREATE TABLE workers (
    id      TEXT PRIMARY KEY,
    seen_at BIGINT NOT NULL,
    relays  TEXT NOT NULL
);

-- Why a campaign makes no progress in a worker. Only a report, too.
CREATE TABLE send_delays (
    worker_id   TEXT NOT NULL REFERENCES workers (id) ON DELETE CASCADE,
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    reason      TEXT NOT NULL
        CHECK (reason IN ('relay_away', 'relay_refuses', 'connection_limit', 'warm_up', 'throttled',
            'domain_limit', 'quiet_hours', 'hourly_limit', 'local_time', 'retries', 'paused',
            'no_worker')),
    detail      TEXT NOT NULL,
    since       BIGINT NOT NULL,
    PRIMARY KEY (worker_id, campaign_id)
);
CREATE INDEX send_delays_of_campaign ON send_delays (campaign_id);
