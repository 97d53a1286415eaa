### Events: the list, and the form of one.

admin-event = Іс-шара
admin-event-new = Жаңа іс-шара
admin-event-edit = Іс-шараны өзгерту
admin-event-view = Сайтта ашу
admin-event-when = Қашан
admin-event-where = Қайда
admin-events-upcoming = Алдағы
admin-events-no-upcoming = Алдағы іс-шара жоқ.
admin-events-past = Өткен
admin-events-no-past = Өткен іс-шара жоқ.

## Form

admin-event-zone = Уақыт белдеуі: { $zone }
admin-event-first-day = Бірінші күні
# A time of day, and so is “To”.
admin-event-from = Басталуы
admin-event-last-day = Соңғы күні
admin-event-to = Аяқталуы
admin-event-all-day = Күні бойы
admin-event-all-day-hint = Басталу және аяқталу уақыты жоқ.
admin-event-repeats = Қайталануы
admin-event-repeat-daily = күн сайын
admin-event-repeat-weekly = апта сайын
admin-event-repeat-monthly = ай сайын
admin-event-repeat-yearly = жыл сайын
admin-event-interval = Аралық
admin-event-interval-hint = «Апта сайын» таңдалғанда 2 саны «екі аптада бір» дегенді білдіреді.
admin-event-until = Қай күнге дейін
admin-event-until-hint = Шексіз қайталануы үшін бос қалдырыңыз.
admin-event-slug = Қысқа атау
admin-event-slug-hint = Бет мекенжайының бөлігі. Атауы мен күнінен жасалуы үшін бос қалдырыңыз. Кейін өзгертуге болмайды.
admin-event-title = Атауы
admin-event-place = Орны
admin-event-description = Сипаттамасы
admin-event-languages-hint = Атауы жоқ тілдер көрсетілмейді.

## Errors

admin-event-give-day = күнін көрсетіңіз
admin-event-give-time = уақытын көрсетіңіз, мысалы 18:30
admin-event-give-interval = 1-ден 99-ға дейінгі санды көрсетіңіз
admin-event-no-title = кемінде бір тілде атауын енгізіңіз
admin-event-until-early = соңғы күн бірінші күннен кейін болуы керек
admin-event-ends-early = іс-шара басталмай тұрып аяқтала алмайды
admin-event-slug-taken = мұндай қысқа атау басқа іс-шарада бар

## Deleting

admin-event-delete-text = Іс-шара барлық тілде сайттан және оған жазылған күнтізбелерден алынып тасталады.
admin-event-keep = Қалдыру
