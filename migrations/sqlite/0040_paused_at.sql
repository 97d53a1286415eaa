-- Since when a paused campaign stands still.
ALTER TABLE campaigns ADD COLUMN paused_at BIGINT;
UPDATE campaigns SET paused_at = updated_at WHERE state = 'paused';
