-- Times are UTC in milliseconds since 1970.

-- Audience ---------------------------------------------------------------

CREATE TABLE lists (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    slug         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    description  TEXT NOT NULL DEFAULT '',
    -- {"ru": {"name": …, "description": …}, …}
    translations TEXT NOT NULL,
    visibility   TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    opt_in       TEXT NOT NULL CHECK (opt_in IN ('single', 'double')),
    created_at   BIGINT NOT NULL
);

CREATE TABLE subscribers (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,
    email                TEXT NOT NULL,
    -- The address in lower case: one row an address.
    email_key            TEXT NOT NULL UNIQUE,
    name                 TEXT NOT NULL DEFAULT '',
    language             TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    attributes           TEXT NOT NULL,
    created_at           BIGINT NOT NULL,
    -- When the last mail that a join form can cause went to the address.
    last_join_mail_at    BIGINT
);

CREATE TABLE subscriptions (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    list_id       BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'confirmed', 'unsubscribed')),
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (subscriber_id, list_id)
);
CREATE INDEX subscriptions_by_list ON subscriptions (list_id, state, subscriber_id);
CREATE INDEX subscriptions_pending ON subscriptions (changed_at) WHERE state = 'pending';

-- Rows are added and never changed; erasing a subscriber takes them along.
CREATE TABLE consent_records (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    list_id       BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    action        TEXT NOT NULL CHECK (action IN ('requested', 'confirmed', 'unsubscribed', 'expired')),
    method        TEXT NOT NULL,
    -- The sentence the person agreed to, as it was shown.
    wording       TEXT NOT NULL DEFAULT '',
    -- Cut to its network: /24 or /48.
    network       TEXT NOT NULL DEFAULT '',
    user_agent    TEXT NOT NULL DEFAULT '',
    at            BIGINT NOT NULL
);
CREATE INDEX consent_records_by_subscriber ON consent_records (subscriber_id, id);

CREATE TABLE suppressions (
    email_key  TEXT PRIMARY KEY,
    reason     TEXT NOT NULL CHECK (reason IN ('unsubscribed_all', 'hard_bounce', 'complaint', 'manual')),
    note       TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);

-- Content ----------------------------------------------------------------

CREATE TABLE posts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    slug         TEXT NOT NULL UNIQUE,
    category     TEXT NOT NULL,
    author       TEXT NOT NULL,
    -- NULL: a draft that only admins see.
    published_at BIGINT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX posts_published ON posts (published_at);

CREATE TABLE post_variants (
    post_id       BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    language      TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    title         TEXT NOT NULL,
    summary       TEXT NOT NULL,
    body_markdown TEXT NOT NULL,
    PRIMARY KEY (post_id, language)
);

CREATE TABLE events (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    slug       TEXT NOT NULL UNIQUE,
    starts_at  BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    all_day    BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX events_by_start ON events (starts_at);

CREATE TABLE event_variants (
    event_id    BIGINT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    language    TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    title       TEXT NOT NULL,
    place       TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (event_id, language)
);

CREATE TABLE media (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    file_name  TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('picture', 'audio', 'document')),
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,
    digest     TEXT NOT NULL,
    -- {"en": {"title": …, "alt": …}, …}
    captions   TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Apart from `media`, so that listing files does not read them.
CREATE TABLE media_contents (
    media_id BIGINT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    content  BLOB NOT NULL
);

-- Campaigns and the delivery ledger --------------------------------------

CREATE TABLE campaigns (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    subject       TEXT NOT NULL,
    layout        TEXT NOT NULL,
    post_id       BIGINT REFERENCES posts (id) ON DELETE SET NULL,
    -- The sender, where it is not the configured one.
    from_mailbox  TEXT,
    is_public     BOOLEAN NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'sending', 'paused', 'finished', 'cancelled')),
    -- Why the system paused it; empty where a person did.
    pause_reason  TEXT NOT NULL DEFAULT '',
    scheduled_at  BIGINT,
    started_at    BIGINT,
    finished_at   BIGINT,
    -- The audience is in the ledger up to this subscriber's row …
    frozen_up_to  BIGINT NOT NULL DEFAULT 0,
    -- … and, once this is true, all of it.
    is_frozen     BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL
);
CREATE INDEX campaigns_by_state ON campaigns (state);

CREATE TABLE campaign_lists (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    list_id     BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, list_id)
);

-- What the campaign says, rendered once when it starts: later changes of the
-- post do not reach mail that is under way.
CREATE TABLE campaign_renderings (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    language    TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    subject     TEXT NOT NULL,
    html        TEXT NOT NULL,
    text        TEXT NOT NULL,
    PRIMARY KEY (campaign_id, language)
);

CREATE TABLE deliveries (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id      BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    -- NULL once the subscriber was erased.
    subscriber_id    BIGINT REFERENCES subscribers (id) ON DELETE SET NULL,
    state            TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'complained', 'skipped', 'uncertain')),
    attempts         BIGINT NOT NULL DEFAULT 0,
    first_attempt_at BIGINT,
    next_attempt_at  BIGINT NOT NULL,
    -- Which worker holds it, and until when.
    lease_owner      BLOB,
    lease_until      BIGINT,
    -- The relay's own words.
    reply            TEXT NOT NULL DEFAULT '',
    changed_at       BIGINT NOT NULL,
    UNIQUE (campaign_id, subscriber_id)
);
CREATE INDEX deliveries_by_state ON deliveries (campaign_id, state);
-- What a worker may claim; what it has claimed leaves the index.
CREATE INDEX deliveries_due ON deliveries (campaign_id, next_attempt_at, id)
    WHERE state IN ('queued', 'deferred') AND lease_until IS NULL;
CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX deliveries_by_subscriber ON deliveries (subscriber_id);

-- Mail to one person that no campaign makes: confirmations, sign-in links.
CREATE TABLE notices (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    kind             TEXT NOT NULL CHECK (kind IN ('confirmation', 'already_subscribed', 'sign_in', 'test')),
    email            TEXT NOT NULL,
    language         TEXT NOT NULL,
    payload          TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'skipped', 'uncertain')),
    attempts         BIGINT NOT NULL DEFAULT 0,
    first_attempt_at BIGINT,
    next_attempt_at  BIGINT NOT NULL,
    lease_owner      BLOB,
    lease_until      BIGINT,
    reply            TEXT NOT NULL DEFAULT '',
    created_at       BIGINT NOT NULL,
    changed_at       BIGINT NOT NULL
);
CREATE INDEX notices_due ON notices (next_attempt_at, id)
    WHERE state IN ('queued', 'deferred') AND lease_until IS NULL;
CREATE INDEX notices_leased ON notices (lease_until) WHERE lease_until IS NOT NULL;

-- Accounts ---------------------------------------------------------------

CREATE TABLE users (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    email      TEXT NOT NULL,
    email_key  TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
    created_at BIGINT NOT NULL
);

-- Tokens are kept as SHA-256 digests: the table signs nobody in.
CREATE TABLE sign_in_links (
    digest     BLOB PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    digest     BLOB PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE api_tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    digest     BLOB NOT NULL UNIQUE,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    scope      TEXT NOT NULL CHECK (scope IN ('all', 'read')),
    created_at BIGINT NOT NULL,
    used_at    BIGINT
);

-- Answers to POSTs that carried an Idempotency-Key, to repeat them.
CREATE TABLE idempotent_answers (
    token_id   BIGINT NOT NULL REFERENCES api_tokens (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    -- Of method, path and body: another request under the same key is an error.
    digest     BLOB NOT NULL,
    -- NULL while the first request is under way.
    status     BIGINT,
    body       TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    PRIMARY KEY (token_id, key)
);

CREATE TABLE audit_records (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL
);

-- The system -------------------------------------------------------------

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE dkim_keys (
    domain      TEXT NOT NULL,
    selector    TEXT NOT NULL,
    algorithm   TEXT NOT NULL CHECK (algorithm IN ('rsa', 'ed25519')),
    -- PKCS #8, sealed under the secret key.
    private_key BLOB NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (domain, selector)
);
