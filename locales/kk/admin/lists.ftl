### Lists: overview, one list, its form.

admin-list = Тізім
admin-list-new = Жаңа тізім
admin-list-create = Тізім құру
admin-list-edit = Тізімді өзгерту
admin-list-edit-title = «{ $name }» тізімін өзгерту
admin-list-confirmed = Расталған
admin-list-pending = Растауды күтуде
admin-list-unsubscribed = Жазылымнан шыққан
admin-list-kind = Түрі
admin-lists-empty-title = Әзірге тізім жоқ
admin-lists-empty = Тізім – атауы бар аудитория. Тізім құрыңыз, сонда келушілер оған жазыла алады.

## One list

admin-list-export-csv = CSV түрінде шығару
admin-list-export-jsonl = JSON Lines
admin-list-add-subscriber = Жазылушы қосу
admin-list-visible-to = Кімге көрінеді
admin-list-visible-everyone = барлығына: ол <a href="{ $join }">жазылу бетінде</a> тұр, басқа сайттар үшін <a href="{ $forms }">пішіні</a> бар
admin-list-visible-admins = тек қызметкерлерге; жазылушыларды солар қосады
admin-list-opt-in = Жазылу
admin-list-is-double = растаумен: әр жазылушы эл. пошта арқылы растайды
admin-list-is-single = растаусыз, бірден
admin-list-automatic = Автоматты түрде
admin-list-welcome-on = сәлемдесу хаты жіберіледі
admin-list-welcome-off = сәлемдесу хаты жіберілмейді
admin-list-clicks-on = сілтемелерге өту саналады
admin-list-clicks-off = сілтемелерге өту саналмайды
admin-list-of-confirmed = Расталғандардың ішінде
admin-list-aside = кідірткендер – { $paused }, апталық дайджест алатындар – { $weekly }
admin-at-least = кемінде { $count }
admin-list-slug = Қысқа атау
admin-list-growth = 90 күндегі жазылушылар

## Form

admin-list-name = Атауы
admin-list-description = Сипаттамасы
admin-list-description-hint = Бұл тізімге не жіберілетіні, бір сөйлеммен. Жазылу бетінде көрсетіледі.
admin-list-slug-hint = Латынның кіші әріптері, цифрлар мен сызықшалар; мекенжайларда және List-Id өрісінде тұрады. Атауынан жасалуы үшін бос қалдырыңыз. Кейін өзгертуге болмайды.
admin-list-slug-taken = Мұндай қысқа атау басқа тізімде бар.
admin-list-languages = Басқа тілдерде
admin-list-languages-hint = Аудармасы жоқ болса, оқырмандар жоғарыдағы мәтінді көреді.
admin-list-everyone = Барлығына
admin-list-everyone-hint = Тізім жазылу бетінде тұрады.
admin-list-admins = Тек қызметкерлерге
admin-list-admins-hint = Жазылушыларды тек қызметкерлер қоса алады.
admin-list-start = Жазылым басталады
admin-list-double = Эл. пошта арқылы расталғанда
admin-list-double-hint = Мекенжай шынымен жазылушынікі екенін дәлелдейді.
admin-list-single = Бірден
admin-list-single-hint = Растаусыз кез келген адам басқаны жаздыра алады.
admin-list-welcome = Сәлемдесу хатын жіберу
admin-list-welcome-hint = Растаудан кейін бірден кетеді. Оны тізім бетіндегі «Сәлемдесу хаты» бөлімінде жазыңыз.
admin-list-clicks = Сілтемелерге өтуді санау
admin-list-clicks-hint = Әр сілтеме неше рет ашылғаны ғана, кім ашқаны емес. Таратылым өтулерді барлық тізімі санаса ғана санайды.
admin-list-created = «{ $name }» тізімі құрылды
admin-list-created-next = Жазылушыларды қосыңыз, файл жүктеңіз немесе келушілерге жазылуды ашыңыз.

## Deleting

admin-list-delete = Тізімді жою
admin-list-delete-ask = Тізімді жою…
admin-list-delete-hint = Осы тізімге арналған таратылым аяқталмайынша болмайды.
admin-list-delete-text = Тізім және оған кім қалай жазылып, қалай шыққаны туралы жазбалар біржола жойылады. Жазылушылардың өздері басқа тізімдерімен бірге қалады.
admin-list-take-off =
    { $count ->
        [one] Одан { $count } жазылушыны шығару
       *[other] Одан { $count } жазылушыны шығару
    }
admin-list-not-empty =
    { $count ->
        [one] Онда { $count } жазылушы бар. Шығару үшін белгі қойыңыз.
       *[other] Онда { $count } жазылушы бар. Шығару үшін белгі қойыңыз.
    }
admin-list-not-deleted = Тізім жойылмады
