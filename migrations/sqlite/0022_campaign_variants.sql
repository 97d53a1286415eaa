-- What inboxes show of a campaign in each language; what is empty falls back to
-- the campaign's own.
CREATE TABLE campaign_variants (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    language    TEXT NOT NULL,
    subject     TEXT NOT NULL DEFAULT '',
    preheader   TEXT NOT NULL DEFAULT '',
    from_name   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (campaign_id, language)
);

ALTER TABLE campaign_renderings ADD COLUMN from_name TEXT NOT NULL DEFAULT '';
