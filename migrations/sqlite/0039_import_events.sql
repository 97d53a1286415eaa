-- Whether an import announces each subscription to webhooks, besides its end.
ALTER TABLE imports ADD COLUMN announces_each BOOLEAN NOT NULL DEFAULT FALSE;

-- Webhooks that are told of everything are told of imports too.
UPDATE webhooks SET events = events || 'import.finished '
WHERE events LIKE '% subscription.joined %' AND events LIKE '% subscription.confirmed %'
  AND events LIKE '% subscription.unsubscribed %' AND events LIKE '% delivery.bounced %'
  AND events LIKE '% delivery.complained %' AND events LIKE '% campaign.finished %'
  AND events LIKE '% campaign.failed_to_start %';
