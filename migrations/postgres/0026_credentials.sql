-- What an API token may do, by resource, with spaces between. Empty in rows
-- from before: there `scope` says it.
ALTER TABLE api_tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT '';
-- NULL: never.
ALTER TABLE api_tokens ADD COLUMN expires_at BIGINT;

-- When the holder of a session last proved who they are.
ALTER TABLE sessions ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;

-- Mails that join forms have caused to addresses that never confirmed. Kept
-- apart from subscribers, who are forgotten when they do not confirm, and by a
-- keyed digest, since nobody agreed that the address is kept.
CREATE TABLE join_mails (
    address    BYTEA PRIMARY KEY,
    count      BIGINT NOT NULL,
    first_at   BIGINT NOT NULL,
    last_at    BIGINT NOT NULL
);
CREATE INDEX join_mails_by_time ON join_mails (first_at);
