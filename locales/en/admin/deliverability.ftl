### Deliverability: rates, checks of the senders' domains, returned mail.

admin-deliverability-lead = How well your email reaches inboxes, and what to improve.
admin-deliverability-period = Last 30 days
admin-deliverability-sent = { $count } sent

## Rates and findings

admin-deliverability-what = What
admin-deliverability-count = Count
admin-deliverability-rate = Rate
admin-deliverability-limit = Limit
admin-deliverability-state = State
admin-deliverability-complaints = Spam complaints
admin-deliverability-hard-bounces = Hard bounces
# A percentage with decimals: other languages write a comma.
admin-deliverability-percent = { $whole }.{ $fraction } %
admin-deliverability-finding-good = good
admin-deliverability-finding-weak = weak
admin-deliverability-finding-wrong = wrong

## Domains

admin-deliverability-domain = The sender's domain
admin-deliverability-no-sender = No sender is configured
admin-deliverability-no-sender-text = Enter the address that mail is sent from.
admin-deliverability-checked-at = checked { $date }
admin-deliverability-check-now = Check now
admin-deliverability-check-all = Check all domains now
admin-deliverability-unchecked = Not checked yet
admin-deliverability-unchecked-text = SPF, DKIM, DMARC, MX, reverse DNS, TLS and one-click, checked against what Google and Yahoo require of bulk senders. The DNS lookups take a few seconds.
admin-deliverability-checked = Checked
admin-deliverability-not-all-checked = Not every domain could be checked

## Table of checks

admin-deliverability-check = Check
admin-deliverability-result = Result and what to do
admin-deliverability-found = Found
admin-deliverability-name-sender = Sender
admin-deliverability-name-alignment = Alignment
admin-deliverability-name-reverse-dns = Reverse DNS
admin-deliverability-name-one-click = One-click
# A DNS record to publish.
admin-deliverability-record-name = Name
admin-deliverability-record-type = Type
admin-deliverability-record-value = Value
# For screen readers, after “Copy”.
admin-deliverability-the-name = the name
admin-deliverability-the-value = the value
admin-deliverability-zone-file = For a zone file

## Incoming emails that were set aside

admin-deliverability-aside = Incoming emails that could not be processed
admin-deliverability-aside-text = They are kept here so that the emails after them are still processed. Read the reason, then try again or delete them.
admin-deliverability-when = When
admin-deliverability-to = To
admin-deliverability-why = Why
admin-deliverability-actions = Actions
admin-deliverability-unknown-by = unknown, by { $source }
admin-deliverability-source-relay = relay
admin-deliverability-source-listener = listener
admin-deliverability-source-pipe = pipe
admin-deliverability-source-mailbox = mailbox
admin-deliverability-source-ses = ses
admin-deliverability-source-postmark = postmark
admin-deliverability-source-sendgrid = sendgrid
admin-deliverability-source-mailgun = mailgun
admin-deliverability-source-brevo = brevo
admin-deliverability-try-again = Try again

## What came back

admin-deliverability-back = Bounces, complaints and replies
admin-deliverability-back-empty-title = Nothing yet
admin-deliverability-back-empty = Bounces, complaints and unsubscribe requests are listed here once they arrive through jarshy serve --inbound, a polled mailbox or a provider's webhook.
admin-deliverability-who = Who
admin-deliverability-reply = Server reply
admin-deliverability-unknown-address = unknown address
admin-deliverability-not-counted = (not counted: anyone can send this)
admin-deliverability-campaign = campaign { $number }
admin-deliverability-pages = Pages
admin-deliverability-earlier = Earlier
