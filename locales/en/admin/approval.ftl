### The approval of a campaign by a second person.

# The headings of the notice on its page, by how far it is.
admin-approval-missing = Approval needed
admin-approval-requested = Waiting for approval
admin-approval-approved = Approved
admin-approval-void = The approval is void
admin-approval-missing-text = Another user must approve this campaign before it can start or be scheduled.
# $who: an address, $when: a date and a time.
admin-approval-requested-text = { $who } asked for it on { $when }. It can be given by a user who may edit, did not ask for it and did not make the last change.
admin-approval-approved-text = { $who } approved it on { $when }. Any change of the campaign, its content, layout or audience voids this.
# $approved and $who: addresses, $part: one of the words below.
admin-approval-void-text = { $approved } approved it, and then { $who } changed { $part }. Ask for a new approval.
admin-approval-part-campaign = the campaign
admin-approval-part-post = a post that it mails
admin-approval-part-event = an event that it mails
admin-approval-part-layout = its layout
admin-approval-part-snippet = a snippet that it shows
admin-approval-part-segment = its audience
admin-approval-ask = Ask for approval
admin-approval-asked = Approval requested
admin-approval-asked-text = Tell a colleague: the campaign waits until another user approves it on this page.
admin-approval-give = Approve
admin-approval-given = Approved
admin-approval-will-fail = It cannot start
admin-approval-will-fail-text = It is scheduled and not approved. Unless it is approved before its time, it fails to start.
# In the list of campaigns.
admin-approval-waits = waits for approval
