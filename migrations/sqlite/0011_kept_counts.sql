-- Numbers that pages show of the whole audience.

-- How many subscribers there are, how many subscriptions each list has in each state, and how
-- many subscribers have each tag.
--
-- Triggers write it with every change of what is counted, whatever makes it. PostgreSQL adds
-- rows, so that no two writes wait for each other, and a task sums them up; SQLite, which has
-- one writer, changes them.
CREATE TABLE kept_counts (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    what    TEXT NOT NULL CHECK (what IN ('subscribers', 'subscriptions', 'tags')),
    -- The list of subscriptions; 0 for all others. No reference: rows of a list are taken off
    -- here while it is being deleted.
    list_id BIGINT NOT NULL,
    -- The state of subscriptions, or the key of a tag; empty for subscribers.
    key     TEXT NOT NULL,
    -- The count is the sum of these; below zero in a row of those that went.
    number  BIGINT NOT NULL
);
CREATE INDEX kept_counts_by_key ON kept_counts (what, list_id, key);

INSERT INTO kept_counts (what, list_id, key, number)
SELECT 'subscribers', 0, '', COUNT(*) FROM subscribers;
INSERT INTO kept_counts (what, list_id, key, number)
SELECT 'subscriptions', list_id, state, COUNT(*) FROM subscriptions GROUP BY list_id, state;
INSERT INTO kept_counts (what, list_id, key, number)
SELECT 'tags', 0, tag_key, COUNT(*) FROM subscriber_tags GROUP BY tag_key;

CREATE TRIGGER subscribers_count_insert AFTER INSERT ON subscribers BEGIN
    UPDATE kept_counts SET number = number + 1
    WHERE what = 'subscribers' AND list_id = 0 AND key = '';
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'subscribers', 0, '', 1 WHERE changes() = 0;
END;
CREATE TRIGGER subscribers_count_delete AFTER DELETE ON subscribers BEGIN
    UPDATE kept_counts SET number = number - 1
    WHERE what = 'subscribers' AND list_id = 0 AND key = '';
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'subscribers', 0, '', -1 WHERE changes() = 0;
END;

CREATE TRIGGER subscriptions_count_insert AFTER INSERT ON subscriptions BEGIN
    UPDATE kept_counts SET number = number + 1
    WHERE what = 'subscriptions' AND list_id = new.list_id AND key = new.state;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'subscriptions', new.list_id, new.state, 1 WHERE changes() = 0;
END;
CREATE TRIGGER subscriptions_count_delete AFTER DELETE ON subscriptions BEGIN
    UPDATE kept_counts SET number = number - 1
    WHERE what = 'subscriptions' AND list_id = old.list_id AND key = old.state;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'subscriptions', old.list_id, old.state, -1 WHERE changes() = 0;
END;
CREATE TRIGGER subscriptions_count_update AFTER UPDATE OF list_id, state ON subscriptions
WHEN old.list_id <> new.list_id OR old.state <> new.state BEGIN
    UPDATE kept_counts SET number = number - 1
    WHERE what = 'subscriptions' AND list_id = old.list_id AND key = old.state;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'subscriptions', old.list_id, old.state, -1 WHERE changes() = 0;
    UPDATE kept_counts SET number = number + 1
    WHERE what = 'subscriptions' AND list_id = new.list_id AND key = new.state;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'subscriptions', new.list_id, new.state, 1 WHERE changes() = 0;
END;

CREATE TRIGGER subscriber_tags_count_insert AFTER INSERT ON subscriber_tags BEGIN
    UPDATE kept_counts SET number = number + 1
    WHERE what = 'tags' AND list_id = 0 AND key = new.tag_key;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'tags', 0, new.tag_key, 1 WHERE changes() = 0;
END;
CREATE TRIGGER subscriber_tags_count_delete AFTER DELETE ON subscriber_tags BEGIN
    UPDATE kept_counts SET number = number - 1
    WHERE what = 'tags' AND list_id = 0 AND key = old.tag_key;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'tags', 0, old.tag_key, -1 WHERE changes() = 0;
END;
CREATE TRIGGER subscriber_tags_count_update AFTER UPDATE OF tag_key ON subscriber_tags
WHEN old.tag_key <> new.tag_key BEGIN
    UPDATE kept_counts SET number = number - 1
    WHERE what = 'tags' AND list_id = 0 AND key = old.tag_key;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'tags', 0, old.tag_key, -1 WHERE changes() = 0;
    UPDATE kept_counts SET number = number + 1
    WHERE what = 'tags' AND list_id = 0 AND key = new.tag_key;
    INSERT INTO kept_counts (what, list_id, key, number)
    SELECT 'tags', 0, new.tag_key, 1 WHERE changes() = 0;
END;
