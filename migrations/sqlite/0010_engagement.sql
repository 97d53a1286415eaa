-- What is seen of readers who agreed to it: whether they open campaigns, and which links they
-- follow. Of all others nothing is here.

-- Who agreed, since when. The evidence is in consent_records. Withdrawing deletes the row, and
-- with it all that was seen; who agrees again gets another, so that links in emails from before
-- mean nothing any more.
CREATE TABLE engagement_agreements (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    subscriber_id BIGINT NOT NULL UNIQUE REFERENCES subscribers (id) ON DELETE CASCADE,
    agreed_at     BIGINT NOT NULL
);

-- Who ticked it on a join form and has not confirmed the address yet: no agreement so far.
CREATE TABLE engagement_requests (
    subscriber_id BIGINT PRIMARY KEY REFERENCES subscribers (id) ON DELETE CASCADE,
    requested_at  BIGINT NOT NULL
);
CREATE INDEX engagement_requests_by_time ON engagement_requests (requested_at);

-- Campaigns whose emails to those who agreed show whether they are opened. Of others nobody is
-- known not to have opened them.
CREATE TABLE engagement_campaigns (
    campaign_id BIGINT PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE
);

-- Who opened which campaign. Following a link counts as opening.
CREATE TABLE campaign_engagement (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    agreement_id BIGINT NOT NULL REFERENCES engagement_agreements (id) ON DELETE CASCADE,
    campaign_id  BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    opened_at    BIGINT NOT NULL,
    -- When a link was first followed.
    clicked_at   BIGINT,
    -- How often, up to 1000.
    opens        BIGINT NOT NULL CHECK (opens BETWEEN 0 AND 1000),
    clicks       BIGINT NOT NULL CHECK (clicks BETWEEN 0 AND 1000),
    last_at      BIGINT NOT NULL,
    UNIQUE (agreement_id, campaign_id)
);
CREATE INDEX campaign_engagement_by_campaign ON campaign_engagement (campaign_id, id);
CREATE INDEX campaign_engagement_by_time ON campaign_engagement (last_at);

-- Who followed which link of which campaign, the first time. The numbers are those of
-- campaign_links; ids ascend, so that a reader of the table finds what is new.
CREATE TABLE followed_links (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    agreement_id BIGINT NOT NULL REFERENCES engagement_agreements (id) ON DELETE CASCADE,
    campaign_id  BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    number       BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,
    UNIQUE (agreement_id, campaign_id, number)
);
CREATE INDEX followed_links_by_campaign ON followed_links (campaign_id, number, id);
CREATE INDEX followed_links_by_time ON followed_links (first_at);
