-- What a provider's one-time token was first used with: its signature covers the
-- token alone, so that the same token must not come with another body.
CREATE TABLE webhook_tokens (
    token BLOB PRIMARY KEY,
    body  BLOB NOT NULL,
    until BIGINT NOT NULL
);
