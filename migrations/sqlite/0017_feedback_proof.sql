-- Whether our own signature or a provider stands behind a report. One without
-- is only noted: anybody can send it, so it moves, counts and suppresses nothing.
ALTER TABLE feedback_events ADD COLUMN is_proven BOOLEAN NOT NULL DEFAULT TRUE;

-- Answers passed on to a person are counted by day.
CREATE INDEX notices_passed_on ON notices (created_at) WHERE kind = 'forward';
