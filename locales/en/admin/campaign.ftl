### One campaign: its page, the questions before it is moved, its checks. The names of its
### states are in common.ftl.

## What it is made of, and for whom

admin-campaign-to = To { $lists }
admin-campaign-from-post = from the post <a href="{ $href }">{ $post }</a>
admin-campaign-from-digest =
    a digest of { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } and { $events ->
        [one] { $events } event
       *[other] { $events } events
    }
admin-campaign-from-markdown = its own text
admin-campaign-from-mjml = its own MJML
admin-campaign-from-html = its own HTML
admin-campaign-from-weekly =
    { $count ->
        [one] the weekly digest, of { $count } campaign
       *[other] the weekly digest, of { $count } campaigns
    }

## Buttons

admin-campaign-pause = Pause
admin-campaign-resume = Resume
admin-campaign-duplicate = Duplicate
admin-campaign-cancel = Cancel campaign
admin-campaign-cancel-ask = Cancel…
admin-campaign-cancel-question = Cancel this campaign?
admin-campaign-cancel-unsent = “{ $subject }” will never be sent. You can duplicate it later.
admin-campaign-cancel-text =
    { $count ->
        [one] { $count } message has not been sent yet and will not be. Messages already sent stay sent, and the campaign cannot be resumed.
       *[other] { $count } messages have not been sent yet and will not be. Messages already sent stay sent, and the campaign cannot be resumed.
    }
admin-campaign-go-back = Go back
admin-campaign-delete = Delete draft
admin-campaign-delete-question = Delete this draft?
admin-campaign-delete-text = “{ $subject }” and its content are deleted permanently. The post that it was made from stays.

## Paused by itself

admin-campaign-paused-title = Paused automatically
# $reason has no full stop.
admin-campaign-paused-since = { $reason } – since { $when }
admin-campaign-suppressions = Suppressions made by this campaign
admin-campaign-rejections = Similar rejections
# Whom or what a rejection is about.
admin-campaign-about-mailbox = about the recipient's mailbox
admin-campaign-about-domain = about the recipient's domain
admin-campaign-about-sender-address = about the sender's address
admin-campaign-about-sender-helo = about the relay's name (HELO)
admin-campaign-about-sender-auth = about the sender's authentication
admin-campaign-about-sender-reputation = about the sender's reputation
admin-campaign-about-sender-content = about the message's content
admin-campaign-about-sender-size = about the message's size
admin-campaign-about-sender-rate = about the sending rate
admin-campaign-about-sender-policy = about a rule of the receiving server
admin-campaign-about-relay = about the relay
admin-campaign-about-path = about the route to the server
admin-campaign-about-unclear = cause unclear
# How many suppressions of the recipients were taken back, and what a user decided then.
admin-campaign-effects =
    { $count ->
        [0] Nobody was suppressed for it before the campaign paused.
        [one] { $count } suppression was put back when the campaign paused.
       *[other] { $count } suppressions were put back when the campaign paused.
    }
admin-campaign-effects-kept =
    { $count ->
        [0] Nobody was suppressed for it before the campaign paused; you decided to keep them suppressed.
        [one] { $count } suppression was put back when the campaign paused; you decided to keep them suppressed.
       *[other] { $count } suppressions were put back when the campaign paused; you decided to keep them suppressed.
    }
admin-campaign-effects-put-back =
    { $count ->
        [0] Nobody was suppressed for it before the campaign paused; you decided to put them back.
        [one] { $count } suppression was put back when the campaign paused; you decided to put them back.
       *[other] { $count } suppressions were put back when the campaign paused; you decided to put them back.
    }
admin-campaign-rejections-known =
    { $count ->
        [one] This is about the { $count } recipient known when it paused. Put back, they are mailed again; kept suppressed, they get no more mail.
       *[other] This is about the { $count } recipients known when it paused. Put back, they are mailed again; kept suppressed, they get no more mail.
    }
admin-campaign-put-back = Put back
admin-campaign-keep = Keep suppressed
admin-campaign-keep-ask = Keep suppressed…
admin-campaign-keep-question = Keep them suppressed?
admin-campaign-keep-text =
    { $count ->
        [one] { $count } address will get no more email from you until you lift the suppressions under Suppressions.
       *[other] { $count } addresses will get no more email from you until you lift the suppressions under Suppressions.
    }

## Before and while it is sent

admin-campaign-not-started = Failed to start
admin-campaign-starts = Starts automatically { $when }
# $time: a date and a time of day.
admin-campaign-local = Each subscriber gets it at { $time } in their own time zone.
admin-campaign-local-sending = Each reader gets it at { $time } in their own time zone; those still waiting are shown as deferred.
admin-campaign-late = That time has passed; a worker starts it as soon as it can.
admin-campaign-quiet = Quiet hours
admin-campaign-quiet-text = Sending pauses until they end, then continues automatically.
# The heading of its progress, and of its results.
admin-campaign-mail-out = Sending
admin-campaign-mail-was-out = Report
admin-campaign-started-at = Started { $when }
admin-campaign-ended-at = ended { $when }
admin-campaign-done-of = <span data-done>{ $done }</span> of <span data-total>{ $total }</span>
admin-campaign-percent = { $percent }%
admin-campaign-percent-done = { $percent } percent done
admin-campaign-rate = <span data-rate>{ $rate }</span> a minute
# $left: a duration.
admin-campaign-left = left: <span data-left>{ $left }</span>
admin-campaign-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
admin-campaign-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
# With one decimal.
admin-campaign-hours = { $hours }.{ $tenths } hours
admin-campaign-collecting = Recipients are still being collected; the number grows.
admin-campaign-in-digest =
    { $count ->
        [one] { $count } digest subscriber gets it in <a href="{ $href }">their digest</a> instead.
       *[other] { $count } digest subscribers get it in <a href="{ $href }">their digest</a> instead.
    }
admin-campaign-in-next-digest =
    { $count ->
        [one] { $count } digest subscriber gets it in their next digest instead.
       *[other] { $count } digest subscribers get it in their next digest instead.
    }
admin-campaign-charts = Charts and domains
admin-campaign-deliveries = All deliveries
admin-campaign-archive = View in the archive

## Not reached, or uncertain

admin-campaign-unreached = { $count } not reached
admin-campaign-unreached-text = These were rejected or bounced. Addresses known not to exist and people who have unsubscribed are skipped when you try again.
admin-campaign-retry = Retry
admin-campaign-retry-ask = Retry…
admin-campaign-retry-question = Retry failed deliveries?
admin-campaign-retry-text =
    { $count ->
        [one] { $count } message will be retried: those whose recipients are still subscribed and not suppressed.
       *[other] { $count } messages will be retried: those whose recipients are still subscribed and not suppressed.
    }
admin-campaign-uncertain = { $count } uncertain
admin-campaign-uncertain-text = The connection or the worker stopped while the message was sent to the relay, or just before, and the reply is not known. Each of these may or may not have been delivered, so none is sent again automatically.
admin-campaign-uncertain-view = View them
admin-campaign-resend = Send again
admin-campaign-resend-ask = Send again…
admin-campaign-resend-question = Send uncertain messages again?
admin-campaign-resend-text =
    { $count ->
        [one] { $count } message may or may not have been delivered. Some people may get the email twice; it has the same Message-ID, so many email programs show it once.
       *[other] { $count } messages may or may not have been delivered. Some people may get the email twice; it has the same Message-ID, so many email programs show it once.
    }

## Its email

admin-campaign-email = Email
admin-campaign-mail-language = Language of the mail
admin-campaign-from = From
admin-campaign-subject = Subject
admin-campaign-translations = Translate block by block
admin-campaign-file = File
admin-campaign-files-missing = An attached file is missing
admin-campaign-files-missing-text = It was deleted, and the campaign does not start without it. Put it back from the trash, or take it off here; all else can be changed meanwhile.
admin-campaign-file-take-off = Take it off
admin-campaign-file-take-off-named = Take off { $file }
admin-campaign-file-is-off = { $file } is no longer attached
admin-campaign-copy-misses = Files that were deleted are missing in the copy, too: { $files }
admin-campaign-embeds-pictures = Its pictures are inside the email.
admin-campaign-calendar-publish = It carries its events as a calendar file.
admin-campaign-calendar-request = It is an invitation to its event.
admin-campaign-calendar-cancel = It takes its event out of the readers' calendars.
admin-event-news = In the readers' calendars
admin-event-news-text =
    { $count ->
        [one] { $count } recipient got this for their calendar. Each button makes a draft to them, which you review and start; anyone who left the list since gets nothing.
       *[other] { $count } recipients got this for their calendar. Each button makes a draft to them, which you review and start; anyone who left the list since gets nothing.
    }
admin-event-news-same = as it was sent
admin-event-news-changed = has changed since
admin-event-news-gone = is not shown any more
admin-event-news-update =
    { $count ->
        [one] Write an update to the { $count } who got it
       *[other] Write an update to the { $count } who got it
    }
admin-event-news-cancel =
    { $count ->
        [one] Write a cancellation to the { $count } who got it
       *[other] Write a cancellation to the { $count } who got it
    }
admin-event-news-made = The draft was made.
admin-event-news-made-text = Nothing is sent before you start it.
admin-campaign-show-as = Show it as
# $language: the name of a language in itself.
admin-campaign-mail-frame = The mail in { $language }
admin-campaign-no-mail = The email cannot be shown.
# The title of an empty preview, and what it says above the reason.
admin-campaign-preview-title = No preview
admin-campaign-preview-none = There is no preview yet.

## Its audience and its checks

admin-campaign-audience = Audience now
admin-campaign-nobody = Nobody on these lists has confirmed yet.
admin-campaign-count-now = Count now
admin-campaign-not-counted = Not counted yet
admin-campaign-audience-unchecked = Whom it reaches is checked once they are counted.
# Beside a number of subscribers.
admin-campaign-on-list = on { $name }
# Beside the name of a segment, below the lists.
admin-campaign-of-these = of these
admin-campaign-aside-weekly = get it in the weekly digest
admin-campaign-aside-paused = paused (do not get it)
admin-campaign-checks = Checks before sending
admin-campaign-checks-then = Checks when it started
admin-campaign-no-problems = No problems found
admin-campaign-slow-checks = Links, relay and domain
admin-campaign-checks-title = Checks – { $subject }
admin-campaign-checks-heading = Links, relay, domain
admin-campaign-checks-good = Links work, the relay answers, and the domain is set up correctly

## Test

admin-campaign-test = Send a test
admin-campaign-test-to = To
admin-campaign-test-hint = One or more addresses, comma-separated.
admin-campaign-test-as-hint = Filled with what is known of this subscriber; its links change nothing.
admin-campaign-test-send = Send test
admin-campaign-test-sent = Test sent
admin-campaign-test-sent-to = To { $addresses }, in { $languages }.
admin-campaign-test-invalid = “{ $text }” is not an email address.
admin-campaign-test-nobody = Enter at least one address.
# $count is 10.
admin-campaign-test-too-many = A test goes to at most { $count } addresses.

## Start

admin-campaign-send = Send
admin-campaign-fix-first = <a href="#checks">Fix the errors</a> first.
admin-campaign-start-ask = Start now…
admin-campaign-start-question = Start this campaign?
admin-campaign-start = Start sending
admin-campaign-start-text =
    { $count ->
        [one] “{ $subject }” goes to { $count } subscriber on { $lists }. Email that has been sent cannot be recalled.
       *[other] “{ $subject }” goes to { $count } subscribers on { $lists }. Email that has been sent cannot be recalled.
    }
# What is confirmed before the start; the labels of sender and subject are above.
admin-campaign-summary-to = To
admin-campaign-summary-segment = Of these only the segment { $segment }
# The conditions of a segment that was not saved by a name.
admin-campaign-summary-conditions = Of these only: { $conditions }
admin-campaign-summary-recipients = Recipients
admin-campaign-summary-weekly =
    { $count ->
        [one] { $count } of them gets it in the weekly digest
       *[other] { $count } of them get it in the weekly digest
    }
admin-campaign-summary-paused =
    { $count ->
        [one] { $count } more has paused mail and does not get it
       *[other] { $count } more have paused mail and do not get it
    }
admin-campaign-summary-when = When
admin-campaign-summary-now = Now
admin-campaign-summary-delay =
    { $count ->
        [one] In { $count } second; until then you can undo it
       *[other] In { $count } seconds; until then you can undo it
    }
admin-campaign-summary-quiet = Quiet hours: the first email leaves when they end
# A start that can be undone. $seconds counts down; “s” is short for seconds.
admin-campaign-is-starting = Starting soon
admin-campaign-starts-in = Sending starts in <span data-starts-in>{ $seconds }</span> s
admin-campaign-starts-in-text = Nothing has been sent yet.
admin-campaign-undo = Undo
admin-campaign-undone = Undone
admin-campaign-undone-text = Nothing was sent. The campaign is a draft again.
admin-campaign-started = Started
admin-campaign-started-text =
    { $count ->
        [one] It goes to { $count } subscriber.
       *[other] It goes to { $count } subscribers.
    }
admin-campaign-schedule-for = Schedule for
admin-campaign-schedule-hint = In { $zone }. It starts automatically.
admin-campaign-schedule-locally = In each subscriber's time zone
admin-campaign-schedule-locally-hint = For subscribers with the attribute time_zone, such as Europe/Berlin.
admin-campaign-schedule = Schedule
admin-campaign-schedule-none = Choose a day and a time.
admin-campaign-schedule-past = That time has passed; start it now, or choose a later one.
admin-campaign-is-scheduled = Scheduled
admin-campaign-scheduled-at = It starts on { $when }.
admin-campaign-scheduled-local = Each subscriber gets it at that time in their own time zone.
admin-campaign-unschedule = Unschedule
admin-campaign-unscheduled = Unscheduled
admin-campaign-unscheduled-text = The campaign is a draft again.

## Limits

admin-campaign-limits = Sending limits
admin-campaign-quiet-from = Quiet hours from
admin-campaign-quiet-until = Until
admin-campaign-hourly-limit = Messages per hour (maximum)
admin-campaign-limits-hint = Quiet hours are in { $zone }. Leave fields empty for no limit.
admin-campaign-limits-saved = It applies from the next message.

## Outcomes

admin-campaign-is-paused = Paused
admin-campaign-is-paused-text = Messages already handed to the relay are still delivered; no others are sent.
admin-campaign-resumed = Sending again
admin-campaign-is-cancelled = Cancelled
admin-campaign-duplicated = Duplicated as a new draft
admin-campaign-resend-unopened-ask = Send again to those who have not opened…
admin-campaign-resend-unopened-question = Make a draft for those who have not opened?
admin-campaign-resend-unopened = Make draft
admin-campaign-resend-unopened-text = People who agreed, got the campaign and have not opened it: { $count }. Recipients of whom nobody can know: { $unknown }; they get nothing. Some of the first may have read it in a program that loads no pictures. A draft is made; nothing is sent.
admin-campaign-resend-unopened-done = Draft created
admin-campaign-resend-unopened-next = Change the subject, check it, and start it when it is ready.
admin-campaign-is-deleted = The draft is deleted
admin-campaign-queued = Queued again
admin-campaign-queued-text =
    { $count ->
        [one] { $count } message.
       *[other] { $count } messages.
    }
admin-campaign-kept = Kept suppressed
admin-campaign-kept-text =
    { $count ->
        [one] { $count } suppression was added.
       *[other] { $count } suppressions were added.
    }
admin-campaign-is-put-back = Put back
admin-campaign-lifted =
    { $count ->
        [one] { $count } suppression was lifted.
       *[other] { $count } suppressions were lifted.
    }
admin-campaign-lifted-none = None of them was suppressed.

## Why it waits

admin-campaign-delay-relay-away = Waiting for the relay
admin-campaign-delay-relay-refuses = The relay refuses all mail
admin-campaign-delay-connection-limit = The relay takes no more connections
admin-campaign-delay-warm-up = Today's warm-up allowance is used up
admin-campaign-delay-throttled = Recipient domains ask us to slow down
admin-campaign-delay-domain-limit = Limits for recipient domains are reached
admin-campaign-delay-quiet-hours = Quiet hours
admin-campaign-delay-hourly-limit = The hourly limit is reached
admin-campaign-delay-local-time = Waiting for each reader's local time
admin-campaign-delay-retries = Waiting to try again
admin-campaign-delay-paused = Paused automatically
admin-campaign-delay-no-worker = No worker is running
# The line below: $detail has no full stop, $remedy is one of the sentences that follow.
admin-campaign-delayed-detail = { $detail } – since { $since }. { $remedy }
admin-campaign-delayed = Since { $since }. { $remedy }
admin-campaign-remedy-resume = Fix the cause, then resume the campaign.
admin-campaign-remedy-fix = Fix the cause; then it goes on by itself.
admin-campaign-remedy-none = Sending continues automatically.

## Before something is saved that campaigns are about to mail

admin-campaign-waits-title = Change what a campaign sends?
admin-campaign-waits-yes = Save the change
# $subject: the campaign; $when: a date and a time; $who: an address.
admin-campaign-waits-scheduled = “{ $subject }” starts on { $when } and will be sent with this change.
admin-campaign-waits-scheduled-approved = “{ $subject }” starts on { $when } and was approved by { $who }. This change voids the approval: without a new one it will not start.
admin-campaign-waits-approved = “{ $subject }” was approved by { $who }. This change voids the approval.
