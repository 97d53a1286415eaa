### Events: the list, and the form of one.

admin-event = Event
admin-event-new = New event
admin-event-view = View on site
admin-event-duplicate = Duplicate
admin-event-duplicated = Duplicated
admin-event-duplicated-text = This is the copy: a draft that is not on the site.
admin-event-when = When
admin-event-where = Where
admin-event-state-draft = draft
admin-event-state-published = published
admin-events-upcoming = Upcoming
admin-events-no-upcoming = No upcoming events.
admin-events-past = Past
admin-events-no-past = No past events.

## Form

admin-event-zone = Time zone: { $zone }
admin-event-first-day = First day
# A time of day, and so is “To”.
admin-event-from = From
admin-event-last-day = Last day
admin-event-to = To
admin-event-all-day = All day
admin-event-all-day-hint = No start or end time.
admin-event-repeats = Repeats
admin-event-repeat-daily = every day
admin-event-repeat-weekly = every week
admin-event-repeat-monthly = every month
admin-event-repeat-yearly = every year
admin-event-interval = Interval
admin-event-interval-hint = 2 with “every week” means every other week.
admin-event-until = Until
admin-event-until-hint = Leave empty to repeat without end.
admin-event-slug = Short name
admin-event-slug-hint = Part of the page address. Leave empty to create it from the title and date. It cannot be changed later.
admin-event-title = Title
admin-event-place = Place
admin-event-description = Description
admin-event-languages-hint = Languages without a title are not shown.
admin-event-picture = Picture
admin-event-picture-hint = The name of a picture in the media. It is shown on the page of the event.
admin-event-publish = Publish
admin-event-unpublish = Unpublish
admin-event-published = Published
admin-event-published-text = The event is on the site and in the calendar feed now.
admin-event-unpublished = Unpublished
admin-event-unpublished-text = The event is a draft again and not on the site.
admin-event-in-calendars = Readers have this event in their calendars
admin-event-in-calendars-text = After a change, the campaign that brought it there writes to them.

## Errors

admin-event-give-day = give a day
admin-event-give-time = give a time, such as 18:30
admin-event-give-interval = give a number from 1 to 99
admin-event-no-title = enter a title in at least one language
admin-event-until-early = the last day comes after the first
admin-event-ends-early = an event cannot end before it starts
admin-event-slug-taken = another event has this short name

## Deleting

admin-event-delete-text = It goes to the trash, in every language, and leaves the site and calendars that subscribe to it. You can restore it for 30 days.
