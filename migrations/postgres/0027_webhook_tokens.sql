-- What a provider's one-time token was first used with: its signature covers the
-- token alone, so that the same token must not come with another body.
CREATE TABLE webhook_tokens (
    token BYTEA PRIMARY KEY,
    body  BYTEA NOT NULL,
    until BIGINT NOT NULL
);
