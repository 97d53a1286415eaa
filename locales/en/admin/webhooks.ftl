### Outgoing webhooks.

admin-webhook-about = Notify other programs of events right away. Messages are signed as in <a href="{ $standard }">Standard Webhooks</a> and retried for three days.
admin-webhook-made = Webhook created
admin-webhook-made-text = Its messages are signed with this secret. Copy it now; it is not shown again.
admin-webhook-empty-title = No webhooks yet
admin-webhook-empty = Tell your CRM or chat who joins and leaves, what bounces, and when a campaign finishes.
admin-webhook-address = Address
admin-webhook-events = Events
admin-webhook-all-events = all
admin-webhook-state = State
admin-webhook-on = on
admin-webhook-off = off

## Turning on and off, deleting

admin-webhook-actions = Turn and delete
admin-webhook-turn-on = Turn on
admin-webhook-turn-on-of = Turn on { $url }
admin-webhook-turn-off = Turn off
admin-webhook-turn-off-of = Turn off { $url }
admin-webhook-is-on = { $url } is on
admin-webhook-is-off = { $url } is off
admin-webhook-delete-of = Delete { $url }
admin-webhook-delete-question = Delete the webhook { $url }?
admin-webhook-delete-text = Messages waiting for it are discarded, and its secret becomes invalid.

## Form

admin-webhook-new = Add a webhook
admin-webhook-url = Endpoint URL
admin-webhook-url-hint = An https:// address that accepts POST requests.
admin-webhook-events-hint = If you select none, all events are sent.
admin-webhook-create = Create

## Events

admin-webhook-event-subscription-joined = Someone asks to join
admin-webhook-event-subscription-confirmed = A subscription is confirmed
admin-webhook-event-subscription-unsubscribed = Someone leaves a list
admin-webhook-event-engagement-agreed = Someone agrees that opens and links are seen
admin-webhook-event-engagement-withdrawn = Someone withdraws that opens and links are seen
admin-webhook-event-delivery-bounced = An email bounces
admin-webhook-event-delivery-complained = An email is marked as spam
admin-webhook-event-campaign-finished = A campaign finishes
admin-webhook-event-campaign-failed-to-start = A scheduled campaign fails to start
admin-webhook-event-import-finished = An import is over
admin-webhook-event-campaign-ab-test-decided = An A/B test is decided
admin-webhook-event-campaign-ab-test-waits = An A/B test waits for a person
admin-webhook-event-series-entered = A subscriber comes into a series
admin-webhook-event-series-step = A step of a series tells something
admin-webhook-event-series-finished = A series is over for a subscriber
