-- Posts, events, media, email layouts and text overrides. What is in the trash stays in its
-- table; queries read what is not from the views untrashed_….

-- Uploaded files, without their bytes, so that listing files does not read them.
CREATE TABLE media (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    file_name  TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('picture', 'audio', 'document')),
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,
    -- NULL: not a picture, or one that cannot be decoded.
    width      BIGINT,
    height     BIGINT,
    digest     TEXT NOT NULL,
    -- {"en": {"title": …, "alt": …}, …}
    captions   TEXT NOT NULL,
    -- On the public media page. Others are only seen where they are used.
    is_shown   BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    -- When it was moved to the trash.
    deleted_at BIGINT
);
CREATE UNIQUE INDEX media_by_name ON media (file_name) WHERE deleted_at IS NULL;
CREATE INDEX media_by_digest ON media (digest);
CREATE VIEW untrashed_media AS SELECT * FROM media WHERE deleted_at IS NULL;

-- Tags of files, by which users find them.
CREATE TABLE media_tags (
    media_id BIGINT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    -- The tag in lower case.
    tag_key  TEXT NOT NULL,
    tag      TEXT NOT NULL,
    PRIMARY KEY (media_id, tag_key)
);

-- The bytes of uploaded files.
CREATE TABLE media_contents (
    media_id BIGINT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    content  BLOB NOT NULL
);

-- Pictures in smaller widths, for small screens.
CREATE TABLE media_sizes (
    media_id BIGINT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    width    BIGINT NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (media_id, width)
);

-- Articles of the site, without their text.
CREATE TABLE posts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    slug         TEXT NOT NULL,
    category     TEXT NOT NULL,
    author       TEXT NOT NULL,
    -- On cards and above the article; NULL: the first picture of the text.
    picture_id   BIGINT REFERENCES media (id) ON DELETE SET NULL,
    -- NULL: a draft that only users see.
    published_at BIGINT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    -- When it was moved to the trash.
    deleted_at   BIGINT
);
CREATE UNIQUE INDEX posts_by_slug ON posts (slug) WHERE deleted_at IS NULL;
CREATE INDEX posts_published ON posts (published_at);
CREATE INDEX posts_by_picture ON posts (picture_id) WHERE picture_id IS NOT NULL;
CREATE VIEW untrashed_posts AS SELECT * FROM posts WHERE deleted_at IS NULL;

-- The text of posts in each language.
CREATE TABLE post_variants (
    post_id       BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    language      TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    title         TEXT NOT NULL,
    summary       TEXT NOT NULL,
    body_markdown TEXT NOT NULL,
    -- Rendered when it is saved, and again where the version is not the program's.
    body_html     TEXT NOT NULL DEFAULT '',
    html_version  BIGINT NOT NULL DEFAULT 0,
    -- The file name of the first picture of the rendered text, if it is one of the site.
    first_picture TEXT NOT NULL DEFAULT '',
    -- The language with the earliest is the first of its post.
    created_at    BIGINT NOT NULL,
    -- When its words last changed, or somebody said that they are up to date.
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (post_id, language)
);

-- The content of posts each time they were saved. Rows are never changed.
CREATE TABLE post_revisions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id  BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    at       BIGINT NOT NULL,
    -- Who saved it; empty where it was not saved in the admin.
    actor    TEXT NOT NULL,
    -- JSON: slug, category, author, time and the text in every language.
    edition  TEXT NOT NULL
);
CREATE INDEX post_revisions_by_post ON post_revisions (post_id, id);

-- Where posts come from that were imported from another system. Importing the same file again
-- finds them here.
CREATE TABLE post_origins (
    system      TEXT NOT NULL,
    -- The id of the post there.
    former_id   TEXT NOT NULL,
    post_id     BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    imported_at BIGINT NOT NULL,
    -- When an import last wrote it; the same as imported_at at first.
    written_at  BIGINT NOT NULL,
    -- updated_at of the post as the import wrote it: another value means that it was edited since.
    version     BIGINT NOT NULL,
    PRIMARY KEY (system, former_id)
);
CREATE INDEX post_origins_by_post ON post_origins (post_id);

-- Paths that posts had in another system, without a slash at the end. They redirect to the post.
CREATE TABLE former_paths (
    path    TEXT PRIMARY KEY,
    post_id BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE
);
CREATE INDEX former_paths_by_post ON former_paths (post_id);

-- Imports of posts by the admin pages: checked when the file is uploaded, then run.
CREATE TABLE post_imports (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    file_name   TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('checked', 'running', 'finished', 'failed')),
    -- The file, until the import has ended.
    content     BLOB,
    -- Choices, such as {"publish": "drafts", "language": "en", …}
    options     TEXT NOT NULL,
    -- What would happen, and in the end what has happened.
    balance     TEXT NOT NULL,
    posts_done  BIGINT NOT NULL DEFAULT 0,
    posts_total BIGINT NOT NULL DEFAULT 0,
    failure     TEXT NOT NULL DEFAULT '',
    created_by  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    -- When it was run: posts that were imported since are its own.
    started_at  BIGINT,
    lease_owner BLOB,
    lease_until BIGINT
);

-- Calendar entries, without their text.
CREATE TABLE events (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    slug         TEXT NOT NULL,
    starts_at    BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL,
    all_day      BOOLEAN NOT NULL,
    -- Empty: once.
    repeats      TEXT NOT NULL DEFAULT ''
        CHECK (repeats IN ('', 'daily', 'weekly', 'monthly', 'yearly')),
    -- Every time, every second time, …
    repeat_every BIGINT NOT NULL DEFAULT 1,
    -- No repetition begins after this time; NULL: without end.
    repeat_until BIGINT,
    picture_id   BIGINT REFERENCES media (id) ON DELETE SET NULL,
    -- FALSE: a draft that only users see.
    is_published BOOLEAN NOT NULL DEFAULT TRUE,
    -- What calendars know it by: its first slug, whatever it is called later. No two have the same.
    uid          TEXT NOT NULL,
    -- Grows with each change of time, place or title: calendars keep the highest.
    sequence     BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,
    -- When it was moved to the trash.
    deleted_at   BIGINT
);
CREATE UNIQUE INDEX events_by_uid ON events (uid);
CREATE UNIQUE INDEX events_by_slug ON events (slug) WHERE deleted_at IS NULL;
CREATE INDEX events_by_start ON events (starts_at);
CREATE INDEX events_by_picture ON events (picture_id) WHERE picture_id IS NOT NULL;
CREATE VIEW untrashed_events AS SELECT * FROM events WHERE deleted_at IS NULL;

-- The text of events in each language.
CREATE TABLE event_variants (
    event_id    BIGINT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    language    TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    title       TEXT NOT NULL,
    place       TEXT NOT NULL,
    description TEXT NOT NULL,
    -- The language with the earliest is the first of its event.
    created_at  BIGINT NOT NULL,
    -- When its words last changed, or somebody said that they are up to date.
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (event_id, language)
);

-- Email layouts made in the admin. One with the name of a built-in layout replaces it.
CREATE TABLE layouts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    mjml       TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    -- When it was moved to the trash.
    deleted_at BIGINT
);
CREATE UNIQUE INDEX layouts_by_name ON layouts (name) WHERE deleted_at IS NULL;
CREATE VIEW untrashed_layouts AS SELECT * FROM layouts WHERE deleted_at IS NULL;

-- Texts that posts and campaigns name and show, each kept in one place; without their text.
CREATE TABLE snippets (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    -- When it was moved to the trash.
    deleted_at BIGINT
);
CREATE UNIQUE INDEX snippets_by_name ON snippets (name) WHERE deleted_at IS NULL;
CREATE VIEW untrashed_snippets AS SELECT * FROM snippets WHERE deleted_at IS NULL;

-- The text of snippets in each language.
CREATE TABLE snippet_variants (
    snippet_id    BIGINT NOT NULL REFERENCES snippets (id) ON DELETE CASCADE,
    language      TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    body_markdown TEXT NOT NULL,
    PRIMARY KEY (snippet_id, language)
);

-- Texts of transactional email, which other programs fill in. The numbers below 101 are those of
-- listmonk's API for layouts.
CREATE TABLE email_templates (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE,
    language   TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    subject    TEXT NOT NULL,
    -- What inboxes show after the subject; empty for the subject itself.
    preheader  TEXT NOT NULL DEFAULT '',
    -- Markdown with merge tags.
    body       TEXT NOT NULL,
    -- JSON with which it is previewed and tested, as it was typed.
    sample     TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);
INSERT INTO sqlite_sequence (name, seq) VALUES ('email_templates', 100);

-- Texts that replace built-in ones, on one list or (list 0) everywhere.
CREATE TABLE text_overrides (
    list_id  BIGINT NOT NULL,
    language TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    name     TEXT NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (list_id, language, name)
);
