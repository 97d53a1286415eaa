-- A request under way holds its key by a lease, so that the key of a process
-- that died is free again. The digest is empty until a large body was read.
ALTER TABLE idempotent_answers ADD COLUMN holder BLOB;
ALTER TABLE idempotent_answers ADD COLUMN lease_until BIGINT NOT NULL DEFAULT 0;
