### Recurring campaigns: the list, one with its times, the form.

admin-recurring-about = Қайталанатын таратылымдар: әр жолы үлгіден немесе жобадан жаңасы жасалып, жіберіледі.
admin-recurring-new = Жаңа қайталанатын таратылым
admin-recurring-change = Қайталанатын таратылымды өзгерту
admin-recurring-empty-title = Қайталанатын таратылым жоқ
admin-recurring-empty = Үлгіні күн, апта немесе ай сайын, өткен жолдан бергі жаңалықтармен жіберіңіз.
admin-recurring-name = Атауы
admin-recurring-lists = Тізімдер
admin-recurring-next = Келесі уақыты
admin-recurring-paused = тоқтатылған
admin-recurring-ended = аяқталды
# $often: such as “every week”.
admin-recurring-every = { $often }, аралығы { $every }
admin-recurring-until = { $date } дейін

## One

admin-recurring-make = Қазір жоба жасау
admin-recurring-made = Жоба жасалды
admin-recurring-not-made = Жоба жасалмады
admin-recurring-pause = Тоқтата тұру
admin-recurring-resume = Жалғастыру
admin-recurring-is-paused = Тоқтатылды
admin-recurring-resumed = Жалғасты
admin-recurring-source = Не жіберіледі
admin-recurring-source-gone = Ол жіберетін мазмұн жойылған
admin-recurring-source-gone-text = Басқа үлгі немесе жоба таңдаңыз: оған дейін таратылым жасалмайды.
admin-recurring-then = Содан кейін
admin-recurring-starts = Өзі басталады.
admin-recurring-asks = Жоба күйінде адамды күтеді.
admin-recurring-changed = Өзгертілген
admin-recurring-past = Өткен уақыттары
admin-recurring-no-past = Уақыты әлі келген жоқ.
admin-recurring-due = Мерзімі
admin-recurring-extra = кезектен тыс
admin-recurring-outcome = Нәтижесі
admin-recurring-outcome-made = таратылым жасалды
admin-recurring-outcome-nothing-new = жаңа ештеңе жоқ
admin-recurring-outcome-skipped = өткізіп жіберілді: бір күннен астам кеш байқалды
admin-recurring-outcome-failed = сәтсіз
admin-recurring-campaign = Таратылым
# On the page of a campaign.
admin-recurring-made-by = { $name } арқылы жасалған
admin-recurring-delete-title = { $name } қайталанатын таратылымын жою керек пе?
admin-recurring-delete-text = Енді таратылым жасалмайды. Жасалғандары қалады.

## Form

admin-recurring-what = Не
admin-recurring-name-hint = Өзіңіз үшін: оқырмандар көрмейді.
admin-recurring-source-hint = Үлгі немесе жоба. Әр жолы сол кездегі мәтіні алынады.
admin-recurring-choose = Таңдаңыз
admin-recurring-of-template = Үлгі: { $name }
admin-recurring-of-campaign = Жоба: { $name }
admin-recurring-only-new = Өткен жолдан бергі жаңалықтар ғана
admin-recurring-only-new-hint = Жарияланымдар мен іс-шаралар блоктары өткен жолы болмағанды ғана көрсетеді. Ештеңе табылмаса, ештеңе жіберілмейді.
admin-recurring-subject = Тақырыбы
admin-recurring-from = Жіберуші
admin-recurring-as-source = Бос: үлгідегідей немесе жобадағыдай.
admin-recurring-own-layout = үлгідегідей немесе жобадағыдай
admin-recurring-hour = Уақыты
admin-recurring-until-hint = Шексіз болса, бос қалдырыңыз.
admin-recurring-needs-approval = Адамды күту
admin-recurring-needs-approval-hint = Әрқайсысы өзі басталмай, мақұлдау сұрайтын жоба болады.
admin-recurring-segment = Бұл тізімдердегі кімге
admin-recurring-no-list = кемінде бір тізім таңдаңыз
admin-recurring-no-source = үлгі немесе жоба таңдаңыз
