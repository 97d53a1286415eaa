### Series: the list, a series as a path, its form, its rehearsal.

admin-series-about = Emails that each reader gets one after the other, at their own time: a welcome course, a birthday wish.
admin-series-new = New series
admin-series-name = Name
admin-series-state = State
admin-series-inside = Inside
admin-series-finished = Finished
admin-series-at-goal = Reached the goal
admin-series-left = Left or suppressed
admin-series-ended = Inside when it ended
admin-series-empty-title = No series yet
admin-series-empty = Start with a ready-made one, or write your own.
admin-series-offers = Ready-made
admin-series-ready-made-welcome = Welcome course
admin-series-ready-made-still-interested = Still interested?
admin-series-ready-made-birthday = Birthday
admin-series-ready-made-about-welcome = three emails after joining, a week apart
admin-series-ready-made-about-still-interested = an email to those whom you tag as inactive
admin-series-ready-made-about-birthday = a wish each year, by the attribute “birthday”
admin-series-state-draft = Draft
admin-series-state-running = Running
admin-series-state-paused = Paused
admin-series-state-drained = Closed to new readers
admin-series-state-ended = Ended
admin-series-state-about-draft = It is being written. Nobody gets anything yet.
admin-series-state-about-running = New readers come in, and everybody goes on.
admin-series-state-about-paused = New readers come in and wait. Nothing is sent.
admin-series-state-about-drained = Nobody comes in any more. Readers who are inside go on.
admin-series-state-about-ended = It is over for everybody.
admin-series-paused-closed = Nobody comes in, and nothing is sent. Resumed, it lets readers who are inside go on, and stays closed to new ones.
admin-series-stopped = Paused automatically
admin-series-readers = Readers
admin-series-start = Start
admin-series-goal = Goal
admin-series-goal-hint = Readers who are in this segment leave the series at once.
admin-series-no-goal = No goal
admin-series-layout = Layout
admin-series-steps = Steps
admin-series-old-version = Version { $version }, for those who began with it
admin-series-report = Report { $number }
admin-series-earlier-versions = Readers of earlier versions in which nobody is inside any more: { $count }
admin-series-count-waiting = waiting: { $count }
admin-series-count-sent = sent: { $count }
admin-series-count-open = queued: { $count }
admin-series-count-failed = failed: { $count }
admin-series-count-goal = reached the goal: { $count }
admin-series-count-left = left: { $count }
admin-series-test = Send a test
admin-series-test-to = Address for a test of step { $number }
admin-series-test-language = Language of the test of step { $number }
admin-series-test-sent = The test goes to { $to }
admin-series-test-failed = The test was not sent
admin-series-act-start = Start
admin-series-act-pause = Pause
admin-series-act-resume = Resume
admin-series-act-drain = Let nobody in
admin-series-act-end = End
admin-series-did-start = The series is running
admin-series-did-pause = The series is paused
admin-series-did-resume = The series goes on
admin-series-did-drain = Nobody comes in any more
admin-series-did-end = The series has ended
admin-series-not-started = The series was not started
admin-series-end-question = End “{ $name }”?
admin-series-end-text = Nobody gets another email of it. This cannot be undone.
admin-series-delete-text = The draft and its emails are deleted.
admin-series-redraw = Show again
admin-series-start-when = Readers come in when
admin-series-start-hint = Only subscribers of the list come in, each once.
admin-series-start-confirmed = they confirm their subscription
admin-series-start-tag = they get a tag
admin-series-start-date = a date in one of their attributes comes
admin-series-start-call = another program says so
admin-series-start-date-attribute = The attribute with the date, for a start by date
admin-series-start-date-attribute-hint = Such as 2026-03-01 or 01.03.2026; each year also 03-01.
admin-series-start-days = Days after the date
admin-series-start-days-hint = -7 is a week before it.
admin-series-start-yearly = The date comes again each year
admin-series-starts-confirmed = A subscription is confirmed
admin-series-starts-call = A call of the API
admin-series-starts-tag = The tag “{ $tag }” is set
admin-series-starts-on = On the day of “{ $attribute }”, { $time }
admin-series-starts-on-yearly = On the day of “{ $attribute }” each year, { $time }
admin-series-starts-before = Days before “{ $attribute }”: { $days }, { $time }
admin-series-starts-before-yearly = Each year, days before “{ $attribute }”: { $days }, { $time }
admin-series-starts-after = Days after “{ $attribute }”: { $days }, { $time }
admin-series-starts-after-yearly = Each year, days after “{ $attribute }”: { $days }, { $time }
admin-series-step-number = { $number }. { $kind }
admin-series-step-send = Send an email
admin-series-step-wait = Wait
admin-series-step-wait-until = Wait until a day of the week
admin-series-step-condition = Go on only in a segment
admin-series-step-set-tag = Set a tag
admin-series-step-remove-tag = Remove a tag
admin-series-step-notify = Tell a user
admin-series-step-end = End here
admin-series-does-send = Send “{ $subject }”
admin-series-does-send-design = Send “{ $subject }” ({ $format })
admin-series-does-send-post = Send the post “{ $post }”
admin-series-does-wait-days =
    { $days ->
        [one] Wait one day
       *[other] Wait { $days } days
    }
admin-series-does-wait-hours =
    { $hours ->
        [one] Wait one hour
       *[other] Wait { $hours } hours
    }
admin-series-does-wait-both = Wait; days: { $days }, hours: { $hours }
admin-series-does-wait-until = Wait until { $day }, { $time }
admin-series-does-condition = Go on only in “{ $segment }”; for others it ends
admin-series-does-condition-skip = Only in “{ $segment }”; others go on with step { $step }
admin-series-does-set-tag = Set the tag “{ $tag }”
admin-series-does-remove-tag = Remove the tag “{ $tag }”
admin-series-does-notify = Tell { $user }: { $message }
admin-series-does-notify-all = Tell everybody who wants to know, since { $user } is no user any more: { $message }
admin-series-user-gone = { $user }, no user any more
admin-series-does-end = End here
admin-series-weekday-1 = Monday
admin-series-weekday-2 = Tuesday
admin-series-weekday-3 = Wednesday
admin-series-weekday-4 = Thursday
admin-series-weekday-5 = Friday
admin-series-weekday-6 = Saturday
admin-series-weekday-7 = Sunday
admin-series-weekday = Day of the week
admin-series-hour = Hour, from 0 to 23
admin-series-days = Days
admin-series-hours = Hours
admin-series-subject = Subject
admin-series-body = Text
admin-series-body-hint = Markdown, with merge tags as in campaigns.
admin-series-condition-segment = Segment
admin-series-skip = Steps that others skip
admin-series-skip-hint = Empty: the series ends for them.
admin-series-tag = Tag
admin-series-user = User
admin-series-message = Message
admin-series-up = Move up
admin-series-down = Move down
admin-series-remove = Remove
admin-series-add = Add a step
admin-series-add-button = Add
admin-series-who-is-inside = Readers who are inside when the steps change: { $count }
admin-series-inside-stay = go on with the old steps
admin-series-inside-move = go on with the new steps
admin-series-inside-move-hint = Each reader goes on behind the step that was their last one. Steps that you put in front of it are not for them, steps behind it are, and nobody gets the same email twice. A corrected email is not sent again to those who have had it.
admin-series-rehearsal = Rehearsal
admin-series-rehearsal-about = What this series would have done in the last 90 days. Nothing is sent. Every condition counts as fulfilled, so it is the most there could have been.
admin-series-rehearsal-outcome = Outcome
admin-series-rehearsal-call = It starts by a call of another program or by a followed link: there is nothing to look at.
admin-series-rehearsal-nobody = Nobody would have come in.
admin-series-rehearsal-readers = Readers who would have come in: { $count }
admin-series-rehearsal-cut = There were more.
admin-series-rehearsal-emails = Emails: { $count }.
admin-series-rehearsal-busiest = The most on one day, { $day }: { $count }.
admin-series-rehearsal-day = Day
admin-series-rehearsal-mails = Emails
admin-series-reader-inside = Inside
admin-series-reader-finished = Finished
admin-series-reader-goal = Reached the goal
admin-series-reader-left = Left
admin-series-reader-suppressed = Suppressed
admin-series-reader-ended = The series ended
admin-series-reader-next = Step { $number }, { $when }
admin-series-reader-entered = Since { $when }
admin-series-ready-made-welcome-digest = Welcome course, then the weekly digest
admin-series-ready-made-about-welcome-digest = three emails, a week apart, then one email a week instead of each campaign
admin-series-ready-made-renewal = Renewal
admin-series-ready-made-about-renewal = a month and a week before the date in the attribute “renewal”
admin-series-ready-made-event-reminder = Event reminder
admin-series-ready-made-about-event-reminder = a week and a day before an event that you choose
admin-series-start-attribute = one of their attributes is set
admin-series-start-event = an event comes
admin-series-start-segment = they are in a segment
admin-series-start-segment-hint = It is looked at once a day.
admin-series-event = Event
admin-series-choose = Choose
admin-series-the-event = the event { $event }
admin-series-starts-attribute = The attribute “{ $attribute }” is set
admin-series-starts-attribute-value = The attribute “{ $attribute }” becomes “{ $value }”
admin-series-starts-segment = In the segment “{ $segment }”, { $time }
admin-series-step-wait-for-date = Wait until a date
admin-series-step-skip = Skip steps
admin-series-step-set-attribute = Set an attribute
admin-series-step-add-to-list = Add to another list
admin-series-step-leave-list = Unsubscribe from the list
admin-series-step-pause-mail = Pause email
admin-series-step-weekly-digest = Weekly digest from now on
admin-series-step-webhook = Tell other programs
admin-series-does-skip = Go on with step { $step }
admin-series-does-set-attribute = Set the attribute “{ $attribute }”: { $value }
admin-series-does-add-to-list = Add to the list { $list }
admin-series-does-leave-list = Unsubscribe from the list
admin-series-does-pause-mail =
    { $days ->
        [one] Pause email for one day
       *[other] Pause email for { $days } days
    }
admin-series-does-weekly-digest = From now on a weekly digest instead of each campaign
admin-series-does-webhook = Send the webhook series.step: { $message }
admin-series-attribute = Attribute
admin-series-value = Value
admin-series-value-any = Empty: any value.
admin-series-value-remove = Empty: the attribute is removed.
admin-series-date = Date
admin-series-skip-steps = Steps to skip
admin-series-skip-steps-hint = Put it at the end of the branch of those who are in the segment, before the branch of the others.
admin-series-add-to-list-hint = Where that list asks for confirmation, they get the request. People who have left it stay off it.
admin-series-leave-list-about = The series ends with it. Wait before this step, so that the email before it is sent.
admin-series-weekly-digest-about = Only for those who get each campaign now.
admin-series-webhook-hint = Webhooks get the event series.step with this message.
admin-series-from = From
admin-series-from-hint = Empty: the sender of the site.
admin-series-preheader = Preheader
admin-series-preheader-hint = Shown in inboxes beside the subject. Empty: the beginning of the text.
admin-series-content = Content
admin-series-post-hint = The post goes out in the languages that it has, as it stands when the email is made. If it is deleted or unpublished, the series pauses.
admin-series-template = Template
admin-series-template-fill = Fill from the template
admin-series-template-kept = Nothing was filled, since what you wrote is kept: no field is empty, or the template has another format. Add an email, and fill that one.
admin-series-address = Address for other programs
admin-series-address-hint = A POST with email, in JSON or as a form, lets a subscriber of the list in. Anyone who knows the address can do so.
admin-series-address-renew = Renew the address
admin-series-rehearsal-last = The last readers, one by one
admin-series-rehearsal-reader = Reader
admin-series-rehearsal-entered = Came in
admin-series-rehearsal-got = step { $step }: { $when }
admin-series-walk = Walk through
admin-series-walk-about = What a reader who came in now would go through. All emails can be sent to you at once; each says before its subject when it would come.
admin-series-walk-to = Address for all emails
admin-series-walk-language = Language of all emails
admin-series-walk-send = Send all emails to me
admin-series-ends-on-answer = Readers who answer have reached the goal
admin-series-ends-on-answer-hint = Whatever readers do on the page of their preferences is an answer: saving it, pausing or resuming email, agreeing to something or withdrawing it, changing their address. The link {"{{"} preferences_url {"}}"} in an email leads there.
admin-series-start-link = they follow a link (who agreed that this is seen)
admin-series-link = Link
admin-series-link-hint = A part of its address, such as /programme. Only of readers who agreed that opens and links are seen, and of lists that count clicks.
admin-series-starts-link = A link with “{ $link }” is followed
admin-series-start-question = Start “{ $name }”?
admin-series-begins-confirmed =
    Subscribers who confirm from now on will get this series.
    { $count ->
        [one] The one reader who is on the list today will not.
       *[other] The { $count } readers who are on the list today will not.
    }
admin-series-begins-tag =
    Readers who get the tag from now on will get this series.
    { $count ->
        [one] The one reader who has the tag today will not.
       *[other] The { $count } readers who have the tag today will not.
    }
admin-series-begins-attribute =
    Readers whose attribute is set from now on will get this series.
    { $count ->
        [one] The one reader who has it today will not.
       *[other] The { $count } readers who have it today will not.
    }
admin-series-begins-link = Readers who follow the link from now on will get this series. Nobody gets it today by what was before.
admin-series-begins-call = Readers whom another program lets in will get this series. Nobody gets it by the start itself.
admin-series-begins-segment =
    { $count ->
        [one] One reader is in the segment and gets this series today at { $time }, or at once if that time has passed.
       *[other] { $count } readers are in the segment and get this series today at { $time }, or at once if that time has passed.
    }
    Readers who match the segment later get it on that day.
admin-series-begins-date =
    { $count ->
        [one] For one reader the day is today: they get this series at { $time }, or at once if that time has passed.
       *[other] For { $count } readers the day is today: they get this series at { $time }, or at once if that time has passed.
    }
    The others get it on their own day.
admin-series-begins-event =
    Today is the day:
    { $count ->
        [one] one reader on the list gets this series at { $time }, or at once if that time has passed.
       *[other] { $count } readers on the list get this series at { $time }, or at once if that time has passed.
    }
admin-series-begins-event-later =
    Nobody gets this series today. Everybody who is on the list on { $day } gets it then, at { $time }.
    { $count ->
        [one] One reader is on the list today.
       *[other] { $count } readers are on the list today.
    }
admin-series-begins-event-never = Nobody will get this series: the event has no time within a year that lets readers in.
admin-series-begins-cut = There may be more readers than this.
admin-series-segment-gone = a deleted segment
admin-series-delete-ended-text =
    { $readers ->
        [one] The series is deleted, with the record of where its one reader stood.
       *[other] The series is deleted, with the record of where its { $readers } readers stood.
    }
    { $emails ->
        [one] The one email that was sent stays, with its report and on the subscriber's page.
       *[other] The { $emails } emails that were sent stay, with their reports and on the subscribers' pages.
    }
    This cannot be undone.
