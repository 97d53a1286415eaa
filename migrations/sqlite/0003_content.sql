-- Posts, events, media, email layouts and text overrides.

-- Articles of the site, without their text.
CREATE TABLE posts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    slug         TEXT NOT NULL UNIQUE,
    category     TEXT NOT NULL,
    author       TEXT NOT NULL,
    -- NULL: a draft that only users see.
    published_at BIGINT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX posts_published ON posts (published_at);

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

-- What users typed into the editor and have not saved.
CREATE TABLE post_autosaves (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- 0 for a new post.
    post_id BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    -- The editor's fields, form-encoded.
    form    TEXT NOT NULL,
    PRIMARY KEY (user_id, post_id)
);

-- Calendar entries, without their text.
CREATE TABLE events (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    slug         TEXT NOT NULL UNIQUE,
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
    created_at   BIGINT NOT NULL
);
CREATE INDEX events_by_start ON events (starts_at);

-- The text of events in each language.
CREATE TABLE event_variants (
    event_id    BIGINT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    language    TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    title       TEXT NOT NULL,
    place       TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (event_id, language)
);

-- Uploaded files, without their bytes, so that listing files does not read them.
CREATE TABLE media (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    file_name  TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('picture', 'audio', 'document')),
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,
    -- NULL: not a picture, or one that cannot be decoded.
    width      BIGINT,
    height     BIGINT,
    digest     TEXT NOT NULL,
    -- {"en": {"title": …, "alt": …}, …}
    captions   TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX media_by_digest ON media (digest);

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

-- Email layouts made in the admin. One with the name of a built-in layout replaces it.
CREATE TABLE layouts (
    name       TEXT PRIMARY KEY,
    mjml       TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

-- Texts that replace built-in ones, on one list or (list 0) everywhere.
CREATE TABLE text_overrides (
    list_id  BIGINT NOT NULL,
    language TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 12),
    name     TEXT NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (list_id, language, name)
);
