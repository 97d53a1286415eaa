-- A campaign that could not start at its hour is in a state of its own.
ALTER TABLE campaigns DROP CONSTRAINT campaigns_state_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_state_check
    CHECK (state IN ('draft', 'scheduled', 'failed_to_start', 'sending', 'paused', 'finished', 'cancelled'));

-- What the checks said when it started, as JSON: nobody may have been there.
ALTER TABLE campaigns ADD COLUMN start_findings TEXT NOT NULL DEFAULT '[]';
