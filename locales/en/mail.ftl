### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-signature = { $site }
mail-link-fallback = If the button does not work, copy this address into your browser:

## Confirmation

mail-confirm-subject = Please confirm your address: { $site }
mail-confirm-preheader = One click and you are on the list.
mail-confirm-heading = Is this your address?
mail-confirm-body = Someone, most likely you, asked { $site } to send emails to this address. Please confirm that it is yours.
mail-confirm-lists =
    { $count ->
        [one] Chosen list:
       *[other] Chosen lists:
    }
mail-confirm-button = Confirm my address
mail-confirm-expiry =
    { $hours ->
        [one] The link works for { $hours } hour.
       *[other] The link works for { $hours } hours.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] The link works for { $days } day.
       *[other] The link works for { $days } days.
    }
mail-confirm-ignore = If it was not you, ignore this email. Without your confirmation you will get no emails, and we will delete the address.
mail-confirm-never = Never send these emails to this address again

## Welcome

mail-welcome-subject = Welcome to { $site }
mail-welcome-preheader = You are on the list now.
mail-welcome-heading = Welcome
mail-welcome-body = Thank you for joining { $site }. You will get the next email at this address.
mail-welcome-lists =
    { $count ->
        [one] You are on this list:
       *[other] You are on these lists:
    }
mail-welcome-button = See my preferences
mail-welcome-leave = You can change what you get, or leave with one click, at any time.

## Already on the list

mail-already-subject = You are already on the list: { $site }
mail-already-preheader = There is nothing you need to do.
mail-already-heading = You are already on the list
mail-already-body = Someone, most likely you, entered this address in the form of { $site }. It is on the list already, so nothing has changed.
mail-already-hint = If our emails do not reach you, look in the spam folder and add our address to your contacts.
mail-already-button = See my preferences
mail-already-ignore = If it was not you, there is nothing to worry about: the form does not reveal that you are on the list.

## Sign-in link

mail-sign-in-subject = Your sign-in link: { $site }
mail-sign-in-preheader = It works once and for a short time.
mail-sign-in-heading = Sign in
mail-sign-in-body = Press the button to sign in to { $site }.
mail-sign-in-button = Sign in
mail-sign-in-expiry =
    { $minutes ->
        [one] The link works once, within { $minutes } minute.
       *[other] The link works once, within { $minutes } minutes.
    }
mail-sign-in-ignore = If you did not ask for it, ignore this email: without the link no one can sign in with your address.

## Your account was changed

mail-account-subject = Your account was changed: { $site }
mail-account-heading = Your account was changed
mail-account-password-set = A new password was set for your account.
mail-account-password-removed = The password of your account was removed. You now sign in with a link sent by email.
mail-account-passkey-added = A new passkey was added to your account.
mail-account-passkey-removed = A passkey of your account was removed.
mail-account-second-step-on = Two-factor sign-in was turned on for your account.
mail-account-second-step-off = Two-factor sign-in was turned off for your account.
mail-account-token-made = A new API token was created for your account.
mail-account-provider-linked = An account of your organisation was linked to your account: it can sign in as you.
mail-account-provider-unlinked = The link of your account to an account of your organisation was removed.
mail-account-reset = The sign-in of your account was reset: its password and two-factor sign-in were removed, and its sessions ended.
mail-account-not-you = Was it you? Then there is nothing to do. If not, sign in at once, set a new password, and tell an owner of the site.
mail-account-button = See my account
mail-account-reason = Everyone who works on { $site } gets this email when their credentials change.

## What we keep of you

mail-my-data-subject = Your data: { $site }
mail-my-data-heading = See or delete your data
mail-my-data-body = Someone, most likely you, asked { $site } to see or delete what it keeps about this address. The link works for one day.
mail-my-data-button = See or delete my data
mail-my-data-ignore = If you did not ask for this, ignore this email. Anyone who has an email that you forwarded can ask for it, but only you get it.

## Frame of a campaign

mail-campaign-reason =
    { $count ->
        [one] You get this email because you joined this list on { $site }: { $lists }.
       *[other] You get this email because you joined these lists on { $site }: { $lists }.
    }
mail-weekly-title = This week: { $site }
mail-weekly-preheader = What your lists sent this week.
mail-weekly-reason = You get this email because you asked { $site } for one email a week. If you unsubscribe, you leave the lists whose news is in it; under Preferences you can switch back to separate emails.
mail-campaign-unsubscribe = Unsubscribe
mail-campaign-preferences = Preferences
mail-campaign-view = View in browser
mail-campaign-read-more = Read more
mail-digest-title = News from { $site }
mail-campaign-posts = Latest posts
mail-campaign-events = Upcoming events
# $event: the title of an event in the calendars of readers.
mail-event-changed = Changed: { $event }
mail-event-changed-text = This event has changed. It is now:
mail-event-cancelled = Cancelled: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) will not take place.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = reader

## Labels of the plain text part

mail-text-links = Links

## Is this your new address?

mail-address-subject = Is this your new address? { $site }
mail-address-body = You asked to get your emails at this address. Please confirm that it is yours.
mail-address-button = Confirm my new address
mail-address-ignore = If it was not you, ignore this email, and nothing will change.
mail-address-changed-subject = Your address has changed: { $site }
mail-address-changed-body = From now on your emails from us go to another address, as was asked by a link that we had sent to this one and confirmed at the new one.
mail-address-changed-other = Was it not you? Then please answer this email.

## Links of another system

mail-old-link-subject = Your subscriptions: { $site }
mail-old-link-heading = Choose what you get, or leave
mail-old-link-body = Someone, most likely you, followed a link in an older email and asked { $site } for a link to the settings of this address. There you can leave lists or change them.
mail-old-link-button = Open my subscriptions
mail-old-link-ignore = If you did not ask for this, ignore this email. Nothing has been changed.

## Invitation

mail-invitation-subject = Invitation: { $site }
mail-invitation-preheader = Open the link to accept it.
mail-invitation-heading = You are invited to { $site }
mail-invitation-body = { $inviter } has invited you to work on { $site }. Press the button to accept and sign in.
mail-invitation-button = Accept the invitation
mail-invitation-expiry =
    { $days ->
        [one] The link works once, for { $days } day.
       *[other] The link works once, for { $days } days.
    }
mail-invitation-ask = After that, ask { $inviter } to send it again.
mail-invitation-ignore = If you did not expect this, ignore this email: without the link no one can sign in with your address.

## Notifications

mail-notice-campaign-finished = Campaign sent: { $name }
mail-notice-campaign-finished-text = Sent: { $done }. Could not be delivered: { $failed }.
mail-notice-campaign-failed-to-start = Campaign failed to start: { $name }
mail-notice-campaign-failed-to-start-text = It was scheduled and could not start. Nothing was sent. Correct it, then start or schedule it again.
mail-notice-approval-requested = Approval requested: { $name }
mail-notice-approval-requested-text = A campaign must not start before a second person has approved it. Look at it, then approve it on its page, unless you have changed it last.
mail-notice-comment-added = New comment: { $name }
mail-notice-comment-added-text = Somebody answered you or mentioned you. Open it to read the comment and to answer.
mail-notice-campaign-paused = Campaign paused: { $name }
mail-notice-campaign-paused-text = It was paused automatically. Look at the reason, then resume or cancel it.
mail-notice-series-paused = Series paused: { $name }
mail-notice-series-paused-text = It was paused automatically. Look at the reason, then resume or end it.
mail-notice-series-step = Series: { $name }
mail-notice-series-step-text = A reader came to a step of this series that tells you.
mail-notice-series-email-failed = Series: { $name }, an email was not sent
mail-notice-series-email-failed-text = A reader does not get this email, perhaps more of them today. The report of the step says who.
mail-notice-too-many-bounces = Too many bounces or complaints: { $name }
mail-notice-too-many-bounces-text = The campaign was paused automatically, so that email providers do not block you. Check where the addresses come from before you resume it.
mail-notice-import-finished = Import finished: { $name }
mail-notice-import-finished-text = Added: { $done }. Could not be imported: { $failed }.
mail-notice-import-failed = Import failed: { $name }
mail-notice-import-failed-text = What was imported before stays. Open the import to see more.
mail-notice-domain-record-missing = DNS record missing or wrong: { $name }
mail-notice-domain-record-missing-text = It was published before. Without it, email providers may reject your mail or mark it as spam.
mail-notice-disk-nearly-full = The disk is nearly full
mail-notice-disk-nearly-full-text = Once it is full, nothing can be recorded and nothing is sent. Free some space.
mail-notice-task-failing = A background task is failing: { $name }
mail-notice-task-failing-text = What depends on it waits. See the system check.
mail-notice-backup-failed = Backup failed
mail-notice-backup-failed-text = The scheduled backup of the database failed. It is tried again every 15 minutes; you are told once.
mail-notice-counts-corrected = Counts of subscribers were wrong and are corrected
mail-notice-counts-corrected-text = Of the numbers that pages show of lists, subscribers and tags, some differed from what the database has: { $done }. They are right now, and no email went to anybody else because of them. The log of the worker names them. If it happens again, please report it.
mail-notice-feed-failing = Feed cannot be read: { $name }
mail-notice-feed-failing-text = It could not be read three times in a row. It is tried again; until then campaigns show nothing new from it.
mail-notice-ab-test-decided = A/B test decided: { $name }
mail-notice-ab-test-decided-text = The other readers get the winner. The numbers are on the campaign’s page.
mail-notice-ab-test-waits = A/B test needs you: { $name }
mail-notice-ab-test-waits-text = It was not decided by its measure. Choose what the other readers get; until then they get nothing.
mail-notice-reason = Reason: { $reason }.
mail-notice-button = Open
mail-notice-why = You get this email because you work on { $site }.
mail-notice-choose = Choose what you are notified of
