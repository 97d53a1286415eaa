-- Lists, subscribers, subscriptions, tags, segments and imports.

-- Mailing lists.
CREATE TABLE lists (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    slug          TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    description   TEXT NOT NULL DEFAULT '',
    -- {"ru": {"name": …, "description": …}, …}
    translations  TEXT NOT NULL,
    visibility    TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    opt_in        TEXT NOT NULL CHECK (opt_in IN ('single', 'double')),
    -- Whether email to the list counts how often each link is followed.
    counts_clicks BOOLEAN NOT NULL DEFAULT FALSE,
    sends_welcome BOOLEAN NOT NULL DEFAULT FALSE,
    created_at    BIGINT NOT NULL
);

-- The lists of users who are limited to some.
CREATE TABLE user_lists (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    list_id BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, list_id)
);
CREATE INDEX user_lists_by_list ON user_lists (list_id);

-- How many people joined and left each list within each hour since 1970, by what way and in
-- which language. The numbers stay when people are erased.
CREATE TABLE list_hourly_changes (
    hour         BIGINT NOT NULL,
    list_id      BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    source       TEXT NOT NULL
        CHECK (source IN ('form', 'api', 'confirmation_link', 'unsubscribe_link', 'one_click', 'mail',
            'preferences', 'admin', 'import', 'expiry', 'erasure')),
    language     TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    confirmed    BIGINT NOT NULL,
    unsubscribed BIGINT NOT NULL,
    PRIMARY KEY (hour, list_id, source, language)
);
CREATE INDEX list_hourly_changes_by_list ON list_hourly_changes (list_id, hour);

-- The welcome email of a list in each language that it is written in. A list without one sends
-- the site's texts.
CREATE TABLE list_welcomes (
    list_id   BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    language  TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    subject   TEXT NOT NULL,
    -- What inboxes show after the subject; empty for the text of the site.
    preheader TEXT NOT NULL DEFAULT '',
    -- Markdown with merge tags.
    body      TEXT NOT NULL,
    PRIMARY KEY (list_id, language)
);

-- Email addresses and what is known of their owners.
CREATE TABLE subscribers (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    email             TEXT NOT NULL,
    -- The address in lower case: one row for each address.
    email_key         TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL DEFAULT '',
    language          TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    attributes        TEXT NOT NULL,
    frequency         TEXT NOT NULL DEFAULT 'each' CHECK (frequency IN ('each', 'weekly')),
    -- No campaign is sent to them before this time.
    paused_until      BIGINT,
    -- Whether email was sent whose delivery has been folded since.
    was_mailed        BOOLEAN NOT NULL DEFAULT FALSE,
    -- What users have written down about them.
    note              TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    created_at        BIGINT NOT NULL
);
-- One page of a filter reads one page of an index.
CREATE INDEX subscribers_by_language ON subscribers (language, id);
CREATE INDEX subscribers_paused ON subscribers (paused_until) WHERE paused_until IS NOT NULL;
CREATE INDEX subscribers_weekly ON subscribers (id) WHERE frequency = 'weekly';

-- Full-text search: any three letters in a row find a subscriber. The text itself
-- stays in `subscribers`, and how long it is nobody asks, since nothing is ranked.
CREATE VIRTUAL TABLE subscriber_search USING fts5 (
    email, name, content = 'subscribers', content_rowid = 'id', tokenize = 'trigram',
    columnsize = 0
);
-- What an import adds at a time is written as one piece (the size is in bytes), and fewer
-- pieces are merged again and again.
INSERT INTO subscriber_search (subscriber_search, rank) VALUES ('hashsize', 4194304);
INSERT INTO subscriber_search (subscriber_search, rank) VALUES ('automerge', 8);
-- Erased subscribers must not remain in the index.
INSERT INTO subscriber_search (subscriber_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER subscriber_search_insert AFTER INSERT ON subscribers BEGIN
    INSERT INTO subscriber_search (rowid, email, name) VALUES (new.id, new.email, new.name);
END;
CREATE TRIGGER subscriber_search_delete AFTER DELETE ON subscribers BEGIN
    INSERT INTO subscriber_search (subscriber_search, rowid, email, name)
    VALUES ('delete', old.id, old.email, old.name);
END;
CREATE TRIGGER subscriber_search_update AFTER UPDATE OF email, name ON subscribers
WHEN old.email <> new.email OR old.name <> new.name BEGIN
    INSERT INTO subscriber_search (subscriber_search, rowid, email, name)
    VALUES ('delete', old.id, old.email, old.name);
    INSERT INTO subscriber_search (rowid, email, name) VALUES (new.id, new.email, new.name);
END;

-- Tags on subscribers, as first typed; compared without regard to case by their key.
CREATE TABLE subscriber_tags (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    tag           TEXT NOT NULL,
    tag_key       TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, tag)
) WITHOUT ROWID;
CREATE UNIQUE INDEX subscriber_tags_by_key ON subscriber_tags (tag_key, subscriber_id);
-- The spelling of a tag, without reading everybody who has it.
CREATE INDEX subscriber_tags_by_spelling ON subscriber_tags (tag_key, tag);

-- Subscribers on lists.
CREATE TABLE subscriptions (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    list_id       BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'confirmed', 'unsubscribed')),
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (subscriber_id, list_id)
) WITHOUT ROWID;
CREATE INDEX subscriptions_by_list ON subscriptions (list_id, state, subscriber_id);
CREATE INDEX subscriptions_by_member ON subscriptions (list_id, subscriber_id);
CREATE INDEX subscriptions_by_state ON subscriptions (state, subscriber_id);
CREATE INDEX subscriptions_pending ON subscriptions (changed_at) WHERE state = 'pending';

-- How many emails join forms have caused to addresses that never confirmed. Apart from
-- subscribers, who are deleted when they do not confirm, and by a keyed digest, since
-- nobody agreed that the address is stored.
CREATE TABLE join_mails (
    address_digest BLOB PRIMARY KEY,
    count          BIGINT NOT NULL,
    first_at       BIGINT NOT NULL,
    last_at        BIGINT NOT NULL
);
CREATE INDEX join_mails_by_time ON join_mails (first_at);

-- Saved rules that pick subscribers.
CREATE TABLE segments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- NULL: the conditions of one campaign, which nobody has saved by a name.
    name       TEXT UNIQUE,
    -- {"match": "all", "conditions": […]}
    rule       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Views of the table of subscribers that users have saved: which subscribers, in which order,
-- with which columns.
CREATE TABLE subscriber_views (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- NULL: the team's.
    owner_id   BIGINT REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    -- The name in lower case.
    name_key   TEXT NOT NULL,
    -- Filters and order, as in the query of the page's address.
    query      TEXT NOT NULL,
    -- A JSON array; empty: the usual ones.
    columns    TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (owner_id, name_key)
);
CREATE UNIQUE INDEX subscriber_views_of_team ON subscriber_views (name_key)
    WHERE owner_id IS NULL;

-- Imports of subscribers from files.
CREATE TABLE imports (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id        BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    file_name      TEXT NOT NULL,
    -- The tables of the file: {"tables": [{"name": …, "columns": […], "rows": …}], …}
    contents       TEXT NOT NULL,
    -- Which column holds what, and what is done with the people:
    -- {"columns": {"E-Mail": "email", …}, "existing": "update", …}
    mapping        TEXT NOT NULL,
    -- Whether webhooks get an event for each subscription, besides that for the end.
    announces_each BOOLEAN NOT NULL DEFAULT FALSE,
    state          TEXT NOT NULL
        CHECK (state IN ('reading', 'uploaded', 'checking', 'checked', 'running', 'finished',
            'failed', 'cancelled', 'undoing', 'undone')),
    created_by     TEXT NOT NULL,
    -- Rows and pieces processed in this state: work resumes after them.
    rows_done      BIGINT NOT NULL DEFAULT 0,
    pieces_done    BIGINT NOT NULL DEFAULT 0,
    -- The lanes of the next piece that are done, as bits.
    lanes_done     BIGINT NOT NULL DEFAULT 0,
    rows_total     BIGINT NOT NULL DEFAULT 0,
    -- How many people of each standing in the file meet which outcome.
    balance        TEXT NOT NULL,
    -- How many rows have a note.
    notes          BIGINT NOT NULL DEFAULT 0,
    failure        TEXT NOT NULL DEFAULT '',
    lease_owner    BLOB,
    lease_until    BIGINT,
    created_at     BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL
);
CREATE INDEX imports_moving ON imports (id) WHERE state IN ('checking', 'running', 'undoing');

-- The files of imports, in pieces of rows that fit in memory.
CREATE TABLE import_pieces (
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number    BIGINT NOT NULL,
    -- Which table of the file, from 0.
    table_number BIGINT NOT NULL,
    -- A line of JSON for each row: [line, [cell, …]].
    content   BLOB NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- Rows of imports that a person should look at: who stays without mail, and what was refused.
CREATE TABLE import_notes (
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    -- The place of the row in the file, from 1. Numbers may be missing.
    number    BIGINT NOT NULL,
    line      BIGINT NOT NULL,
    outcome   TEXT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
);

-- What imports changed, so that it can be undone for a week.
CREATE TABLE import_changes (
    import_id     BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- The piece of the file that it came with.
    number        BIGINT NOT NULL,
    is_new        BOOLEAN NOT NULL,
    -- How the person was and is, as JSON: {"name": [before, after], …}. No statement looks into it.
    change        TEXT NOT NULL,
    PRIMARY KEY (import_id, subscriber_id, number)
) WITHOUT ROWID;
CREATE INDEX import_changes_by_subscriber ON import_changes (subscriber_id);

-- People whom an import added as pending and who are to be asked by email to confirm, a few
-- each minute. A row goes when they are asked.
CREATE TABLE import_confirmations (
    subscriber_id BIGINT PRIMARY KEY REFERENCES subscribers (id) ON DELETE CASCADE,
    import_id     BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE
);
CREATE INDEX import_confirmations_by_import ON import_confirmations (import_id, subscriber_id);

-- Addresses whose owners had their data erased, as a keyed digest: no import brings them back.
CREATE TABLE erased_addresses (
    address_digest BLOB PRIMARY KEY,
    erased_at      BIGINT NOT NULL
);

-- Ids that people had in the systems that they were imported from: links in old emails name
-- them by these.
CREATE TABLE former_ids (
    system        TEXT NOT NULL,
    former_id     TEXT NOT NULL,
    list_id       BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
    -- The import that brought it; NULL where it is not known any more.
    import_id     BIGINT REFERENCES imports (id) ON DELETE SET NULL,
    PRIMARY KEY (system, former_id, list_id, subscriber_id)
);
CREATE INDEX former_ids_by_subscriber ON former_ids (subscriber_id);
CREATE INDEX former_ids_by_list ON former_ids (list_id);
CREATE INDEX former_ids_by_import ON former_ids (import_id);
