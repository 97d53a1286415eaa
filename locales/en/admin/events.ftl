### Events: the list, and the form of one.

admin-event = Event
admin-event-new = New event
admin-event-edit = Edit event
admin-event-view = View on site
admin-event-when = When
admin-event-where = Where
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

## Errors

admin-event-give-day = give a day
admin-event-give-time = give a time, such as 18:30
admin-event-give-interval = give a number from 1 to 99
admin-event-no-title = enter a title in at least one language
admin-event-until-early = the last day comes after the first
admin-event-ends-early = an event cannot end before it starts
admin-event-slug-taken = another event has this short name

## Deleting

admin-event-delete-text = It is removed from the site and from calendars that subscribe to it, in every language.
admin-event-keep = Keep
