-- Settings, signing keys, certificates, outgoing webhooks and notifications.

-- Settings of the site, as JSON.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Settings made on the admin pages, by their name in the configuration file. `settings` has
-- their version.
CREATE TABLE configuration (
    name       TEXT PRIMARY KEY,
    -- JSON, encrypted with the secret key.
    value      BLOB NOT NULL,
    changed_at BIGINT NOT NULL
);

-- DKIM keys. One pair signs while the next is published, and the last stays published until no
-- message that it signed is in transit.
CREATE TABLE dkim_keys (
    domain      TEXT NOT NULL,
    selector    TEXT NOT NULL,
    algorithm   TEXT NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
    -- PKCS #8, encrypted with the secret key; empty once retired.
    private_key BLOB NOT NULL,
    state       TEXT NOT NULL DEFAULT 'active'
        CHECK (state IN ('new', 'active', 'retiring', 'retired')),
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (domain, selector)
);

-- Accounts at certificate authorities.
CREATE TABLE acme_accounts (
    -- The URL of the authority's ACME directory.
    directory   TEXT PRIMARY KEY,
    -- JSON with the account's key, encrypted with the secret key.
    credentials BLOB NOT NULL,
    created_at  BIGINT NOT NULL
);

-- The last certificate that an authority has given for a host.
CREATE TABLE acme_certificates (
    directory   TEXT NOT NULL,
    host        TEXT NOT NULL,
    -- In PEM, the server's own first.
    chain       TEXT NOT NULL,
    -- In PEM, encrypted with the secret key.
    private_key BLOB NOT NULL,
    obtained_at BIGINT NOT NULL,
    PRIMARY KEY (directory, host)
);

-- Outgoing webhooks.
CREATE TABLE webhooks (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    url        TEXT NOT NULL,
    -- Names of events, separated by spaces, with a space at either end.
    events     TEXT NOT NULL,
    -- Encrypted with the secret key.
    secret     BLOB NOT NULL,
    is_active  BOOLEAN NOT NULL,
    -- Why it was turned off, or what its last failure was.
    last_error TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);

-- The queue of outgoing webhooks.
CREATE TABLE webhook_deliveries (
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
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at, id)
    WHERE state = 'queued';
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);

-- What users are notified of: a row for each event. One with the same subject that is not
-- resolved is the same event.
CREATE TABLE notifications (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    kind           TEXT NOT NULL
        CHECK (kind IN ('campaign_finished', 'campaign_failed_to_start', 'approval_requested', 'comment_added',
            'campaign_paused', 'too_many_bounces', 'import_finished', 'import_failed', 'domain_record_missing',
            'disk_nearly_full', 'task_failing', 'backup_failed', 'counts_corrected', 'feed_failing', 'series_paused',
            'series_step', 'series_email_failed', 'ab_test_decided', 'ab_test_waits')),
    -- Which campaign, import, domain, disk or task, and of what may come again which time.
    subject        TEXT NOT NULL,
    -- {"name": …, "reason": …, "done": …, "failed": …, "path": …}
    details        TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    -- When the users who want to know were told; NULL: not yet.
    distributed_at BIGINT,
    -- When what lasted was over; NULL: it lasts, or it was over at once.
    resolved_at    BIGINT
);
CREATE UNIQUE INDEX notifications_by_subject ON notifications (kind, subject)
    WHERE resolved_at IS NULL;
CREATE INDEX notifications_to_distribute ON notifications (id) WHERE distributed_at IS NULL;

-- Which users see a notification in the admin, and whether they have read it.
CREATE TABLE notification_recipients (
    user_id         BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    notification_id BIGINT NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
    read_at         BIGINT,
    PRIMARY KEY (user_id, notification_id)
);
CREATE INDEX notification_recipients_unread ON notification_recipients (user_id)
    WHERE read_at IS NULL;
CREATE INDEX notification_recipients_by_notification
    ON notification_recipients (notification_id);

-- How users are notified who have chosen; others by their role.
CREATE TABLE notification_choices (
    user_id  BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL
        CHECK (kind IN ('campaign_finished', 'campaign_failed_to_start', 'approval_requested', 'comment_added',
            'campaign_paused', 'too_many_bounces', 'import_finished', 'import_failed', 'domain_record_missing',
            'disk_nearly_full', 'task_failing', 'backup_failed', 'counts_corrected', 'feed_failing', 'series_paused',
            'series_step', 'series_email_failed', 'ab_test_decided', 'ab_test_waits')),
    in_admin BOOLEAN NOT NULL,
    by_mail  BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, kind)
);
