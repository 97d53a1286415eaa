### Segments: overview, the form, a rule in words.

admin-segment-segment = Segment
admin-segment-about = Rules that select part of the audience, for campaigns.
admin-segment-new = New segment
admin-segment-empty-title = No segments yet
admin-segment-empty = A segment selects subscribers by attributes, language, lists, dates or the email they got. A campaign can go to a segment.
admin-segment-who = Who
admin-segment-changed = Changed

## Form

admin-segment-name = Name
admin-segment-name-taken = Another segment already has this name.
# Three choices follow.
admin-segment-where = Select subscribers where
admin-segment-group = Group { $number }
admin-segment-group-when = The group holds when
admin-segment-all = every condition holds
admin-segment-any = at least one condition holds
admin-segment-none = no condition holds
admin-segment-condition = Condition
admin-segment-condition-number = Condition { $number }
admin-segment-value = Value
admin-segment-list = List
admin-segment-any-list = any list
admin-segment-attribute = Attribute
admin-segment-number = Number
admin-segment-date = Date
# Where nothing is chosen yet.
admin-segment-choose = Choose…
# A button, where no script runs.
admin-segment-show-fields = Show its fields
admin-segment-add-condition = Add condition
admin-segment-add-condition-to = Add condition to group { $number }
admin-segment-add-group = Add group
admin-segment-add-group-to = Add group to group { $number }
admin-segment-remove-group = Remove group { $number }
admin-segment-count = Count
admin-segment-not-counted = Add a condition to see how many subscribers match.
admin-segment-counted-later = Being counted…
# Before a few addresses.
admin-segment-sample = For example:
# In place of the name of a segment.
admin-segment-own = conditions of this campaign
admin-segment-matching =
    { $count ->
        [one] <strong>{ $count } subscriber</strong> <span class="soft">matches now, before lists and suppressions</span>
       *[other] <strong>{ $count } subscribers</strong> <span class="soft">match now, before lists and suppressions</span>
    }
admin-segment-saved-matching =
    { $count ->
        [one] It matches { $count } subscriber now.
       *[other] It matches { $count } subscribers now.
    }
admin-segment-delete-text = The segment is deleted. Subscribers do not change.

## What is wrong with a condition

admin-segment-needs-attribute = Name the attribute.
admin-segment-needs-value = Give a value.
admin-segment-needs-choice = Choose one of the options.
admin-segment-needs-number = Give a number, such as 18.
admin-segment-needs-days = Give a number of days, such as 30.
admin-segment-needs-day = Give a day as 2026-01-31.
# The words yes and no are typed in English in every language.
admin-segment-needs-yes = Say yes or no.
admin-segment-needs-campaign = Give the number of a campaign, as in its address.
admin-segment-needs-times = Give a number of times, such as 3.
admin-segment-needs-condition = Choose a condition.
admin-segment-no-list = There is no list with this short name.

## Campaigns that can go to a segment

admin-segment-campaigns = Campaigns not sent yet
admin-segment-campaign = Campaign
admin-segment-goes-to = Goes to
admin-segment-all-lists = all of its lists
admin-segment-send-to-lists = Send to all of its lists
admin-segment-send-here = Send to this segment
admin-segment-campaign-to-lists = The campaign goes to all of its lists again
admin-segment-campaign-here = The campaign goes to { $name }
admin-segment-campaign-here-who = Subscribers of its lists who match the segment get it.

## Conditions to choose from

admin-segment-tests-lists = Lists and dates
admin-segment-tests-person = Person
admin-segment-tests-tags = Tags
admin-segment-tests-attributes = Attributes
admin-segment-tests-mail = Email sent
admin-segment-test-attribute-is = attribute is
admin-segment-test-attribute-is-not = attribute is not
admin-segment-test-attribute-contains = attribute contains
admin-segment-test-attribute-above = attribute is above
admin-segment-test-attribute-below = attribute is below
admin-segment-test-attribute-before = attribute is a date before
admin-segment-test-attribute-since = attribute is a date on or after
admin-segment-test-attribute-set = attribute is set
admin-segment-test-attribute-missing = attribute is missing
admin-segment-test-language = language is
admin-segment-test-frequency = mail frequency is
admin-segment-test-paused = has paused mail
admin-segment-test-on-list = is on the list
admin-segment-test-not-on-list = is not on the list
admin-segment-test-membership = membership of a list is
admin-segment-test-tag = has the tag
admin-segment-test-not-tag = does not have the tag
admin-segment-test-joined-before = subscribed before
admin-segment-test-joined-since = subscribed on or after
admin-segment-test-joined-within = subscribed in the last … days
admin-segment-test-confirmed-before = came onto a list before
admin-segment-test-confirmed-since = came onto a list on or after
admin-segment-test-sent-campaign = was sent the campaign
admin-segment-test-not-sent-campaign = was not sent the campaign
admin-segment-test-ever-mailed = was ever sent a campaign
admin-segment-test-soft-bounced = mail bounced softly … times or more
admin-segment-test-mailed-within = was sent a campaign in the last … days
admin-segment-test-not-mailed-within = was not sent a campaign in the last … days
admin-segment-test-failed-within = mail failed or bounced in the last … days

## A rule in words: “city is Astana, and language is kk”

admin-segment-and = { $first }, and { $second }
admin-segment-or = { $first }, or { $second }
admin-segment-none-of = none of these: { $conditions }
# $name is an attribute or a list.
admin-segment-attribute-is = { $name } is { $value }
admin-segment-attribute-is-not = { $name } is not { $value }
admin-segment-attribute-contains = { $name } contains { $value }
admin-segment-attribute-above = { $name } is above { $value }
admin-segment-attribute-below = { $name } is below { $value }
admin-segment-attribute-before = { $name } is a date before { $value }
admin-segment-attribute-since = { $name } is a date on or after { $value }
admin-segment-attribute-set = { $name } is set
admin-segment-attribute-missing = { $name } is missing
admin-segment-language = language is { $value }
admin-segment-mail-frequency = mail frequency { $value }
admin-segment-frequency-each = each
admin-segment-frequency-weekly = weekly
# $value is “yes” or “no”.
admin-segment-paused = has paused mail { $value }
admin-segment-on-list = is on list { $value }
admin-segment-not-on-list = is not on list { $value }
admin-segment-subscription = membership of { $name } is { $value }
admin-segment-membership-pending = pending
admin-segment-membership-confirmed = confirmed
admin-segment-membership-unsubscribed = unsubscribed
admin-segment-membership-none = none
admin-segment-tag = has the tag { $value }
admin-segment-not-tag = does not have the tag { $value }
admin-segment-joined-before = subscribed before { $value }
admin-segment-joined-since = subscribed on or after { $value }
admin-segment-joined-within =
    { $count ->
        [one] subscribed in the last { $count } day
       *[other] subscribed in the last { $count } days
    }
admin-segment-list-before = came onto { $name } before { $value }
admin-segment-list-since = came onto { $name } on or after { $value }
admin-segment-any-list-before = came onto a list before { $value }
admin-segment-any-list-since = came onto a list on or after { $value }
admin-segment-sent-campaign = was sent campaign number { $value }
admin-segment-not-sent-campaign = was not sent campaign number { $value }
# $value is “yes” or “no”.
admin-segment-ever-mailed = was ever sent a campaign { $value }
admin-segment-soft-bounced =
    { $count ->
        [one] mail bounced softly { $count } time or more
       *[other] mail bounced softly { $count } times or more
    }
admin-segment-mailed-within =
    { $count ->
        [one] was sent a campaign in the last { $count } day
       *[other] was sent a campaign in the last { $count } days
    }
admin-segment-not-mailed-within =
    { $count ->
        [one] was not sent a campaign in the last { $count } day
       *[other] was not sent a campaign in the last { $count } days
    }
admin-segment-failed-within =
    { $count ->
        [one] mail failed or bounced in the last { $count } day
       *[other] mail failed or bounced in the last { $count } days
    }
admin-segment-tests-engagement = Seen with the reader's agreement
admin-segment-test-engagement-agreed = agreed that opens and links are seen
admin-segment-test-opened-campaign = opened the campaign
admin-segment-test-not-opened-campaign = got the campaign and has not opened it
admin-segment-test-opened-within = opened a campaign in the last … days
admin-segment-test-not-opened-within = got campaigns in the last … days and opened none
admin-segment-test-followed-link-of = followed a link of the campaign
admin-segment-test-followed-url = followed a link whose address contains
admin-segment-test-active-within = was last active in the last … days
admin-segment-test-inactive-for = was not active for … days
admin-segment-engagement-hint =
    { $count ->
        [one] Picks only among the { $count } person who agreed to be seen. Of all others nobody knows.
       *[other] Picks only among the { $count } people who agreed to be seen. Of all others nobody knows.
    }
admin-segment-engagement-off = Picks nobody: opens and links are not seen here. You can turn that on under Settings.
admin-segment-engagement-agreed = agreed that opens and links are seen
admin-segment-opened-campaign = opened campaign number { $value }
admin-segment-not-opened-campaign = got campaign number { $value } and has not opened it
admin-segment-opened-within =
    { $count ->
        [one] opened a campaign in the last { $count } day
       *[other] opened a campaign in the last { $count } days
    }
admin-segment-not-opened-within =
    { $count ->
        [one] got campaigns in the last { $count } day and opened none
       *[other] got campaigns in the last { $count } days and opened none
    }
admin-segment-followed-link-of = followed a link of campaign number { $value }
admin-segment-followed-url = followed a link whose address contains “{ $value }”
admin-segment-active-within =
    { $count ->
        [one] was active in the last { $count } day
       *[other] was active in the last { $count } days
    }
admin-segment-inactive-for =
    { $count ->
        [one] was not active for { $count } day
       *[other] was not active for { $count } days
    }

## Members

admin-segment-members = Members
admin-segment-members-of = Members of { $name }
admin-segment-export = Export as CSV
