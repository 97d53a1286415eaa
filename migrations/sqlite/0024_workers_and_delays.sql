-- The workers that run, with what each knows of its relays (JSON), and why a
-- campaign that is being sent does not move in the hands of one of them. All of
-- it is told anew by running workers; nothing depends on it.
CREATE TABLE workers (
    id      TEXT PRIMARY KEY,
    seen_at BIGINT NOT NULL,
    relays  TEXT NOT NULL
);

CREATE TABLE send_delays (
    worker_id   TEXT NOT NULL REFERENCES workers (id) ON DELETE CASCADE,
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    reason      TEXT NOT NULL,
    detail      TEXT NOT NULL,
    since       BIGINT NOT NULL,
    PRIMARY KEY (worker_id, campaign_id)
);
CREATE INDEX send_delays_of_campaign ON send_delays (campaign_id);
