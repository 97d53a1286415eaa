-- What a post said each time it was saved. Rows are added and never changed.
CREATE TABLE post_revisions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id  BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    at       BIGINT NOT NULL,
    -- Who saved it; empty where it was not saved at the desk.
    actor    TEXT NOT NULL,
    -- JSON: slug, category, author, time and the words of every language.
    edition  TEXT NOT NULL
);
CREATE INDEX post_revisions_by_post ON post_revisions (post_id, id);

-- What somebody typed into the editor and has not saved.
CREATE TABLE post_drafts (
    user_id  BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- 0 for a new post.
    post_id  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    -- The editor's fields, as a form is sent.
    form     TEXT NOT NULL,
    PRIMARY KEY (user_id, post_id)
);
