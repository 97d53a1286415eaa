### The calendar of past and coming campaigns.

admin-calendar = Calendar
# $month: a month and a year.
admin-calendar-title = Campaigns in { $month }
admin-calendar-zone = Times are in { $zone }.
admin-calendar-months = Months
admin-calendar-now = This month
admin-calendar-empty = No campaign started or starts in this month.
admin-calendar-cut = There are too many campaigns in this month to show them all.
