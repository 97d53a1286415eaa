-- Campaigns that mail more than one post: digests, texts and designs of their
-- own; and layouts that the desk has changed.

ALTER TABLE campaigns ADD COLUMN kind TEXT NOT NULL DEFAULT 'post'
    CHECK (kind IN ('post', 'digest', 'markdown', 'mjml'));

-- A campaign's own words: all that it says, or what a digest says above its
-- items.
CREATE TABLE campaign_texts (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    language    TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    title       TEXT NOT NULL,
    preheader   TEXT NOT NULL,
    -- Markdown or MJML, by the campaign's kind.
    body        TEXT NOT NULL,
    PRIMARY KEY (campaign_id, language)
);

-- What a digest gathers: in each row a post or an event.
CREATE TABLE campaign_items (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    position    BIGINT NOT NULL,
    post_id     BIGINT REFERENCES posts (id) ON DELETE CASCADE,
    event_id    BIGINT REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, position),
    CHECK ((post_id IS NULL) <> (event_id IS NULL))
);

-- Layouts made at the desk. One with the name of a shipped layout stands in
-- its place.
CREATE TABLE layouts (
    name       TEXT PRIMARY KEY,
    mjml       TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);
