-- Users and how they sign in, API tokens, and the audit log.
--
-- In every file: times are UTC in milliseconds since 1970, named `…_at`; days and
-- minutes are counted since 1970, too. A comment in front of a table is its
-- purpose in docs/schema.md.

-- People who sign in to the admin.
CREATE TABLE users (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    email       TEXT NOT NULL,
    -- The address in lower case: one row for each address.
    email_key   TEXT NOT NULL UNIQUE,
    role        TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
    -- Argon2id; empty: signs in by emailed link only.
    password    TEXT NOT NULL DEFAULT '',
    -- The TOTP secret, encrypted with the secret key; NULL: no two-factor sign-in.
    totp_secret BLOB,
    -- The last time step whose code was used: a code works once.
    totp_step   BIGINT NOT NULL DEFAULT 0,
    -- Who keeps them out; NULL: nobody. What the provider has done ends when the provider lets
    -- them in again, what an owner has done by an owner only.
    disabled_by TEXT CHECK (disabled_by IN ('owner', 'provider')),
    -- Of the admin pages and of mail to the user; NULL: as the browser asks.
    language    TEXT,
    -- Whether single keys are shortcuts on the admin pages.
    key_shortcuts BOOLEAN NOT NULL DEFAULT TRUE,
    -- Whether they reach only the lists in user_lists, which may be none.
    is_limited  BOOLEAN NOT NULL DEFAULT FALSE,
    -- Of the table of subscribers: a JSON array; empty: the usual ones.
    subscriber_columns TEXT NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL,
    CHECK (role <> 'owner' OR NOT is_limited)
);

-- One-time sign-in links. As in every table of secrets here, only a SHA-256 digest is stored.
CREATE TABLE sign_in_links (
    digest     BLOB PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

-- Invitations of users who have not signed in yet. A link that has expired stays, to be told
-- from one that never was.
CREATE TABLE invitations (
    user_id    BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Of the link in the last email.
    digest     BLOB NOT NULL UNIQUE,
    -- Who sent it.
    invited_by TEXT NOT NULL,
    sent_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Accounts at an OpenID Connect provider by which users sign in.
CREATE TABLE user_identities (
    issuer    TEXT NOT NULL,
    -- The account's name at the issuer, which is never given to another person.
    subject   TEXT NOT NULL,
    user_id   BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The account's address at the last sign-in.
    email     TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    used_at   BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
);

-- Sign-ins that were begun and have not come back from the provider.
CREATE TABLE provider_sign_ins (
    -- Of the state that the provider sends back.
    digest     BLOB PRIMARY KEY,
    -- Of the cookie of the browser that began it.
    browser    BLOB NOT NULL,
    -- Nonce and PKCE verifier, encrypted with the secret key.
    secrets    BLOB NOT NULL,
    issuer     TEXT NOT NULL,
    -- The user who links an account to theirs; NULL: a sign-in.
    user_id    BIGINT REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

-- One-time codes for users who lost their second factor.
CREATE TABLE recovery_codes (
    digest  BLOB PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id);

-- Passkeys (WebAuthn credentials) of users.
CREATE TABLE passkeys (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the authenticator calls it.
    credential_id BLOB NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    -- Public key and counter, as JSON.
    credential    TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    used_at       BIGINT
);
CREATE INDEX passkeys_by_user ON passkeys (user_id);

-- Challenges that no authenticator has answered yet. Each is taken by one answer.
CREATE TABLE passkey_challenges (
    digest     BLOB PRIMARY KEY,
    -- Who adds a passkey; NULL: somebody signs in.
    user_id    BIGINT REFERENCES users (id) ON DELETE CASCADE,
    -- What the answer is checked against, as JSON.
    state      TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenges_by_time ON passkey_challenges (expires_at);

-- Signed-in browsers.
CREATE TABLE sessions (
    digest           BLOB PRIMARY KEY,
    user_id          BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent       TEXT NOT NULL DEFAULT '',
    -- Truncated to /24 or /48.
    network          TEXT NOT NULL DEFAULT '',
    created_at       BIGINT NOT NULL,
    seen_at          BIGINT NOT NULL,
    -- When its user last entered a password or code.
    authenticated_at BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- API tokens of users.
CREATE TABLE api_tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    digest     BLOB NOT NULL UNIQUE,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL DEFAULT '',
    -- What it may do, separated by spaces.
    scopes     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    -- NULL: never.
    expires_at BIGINT
);

-- Responses to API requests that carried an Idempotency-Key, to repeat them.
CREATE TABLE idempotency_keys (
    token_id    BIGINT NOT NULL REFERENCES api_tokens (id) ON DELETE CASCADE,
    key         TEXT NOT NULL,
    -- Of method, path and body: another request with the same key is an error.
    -- Empty until a large body was read.
    digest      BLOB NOT NULL,
    -- NULL while the first request is in progress.
    status      BIGINT,
    body        TEXT NOT NULL DEFAULT '',
    -- The request in progress, so that the key of a process that died is free again.
    lease_owner BLOB NOT NULL,
    lease_until BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (token_id, key)
);

-- Who did what, in the admin, by the API or on the command line. Rows are never changed.
CREATE TABLE audit_records (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL
);
CREATE INDEX audit_records_by_actor ON audit_records (actor, id);

-- What users typed into the forms of posts and campaigns, and did not save.
CREATE TABLE autosaves (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the form changes …
    kind    TEXT NOT NULL CHECK (kind IN ('post', 'campaign')),
    -- … and its id; 0 for a new one.
    row_id  BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    -- The fields, form-encoded.
    form    TEXT NOT NULL,
    PRIMARY KEY (user_id, kind, row_id)
);

-- Who has the form of a post or campaign open: a row for each, which counts for a minute.
CREATE TABLE presence (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL CHECK (kind IN ('post', 'campaign')),
    row_id  BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (user_id, kind, row_id)
);
CREATE INDEX presence_by_document ON presence (kind, row_id);
