-- A/B tests: a campaign goes to a part of its audience in several variants, and in the best one to
-- the rest. Who did what is not followed: the numbers are totals.

-- The A/B tests of campaigns.
CREATE TABLE ab_tests (
    campaign_id BIGINT PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
    -- In what the variants differ.
    differs     TEXT NOT NULL
        CHECK (differs IN ('subject', 'from_name', 'preheader', 'content', 'hour')),
    -- Percent of the audience that takes part; 100: there is no rest.
    share       BIGINT NOT NULL CHECK (share BETWEEN 1 AND 100),
    -- How long it waits for results, once each of its emails was tried.
    minutes     BIGINT NOT NULL,
    -- By what it is decided.
    measure     TEXT NOT NULL
        CHECK (measure IN ('clicks', 'left', 'complaints', 'replies', 'person')),
    -- What happens where no difference is found.
    fallback    TEXT NOT NULL CHECK (fallback IN ('send_a', 'ask')),
    state       TEXT NOT NULL
        CHECK (state IN ('planned', 'testing', 'waiting', 'decided', 'ended')),
    -- When its time is over; NULL until each of its emails was tried.
    decide_at   BIGINT,
    -- What the rest gets.
    winner      TEXT CHECK (winner IN ('a', 'b', 'c', 'd')),
    -- Why it was decided so, or waits for a person, or ended.
    outcome     TEXT NOT NULL DEFAULT 'open'
        CHECK (outcome IN ('open', 'measured', 'no_difference', 'too_few', 'not_counted', 'chosen',
            'cancelled', 'restored')),
    -- A user, or the application.
    decided_by  TEXT NOT NULL DEFAULT '',
    decided_at  BIGINT,
    -- The lists by which clicks are counted, as JSON, and in how many parts of each: each part has
    -- many readers, so that no click is anybody's.
    click_lists TEXT NOT NULL DEFAULT '[]',
    click_parts BIGINT NOT NULL DEFAULT 0,
    -- The numbers when it was decided, as JSON.
    counts      TEXT NOT NULL DEFAULT '',
    changed_at  BIGINT NOT NULL
);
CREATE INDEX ab_tests_by_state ON ab_tests (state);

-- The variants of A/B tests beside A, which is the campaign as it stands.
CREATE TABLE ab_variants (
    campaign_id   BIGINT NOT NULL REFERENCES ab_tests (campaign_id) ON DELETE CASCADE,
    variant       TEXT NOT NULL CHECK (variant IN ('b', 'c', 'd')),
    -- [{"language": …, "subject": …, "preheader": …, "from_name": …}, …]
    texts         TEXT NOT NULL,
    -- Its content as JSON, as that of the other campaign was when it was chosen; empty: that of A.
    content       TEXT NOT NULL,
    -- The subject of that campaign.
    content_name  TEXT NOT NULL,
    -- How long after A it is sent.
    minutes_later BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, variant)
) WITHOUT ROWID;

-- Clicks on links in the emails of A/B tests, by parts of many readers.
CREATE TABLE ab_clicks (
    campaign_id BIGINT NOT NULL REFERENCES ab_tests (campaign_id) ON DELETE CASCADE,
    variant     TEXT NOT NULL CHECK (variant IN ('a', 'b', 'c', 'd')),
    -- 0 where clicks are not counted by list.
    list_id     BIGINT NOT NULL,
    part        BIGINT NOT NULL,
    clicks      BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, variant, list_id, part)
) WITHOUT ROWID;
