### Notifications: what has happened, and how each user wants to be told.

admin-notification-title = Notifications
# The name of the bell in the top bar.
admin-notification-unread =
    { $count ->
        [one] { $count } unread notification
       *[other] { $count } unread notifications
    }
admin-notification-kept = They are kept for 90 days.
admin-notification-needs = Needs your attention
admin-notification-happened = What has happened
admin-notification-empty-title = No notifications yet
admin-notification-empty = When a campaign or an import ends, or something goes wrong, you see it here.
admin-notification-what = What
admin-notification-when = When
admin-notification-new = new
# After what lasted, such as a full disk.
admin-notification-resolved = Over since { $at }.
admin-notification-open = Open
# For screen readers.
admin-notification-open-of = Open: { $title }
admin-notification-mark = Mark as read
# For screen readers.
admin-notification-mark-of = Mark as read: { $title }
admin-notification-mark-all = Mark all as read
admin-notification-all-read =
    { $count ->
        [one] { $count } notification marked as read
       *[other] { $count } notifications marked as read
    }
admin-notification-newest = Newest
admin-notification-older = Older
admin-notification-pages = Pages
admin-notification-choose = Choose notifications

## Choices

admin-notification-choices = Your notifications
admin-notification-choices-about = Choose how you are told of each. Emails go to { $email }.
admin-notification-in-admin = In the admin
admin-notification-by-mail = By email
# For screen readers: what a checkbox is for.
admin-notification-choice = { $kind }: { $channel }
admin-notification-reset = Restore defaults
admin-notification-reset-done = You are notified as your role usually is
admin-notification-kind-campaign-finished = A campaign was sent
admin-notification-kind-campaign-failed-to-start = A scheduled campaign could not start
admin-notification-kind-approval-requested = A campaign waits for approval
admin-notification-kind-comment-added = Somebody answered your comment or mentioned you
admin-notification-kind-campaign-paused = A campaign was paused automatically
admin-notification-kind-series-paused = A series was paused automatically
admin-notification-kind-series-step = A reader came to a step that tells you
admin-notification-kind-series-email-failed = An email of a series could not be sent to a reader
admin-notification-kind-too-many-bounces = A campaign had too many bounces or complaints
admin-notification-kind-import-finished = An import finished
admin-notification-kind-import-failed = An import failed
admin-notification-kind-domain-record-missing = A DNS record of a sender’s domain is missing or wrong
admin-notification-kind-disk-nearly-full = The disk is nearly full
admin-notification-kind-task-failing = A background task is failing
admin-notification-kind-backup-failed = A backup failed
admin-notification-kind-counts-corrected = Counts of subscribers were wrong and are corrected
admin-notification-kind-feed-failing = A feed cannot be read
admin-notification-kind-ab-test-decided = An A/B test was decided
admin-notification-kind-ab-test-waits = An A/B test waits for a decision
