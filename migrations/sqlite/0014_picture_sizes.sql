-- Pictures are kept in several widths, so that a phone need not fetch what only
-- a desk can show. NULL: no picture, or of a kind that we cannot look into.
ALTER TABLE media ADD COLUMN width BIGINT;
ALTER TABLE media ADD COLUMN height BIGINT;
CREATE TABLE media_sizes (
    media_id BIGINT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    width    BIGINT NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (media_id, width)
);
