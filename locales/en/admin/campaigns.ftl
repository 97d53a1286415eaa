### Campaigns: overview, the form of a draft, deliveries, the report; the texts of scripts.

## Overview

admin-campaigns-new = New campaign
admin-campaigns-subject = Subject
admin-campaigns-state = State
admin-campaigns-mail = Mail
admin-campaigns-when = When
admin-campaigns-done = { $sent } of { $total } sent
# Of a campaign: what happened or happens last, and when.
admin-campaigns-ended = ended { $at }
admin-campaigns-started = started { $at }
admin-campaigns-was-to-start = was to start { $at }
admin-campaigns-starts = starts { $at }
admin-campaigns-made = made { $at }
admin-campaigns-empty-title = No campaigns yet
admin-campaigns-empty = A campaign sends a post to one or more lists.
admin-campaigns-first = Create your first campaign
admin-campaigns-pages = Pages
admin-campaigns-newest = Newest
admin-campaigns-older = Older

## Draft

admin-draft-edit = Edit campaign
admin-draft-content-type = Content type
admin-draft-kind-post = Post
admin-draft-kind-digest = Digest
admin-draft-kind-markdown = Text
admin-draft-kind-mjml = MJML
admin-draft-kind-html = HTML
admin-draft-no-list-title = Create a list first
admin-draft-no-list = A campaign is sent to a list, and there is none yet.
admin-draft-no-post-title = Write a post first
admin-draft-no-post = There is no post to send yet. You can also write an email without a post.
admin-draft-write-post = Write a post
admin-draft-post = Post
admin-draft-post-hint = Each subscriber gets the post in their language if it has it.
admin-draft-choose = Choose…
admin-draft-preselected = Selected: posts published since the last digest, and the events of the next two months.
# Beside a post that is chosen but not published.
admin-draft-unpublished = draft
admin-draft-subject = Subject
# $language is the name of a language in itself, $name a merge tag.
admin-draft-subject-hint = In { $language }. Each other language has its own below. { $name } is the reader's name.
# Beside a language that has no text yet.
admin-draft-missing = missing
admin-draft-own-subject = Subject in this language
admin-draft-own-subject-hint = Leave empty to use the title.
admin-draft-title = Title
admin-draft-digest-title-hint = Leave empty for: News from the site.
admin-draft-design-title-hint = The title of the email here and in the archive.
admin-draft-preheader = Preheader
admin-draft-preheader-hint = The line that inboxes show after the subject.
admin-draft-post-preheader-hint = The line that inboxes show after the subject. Leave empty to use the summary.
admin-draft-design-preheader-hint = The line that inboxes show after the subject. Empty: the design's own.
admin-draft-from-name = Sender's name
admin-draft-from-name-hint = Leave empty to use the name of the sender below.
admin-draft-introduction = Introduction
admin-draft-text = Text
admin-draft-mjml-hint = A complete email in <a href="https://documentation.mjml.io/" rel="noopener">MJML</a>.
admin-draft-html-hint = A whole HTML document. Styles are inlined; scripts and forms are refused.
# Follows one of the two above. $link and $name are merge tags.
admin-draft-design-hint = It must show a link to <code>{ $link }</code>. You can also use <code>{ $name }</code>, <code>preferences_url</code>, <code>archive_url</code>, <code>email</code>, <code>site_name</code> and <code>attributes.…</code>
admin-draft-markdown-hint = Markdown. <code>{ $name }</code> is the reader's name.
admin-draft-introduction-hint = Markdown; may be empty. <code>{ $name }</code> is the reader's name.
admin-draft-lists-hint = Subscribers on more than one list get it once.
admin-draft-segment = Segment
admin-draft-everyone = everyone on these lists
admin-draft-who = Who of them
admin-draft-saved-segment = a saved segment
admin-draft-some = only some of them
admin-draft-segment-name = Save these conditions as a segment
admin-draft-segment-name-hint = Leave empty to keep them with this campaign only.
admin-draft-reached =
    { $count ->
        [one] It would reach <strong>{ $count } subscriber</strong> now.
       *[other] It would reach <strong>{ $count } subscribers</strong> now.
    }
admin-draft-not-counted = Choose a list, and finish the conditions, to see how many it would reach.
admin-draft-conditions-wrong = Finish the conditions, or send to everyone on the lists.
admin-draft-layout = Layout
admin-draft-sender = Sender
admin-draft-default-sender = { $sender } (default)
admin-draft-own-sender = { $sender } (only of this campaign)
admin-draft-no-default-sender = No default sender is configured: an owner enters it under Settings, Sending.
admin-draft-add-senders = Add others under Settings, Senders.
admin-draft-owners-add-senders = Owners add others under Settings, Senders.
admin-draft-archive = Show it in the public archive
admin-draft-archive-hint = The email gets a link to read it in the browser.
admin-draft-urgent = Urgent
admin-draft-urgent-hint = Also sent at once to subscribers of the weekly digest. Otherwise they get it in their digest.
admin-draft-files = Attached files
admin-draft-files-hint = Up to { $most } files of the media library, { $limit } MB in all. Each email carries them: a link to a file is lighter.
admin-draft-files-library = Upload files
admin-draft-file-number = File { $number }
admin-draft-file = File in the library
admin-draft-file-name = Name for recipients
admin-draft-file-language = For readers of
admin-draft-file-every-language = Every language
admin-draft-file-missing = This file was deleted. Put it back from the trash, or empty the field to take it off.
admin-draft-another-file = Another file
admin-draft-embed-pictures = Pictures inside the email
admin-draft-embed-pictures-hint = Uploaded pictures are shown without being loaded, also by programs that block pictures. Each email becomes as heavy as they are.
admin-draft-calendar = Calendar
admin-draft-calendar-hint = Brings the events that the text shows as cards to the readers' calendars. An invitation is to one event.
admin-draft-calendar-none = Nothing
admin-draft-calendar-publish = A calendar file (.ics)
admin-draft-calendar-request = An invitation
admin-draft-calendar-cancel = Takes the event out again
admin-draft-schedule-for = Start at
admin-draft-schedule-hint = In { $zone }. Leave empty to start it yourself.
admin-draft-save-and-schedule = Save and schedule
admin-draft-overtaken = Someone else saved this campaign after you opened it. Your changes are below and not saved. Save again to replace their version, or open the campaign in another window to compare.
admin-draft-create = Create draft
admin-draft-choose-option = Choose one of the options.
admin-draft-choose-post = Choose a post.
admin-draft-choose-lists = Choose from these lists.
admin-draft-created = Draft created
admin-draft-created-next = Nothing is sent until you start it.
# The title in a preview that has none yet.
admin-draft-untitled = Untitled

## Deliveries

admin-deliveries-title = Deliveries
admin-deliveries-download = Download as CSV
# Before the states with their counts.
admin-deliveries-all = All { $count }
admin-deliveries-empty-title = No deliveries yet
admin-deliveries-empty = They appear here once the campaign has started.
admin-deliveries-none-title = None in this state
admin-deliveries-none = Choose another state above.
admin-deliveries-address = Address
admin-deliveries-attempts = Attempts
admin-deliveries-reply = SMTP reply
# The time since which the delivery is in its state.
admin-deliveries-since = Since
# In place of an address.
admin-deliveries-erased = erased
admin-deliveries-next = Next

## Report

admin-report-title = Report
admin-report-all-deliveries = All deliveries
admin-report-empty-title = No report yet
admin-report-empty = The report starts with the campaign.
admin-report-back = Back to the campaign
admin-report-folded-title = Only the numbers are kept
admin-report-folded = The single deliveries and their course over time were deleted when the campaign was old enough. The counts, also by domain, stay.
admin-report-folded-course = The single deliveries were deleted when the campaign was old enough. The counts, also over time and by domain, stay.
admin-report-counted = Over time and by domain: counted { $at }
admin-report-counted-before = Over time and by domain: counted { $at }. Something has changed since; they will be counted again.
admin-report-counting = The numbers over time and by domain are being counted. Show the page again in a few minutes.
admin-report-folded-since = Since { $at }
admin-report-course = Over time
# The lines of the chart.
admin-report-course-sent = sent
admin-report-course-deferred = put off
admin-report-course-failed = failed or bounced
admin-report-course-complained = called spam
admin-report-course-unsubscribed = unsubscribed
admin-report-compared = Compared with the campaigns before
admin-report-compared-hint = The last ten that were started before this one.
admin-report-campaign = Campaign
admin-report-not-counted = not counted
admin-report-csv = Download numbers as CSV
admin-report-domains = By domain
admin-report-domains-counted =
    { $count ->
        [one] The { $count } domain with the most recipients.
       *[other] The { $count } domains with the most recipients.
    }
admin-report-domain = Domain
admin-report-recipients = Recipients
admin-report-sent = Sent
admin-report-deferred = Deferred
admin-report-failed = Failed
admin-report-bounced = Bounced
admin-report-complained = Spam complaints
admin-report-unsubscribed = Unsubscribed
# A percentage with one decimal: whole part and tenths.
admin-report-share = { $whole }.{ $tenths } %
admin-report-links = Links
admin-report-links-hint = How often each link was clicked. It is recorded who clicked only where a reader agreed to that. Mail scanners click links too.
admin-report-no-links = Clicks are not counted. You can turn counting on in the settings of a list.
admin-report-seen = Opens and links of those who agreed
admin-report-seen-hint = Only readers who agreed before they got the campaign can be seen. Opens include mail programs that load pictures by themselves, and leave out those that never do.
admin-report-seen-of =
    { $count ->
        [one] { $count } recipient has agreed. Of them:
       *[other] { $count } recipients have agreed. Of them:
    }
admin-report-seen-opened = Opened
admin-report-seen-followed = Followed a link
admin-report-link = Link
admin-report-clicks = Clicks

## What scripts show

# Beside the buttons of a form that is kept while somebody types in it.
admin-script-kept = Kept at { $time }, not saved yet
admin-script-not-kept = What you type cannot be kept at the moment; save soon
# On a button for a moment, where the browser did not allow it.
admin-script-not-copied = Not copied
admin-script-uploading-into = { $file } is on its way
admin-script-not-uploaded = { $file } could not be uploaded: { $why }
