-- Returned mails that could not be processed, kept for a person to look at, so
-- that the mails behind them are.
CREATE TABLE set_aside_mails (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the mail.
    digest BLOB NOT NULL UNIQUE,
    source TEXT NOT NULL,
    -- The envelope's recipient, where it was known.
    mail_to TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL,
    octets BLOB NOT NULL,
    at     BIGINT NOT NULL
);
