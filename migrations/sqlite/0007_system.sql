-- Settings, signing keys, certificates and outgoing webhooks.

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
