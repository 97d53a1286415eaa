### Events: the list, and the form of one.

admin-event = Іс-шара
admin-event-new = Жаңа іс-шара
admin-event-view = Сайтта ашу
admin-event-duplicate = Көшірмесін жасау
admin-event-duplicated = Көшірмесі жасалды
admin-event-duplicated-text = Бұл — көшірме: сайтта жоқ жоба.
admin-event-when = Қашан
admin-event-where = Қайда
admin-event-state-draft = жоба
admin-event-state-published = жарияланған
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
admin-event-picture = Сурет
admin-event-picture-hint = Медиа бөліміндегі суреттің аты. Ол іс-шараның бетінде көрсетіледі.
admin-event-publish = Жариялау
admin-event-unpublish = Жариялаудан алу
admin-event-published = Жарияланды
admin-event-published-text = Іс-шара енді сайтта және күнтізбе лентасында.
admin-event-unpublished = Жариялаудан алынды
admin-event-unpublished-text = Іс-шара қайтадан жоба, ол сайтта жоқ.
admin-event-in-calendars = Бұл іс-шара оқырмандардың күнтізбесінде тұр
admin-event-in-calendars-text = Өзгерістен кейін оларға іс-шараны қосқан таратылымнан жазуға болады.

## Errors

admin-event-give-day = күнін көрсетіңіз
admin-event-give-time = уақытын көрсетіңіз, мысалы 18:30
admin-event-give-interval = 1-ден 99-ға дейінгі санды көрсетіңіз
admin-event-no-title = кемінде бір тілде атауын енгізіңіз
admin-event-until-early = соңғы күн бірінші күннен кейін болуы керек
admin-event-ends-early = іс-шара басталмай тұрып аяқтала алмайды
admin-event-slug-taken = мұндай қысқа атау басқа іс-шарада бар

## Deleting

admin-event-delete-text = Іс-шара барлық тілде қоқыс жәшігіне түседі, сайттан және оған жазылған күнтізбелерден кетеді. Оны 30 күн ішінде қалпына келтіруге болады.
