### The calendar of past and coming campaigns.

admin-calendar = Күнтізбе
# $month: a month and a year.
admin-calendar-title = Таратылымдар: { $month }
admin-calendar-zone = Уақыт { $zone } белдеуі бойынша көрсетілген.
admin-calendar-months = Айлар
admin-calendar-now = Осы ай
admin-calendar-empty = Бұл айда жіберілген де, жоспарланған да таратылым жоқ.
admin-calendar-cut = Бұл айда таратылымдар тым көп, барлығы көрсетілмеген.
