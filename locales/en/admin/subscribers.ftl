### Subscribers: overview, one subscriber, adding one, several at once.

## Overview, and the table on a list's page

admin-subscribers-import = Import
admin-subscribers-q = Name or address
admin-subscribers-any = Any
admin-subscribers-tag = Tag
# Notes on how the search worked.
admin-subscribers-start-of-short = These addresses begin with this text. Type a third letter to search parts of names and addresses.
admin-subscribers-first-of-short = The first addresses that begin with this text. Type a third letter to search parts of names and addresses.
admin-subscribers-no-trigrams = Only the start of addresses is searched: the database lacks the extension pg_trgm, which its administrator can create.
admin-subscribers-empty-title = No subscribers yet
admin-subscribers-empty = Add subscribers, import a file, or let visitors join on the site.
admin-subscribers-none-title = No subscribers found
admin-subscribers-none = No subscriber matches this search and these filters.
admin-subscribers-select = Select
admin-subscribers-select-one = Select { $email }
admin-subscribers-subscriber = Subscriber
admin-subscribers-tagged = Tags: { $tags }
admin-subscribers-pages = Pages
admin-subscribers-segment = Segment
admin-subscribers-select-page = Select all on this page
admin-subscribers-found =
    { $count ->
        [one] { $count } subscriber found
       *[other] { $count } subscribers found
    }
admin-subscribers-found-more = More than { $count } subscribers found

## Columns and saved views

admin-subscribers-views = Views
admin-subscribers-view-all = All
admin-subscribers-view-team = team
admin-subscribers-view-new = Save as a view
admin-subscribers-view-new-hint = It keeps the search, the filters, the order and the columns.
admin-subscribers-view-change = Change the view “{ $name }”
admin-subscribers-view-change-hint = The view gets the search, the filters and the order that the table has now.
admin-subscribers-view-shared = Share with the team
admin-subscribers-view-save = Save view
admin-subscribers-view-delete-text = The view is deleted. Subscribers stay as they are.
admin-subscribers-export = Export as CSV
admin-subscribers-columns = Columns
admin-subscribers-columns-legend = Columns of your table
admin-subscribers-columns-of = Columns of the view “{ $name }”
admin-subscribers-columns-hint = At most { $most }. The export has the same columns.
admin-subscribers-columns-save = Save columns
admin-subscribers-column-name = Name
admin-subscribers-column-lists = Lists
admin-subscribers-column-state = State
admin-subscribers-column-language = Language
admin-subscribers-column-tags = Tags
admin-subscribers-column-source = Source
admin-subscribers-column-frequency = Mail frequency
admin-subscribers-column-changed = Last change
admin-subscribers-column-joined = Since
admin-subscribers-column-last-active = Last active
admin-subscribers-paused-until = paused until { $date }
admin-subscribers-on-no-list = on no list

## Several at once

admin-subscribers-action = With selected
admin-subscribers-action-add = add to list
admin-subscribers-action-remove = remove from list
admin-subscribers-action-tag = add tag
admin-subscribers-action-untag = remove tag
admin-subscribers-action-suppress = suppress
admin-subscribers-action-erase = erase
admin-subscribers-reason = Reason (recorded)
admin-subscribers-apply = Apply…
admin-subscribers-nobody = Select at least one subscriber
admin-subscribers-nobody-next = Select rows, then choose what to do.
admin-subscribers-choose-list = Choose a list
admin-subscribers-choose-action = Choose what to do
admin-subscribers-enter-tag = Enter a tag
admin-subscribers-all-matching =
    { $count ->
        [one] All that match ({ $count } subscriber), not only those selected
       *[other] All that match ({ $count } subscribers), not only those selected
    }
admin-subscribers-all-matching-more = All that match (more than { $count } subscribers), not only those selected
admin-subscribers-none-left = No subscriber matches this filter any more
admin-subscribers-too-many = At most { $count } subscribers can be changed at once
admin-subscribers-too-many-next = Narrow the search or the filters, and repeat it for the rest.
# Whom a question is about: some addresses, before a sentence on what happens.
admin-subscribers-named = { $names }.
admin-subscribers-named-others =
    { $count ->
        [one] { $names } and { $count } other.
       *[other] { $names } and { $count } others.
    }
# $name is a list or a tag, here and below.
admin-subscribers-add-question =
    { $count ->
        [one] Add { $count } subscriber to { $name }?
       *[other] Add { $count } subscribers to { $name }?
    }
admin-subscribers-add-effect = You confirm that you have their consent. People who left the list are not added again.
admin-subscribers-add-yes = Add to list
admin-subscribers-added =
    { $count ->
        [one] { $count } subscriber added to { $name }
       *[other] { $count } subscribers added to { $name }
    }
admin-subscribers-kept =
    { $count ->
        [one] { $count } subscriber left or is suppressed, and stays unsubscribed.
       *[other] { $count } subscribers left or are suppressed, and stay unsubscribed.
    }
admin-subscribers-remove-question =
    { $count ->
        [one] Remove { $count } subscriber from { $name }?
       *[other] Remove { $count } subscribers from { $name }?
    }
admin-subscribers-remove-effect = They get no more email from this list unless they join again.
admin-subscribers-remove-yes = Remove from list
admin-subscribers-removed =
    { $count ->
        [one] { $count } subscriber removed from { $name }
       *[other] { $count } subscribers removed from { $name }
    }
admin-subscribers-tag-question =
    { $count ->
        [one] Tag { $count } subscriber with { $name }?
       *[other] Tag { $count } subscribers with { $name }?
    }
admin-subscribers-tag-effect = Segments and filters find them by it.
admin-subscribers-tag-yes = Add tag
admin-subscribers-tagged-with =
    { $count ->
        [one] { $count } subscriber tagged { $name }
       *[other] { $count } subscribers tagged { $name }
    }
admin-subscribers-untag-question =
    { $count ->
        [one] Remove the tag { $name } from { $count } subscriber?
       *[other] Remove the tag { $name } from { $count } subscribers?
    }
admin-subscribers-untag-effect = Segments and filters find them by it no more.
admin-subscribers-untag-yes = Remove tag
admin-subscribers-untagged =
    { $count ->
        [one] Tag { $name } removed from { $count } subscriber
       *[other] Tag { $name } removed from { $count } subscribers
    }
admin-subscribers-suppress-question =
    { $count ->
        [one] Suppress { $count } subscriber?
       *[other] Suppress { $count } subscribers?
    }
admin-subscribers-suppress-effect = Their addresses get no email until the suppressions are lifted.
admin-subscribers-suppressed =
    { $count ->
        [one] { $count } subscriber suppressed
       *[other] { $count } subscribers suppressed
    }
admin-subscribers-erase-question =
    { $count ->
        [one] Erase { $count } subscriber?
       *[other] Erase { $count } subscribers?
    }
admin-subscribers-erase-effect = Addresses, names, attributes, subscriptions and consent records are deleted permanently. The numbers in reports stay, without names.
admin-subscribers-erased =
    { $count ->
        [one] { $count } subscriber erased
       *[other] { $count } subscribers erased
    }

## Adding one

admin-subscriber-add-title = Add a subscriber
admin-subscriber-add-consent = Consent
admin-subscriber-add-asks = Ask them by email
admin-subscriber-add-asks-hint = They get a confirmation link, and no other email until they use it.
admin-subscriber-add-agreed = I have their consent
admin-subscriber-add-agreed-hint = They are subscribed at once. Explain below how they agreed.
admin-subscriber-add-how = How they agreed
admin-subscriber-add-how-hint = Stored with the consent record, for example: signed the visitors' book on 3 May.
admin-subscriber-added = Added { $email }
admin-subscriber-existed = { $email } already existed
admin-subscriber-updated = Name, language and lists were updated.
admin-subscriber-stays-off = { $email } stays off { $list }
admin-subscriber-stays-off-why = They left or are suppressed. To subscribe them again, say how they asked for it.

## One subscriber

admin-subscriber-joined = since { $date }
admin-subscriber-joined-name = { $name }, since { $date }
admin-subscriber-download = Download personal data
admin-subscriber-suppressed = Suppressed: { $reason }
admin-subscriber-suppressed-since = Since { $date }.
admin-subscriber-suppressed-lift = You can lift it under <a href="{ $path }">suppressions</a>.

## Their lists

admin-subscriber-no-lists = Create a list first.
admin-subscriber-state = State
admin-subscriber-state-since = Since
admin-subscriber-change-to = Change to
admin-subscriber-never-subscribed = never subscribed
admin-subscriber-why = Why
admin-subscriber-why-for = Why, for { $list }
# Buttons, by the state that they set.
admin-subscriber-move-pending = Ask by email
admin-subscriber-move-confirmed = Confirm
admin-subscriber-move-unsubscribed = Unsubscribe
admin-subscriber-asked = Confirmation email sent
admin-subscriber-subscribed-to = Subscribed to { $list }
admin-subscriber-unsubscribed-from = Unsubscribed from { $list }

## What happened

admin-subscriber-activity = Activity
admin-subscriber-no-activity-title = No activity yet
admin-subscriber-no-activity = Consent records, deliveries, bounces and replies are listed here.
admin-subscriber-when = When
admin-subscriber-what = What
admin-subscriber-evidence = Evidence
# $action is one of the words below.
admin-subscriber-did-to-list = { $action } <a href="/admin/lists/{ $list }">{ $list }</a>
admin-subscriber-said-why = said why they left <a href="/admin/lists/{ $list }">{ $list }</a>: { $reason }
# $detail is what was set, such as frequency=weekly.
admin-subscriber-did-set = { $action } { $detail }
admin-subscriber-consent-requested = requested
admin-subscriber-consent-confirmed = confirmed
admin-subscriber-consent-unsubscribed = unsubscribed
admin-subscriber-consent-expired = expired
admin-subscriber-consent-profile = profile
admin-subscriber-consent-frequency = frequency
admin-subscriber-consent-paused = paused
admin-subscriber-consent-resumed = resumed
admin-subscriber-consent-left-all = left all
admin-subscriber-consent-came-back = came back
admin-subscriber-consent-engagement-requested = ticked on a join form that opens and links may be seen
admin-subscriber-consent-engagement-agreed = agreed that opens and links are seen
admin-subscriber-consent-engagement-withdrawn = withdrew that opens and links are seen
admin-subscriber-consent-reason-given = said why
admin-subscriber-method-form = by form
admin-subscriber-method-api = by API
admin-subscriber-method-confirmation-link = by confirmation link
admin-subscriber-method-unsubscribe-link = by unsubscribe link
admin-subscriber-method-one-click = by one click
admin-subscriber-method-mail = by mail
admin-subscriber-method-preferences = by preferences
admin-subscriber-method-admin = by admin
admin-subscriber-method-import = by import
admin-subscriber-method-expiry = by expiry
admin-subscriber-from = from { $network }
admin-subscriber-from-program = from { $network }, { $program }
# $source is one of the words below.
admin-subscriber-about-campaign = about <a href="/admin/campaigns/{ $campaign }">campaign { $campaign }</a>, { $source }
admin-subscriber-source-relay = by relay
admin-subscriber-source-listener = by listener
admin-subscriber-source-pipe = by pipe
admin-subscriber-source-mailbox = by mailbox
admin-subscriber-source-ses = by Amazon SES
admin-subscriber-source-postmark = by Postmark
admin-subscriber-source-sendgrid = by SendGrid
admin-subscriber-source-mailgun = by Mailgun
admin-subscriber-source-brevo = by Brevo

## Details

admin-subscriber-details = Details
admin-subscriber-tags-hint = Separated by commas. For segments and to find subscribers.
admin-subscriber-attributes = Attributes
admin-subscriber-attributes-hint = For segments and personal texts. Empty a name to drop its line. Numbers, true and false are kept as such; put "42" in quotes to keep it as text.
admin-subscriber-attribute-name = Name of attribute { $number }
admin-subscriber-attribute-value = Value of { $name }
# Inside an empty field.
admin-subscriber-new-name = name
admin-subscriber-new-value = value
admin-subscriber-new-attribute-name = Name of new attribute { $number }
admin-subscriber-new-attribute-value = Value of new attribute { $number }

## Note

admin-subscriber-own-note = Note
admin-subscriber-own-note-field = What to know about this person
admin-subscriber-own-note-hint = Plain text, up to 2,000 characters. All users of the admin see it, and so does the person, when they ask for their data.

## Address

admin-subscriber-address = Address
admin-subscriber-new-address = New address
admin-subscriber-new-address-hint = A mail goes there with a link. The address changes once its reader confirms it.
admin-subscriber-ascii-address = As mail systems write it: { $email }
admin-subscriber-ask-address = Ask for confirmation
admin-subscriber-same-address = This is the address already.
admin-subscriber-asked-address = Confirmation email sent to { $email }
admin-subscriber-address-later = The address changes once it is confirmed.

## Mail frequency

admin-subscriber-mail-frequency = Mail frequency
admin-subscriber-frequency-each = each one separately
admin-subscriber-frequency-weekly = in a weekly digest
admin-subscriber-paused-until = Paused until
admin-subscriber-no-pause-hint = Email starts again on this day. Leave empty for no pause.
admin-subscriber-pause-hint = Email starts again on this day. Clear it to end the pause.
admin-subscriber-day-unreadable = Give a day as 2026-01-31.
admin-subscriber-why-hint = Recorded with your name as evidence.

## Suppressing and erasing

admin-subscriber-end = Suppress or erase
admin-subscriber-note = Note
admin-subscriber-note-hint = Why this address must not get email.
admin-subscriber-suppress = Suppress
admin-subscriber-suppress-ask = Suppress…
admin-subscriber-suppress-question = Suppress { $email }?
admin-subscriber-suppress-text = This address gets no campaigns and no confirmations, on any list, until the suppression is lifted.
admin-subscriber-is-suppressed = { $email } is suppressed
admin-subscriber-erase = Erase
admin-subscriber-erase-ask = Erase…
admin-subscriber-erase-hint = Deletes everything known about this person permanently.
admin-subscriber-erase-question = Erase { $email }?
admin-subscriber-erase-text =
    The address, name, attributes, { $subscriptions ->
        [one] { $subscriptions } subscription
       *[other] { $subscriptions } subscriptions
    } and { $consents ->
        [one] { $consents } consent record
       *[other] { $consents } consent records
    } are deleted permanently. The numbers in reports stay, without names.
admin-subscriber-erase-suppressed = The address stays suppressed, so that an import does not add it again.
admin-subscriber-erased = Erased

## Opens and links

admin-subscriber-engagement = Opens and links
admin-subscriber-engagement-since = Agreed since
admin-subscriber-engagement-never = Not yet
admin-subscriber-engagement-hint = Opens are only seen: privacy proxies and scanners open emails by themselves, and some programs never load pictures.
admin-subscriber-engagement-opened = Opened
admin-subscriber-engagement-followed = Followed a link
admin-subscriber-engagement-links = Links followed
admin-subscriber-engagement-withdraw = Withdraw the agreement for them
admin-subscriber-engagement-withdrawn = Withdrawn. What was seen has been deleted.
