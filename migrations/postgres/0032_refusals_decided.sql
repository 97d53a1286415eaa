-- What a person decided of the refusals that paused a campaign, and whom it is
-- about: so that their suppressions can be put back or kept after all.
ALTER TABLE campaign_brakes ADD COLUMN decision TEXT NOT NULL DEFAULT ''
    CHECK (decision IN ('', 'kept', 'put_back'));
ALTER TABLE campaign_brakes ADD COLUMN decided_at BIGINT;

CREATE TABLE campaign_brake_recipients (
    campaign_id    BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    reply_key      TEXT NOT NULL,
    subscriber_id  BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- Whether they were suppressed for it already, which was put back.
    was_suppressed BOOLEAN NOT NULL,
    PRIMARY KEY (campaign_id, reply_key, subscriber_id)
);
CREATE INDEX campaign_brake_recipients_by_subscriber ON campaign_brake_recipients (subscriber_id);
