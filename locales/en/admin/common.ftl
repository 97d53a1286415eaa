### Words that several admin pages share: buttons, states, roles. Every key of the admin
### pages begins with “admin-”.

## Frame

admin-skip = Skip to content
admin-menu = Menu
admin-nav-label = Admin
admin-name = Admin
admin-my-account = My account
admin-view-site = View site
admin-demo-inbox = Demo inbox
admin-sign-out = Sign out

## Navigation

admin-nav-mail = Mail
admin-nav-audience = Audience
admin-nav-site = Site
admin-nav-settings = Settings
admin-nav-dashboard = Dashboard
admin-nav-posts = Posts
admin-nav-campaigns = Campaigns
admin-nav-recurring = Recurring
admin-nav-feeds = Feeds
admin-nav-series = Series
admin-nav-layouts = Layouts
admin-nav-snippets = Snippets
admin-nav-email-templates = Email templates
admin-nav-deliverability = Deliverability
admin-nav-subscribers = Subscribers
admin-nav-lists = Lists
admin-nav-join-form = Join form
admin-nav-segments = Segments
admin-nav-tags = Tags
admin-nav-suppressions = Suppressions
admin-nav-imports = Imports
admin-nav-events = Events
admin-nav-media = Media
admin-nav-website = Site
admin-nav-texts = Texts
admin-nav-trash = Trash
admin-nav-general = General
admin-nav-users = Users
admin-nav-tokens = API tokens
admin-nav-webhooks = Webhooks
admin-nav-audit = Audit log
admin-nav-takeout = Takeout
admin-nav-system = System check

## Buttons

admin-save = Save
admin-cancel = Cancel
admin-delete = Delete
# The dots say that a question follows.
admin-delete-ask = Delete…
admin-change = Change
admin-search = Search
admin-add = Add
admin-remove = Remove
# Takes back what was just done.
admin-undo = Undo
admin-copy = Copy
# Shown on the button for a moment.
admin-copied = Copied
admin-download = Download
admin-preview = Preview
admin-next-page = Next page
admin-first-page = First page
admin-all = All

## Fields

admin-email = Email address
admin-name-field = Name
admin-language = Language
admin-all-languages = All languages

## Outcomes, above a page

admin-saved = Saved
admin-not-saved = Not saved
# Beside the button that saves, with the errors above the form.
admin-form-faults =
    { $count ->
        [one] Not saved: { $count } thing to correct
       *[other] Not saved: { $count } things to correct
    }
# What closes the message about the last request.
admin-close-message = Close this message
admin-deleted = Deleted
admin-deleted-name = { $name } is deleted
admin-delete-question = Delete { $name }?
admin-done = Done
admin-not-done = Not done
# For screen readers, before a finding.
admin-error-mark = Error:
admin-warning-mark = Warning:
admin-none = none
admin-yes = yes
admin-no = no
admin-never = never

## Preview of an email

admin-preview-as = Preview as
admin-preview-mail = Mail
admin-preview-phone = On a phone
admin-preview-text = Plain text
admin-preview-dark = Dark mode
# The header fields of the message.
admin-preview-header = Header
admin-preview-report = Inbox, size, mail programs
admin-preview-reader = As subscriber
admin-preview-reader-hint = An address, or a name that only one subscriber has.
admin-preview-test-to = Tests go to
admin-preview-test-hint = Up to ten addresses, comma-separated. “Save and send a test” sends it.
admin-preview-show = Show
admin-preview-nobody = No subscriber matches “{ $text }”.
admin-preview-several = Several subscribers match: { $addresses }. Enter one address.
admin-preview-inbox = In an inbox
admin-preview-no-sender = No sender yet
admin-preview-inbox-subject-cut = A phone cuts the subject off after about 40 characters.
admin-preview-inbox-no-preheader = There is no preheader; inboxes show the first words of the email.
admin-preview-inbox-preheader-repeats-subject = The preheader repeats the subject.
admin-preview-inbox-preheader-short = The preheader is short; inboxes show the first words of the email after it.
admin-preview-size = Size
# $size is such as 12 KB.
admin-preview-size-html = { $size }, { $percent }% of what Gmail shows
admin-preview-size-files = Files inside the email
admin-preview-size-calendar = For the calendar
admin-preview-size-message = Whole message
admin-preview-size-pictures = Pictures
# $size is such as 12 KB.
admin-preview-size-pictures-own =
    { $count ->
        [one] 1 picture of this site, { $size }
       *[other] { $count } pictures of this site, { $size }
    }
admin-preview-size-pictures-elsewhere =
    { $count ->
        [one] 1 from elsewhere, whose size is not known
       *[other] { $count } from elsewhere, whose size is not known
    }
admin-preview-size-pictures-none = None
admin-preview-kb = { $kb } KB
admin-preview-clipped = Gmail cuts this email off, and hides the way to unsubscribe.
admin-preview-nearly-clipped = Gmail cuts emails off at 102 KB of HTML; this one is close to it.
admin-preview-clients = Mail programs
admin-preview-clients-good = No problem found in Outlook, Outlook.com, Gmail, Apple Mail and Yahoo Mail.
# $clients are names of programs, $feature such as display:flex or <video>.
admin-preview-unsupported = { $clients } will not show { $feature }.
admin-preview-line = line { $line }
admin-preview-block = block { $block }
# $element is such as <div>, $near the words after it.
admin-preview-near = { $element } at “{ $near }”
admin-preview-times = { $count } times
admin-preview-refresh = Refresh preview
admin-preview-text-part = Text part

## Counted things

admin-subscribers-counted =
    { $count ->
        [one] { $count } subscriber
       *[other] { $count } subscribers
    }
admin-recipients-counted =
    { $count ->
        [one] { $count } recipient
       *[other] { $count } recipients
    }

## Roles

admin-role-owner = owner
admin-role-editor = editor
admin-role-viewer = viewer

## States of a subscription

admin-subscription-pending = pending
admin-subscription-confirmed = confirmed
admin-subscription-unsubscribed = unsubscribed

## Reasons of a suppression

admin-suppression-unsubscribed-all = unsubscribed from everything
admin-suppression-hard-bounce = hard bounce
admin-suppression-complaint = complaint
admin-suppression-manual = manual

## States of a campaign

admin-campaign-draft = draft
admin-campaign-scheduled = scheduled
admin-campaign-sending = sending
admin-campaign-paused = paused
admin-campaign-finished = finished
admin-campaign-cancelled = cancelled
admin-campaign-failed-to-start = failed to start

## States of a delivery

admin-delivery-queued = queued
admin-delivery-leased = leased
admin-delivery-sending = sending
admin-delivery-sent = sent
admin-delivery-deferred = deferred
admin-delivery-failed = failed
admin-delivery-bounced = bounced
admin-delivery-complained = complained
admin-delivery-skipped = skipped
admin-delivery-uncertain = uncertain

## Kinds of a list

admin-visibility-public = public
admin-visibility-private = private
admin-opt-in-single = single opt-in
admin-opt-in-double = double opt-in

## Languages of a post or event

# After the name of a language.
admin-translation-missing = missing
admin-translation-copy = Start from the text in another language
admin-translation-nothing-to-copy = There is no text in another language yet.
# After the name of a language, and so short: the text in the first language is newer.
admin-translation-behind = source changed
admin-translation-behind-text = The text in { $source } has changed since this translation.
admin-translation-current = This translation is up to date

## Why people left

admin-leave-reasons = Why people left
admin-leave-reasons-hint = Answering is optional, so few do.
admin-leave-reasons-reason = Reason
admin-leave-reasons-people = People
admin-leave-reason-too-many = Too many emails
admin-leave-reason-not-interesting = The topics are not interesting
admin-leave-reason-never-asked = Does not remember joining
admin-leave-reason-elsewhere = Reads the news somewhere else
admin-leave-reason-other = Another reason

## Emoji

# $field is the label of a field.
admin-emoji-insert = Insert an emoji: { $field }
admin-emoji-title = Emoji
admin-emoji-search = Search
admin-emoji-none = No emoji found
admin-emoji-faces = Faces and people
admin-emoji-feasts = Celebrations
admin-emoji-culture = Dates, culture, sport
admin-emoji-places = Travel and places
admin-emoji-nature = Nature and food
admin-emoji-signs = Signs
