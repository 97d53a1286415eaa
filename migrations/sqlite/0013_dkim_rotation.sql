-- A domain's keys are rotated: one pair signs while the next is published, and
-- the last stays published until no mail that it signed is under way.
ALTER TABLE dkim_keys ADD COLUMN state TEXT NOT NULL DEFAULT 'active'
    CHECK (state IN ('new', 'active', 'retiring', 'retired'));
ALTER TABLE dkim_keys ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
UPDATE dkim_keys SET changed_at = created_at;
