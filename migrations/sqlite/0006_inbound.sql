-- What comes back after a message was sent, and what follows for addresses and consent.

-- Bounces, complaints, unsubscribe requests and replies. None holds an address, so that erasing
-- a subscriber leaves numbers only.
CREATE TABLE feedback_events (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of what was reported: the same report from two sources is one event.
    digest           BLOB NOT NULL UNIQUE,
    source           TEXT NOT NULL
        CHECK (source IN ('relay', 'listener', 'pipe', 'mailbox', 'ses', 'postmark', 'sendgrid',
            'mailgun', 'brevo')),
    verdict          TEXT NOT NULL
        CHECK (verdict IN ('hard', 'soft', 'complaint', 'unsubscribe', 'auto_reply', 'reply',
            'unknown')),
    -- Whether the message was given up; false for a delay.
    is_final         BOOLEAN NOT NULL,
    -- Whether our signature or a provider vouches for the report. One that is not
    -- authenticated is only noted: anybody can send it.
    is_authenticated BOOLEAN NOT NULL,
    -- Whom a rejection is about.
    party            TEXT NOT NULL
        CHECK (party IN ('mailbox', 'domain', 'sender_address', 'sender_helo', 'sender_auth',
            'sender_reputation', 'sender_content', 'sender_size', 'sender_rate', 'sender_policy',
            'relay', 'path', 'unclear')),
    -- The enhanced status code.
    status           TEXT NOT NULL DEFAULT '',
    -- In plain words, and as reported.
    reason           TEXT NOT NULL DEFAULT '',
    detail           TEXT NOT NULL DEFAULT '',
    -- What similar replies have in common; empty where there is none.
    reply_key        TEXT NOT NULL DEFAULT '',
    delivery_id      BIGINT REFERENCES deliveries (id) ON DELETE SET NULL,
    campaign_id      BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    subscriber_id    BIGINT REFERENCES subscribers (id) ON DELETE SET NULL,
    at               BIGINT NOT NULL
);
CREATE INDEX feedback_events_by_subscriber ON feedback_events (subscriber_id, id);
CREATE INDEX feedback_events_by_campaign ON feedback_events (campaign_id, verdict, at);
CREATE INDEX feedback_events_by_delivery ON feedback_events (delivery_id);
CREATE INDEX feedback_events_by_time ON feedback_events (at, verdict);
CREATE INDEX feedback_events_by_reply ON feedback_events (campaign_id, reply_key)
    WHERE reply_key <> '';

-- Rejections that paused a campaign automatically: each kind of reply once, so that who
-- resumes it has seen them.
CREATE TABLE automatic_pauses (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    reply_key   TEXT NOT NULL,
    reply       TEXT NOT NULL,
    party       TEXT NOT NULL
        CHECK (party IN ('mailbox', 'domain', 'sender_address', 'sender_helo', 'sender_auth',
            'sender_reputation', 'sender_content', 'sender_size', 'sender_rate', 'sender_policy',
            'relay', 'path', 'unclear')),
    -- Recipients who were rejected with such a reply when it paused.
    recipients  BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    -- What a person decided about these recipients; NULL: nothing yet.
    decision    TEXT CHECK (decision IN ('kept', 'put_back')),
    decided_at  BIGINT,
    PRIMARY KEY (campaign_id, reply_key)
);

-- The recipients of these rejections, so that their suppressions can be lifted or kept.
CREATE TABLE automatic_pause_recipients (
    campaign_id    BIGINT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    reply_key      TEXT NOT NULL,
    subscriber_id  BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- Whether they had been suppressed for it already, which was undone.
    was_suppressed BOOLEAN NOT NULL,
    PRIMARY KEY (campaign_id, reply_key, subscriber_id)
);
CREATE INDEX automatic_pause_recipients_by_subscriber
    ON automatic_pause_recipients (subscriber_id);

-- Addresses and domains that are never mailed, a row for each reason.
CREATE TABLE suppressions (
    -- The address in lower case, or @ and a domain.
    email_key   TEXT NOT NULL,
    reason      TEXT NOT NULL
        CHECK (reason IN ('unsubscribed_all', 'hard_bounce', 'complaint', 'manual')),
    note        TEXT NOT NULL DEFAULT '',
    source      TEXT NOT NULL
        CHECK (source IN ('relay', 'mail', 'provider', 'person', 'admin', 'api', 'import')),
    -- The campaign whose email led to it.
    campaign_id BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (email_key, reason)
);
CREATE INDEX suppressions_by_campaign ON suppressions (campaign_id, email_key)
    WHERE campaign_id IS NOT NULL;
CREATE INDEX suppressions_by_reason ON suppressions (reason, email_key);
CREATE INDEX suppressions_by_time ON suppressions (created_at);

-- Evidence of each change of consent. Rows are never changed; erasing a subscriber deletes them.
CREATE TABLE consent_records (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- NULL where it is about all email.
    list_id       BIGINT REFERENCES lists (id) ON DELETE CASCADE,
    action        TEXT NOT NULL
        CHECK (action IN ('requested', 'confirmed', 'unsubscribed', 'expired', 'profile',
            'frequency', 'paused', 'resumed', 'left_all', 'came_back', 'reason_given',
            'engagement_requested', 'engagement_agreed', 'engagement_withdrawn')),
    method        TEXT NOT NULL
        CHECK (method IN ('form', 'api', 'confirmation_link', 'unsubscribe_link', 'one_click',
            'mail', 'preferences', 'admin', 'import', 'expiry')),
    -- What was set, such as `language=kk`, or the reason that was given.
    detail        TEXT NOT NULL DEFAULT '',
    -- The sentence the person agreed to, as it was shown.
    wording       TEXT NOT NULL DEFAULT '',
    -- Truncated to /24 or /48.
    network       TEXT NOT NULL DEFAULT '',
    user_agent    TEXT NOT NULL DEFAULT '',
    -- Why a user changed it.
    reason        TEXT NOT NULL DEFAULT '',
    -- The campaign whose email led to it.
    campaign_id   BIGINT REFERENCES campaigns (id) ON DELETE SET NULL,
    at            BIGINT NOT NULL
);
CREATE INDEX consent_records_by_subscriber ON consent_records (subscriber_id, id);
CREATE INDEX consent_records_by_campaign ON consent_records (campaign_id, at)
    WHERE campaign_id IS NOT NULL;
-- The reasons that were given for leaving a list.
CREATE INDEX consent_records_by_reason ON consent_records (list_id, detail)
    WHERE action = 'reason_given';

-- Returned email that could not be processed, kept for a person, so that the email behind
-- it is processed.
CREATE TABLE failed_inbound_mails (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the message.
    digest  BLOB NOT NULL UNIQUE,
    source  TEXT NOT NULL
        CHECK (source IN ('relay', 'listener', 'pipe', 'mailbox', 'ses', 'postmark', 'sendgrid',
            'mailgun', 'brevo')),
    -- The envelope recipient, where it was known.
    mail_to TEXT NOT NULL DEFAULT '',
    reason  TEXT NOT NULL,
    content BLOB NOT NULL,
    at      BIGINT NOT NULL
);

-- One-time tokens of providers' webhooks and the body each was first used with: the
-- signature covers the token only, so that it must not come with another body.
CREATE TABLE inbound_webhook_tokens (
    token_digest BLOB PRIMARY KEY,
    body_digest  BLOB NOT NULL,
    expires_at   BIGINT NOT NULL
);
