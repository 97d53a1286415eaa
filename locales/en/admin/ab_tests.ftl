### A/B tests of campaigns: the form, the card, the results.

admin-ab-title = A/B test
admin-ab-new = Try variants on a part of the readers first (A/B test)
admin-ab-about = A is the campaign as it stands. Fill in what differs in B, and if you like in C and D. Readers are drawn at random; what is compared are totals, never people.
admin-ab-what = What differs
admin-ab-differs-subject = the subject
admin-ab-differs-from-name = the sender’s name
admin-ab-differs-preheader = the preheader
admin-ab-differs-content = the text
admin-ab-differs-hour = the hour
admin-ab-share = Percent of the readers who take part
admin-ab-share-hint = From 1 to 100. With 100 everybody takes part, and nobody is left for the winner.
admin-ab-lasts = Waits for results for
admin-ab-lasts-hint = From when each of its emails was sent.
admin-ab-unit = Unit
admin-ab-unit-minutes = minutes
admin-ab-unit-hours = hours
admin-ab-unit-days = days
admin-ab-lasts-minutes =
    { $count ->
        [one] one minute
       *[other] { $count } minutes
    }
admin-ab-lasts-hours =
    { $count ->
        [one] one hour
       *[other] { $count } hours
    }
admin-ab-lasts-days =
    { $count ->
        [one] one day
       *[other] { $count } days
    }
admin-ab-measured-by = Decided by
admin-ab-measured-by-hint = Clicks only where each list of the campaign counts them.
admin-ab-measure-clicks = clicks
admin-ab-measure-left = unsubscribes
admin-ab-measure-complaints = complaints
admin-ab-measure-replies = replies
admin-ab-measure-person = a person
admin-ab-fallback = If no difference is found
admin-ab-fallback-send-a = the rest gets A
admin-ab-fallback-ask = a person decides
# $variant: a letter.
admin-ab-variant = Variant { $variant }
admin-ab-optional = Leave it empty for a test with fewer variants.
admin-ab-words = Its subject, sender’s name or preheader
admin-ab-source = Its text: that of the campaign
# $state: “finished”; $when: “ended 3 May 2026, 10:00”.
admin-ab-source-option = { $subject } (№ { $number }, { $state }, { $when })
admin-ab-source-hint = Only where the text differs. It is copied when you save.
admin-ab-no-source = None
admin-ab-keep = As it is: from “{ $name }”
admin-ab-hours = Hours after A
admin-ab-hours-hint = Only where the hour differs.
admin-ab-give-number = Enter a number.
admin-ab-saved = The A/B test is set
admin-ab-removed = The A/B test was taken off
admin-ab-remove = Take the test off
admin-ab-chosen = The rest gets variant { $winner }
admin-ab-chosen-all = The archive shows variant { $winner }
# $differs: “the subject”; $measure: “clicks”; $lasts: “4 hours”.
admin-ab-plan = Tries { $differs } on { $share } % of the readers and waits { $lasts }. Decided by: { $measure }.
admin-ab-summary-variant =
    { $count ->
        [one] Variant { $variant } for about one reader: { $about }
       *[other] Variant { $variant } for about { $count } readers: { $about }
    }
admin-ab-summary-rest =
    { $count ->
        [one] About one reader waits for the result.
       *[other] About { $count } readers wait for the result.
    }
admin-ab-column = Variant
admin-ab-winner = winner
admin-ab-replies = Replies
admin-ab-as-it-stands = as the campaign stands
admin-ab-later = { $time } later
admin-ab-text-of = the text of “{ $name }”
admin-ab-sending = The variants are being sent.
admin-ab-until = It waits for results until { $at }.
# The numbers are of readers.
admin-ab-rest-result = Test: { $tested } of { $all } readers. { $rest } wait for its result.
admin-ab-rest-decision = Test: { $tested } of { $all } readers. { $rest } wait for your decision.
admin-ab-rest-sending = Test: { $tested } of { $all } readers. { $rest } get variant { $winner } next.
admin-ab-waits-open = Its time is over. Choose what the rest gets.
admin-ab-waits-no-difference = No difference was found. Choose what the rest gets.
admin-ab-waits-too-few = Too few emails were sent to say anything. Choose what the rest gets.
admin-ab-waits-not-counted = What should decide is not counted. Choose what the rest gets.
admin-ab-decided-measured = Variant { $winner } did better.
admin-ab-decided-no-difference = No difference was found, so it is variant { $winner }.
admin-ab-decided-too-few = Too few emails were sent to say anything, so it is variant { $winner }.
admin-ab-decided-not-counted = What should decide is not counted, so it is variant { $winner }.
admin-ab-decided-chosen = { $by } chose variant { $winner }.
admin-ab-ended-cancelled = The campaign was cancelled before the test was decided.
admin-ab-ended-restored = The database was restored from a backup; whether the test was decided after it is not known.
admin-ab-decide-text = You can decide before its time is over. All other readers get what you choose.
admin-ab-decide-now = All other readers get what you choose.
admin-ab-decide-all = Everybody took part. What you choose is what the archive shows.
admin-ab-decide-question = Send variant { $variant } to all other readers?
admin-ab-decide-count =
    { $count ->
        [one] One reader waits for the result and gets variant { $variant } now. This cannot be undone.
       *[other] { $count } readers wait for the result and get variant { $variant } now. This cannot be undone.
    }
admin-ab-decide-others = All readers who do not take part get variant { $variant } once the test is sent. This cannot be undone.
admin-ab-decide-yes = Send variant { $variant }
admin-ab-choose = Choose { $variant }
# $measure: “unsubscribes”; the numbers are of 1,000 emails.
admin-ab-better = { $variant } is better than A by { $measure }: { $difference } in 1,000 emails (between { $low } and { $high }).
admin-ab-worse = { $variant } is worse than A by { $measure }: { $difference } in 1,000 emails (between { $low } and { $high }).
admin-ab-no-difference = No difference found between { $variant } and A by { $measure }: { $difference } in 1,000 emails may be chance (between { $low } and { $high }).
admin-ab-needed = About { $count } emails of each variant would show such a difference.
admin-ab-unknown = { $variant } and A cannot be compared by { $measure } yet.
admin-ab-too-few = Too few emails to compare { $variant } with A by { $measure }: it takes at least { $least } of each.
admin-ab-how = Variants are compared list by list: a variant gains nothing by having more readers of a lively list. The true difference is between the two numbers in 95 of 100 tests.
admin-ab-decimal = { $whole }.{ $tenths }
