-- What the desk's pages on audience, library and accounts need.

-- Search -------------------------------------------------------------------

-- Any three letters in a row find a subscriber; the text itself stays in
-- `subscribers`.
CREATE VIRTUAL TABLE subscriber_search USING fts5 (
    email, name, content = 'subscribers', content_rowid = 'id', tokenize = 'trigram'
);
INSERT INTO subscriber_search (subscriber_search) VALUES ('rebuild');
-- Who was erased must not live on in the index.
INSERT INTO subscriber_search (subscriber_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER subscriber_search_insert AFTER INSERT ON subscribers BEGIN
    INSERT INTO subscriber_search (rowid, email, name) VALUES (new.id, new.email, new.name);
END;
CREATE TRIGGER subscriber_search_delete AFTER DELETE ON subscribers BEGIN
    INSERT INTO subscriber_search (subscriber_search, rowid, email, name)
    VALUES ('delete', old.id, old.email, old.name);
END;
CREATE TRIGGER subscriber_search_update AFTER UPDATE OF email, name ON subscribers
WHEN old.email <> new.email OR old.name <> new.name BEGIN
    INSERT INTO subscriber_search (subscriber_search, rowid, email, name)
    VALUES ('delete', old.id, old.email, old.name);
    INSERT INTO subscriber_search (rowid, email, name) VALUES (new.id, new.email, new.name);
END;

-- One page of a filter reads one page of an index.
CREATE INDEX subscriptions_by_member ON subscriptions (list_id, subscriber_id);
CREATE INDEX subscriptions_by_state ON subscriptions (state, subscriber_id);
CREATE INDEX subscribers_by_language ON subscribers (language, id);

-- Consent ------------------------------------------------------------------

-- Why an admin moved a subscription, in their words.
ALTER TABLE consent_records ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- Imports ------------------------------------------------------------------

CREATE TABLE imports (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id     BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    file_name   TEXT NOT NULL,
    -- Which column holds what: {"email": …, "name": …, "language": …, …}
    columns     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('uploaded', 'checking', 'checked', 'running', 'finished', 'failed', 'cancelled')),
    created_by  TEXT NOT NULL,
    -- Rows looked at in the present state: where work goes on after a restart.
    rows_done   BIGINT NOT NULL DEFAULT 0,
    rows_total  BIGINT NOT NULL DEFAULT 0,
    added       BIGINT NOT NULL DEFAULT 0,
    known       BIGINT NOT NULL DEFAULT 0,
    refused     BIGINT NOT NULL DEFAULT 0,
    suppressed  BIGINT NOT NULL DEFAULT 0,
    failure     TEXT NOT NULL DEFAULT '',
    lease_owner BLOB,
    lease_until BIGINT,
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
);

CREATE INDEX imports_moving ON imports (id) WHERE state IN ('checking', 'running');

-- The file, in pieces that fit in memory.
CREATE TABLE import_chunks (
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number    BIGINT NOT NULL,
    content   BLOB NOT NULL,
    PRIMARY KEY (import_id, number)
);

CREATE TABLE import_refusals (
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    line      BIGINT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (import_id, line)
);

-- Segments -----------------------------------------------------------------

CREATE TABLE segments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE,
    -- {"match": "all", "conditions": […]}
    rule       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- No ON DELETE: a campaign whose segment vanished would go to everybody.
ALTER TABLE campaigns ADD COLUMN segment_id BIGINT REFERENCES segments (id);
CREATE INDEX campaigns_by_segment ON campaigns (segment_id) WHERE segment_id IS NOT NULL;

-- Who of the slice being frozen is in the campaign's segment.
CREATE TABLE segment_picks (
    campaign_id   BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    subscriber_id BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, subscriber_id)
);

-- Accounts -----------------------------------------------------------------

-- Argon2id; empty: signs in by mailed link alone.
ALTER TABLE users ADD COLUMN password TEXT NOT NULL DEFAULT '';
-- The TOTP secret, sealed under the secret key; NULL: no second step.
ALTER TABLE users ADD COLUMN totp_secret BLOB;
-- The last time step whose code was used: a code works once.
ALTER TABLE users ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;

CREATE TABLE recovery_codes (
    digest  BLOB PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id);

ALTER TABLE sessions ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_by_user ON sessions (user_id);

ALTER TABLE api_tokens ADD COLUMN name TEXT NOT NULL DEFAULT '';

CREATE INDEX audit_records_by_actor ON audit_records (actor, id);

-- Words --------------------------------------------------------------------

-- What stands in place of a shipped phrase: on one list, or (list 0) anywhere.
CREATE TABLE phrases (
    list_id  BIGINT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    name     TEXT NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (list_id, language, name)
);
