### Why one person got one campaign, or did not.

## The page

admin-why-title = Why or why not
admin-why-question = Did { $email } get “{ $subject }”?
admin-why-question-now = Would { $email } get “{ $subject }”?
admin-why-facts = What this rests on
# On the page of a subscriber: a form to choose a campaign.
admin-why-choose = Why did they (not) get it?
admin-why-choose-hint = Choose a campaign to see whether they got it, or would get it, and why.
admin-why-campaign = Campaign
admin-why-campaign-option = { $subject } ({ $state })
admin-why-no-campaigns = There is no campaign yet.
admin-why-explain = Explain
admin-why-link = Why?
admin-why-link-of = Why, for { $name }
admin-why-other = Another campaign
admin-why-digest-open = Open the digest
# For screen readers, before a fact.
admin-why-for = Lets it through:
admin-why-against = Prevents it:

## The recipients of a campaign, by address

admin-why-find = Find a recipient
admin-why-find-hint = A name, an address, or a part of one. An address that is not among the recipients is explained, too.
admin-why-found = Found
admin-why-found-none = No subscriber has this in their name or address
admin-why-found-none-next = Enter a whole address to see what is known of it.
admin-why-found-first = These are the first that were found. Enter more of the name or address.
admin-why-not-a-recipient = not a recipient
admin-why-subscriber = Open the subscriber
admin-why-all-deliveries = All deliveries

## The answer, in one sentence

admin-why-sent = Got it on { $date }.
admin-why-sent-in-digest = Got it in the weekly digest on { $date }.
admin-why-complained = Got it, and marked it as spam. This was reported on { $date }.
admin-why-bounced = Did not get it, because the email came back on { $date }.
admin-why-failed = Did not get it, because it could not be delivered: the last attempt failed on { $date }.
admin-why-uncertain = It is not known whether they got it: sending was interrupted, and on { $date } this was found out.
admin-why-sending = Has not got it yet: the email is being handed to the relay.
admin-why-waiting = Has not got it yet: the email waits to be sent.
admin-why-waiting-until = Has not got it yet: the email is due on { $date }.
admin-why-deferred = Has not got it yet, because the relay asked to try again later. The next attempt is on { $date }.
admin-why-waiting-for-digest = Has not got it yet: it is kept for the weekly digest.
admin-why-campaign-paused = Has not got it yet, because the campaign is paused.
admin-why-campaign-cancelled = Did not get it, because the campaign was cancelled on { $date }.
admin-why-never-started = Did not get it, because the campaign was cancelled before it started.
admin-why-eligible = Would get it if the campaign started now.
admin-why-eligible-on = Will get it after the start on { $date }, if nothing changes until then.
admin-why-eligible-for-digest = Would get it in a weekly digest if the campaign started now.
admin-why-not-on-lists = Did not get it, because they were on none of its lists.
admin-why-now-not-on-lists = Would not get it now, because they are on none of its lists.
admin-why-not-confirmed = Did not get it, because they had not confirmed their subscription to { $list }.
admin-why-now-not-confirmed = Would not get it now, because they have not confirmed their subscription to { $list }.
admin-why-unsubscribed = Did not get it, because they left { $list } on { $date }.
admin-why-now-unsubscribed = Would not get it now, because they left { $list } on { $date }.
admin-why-left-lists = Did not get it, because they had left its lists before their turn came.
admin-why-joined-later = Did not get it, because they joined { $list } on { $date }, after the campaign had started.
admin-why-suppressed = Did not get it, because the address has been suppressed since { $date } ({ $reason }).
admin-why-now-suppressed = Would not get it now, because the address has been suppressed since { $date } ({ $reason }).
admin-why-was-suppressed = Did not get it, because the address was suppressed when their turn came.
admin-why-was-suppressed-lifted = Did not get it. Most likely the address was suppressed then: a suppression was lifted on { $date }.
admin-why-paused = Did not get it, because they had paused email until { $date }.
admin-why-paused-then = Did not get it, because they had paused email.
admin-why-now-paused = Would not get it, because they have paused email until { $date }.
admin-why-not-in-segment = Did not get it, most likely because they were not in the segment “{ $segment }”: they are not in it now.
admin-why-was-not-in-segment = Did not get it, most likely because they were not in the segment “{ $segment }” then. They are in it now.
admin-why-now-not-in-segment = Would not get it now, because they are not in the segment “{ $segment }”.
admin-why-nothing-kept = Did not get it, because this digest had nothing for them.
admin-why-now-nothing-kept = Would not get it, because this digest has nothing for them.
admin-why-no-digest = Did not get it, because the weekly digest that was to contain it was not sent.
admin-why-skipped = Did not get it: { $words }.
admin-why-erased = Not known any more: the owner of this address had their data erased, and with it who got what.
admin-why-not-a-subscriber = Did not get it, because no subscriber has this address.
admin-why-not-recorded = Not known any more: who got this campaign is kept only for a time, and that has passed.
admin-why-unexplained = Did not get it. Why is not recorded.

## The facts, each a sentence or a line

admin-why-fact-draft = The campaign is a draft.
admin-why-fact-scheduled = The campaign is scheduled for { $date }.
admin-why-fact-failed-to-start = The campaign could not start: { $reason }
admin-why-fact-started = The campaign started on { $date }.
admin-why-fact-paused = The campaign started on { $date }, and is paused.
admin-why-fact-paused-why = The campaign started on { $date }, and is paused: { $reason }
admin-why-fact-cancelled = The campaign started on { $date }, and was cancelled.
admin-why-fact-never-started = The campaign was cancelled before it started.
admin-why-fact-audience = Its recipients were chosen by { $date }. Who joined later is not among them.
admin-why-fact-audience-to-come = Its recipients are still being chosen.
admin-why-fact-no-lists = The lists of the campaign were deleted, and with them what was known of subscriptions.
admin-why-fact-list-confirmed = { $list }: subscribed since { $date }.
admin-why-fact-list-pending = { $list }: asked to join on { $date }, but had not confirmed.
admin-why-fact-list-unsubscribed = { $list }: left on { $date }.
admin-why-fact-list-none = { $list }: not on it.
admin-why-fact-since-confirmed = { $list }: subscribed on { $date }, after the start.
admin-why-fact-since-pending = { $list }: asked to join on { $date }, after the start.
admin-why-fact-since-unsubscribed = { $list }: left on { $date }, after the start.
admin-why-fact-segment-in = The campaign goes to the segment “{ $segment }”. They are in it now; who was in it before is not kept.
admin-why-fact-segment-out = The campaign goes to the segment “{ $segment }”. They are not in it now; who was in it before is not kept.
admin-why-fact-kept =
    { $count ->
        [0] The digest has no campaign for them.
        [one] The digest has { $count } campaign for them.
       *[other] The digest has { $count } campaigns for them.
    }
# $key is the address, or @ and its domain. $note is what an admin or a relay said.
admin-why-fact-suppressed = { $key } has been suppressed since { $date }: { $reason }.
admin-why-fact-suppressed-note = { $key } has been suppressed since { $date }: { $reason } ({ $note }).
admin-why-fact-suppressed-later = { $key } was suppressed on { $date }, after the start: { $reason }.
admin-why-fact-suppressed-later-note = { $key } was suppressed on { $date }, after the start: { $reason } ({ $note }).
admin-why-fact-not-suppressed = The address is not suppressed.
admin-why-fact-suppression-lifted = A suppression of the address was lifted on { $date }.
admin-why-fact-pause = Email is or was paused until { $date }.
admin-why-fact-not-paused = Email is not paused.
admin-why-fact-digest-to-come = They get a weekly digest, and the campaign is kept for the next one.
admin-why-fact-digest-made = They get a weekly digest, and the campaign was put into it.
admin-why-fact-digest-none = They get a weekly digest, but the one with this campaign was not sent.
admin-why-fact-would-be-in-digest = They get a weekly digest, which would contain the campaign.
admin-why-fact-language-own = Their language is { $own }, and the email is written in it.
admin-why-fact-language-other = Their language is { $own }. The email is not written in it; they get it in { $used }.
admin-why-fact-local-time = By the clock of their time zone it is due on { $date }.
# $state is a state of a delivery, such as sent.
admin-why-fact-delivery = Delivery: { $state }, since { $date }.
admin-why-fact-attempts =
    { $count ->
        [one] { $count } attempt to send it.
       *[other] { $count } attempts to send it.
    }
admin-why-fact-attempts-since =
    { $count ->
        [one] { $count } attempt to send it, on { $date }.
       *[other] { $count } attempts to send it, the first on { $date }.
    }
admin-why-fact-next-attempt = It is tried next on { $date }.
admin-why-fact-reply = The relay replied: { $reply }
admin-why-fact-no-delivery = They are not among the recipients.
admin-why-fact-folded = Of this campaign only numbers are kept; its single deliveries were deleted after the time set for that.
admin-why-fact-delayed = The campaign is held up since { $date }: { $reason }.
admin-why-fact-delayed-detail = The campaign is held up since { $date }: { $reason } ({ $detail }).
admin-why-fact-domain =
    { $connections ->
        [one] Email to { $domain } is limited to { $connections } message at once.
       *[other] Email to { $domain } is limited to { $connections } messages at once.
    }
admin-why-fact-domain-rate =
    { $rate ->
        [one] Email to { $domain } is limited to { $rate } message a second.
       *[other] Email to { $domain } is limited to { $rate } messages a second.
    }
# $what is what came back, such as a hard bounce.
admin-why-fact-feedback = { $what }, { $date }.
admin-why-fact-feedback-reason = { $what }, { $date }: { $reason }.
admin-why-fact-address-changed = The address was changed on { $date }. What was sent before went to the former one.
