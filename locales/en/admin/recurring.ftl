### Recurring campaigns: the list, one with its times, the form.

admin-recurring-about = Campaigns that come again: each time, one is made of a template or of a draft, and sent.
admin-recurring-new = New recurring campaign
admin-recurring-change = Change recurring campaign
admin-recurring-empty-title = No campaign comes again
admin-recurring-empty = Let a template be sent each day, week or month, with what is new since the last one.
admin-recurring-name = Name
admin-recurring-lists = Lists
admin-recurring-next = Next time
admin-recurring-paused = paused
admin-recurring-ended = has ended
# $often: such as “every week”.
admin-recurring-every = { $often }, each { $every }th time
admin-recurring-until = until { $date }

## One

admin-recurring-make = Make one now as a draft
admin-recurring-made = A draft was made
admin-recurring-not-made = No draft was made
admin-recurring-pause = Pause
admin-recurring-resume = Resume
admin-recurring-is-paused = Paused
admin-recurring-resumed = Resumed
admin-recurring-source = What is mailed
admin-recurring-source-gone = What it mails was deleted
admin-recurring-source-gone-text = Choose another template or draft: until then no campaign can be made.
admin-recurring-then = Then
admin-recurring-starts = It starts by itself.
admin-recurring-asks = It waits for a person as a draft.
admin-recurring-changed = Changed
admin-recurring-past = Past times
admin-recurring-no-past = No time has come yet.
admin-recurring-due = Due
admin-recurring-extra = in between
admin-recurring-outcome = Outcome
admin-recurring-outcome-made = campaign made
admin-recurring-outcome-nothing-new = nothing new
admin-recurring-outcome-skipped = skipped: noticed more than a day late
admin-recurring-outcome-failed = failed
admin-recurring-campaign = Campaign
# On the page of a campaign.
admin-recurring-made-by = made by { $name }
admin-recurring-delete-title = Delete the recurring campaign { $name }?
admin-recurring-delete-text = No further campaign is made. Those that it has made stay.

## Form

admin-recurring-what = What
admin-recurring-name-hint = For yourself: readers do not see it.
admin-recurring-source-hint = A template or a draft. Each time its text is taken as it is then.
admin-recurring-choose = Choose
admin-recurring-of-template = Template: { $name }
admin-recurring-of-campaign = Draft: { $name }
admin-recurring-only-new = Only what is new since the last one
admin-recurring-only-new-hint = Blocks of posts and events show only what the last one did not have. Where they find nothing, nothing is sent.
admin-recurring-subject = Subject
admin-recurring-from = Sender
admin-recurring-as-source = Empty: that of the template or draft.
admin-recurring-own-layout = that of the template or draft
admin-recurring-hour = Time
admin-recurring-until-hint = Leave empty for no end.
admin-recurring-needs-approval = Wait for a person
admin-recurring-needs-approval-hint = Each is a draft that asks for approval, instead of starting by itself.
admin-recurring-segment = Who on these lists
admin-recurring-no-list = choose at least one list
admin-recurring-no-source = choose a template or a draft
