### The calendar of past and coming campaigns.

admin-calendar = Календарь
# $month: a month and a year.
admin-calendar-title = Рассылки: { $month }
admin-calendar-zone = Время указано по часовому поясу { $zone }.
admin-calendar-months = Месяцы
admin-calendar-now = Текущий месяц
admin-calendar-empty = В этом месяце нет ни прошедших, ни запланированных рассылок.
admin-calendar-cut = В этом месяце слишком много рассылок, показаны не все.
