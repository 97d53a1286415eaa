-- A post's text as HTML, made when it is saved; made anew where the version is
-- not that of the program.
ALTER TABLE post_variants ADD COLUMN body_html TEXT NOT NULL DEFAULT '';
ALTER TABLE post_variants ADD COLUMN html_version BIGINT NOT NULL DEFAULT 0;
