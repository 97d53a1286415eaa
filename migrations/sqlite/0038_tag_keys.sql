-- Tags are compared without regard to case.
ALTER TABLE subscriber_tags ADD COLUMN tag_key TEXT NOT NULL DEFAULT '';
DELETE FROM subscriber_tags WHERE EXISTS (
    SELECT 1 FROM subscriber_tags o
    WHERE o.subscriber_id = subscriber_tags.subscriber_id
      AND lower(o.tag) = lower(subscriber_tags.tag) AND o.tag < subscriber_tags.tag);
UPDATE subscriber_tags SET tag_key = lower(tag);
DROP INDEX subscriber_tags_by_tag;
CREATE UNIQUE INDEX subscriber_tags_by_key ON subscriber_tags (tag_key, subscriber_id);
