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
admin-nav-layouts = Layouts
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
