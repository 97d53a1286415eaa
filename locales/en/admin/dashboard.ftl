### The dashboard: what needs attention, first steps, the last campaigns.

admin-dashboard-new-post = New post
admin-dashboard-new-campaign = New campaign
admin-dashboard-now = In progress and scheduled
admin-dashboard-month = Last 30 days
admin-dashboard-sent = Sent
# Beside a count of complaints or bounces.
admin-dashboard-rate = { $percent }, limit { $limit }
admin-dashboard-rate-high = { $percent } – <strong>near or over the limit of { $limit }</strong>
admin-dashboard-queued = Queued
# Beside the number of queued emails of campaigns.
admin-dashboard-transactional =
    { $count ->
        [one] and { $count } transactional email
       *[other] and { $count } transactional emails
    }
admin-dashboard-growth = Subscribers, 90 days
admin-dashboard-last = Last campaigns
admin-dashboard-all-campaigns = All campaigns
admin-dashboard-no-campaigns-title = Nothing has been sent yet
admin-dashboard-no-campaigns = A campaign sends a post to a list.
admin-dashboard-last-posts = Last posts
admin-dashboard-all-posts = All posts
admin-dashboard-no-posts = Write one to send it by email and show it on the site.
admin-dashboard-all-lists = All lists
admin-dashboard-no-lists-title = No lists yet
admin-dashboard-no-lists = People join a list, and campaigns are sent to lists.
admin-dashboard-list = List
admin-dashboard-to-confirm = { $count } to confirm

## First steps

admin-dashboard-first-steps = First steps
# For screen readers, after a step.
admin-dashboard-step-done = (done)
admin-dashboard-step-name = Name your organisation
admin-dashboard-step-address = Set the public address
admin-dashboard-step-sender = Enter the sender of mail
admin-dashboard-step-relay = Set up a relay
admin-dashboard-step-list = Create a list that people can join
admin-dashboard-step-subscriber = Get your first subscriber: with the join form or an import
admin-dashboard-step-post = Write a post
admin-dashboard-step-campaign = Create a campaign from it, send yourself a test, and start it

## What needs attention

admin-dashboard-relay = Relay problem
admin-dashboard-backup = Backup failed
admin-dashboard-show-check = Show the system check
admin-dashboard-mailbox = The mailbox of returned mail cannot be read
admin-dashboard-show-settings = Show the settings
admin-dashboard-certificate = Problem with the server’s certificate
# $task: the name of a background task.
admin-dashboard-task = Problem: { $task }
admin-dashboard-delayed = “{ $subject }” is not moving: { $reason }
admin-dashboard-show-campaign = Show the campaign
admin-dashboard-connections =
    { $count ->
        [one] The relay takes { $count } connection at once
       *[other] The relay takes { $count } connections at once
    }
admin-dashboard-connections-text = { $relay } refuses more since { $since }; { $allowed } are allowed by connections= in its URL. Mail goes out over those that it takes, and one more is tried now and then.
admin-dashboard-failed = “{ $subject }” failed to start
admin-dashboard-correct = Correct and start
admin-dashboard-paused = “{ $subject }” is paused
admin-dashboard-paused-by-someone = Somebody paused it; the rest waits.
admin-dashboard-paused-by-someone-since = Somebody paused it; the rest waits – since { $since }.
# $reason: why, without a full stop.
admin-dashboard-paused-since = { $reason } – since { $since }
admin-dashboard-resume = Review and resume
admin-dashboard-uncertain =
    { $count ->
        [one] { $count } message of “{ $subject }” may or may not have arrived
       *[other] { $count } messages of “{ $subject }” may or may not have arrived
    }
admin-dashboard-uncertain-text = They are not sent again unless you ask for it.
admin-dashboard-decide = Decide
