### Templates of campaigns: the gallery, one template, saving a campaign as one.

admin-campaign-templates = Templates
admin-campaign-templates-lead = Campaigns to start from. The shipped ones have gaps in square brackets; a campaign of your own becomes a template on its page.
admin-campaign-from-last = Start from the last campaign
admin-campaign-from-template = Start from a template
admin-campaign-from-nothing = Start with an empty campaign
admin-campaign-template-use = Use this template

## One template

admin-campaign-template-name = Name
admin-campaign-template-rename = Rename
# For one of posts or a digest.
admin-campaign-template-no-text = Its email is that of the post or the items that you choose.
admin-campaign-template-delete-title = Delete the template { $name }?
admin-campaign-template-delete-text = Campaigns that were made from it do not change.
admin-campaign-template-deleted = Template deleted

## Saving one

admin-campaign-template-save = Save as template
admin-campaign-template-save-lead = A template keeps the texts, subjects, layout and sender, not the lists, times and recipients.
admin-campaign-template-replace = Replace the template that has this name
admin-campaign-template-saved = Template saved
admin-campaign-template-saved-next = It is among the templates for a new campaign.

## The shipped ones: names, and what each is for

admin-shipped-template-announcement = Announcement
admin-shipped-template-digest = Digest
admin-shipped-template-event-invitation = Invitation to an event
admin-shipped-template-welcome = Welcome
admin-shipped-template-letter = Letter
admin-shipped-template-press-release = Press release
admin-shipped-template-product-update = Product update
admin-shipped-template-fundraising = Fundraising
admin-shipped-template-for-announcement = Something changes: what, from when, and what readers need to do.
admin-shipped-template-for-digest = The latest posts and the next events, which fill in by themselves.
admin-shipped-template-for-event-invitation = When, where, the programme, and a button to register.
admin-shipped-template-for-welcome = For new readers: what they get, how often, and where to begin.
admin-shipped-template-for-letter = Personal, short, and without pictures.
admin-shipped-template-for-press-release = The news, a quotation, facts, and whom to call.
admin-shipped-template-for-product-update = What a product can do now, what is fixed, and what to look out for.
admin-shipped-template-for-fundraising = One story, how far you are, and what a gift does.
