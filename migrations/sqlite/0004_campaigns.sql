-- Campaigns: what they say, to whom, and what they become when they start.

-- Campaigns.
CREATE TABLE campaigns (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    subject             TEXT NOT NULL,
    layout              TEXT NOT NULL,
    kind                TEXT NOT NULL
        CHECK (kind IN ('post', 'digest', 'markdown', 'mjml', 'html', 'weekly', 'series')),
    post_id             BIGINT REFERENCES posts (id) ON DELETE SET NULL,
    -- The sender; NULL: the configured one.
    from_mailbox        TEXT,
    -- No ON DELETE: without its segment a campaign would go to everybody.
    segment_id          BIGINT REFERENCES segments (id),
    is_public           BOOLEAN NOT NULL,
    -- Sent at once also to subscribers who get the weekly digest.
    is_urgent           BOOLEAN NOT NULL DEFAULT FALSE,
    -- Its own pictures are inside the email rather than loaded from the site.
    embeds_pictures     BOOLEAN NOT NULL DEFAULT FALSE,
    -- Whether its emails bring its events to the readers' calendars, and how.
    calendar            TEXT NOT NULL DEFAULT 'none'
        CHECK (calendar IN ('none', 'publish', 'request', 'cancel')),
    -- What it takes out of the calendars, as JSON by language, if that is what it does.
    cancelled_entries   TEXT NOT NULL DEFAULT '',
    state               TEXT NOT NULL
        CHECK (state IN ('draft', 'scheduled', 'failed_to_start', 'sending', 'paused', 'finished',
            'cancelled')),
    -- Why the system paused it, or it could not start; empty where a person did it.
    pause_reason        TEXT NOT NULL DEFAULT '',
    -- What the checks found when it started, as JSON.
    start_findings      TEXT NOT NULL DEFAULT '[]',
    scheduled_at        BIGINT,
    -- Local time at which each subscriber gets it, such as 2026-03-01T09:00.
    local_start         TEXT,
    -- A person has started it, and until the scheduled time that can be undone.
    is_start_delayed    BOOLEAN NOT NULL DEFAULT FALSE,
    -- Grows with each change of what it mails or to whom, before it starts: what was checked or
    -- approved is what goes out as long as this stays the same.
    change_count        BIGINT NOT NULL DEFAULT 0,
    -- Grows with each save of its own form: two who edit it at once notice.
    edit_count          BIGINT NOT NULL DEFAULT 0,
    -- Who made the last of these changes, and of what.
    changed_by          TEXT NOT NULL DEFAULT '',
    changed_part        TEXT NOT NULL DEFAULT 'campaign'
        CHECK (changed_part IN ('campaign', 'post', 'event', 'snippet', 'layout', 'segment')),
    started_at          BIGINT,
    paused_at           BIGINT,
    finished_at         BIGINT,
    -- Nothing is sent between these minutes of the site's day.
    quiet_from          BIGINT,
    quiet_until         BIGINT,
    -- Messages in any hour at most.
    hourly_limit        BIGINT,
    -- The audience is in the ledger up to this subscriber …
    frozen_up_to        BIGINT NOT NULL DEFAULT 0,
    -- … and, once this is true, completely.
    is_frozen           BOOLEAN NOT NULL,
    -- When it was frozen completely.
    frozen_at           BIGINT,
    -- How many deliveries were frozen, and up to which subscriber and how many of
    -- them were claimed in slices: totals without counting rows.
    frozen_count        BIGINT NOT NULL DEFAULT 0,
    claimed_up_to       BIGINT NOT NULL DEFAULT 0,
    claimed_count       BIGINT NOT NULL DEFAULT 0,
    -- Its A/B test is decided, and those whom it left out are frozen and sent to.
    sends_rest          BOOLEAN NOT NULL DEFAULT FALSE,
    -- How many subscribers get it in the weekly digest instead, and which week's.
    weekly_reader_count BIGINT NOT NULL DEFAULT 0,
    digest_week         TEXT,
    -- When the last of its deliveries was folded.
    folded_at           BIGINT,
    created_at          BIGINT NOT NULL,
    updated_at          BIGINT NOT NULL
);
CREATE INDEX campaigns_by_state ON campaigns (state);
CREATE INDEX campaigns_to_fold ON campaigns (finished_at)
    WHERE folded_at IS NULL AND finished_at IS NOT NULL;
CREATE INDEX campaigns_by_segment ON campaigns (segment_id) WHERE segment_id IS NOT NULL;
CREATE INDEX campaigns_by_digest_week ON campaigns (digest_week) WHERE digest_week IS NOT NULL;
CREATE INDEX campaigns_awaiting_digest ON campaigns (id)
    WHERE weekly_reader_count > 0 AND digest_week IS NULL;

-- The approval of campaigns by a second person, where the installation asks for one.
CREATE TABLE campaign_approvals (
    campaign_id     BIGINT PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
    requested_by    TEXT NOT NULL,
    requested_at    BIGINT NOT NULL,
    -- Who approved it; NULL as long as nobody has.
    approved_by     TEXT,
    approved_at     BIGINT,
    -- The campaign's change_count that was approved: every later change voids the approval.
    approved_change BIGINT,
    CHECK ((approved_by IS NULL) = (approved_at IS NULL)
        AND (approved_by IS NULL) = (approved_change IS NULL))
);

-- The lists that campaigns go to.
CREATE TABLE campaign_lists (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    list_id     BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, list_id)
);

-- The own text of campaigns: all of it, or what a digest says above its items.
CREATE TABLE campaign_texts (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    language    TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    title       TEXT NOT NULL,
    preheader   TEXT NOT NULL,
    -- Markdown, MJML or HTML, by the campaign's kind.
    body        TEXT NOT NULL,
    -- The language with the earliest is the first of its campaign.
    created_at  BIGINT NOT NULL,
    -- When its words last changed, or somebody said that they are up to date.
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, language)
);

-- What campaigns were each time their form was saved. Rows are never changed; the last 100 of a
-- campaign are kept, until its deliveries are folded.
CREATE TABLE campaign_revisions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    at          BIGINT NOT NULL,
    -- Who saved it.
    actor       TEXT NOT NULL,
    -- campaigns.edit_count after the save.
    edit_count  BIGINT NOT NULL,
    -- JSON: subject, content, audience, layout and sender.
    edition     TEXT NOT NULL
);
CREATE INDEX campaign_revisions_by_campaign ON campaign_revisions (campaign_id, id);

-- Comments of users on the texts of posts and campaigns, on a block or on all of it. Nothing
-- outside of the admin shows them.
CREATE TABLE comments (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- What it is about: one of both.
    post_id      BIGINT REFERENCES posts (id) ON DELETE CASCADE,
    campaign_id  BIGINT REFERENCES campaigns (id) ON DELETE CASCADE,
    -- The first comment of its thread; NULL for that one.
    thread_id    BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    -- NULL once the user is deleted.
    author_id    BIGINT REFERENCES users (id) ON DELETE SET NULL,
    at           BIGINT NOT NULL,
    -- Plain text; empty once its author has deleted it and others have answered.
    text         TEXT NOT NULL,
    -- The language of the block; empty for a comment on all of it, and for answers.
    language     TEXT NOT NULL,
    -- The block: a digest of its text, its place, and its first words, which stay when it changes.
    block_digest TEXT NOT NULL,
    block_at     BIGINT NOT NULL,
    quote        TEXT NOT NULL,
    -- Of a thread: when it was resolved, and by whom.
    resolved_at  BIGINT,
    resolved_by  BIGINT REFERENCES users (id) ON DELETE SET NULL,
    CHECK ((post_id IS NULL) <> (campaign_id IS NULL))
);
CREATE INDEX comments_by_post ON comments (post_id, id) WHERE post_id IS NOT NULL;
CREATE INDEX comments_by_campaign ON comments (campaign_id, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX comments_by_thread ON comments (thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX comments_by_author ON comments (author_id);
CREATE INDEX comments_by_resolver ON comments (resolved_by);

-- What inboxes show of campaigns in each language; what is empty falls back to the campaign's own.
CREATE TABLE campaign_variants (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    language    TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    subject     TEXT NOT NULL DEFAULT '',
    preheader   TEXT NOT NULL DEFAULT '',
    from_name   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (campaign_id, language)
);

-- The posts and events of digests.
CREATE TABLE campaign_items (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    position    BIGINT NOT NULL,
    post_id     BIGINT REFERENCES posts (id) ON DELETE CASCADE,
    event_id    BIGINT REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, position),
    CHECK ((post_id IS NULL) <> (event_id IS NULL))
);

-- The files that the emails of campaigns carry.
CREATE TABLE campaign_attachments (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    position    BIGINT NOT NULL,
    -- NULL once the file was deleted for good: then the campaign neither starts nor goes on.
    media_id    BIGINT REFERENCES media (id) ON DELETE SET NULL,
    -- The file's name in the library when it was chosen.
    file_name   TEXT NOT NULL,
    -- The name under which recipients get it.
    name        TEXT NOT NULL,
    -- NULL: in every language.
    language    TEXT CHECK (length(language) BETWEEN 2 AND 12),
    PRIMARY KEY (campaign_id, position)
);
CREATE INDEX campaign_attachments_by_media ON campaign_attachments (media_id)
    WHERE media_id IS NOT NULL;

-- Campaigns as rendered when they started: later changes of a post do not reach them.
CREATE TABLE campaign_renderings (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    -- Of its A/B test; a without one.
    variant     TEXT NOT NULL DEFAULT 'a' CHECK (variant IN ('a', 'b', 'c', 'd')),
    language    TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    subject     TEXT NOT NULL,
    from_name   TEXT NOT NULL DEFAULT '',
    html        TEXT NOT NULL,
    text        TEXT NOT NULL,
    -- What it brings to calendars, as JSON; empty: nothing.
    calendar    TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (campaign_id, variant, language)
);

-- The links of campaigns that count clicks: how often each was followed. By whom only of readers
-- who agreed: see followed_links.
CREATE TABLE campaign_links (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    number      BIGINT NOT NULL,
    url         TEXT NOT NULL,
    clicks      BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, number)
);

-- How many deliveries of a campaign with an hourly limit were claimed in each minute.
CREATE TABLE campaign_rate_windows (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    minute      BIGINT NOT NULL,
    claimed     BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, minute)
);

-- The subscribers of the slice being frozen who match the campaign's segment.
CREATE TABLE segment_matches (
    campaign_id   BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    subscriber_id BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, subscriber_id)
);

-- The weeks whose digest is due or made: each once, whichever worker claims it first.
CREATE TABLE weekly_digests (
    -- ISO 8601, such as 2026-W48.
    week        TEXT PRIMARY KEY,
    -- NULL where there was nothing to send.
    campaign_id BIGINT UNIQUE REFERENCES campaigns (id) ON DELETE SET NULL,
    created_at  BIGINT NOT NULL
);

-- Campaigns that subscribers get in a weekly digest instead of by themselves.
CREATE TABLE weekly_digest_items (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    campaign_id   BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    PRIMARY KEY (subscriber_id, campaign_id)
) WITHOUT ROWID;
CREATE INDEX weekly_digest_items_by_campaign ON weekly_digest_items (campaign_id, subscriber_id);

-- Campaigns to start from: what a draft has, without lists, times and recipients.
CREATE TABLE campaign_templates (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('post', 'digest', 'markdown', 'mjml', 'html')),
    subject      TEXT NOT NULL,
    layout       TEXT NOT NULL,
    -- NULL: the configured sender.
    from_mailbox TEXT,
    is_public    BOOLEAN NOT NULL,
    is_urgent    BOOLEAN NOT NULL,
    -- [{"language": …, "title": …, "preheader": …, "body": …}, …]
    texts        TEXT NOT NULL,
    -- [{"language": …, "subject": …, "preheader": …, "from_name": …}, …]
    variants     TEXT NOT NULL,
    changed_at   BIGINT NOT NULL,
    changed_by   TEXT NOT NULL
);

-- Campaigns that come again: each time, one is made of a template or of another campaign.
CREATE TABLE recurring_campaigns (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    name           TEXT NOT NULL UNIQUE,
    -- What is mailed: the name of a shipped template, the number of any other; NULL: a campaign's.
    template       TEXT,
    -- The campaign whose content is mailed; both NULL: it was deleted.
    source_id      BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    -- Empty: that of the template or campaign. The same goes for the layout.
    subject        TEXT NOT NULL,
    layout         TEXT NOT NULL,
    -- NULL: the sender of the template or campaign.
    from_mailbox   TEXT,
    -- No ON DELETE: without its segment it would go to everybody.
    segment_id     BIGINT REFERENCES segments (id),
    -- The first time, whose hour all others have in the site's zone.
    starts_at      BIGINT NOT NULL,
    repeats        TEXT NOT NULL CHECK (repeats IN ('daily', 'weekly', 'monthly', 'yearly')),
    -- Every time, every second time, …
    repeat_every   BIGINT NOT NULL,
    -- None comes after this moment; NULL: without end.
    repeat_until   BIGINT,
    -- Each waits for a person instead of starting.
    needs_approval BOOLEAN NOT NULL,
    -- Its blocks show only what is new since the last one, and without anything new none is made.
    only_new       BOOLEAN NOT NULL,
    is_paused      BOOLEAN NOT NULL,
    -- Times up to this moment are none of its: it was created, resumed or given other times then.
    counted_from   BIGINT NOT NULL,
    created_at     BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    changed_by     TEXT NOT NULL
);
CREATE INDEX recurring_campaigns_by_segment ON recurring_campaigns (segment_id)
    WHERE segment_id IS NOT NULL;
CREATE INDEX recurring_campaigns_by_source ON recurring_campaigns (source_id)
    WHERE source_id IS NOT NULL;

-- The lists that a recurring campaign goes to.
CREATE TABLE recurring_lists (
    recurring_id BIGINT NOT NULL REFERENCES recurring_campaigns (id) ON DELETE CASCADE,
    list_id      BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    PRIMARY KEY (recurring_id, list_id)
) WITHOUT ROWID;

-- What came of each time of a recurring campaign: one row, so that no time comes twice.
CREATE TABLE recurring_occurrences (
    recurring_id BIGINT NOT NULL REFERENCES recurring_campaigns (id) ON DELETE CASCADE,
    -- When it was due; of one that a person asked for, when they did.
    due_at       BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('made', 'nothing_new', 'skipped', 'failed')),
    is_extra     BOOLEAN NOT NULL,
    -- NULL where none was made, or it was deleted.
    campaign_id  BIGINT UNIQUE REFERENCES campaigns (id) ON DELETE SET NULL,
    -- Why it failed, in English.
    reason       TEXT NOT NULL DEFAULT '',
    settled_at   BIGINT NOT NULL,
    PRIMARY KEY (recurring_id, due_at)
) WITHOUT ROWID;

-- Events that a recurring campaign has shown, and in which campaign.
CREATE TABLE recurring_events (
    recurring_id BIGINT NOT NULL REFERENCES recurring_campaigns (id) ON DELETE CASCADE,
    event_id     BIGINT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    campaign_id  BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    PRIMARY KEY (recurring_id, event_id)
) WITHOUT ROWID;

-- Feeds of other sites, whose items campaigns show.
CREATE TABLE feeds (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    -- By which texts name it.
    name          TEXT NOT NULL UNIQUE,
    url           TEXT NOT NULL,
    -- As it calls itself.
    title         TEXT NOT NULL,
    -- What its server said of the last answer, to be asked only for what has changed.
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    is_paused     BOOLEAN NOT NULL DEFAULT FALSE,
    next_fetch_at BIGINT NOT NULL,
    -- When it was last read without an error.
    fetched_at    BIGINT NOT NULL,
    -- The last error, in English; empty where the last try went well.
    last_error    TEXT NOT NULL DEFAULT '',
    failed_at     BIGINT,
    -- Tries in a row that failed.
    failure_count BIGINT NOT NULL DEFAULT 0,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    changed_by    TEXT NOT NULL
);

-- Items of feeds.
CREATE TABLE feed_items (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id       BIGINT NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    -- SHA-256 of its id in the feed, or of its link.
    digest        BLOB NOT NULL,
    title         TEXT NOT NULL,
    link          TEXT NOT NULL,
    summary       TEXT NOT NULL,
    -- The address of a picture; may be empty.
    picture       TEXT NOT NULL,
    -- As the feed says, or when it was first seen.
    published_at  BIGINT NOT NULL,
    -- Whether it was there when the feed was added: then it is not new.
    is_old        BOOLEAN NOT NULL,
    last_seen_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX feed_items_by_digest ON feed_items (feed_id, digest);
CREATE INDEX feed_items_by_date ON feed_items (feed_id, published_at);

-- Items of feeds that a recurring campaign has shown, and in which campaign.
CREATE TABLE recurring_feed_items (
    recurring_id BIGINT NOT NULL REFERENCES recurring_campaigns (id) ON DELETE CASCADE,
    item_id      BIGINT NOT NULL REFERENCES feed_items (id) ON DELETE CASCADE,
    campaign_id  BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    PRIMARY KEY (recurring_id, item_id)
) WITHOUT ROWID;

-- How many test emails a user has sent in an hour, counted since 1970.
CREATE TABLE test_email_counts (
    user_email TEXT NOT NULL,
    hour       BIGINT NOT NULL,
    emails     BIGINT NOT NULL,
    PRIMARY KEY (user_email, hour)
);
CREATE INDEX test_email_counts_by_hour ON test_email_counts (hour);
