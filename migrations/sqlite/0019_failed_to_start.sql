-- A campaign that could not start at its hour is in a state of its own.
DROP INDEX campaigns_by_state;
ALTER TABLE campaigns ADD COLUMN state_of_any TEXT NOT NULL DEFAULT 'draft'
    CHECK (state_of_any IN ('draft', 'scheduled', 'failed_to_start', 'sending', 'paused', 'finished', 'cancelled'));
UPDATE campaigns SET state_of_any = state;
ALTER TABLE campaigns DROP COLUMN state;
ALTER TABLE campaigns RENAME COLUMN state_of_any TO state;
CREATE INDEX campaigns_by_state ON campaigns (state);

-- What the checks said when it started, as JSON: nobody may have been there.
ALTER TABLE campaigns ADD COLUMN start_findings TEXT NOT NULL DEFAULT '[]';
