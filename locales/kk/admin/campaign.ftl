### One campaign: its page, the questions before it is moved, its checks. The names of its
### states are in common.ftl.

## What it is made of, and for whom

admin-campaign-to = Кімге: { $lists }
admin-campaign-from-post = <a href="{ $href }">{ $post }</a> жарияланымынан
admin-campaign-from-digest =
    дайджест: { $posts ->
        [one] { $posts } жарияланым
       *[other] { $posts } жарияланым
    } және { $events ->
        [one] { $events } іс-шара
       *[other] { $events } іс-шара
    }
admin-campaign-from-markdown = өз мәтіні
admin-campaign-from-mjml = өз MJML құжаты
admin-campaign-from-html = өз HTML құжаты
admin-campaign-from-weekly =
    { $count ->
        [one] { $count } таратылымнан құралған апталық дайджест
       *[other] { $count } таратылымнан құралған апталық дайджест
    }

## Buttons

admin-campaign-pause = Тоқтата тұру
admin-campaign-resume = Жалғастыру
admin-campaign-duplicate = Көшірмесін жасау
admin-campaign-cancel = Таратылымнан бас тарту
admin-campaign-cancel-ask = Бас тарту…
admin-campaign-cancel-question = Бұл таратылымнан бас тартасыз ба?
admin-campaign-cancel-unsent = «{ $subject }» ешқашан жіберілмейді. Кейін көшірмесін жасауға болады.
admin-campaign-cancel-text =
    { $count ->
        [one] { $count } хат әлі жіберілген жоқ және жіберілмейді. Жіберілген хаттарды қайтарып алуға болмайды, ал таратылымды жалғастыру мүмкін емес.
       *[other] { $count } хат әлі жіберілген жоқ және жіберілмейді. Жіберілген хаттарды қайтарып алуға болмайды, ал таратылымды жалғастыру мүмкін емес.
    }
admin-campaign-go-back = Артқа қайту
admin-campaign-delete = Жобаны жою
admin-campaign-delete-question = Бұл жоба жойылсын ба?
admin-campaign-delete-text = «{ $subject }» жобасы мазмұнымен бірге біржола жойылады. Ол жасалған жарияланым қалады.

## Paused by itself

admin-campaign-paused-title = Автоматты түрде тоқтатылды
# $reason has no full stop.
admin-campaign-paused-since = { $reason } – тоқтатылған уақыты: { $when }
admin-campaign-suppressions = Осы таратылым стоп-тізімге енгізгендер
admin-campaign-rejections = Ұқсас бас тартулар
# Whom or what a rejection is about.
admin-campaign-about-mailbox = себебі: алушының жәшігі
admin-campaign-about-domain = себебі: алушының домені
admin-campaign-about-sender-address = себебі: жіберушінің мекенжайы
admin-campaign-about-sender-helo = себебі: SMTP-сервердің аты (HELO)
admin-campaign-about-sender-auth = себебі: жіберушінің түпнұсқалығын тексеру
admin-campaign-about-sender-reputation = себебі: жіберушінің беделі
admin-campaign-about-sender-content = себебі: хаттың мазмұны
admin-campaign-about-sender-size = себебі: хаттың көлемі
admin-campaign-about-sender-rate = себебі: жіберу жылдамдығы
admin-campaign-about-sender-policy = себебі: қабылдайтын сервердің ережесі
admin-campaign-about-relay = себебі: SMTP-сервер
admin-campaign-about-path = себебі: серверге дейінгі жол
admin-campaign-about-unclear = себебі белгісіз
# How many suppressions of the recipients were taken back, and what a user decided then.
admin-campaign-effects =
    { $count ->
        [0] Таратылым тоқтағанға дейін бұл үшін ешкім стоп-тізімге енбеген.
        [one] Таратылым тоқтағанда { $count } мекенжай стоп-тізімнен шығарылды.
       *[other] Таратылым тоқтағанда { $count } мекенжай стоп-тізімнен шығарылды.
    }
admin-campaign-effects-kept =
    { $count ->
        [0] Таратылым тоқтағанға дейін бұл үшін ешкім стоп-тізімге енбеген; сіз оларды стоп-тізімде қалдыруды шештіңіз.
        [one] Таратылым тоқтағанда { $count } мекенжай стоп-тізімнен шығарылды; сіз оларды стоп-тізімде қалдыруды шештіңіз.
       *[other] Таратылым тоқтағанда { $count } мекенжай стоп-тізімнен шығарылды; сіз оларды стоп-тізімде қалдыруды шештіңіз.
    }
admin-campaign-effects-put-back =
    { $count ->
        [0] Таратылым тоқтағанға дейін бұл үшін ешкім стоп-тізімге енбеген; сіз оларды қайтаруды шештіңіз.
        [one] Таратылым тоқтағанда { $count } мекенжай стоп-тізімнен шығарылды; сіз оларды қайтаруды шештіңіз.
       *[other] Таратылым тоқтағанда { $count } мекенжай стоп-тізімнен шығарылды; сіз оларды қайтаруды шештіңіз.
    }
admin-campaign-rejections-known =
    { $count ->
        [one] Тоқтаған сәтте белгілі болған { $count } алушы туралы. Қайтарылса, оларға хат қайта жіберіледі; стоп-тізімде қалдырылса, олар енді хат алмайды.
       *[other] Тоқтаған сәтте белгілі болған { $count } алушы туралы. Қайтарылса, оларға хат қайта жіберіледі; стоп-тізімде қалдырылса, олар енді хат алмайды.
    }
admin-campaign-put-back = Қайтару
admin-campaign-keep = Стоп-тізімде қалдыру
admin-campaign-keep-ask = Стоп-тізімде қалдыру…
admin-campaign-keep-question = Оларды стоп-тізімде қалдырасыз ба?
admin-campaign-keep-text =
    { $count ->
        [one] «Стоп-тізім» бөлімінде шығарылғанша, { $count } мекенжай сізден хат алмайды.
       *[other] «Стоп-тізім» бөлімінде шығарылғанша, { $count } мекенжай сізден хат алмайды.
    }

## Before and while it is sent

admin-campaign-not-started = Басталмады
admin-campaign-starts = Автоматты түрде басталады: { $when }
# $time: a date and a time of day.
admin-campaign-local = Әр жазылушы оны { $time } кезінде, өз уақыт белдеуі бойынша алады.
admin-campaign-local-sending = Әр оқырман оны { $time } кезінде, өз уақыт белдеуі бойынша алады; әлі күтіп тұрғандар кейінге қалдырылған ретінде көрсетіледі.
admin-campaign-late = Бұл уақыт өтіп кетті; мүмкіндік болысымен басталады.
admin-campaign-quiet = Тыныш сағаттар
admin-campaign-quiet-text = Жіберу олар аяқталғанша тоқтап тұрады, содан кейін автоматты түрде жалғасады.
# The heading of its progress, and of its results.
admin-campaign-mail-out = Жіберу
admin-campaign-mail-was-out = Есеп
admin-campaign-started-at = Басталды: { $when }
admin-campaign-ended-at = аяқталды: { $when }
admin-campaign-done-of = <span data-total>{ $total }</span> ішінен <span data-done>{ $done }</span>
admin-campaign-percent = { $percent }%
admin-campaign-percent-done = { $percent }% орындалды
admin-campaign-rate = минутына <span data-rate>{ $rate }</span>
# $left: a duration.
admin-campaign-left = қалды: <span data-left>{ $left }</span>
admin-campaign-seconds =
    { $count ->
        [one] { $count } секунд
       *[other] { $count } секунд
    }
admin-campaign-minutes =
    { $count ->
        [one] { $count } минут
       *[other] { $count } минут
    }
# With one decimal.
admin-campaign-hours = { $hours },{ $tenths } сағат
admin-campaign-collecting = Алушылар әлі жиналуда; олардың саны өсіп жатыр.
admin-campaign-in-digest =
    { $count ->
        [one] { $count } дайджест жазылушысы оны <a href="{ $href }">өз дайджестінде</a> алады.
       *[other] { $count } дайджест жазылушысы оны <a href="{ $href }">өз дайджестінде</a> алады.
    }
admin-campaign-in-next-digest =
    { $count ->
        [one] { $count } дайджест жазылушысы оны келесі дайджестте алады.
       *[other] { $count } дайджест жазылушысы оны келесі дайджестте алады.
    }
admin-campaign-charts = Графиктер мен домендер
admin-campaign-deliveries = Барлық жеткізулер
admin-campaign-archive = Мұрағатта ашу

## Not reached, or uncertain

admin-campaign-unreached = Жеткізілмегені: { $count }
admin-campaign-unreached-text = Бұл хаттар қабылданбады немесе қайтарылды. Қайта жібергенде жоқ екені белгілі мекенжайлар мен жазылымнан шыққан адамдар өткізіледі.
admin-campaign-retry = Қайталау
admin-campaign-retry-ask = Қайталау…
admin-campaign-retry-question = Сәтсіз жеткізулерді қайталайсыз ба?
admin-campaign-retry-text =
    { $count ->
        [one] { $count } хат қайта жіберіледі: әлі жазылып тұрған және стоп-тізімде жоқ алушыларға.
       *[other] { $count } хат қайта жіберіледі: әлі жазылып тұрған және стоп-тізімде жоқ алушыларға.
    }
admin-campaign-uncertain = Жеткізілгені белгісіз: { $count }
admin-campaign-uncertain-text = Хат SMTP-серверге беріліп жатқанда немесе соның алдында байланыс не жіберу процесі үзілді, жауабы белгісіз. Бұл хаттардың әрқайсысы жетуі де, жетпеуі де мүмкін, сондықтан олар автоматты түрде қайта жіберілмейді.
admin-campaign-uncertain-view = Оларды көрсету
admin-campaign-resend = Қайта жіберу
admin-campaign-resend-ask = Қайта жіберу…
admin-campaign-resend-question = Бұл хаттарды қайта жібересіз бе?
admin-campaign-resend-text =
    { $count ->
        [one] { $count } хаттың жеткізілгені белгісіз. Кейбіреулер хатты екі рет алуы мүмкін; оның Message-ID белгісі сол күйінде қалады, сондықтан көп пошта бағдарламасы оны бір рет көрсетеді.
       *[other] { $count } хаттың жеткізілгені белгісіз. Кейбіреулер хатты екі рет алуы мүмкін; оның Message-ID белгісі сол күйінде қалады, сондықтан көп пошта бағдарламасы оны бір рет көрсетеді.
    }

## Its email

admin-campaign-email = Хат
admin-campaign-mail-language = Хат тілі
admin-campaign-from = Кімнен
admin-campaign-subject = Тақырып
admin-campaign-translations = Блоктап аудару
admin-campaign-file = Файл
admin-campaign-files-missing = Тіркелген файл жоқ
admin-campaign-files-missing-text = Файл жойылған, онсыз таратылым басталмайды. Оны қоқыс жәшігінен қайтарыңыз немесе осы жерде алып тастаңыз; қалғанын бұл арада өзгертуге болады.
admin-campaign-file-take-off = Алып тастау
admin-campaign-file-take-off-named = { $file } файлын алып тастау
admin-campaign-file-is-off = { $file } файлы енді тіркелмеген
admin-campaign-copy-misses = Жойылған файлдар көшірмеде де жоқ: { $files }
admin-campaign-embeds-pictures = Суреттері хаттың ішінде.
admin-campaign-calendar-publish = Хатқа іс-шаралар күнтізбе файлы болып тіркеледі.
admin-campaign-calendar-request = Бұл іс-шараға шақыру.
admin-campaign-calendar-cancel = Іс-шара оқырмандардың күнтізбесінен алынады.
admin-event-news = Оқырмандардың күнтізбесінде
admin-event-news-text =
    { $count ->
        [one] Мұны { $count } алушы күнтізбесіне алды. Әр түйме оларға арналған жоба жасайды, оны өзіңіз тексеріп, бастайсыз; содан бері шығып кеткендерге ештеңе бармайды.
       *[other] Мұны { $count } алушы күнтізбесіне алды. Әр түйме оларға арналған жоба жасайды, оны өзіңіз тексеріп, бастайсыз; содан бері шығып кеткендерге ештеңе бармайды.
    }
admin-event-news-same = жіберілген күйінде
admin-event-news-changed = содан бері өзгерді
admin-event-news-gone = енді көрсетілмейді
admin-event-news-update = Алғандарға ({ $count }) жаңарту жазу
admin-event-news-cancel = Алғандарға ({ $count }) бас тарту хабарын жазу
admin-event-news-made = Жоба жасалды.
admin-event-news-made-text = Сіз бастамайынша ештеңе жіберілмейді.
admin-campaign-show-as = Қалай көрсету керек
# $language: the name of a language in itself.
admin-campaign-mail-frame = Хат тілі: { $language }
admin-campaign-no-mail = Хатты көрсету мүмкін болмады.
# The title of an empty preview, and what it says above the reason.
admin-campaign-preview-title = Алдын ала көрініс жоқ
admin-campaign-preview-none = Әзірге алдын ала көрініс жоқ.

## Its audience and its checks

admin-campaign-audience = Қазіргі аудитория
admin-campaign-nobody = Бұл тізімдерде жазылымын растаған ешкім әлі жоқ.
admin-campaign-count-now = Қазір санау
admin-campaign-not-counted = Әлі саналған жоқ
admin-campaign-audience-unchecked = Кімге жететіні олар саналғанда тексеріледі.
# Beside a number of subscribers.
admin-campaign-on-list = «{ $name }» тізімінде
# Beside the name of a segment, below the lists.
admin-campaign-of-these = олардың ішінен
admin-campaign-aside-weekly = апталық дайджестте алады
admin-campaign-aside-paused = кідірткендер (алмайды)
admin-campaign-checks = Жіберу алдындағы тексеру
admin-campaign-checks-then = Басталғандағы тексеру
admin-campaign-no-problems = Мәселе табылмады
admin-campaign-slow-checks = Сілтемелер, SMTP-сервер және домен
admin-campaign-checks-title = Тексеру – { $subject }
admin-campaign-checks-heading = Сілтемелер, SMTP-сервер, домен
admin-campaign-checks-good = Сілтемелер жұмыс істейді, SMTP-сервер жауап береді, домен дұрыс бапталған

## Test

admin-campaign-test = Сынақ хаты
admin-campaign-test-to = Кімге
admin-campaign-test-hint = Бір немесе бірнеше мекенжай, үтірмен бөлінген.
admin-campaign-test-as-hint = Хат осы жазылушы туралы белгілі деректермен толтырылады; сілтемелері ештеңені өзгертпейді.
admin-campaign-test-send = Жіберу
admin-campaign-test-sent = Сынақ хаты жіберілді
admin-campaign-test-sent-to = Кімге: { $addresses }. Тілдері: { $languages }.
admin-campaign-test-invalid = «{ $text }» – эл. пошта мекенжайы емес.
admin-campaign-test-nobody = Кемінде бір мекенжай енгізіңіз.
# $count is 10.
admin-campaign-test-too-many = Сынақ хатын ең көбі { $count } мекенжайға жіберуге болады.

## Start

admin-campaign-send = Жіберу
admin-campaign-fix-first = Алдымен <a href="#checks">қателерді түзетіңіз</a>.
admin-campaign-start-ask = Қазір бастау…
admin-campaign-start-question = Бұл таратылымды бастайсыз ба?
admin-campaign-start = Жіберуді бастау
admin-campaign-start-text =
    { $count ->
        [one] «{ $subject }» { $count } жазылушыға жіберіледі (тізімдер: { $lists }). Жіберілген хаттарды қайтарып алуға болмайды.
       *[other] «{ $subject }» { $count } жазылушыға жіберіледі (тізімдер: { $lists }). Жіберілген хаттарды қайтарып алуға болмайды.
    }
# What is confirmed before the start; the labels of sender and subject are above.
admin-campaign-summary-to = Кімге
admin-campaign-summary-segment = Олардың ішінен тек { $segment } сегменті
# The conditions of a segment that was not saved by a name.
admin-campaign-summary-conditions = Олардың ішінен тек: { $conditions }
admin-campaign-summary-recipients = Алушылар
admin-campaign-summary-weekly =
    { $count ->
        [one] олардың { $count } адамы оны апталық дайджестте алады
       *[other] олардың { $count } адамы оны апталық дайджестте алады
    }
admin-campaign-summary-paused =
    { $count ->
        [one] тағы { $count } адам хаттарды кідірткен, оны алмайды
       *[other] тағы { $count } адам хаттарды кідірткен, оны алмайды
    }
admin-campaign-summary-when = Қашан
admin-campaign-summary-now = Қазір
admin-campaign-summary-delay =
    { $count ->
        [one] { $count } секундтан кейін; оған дейін жіберуді болдырмауға болады
       *[other] { $count } секундтан кейін; оған дейін жіберуді болдырмауға болады
    }
admin-campaign-summary-quiet = Тыныш сағаттар: алғашқы хат олар біткенде жіберіледі
# A start that can be undone. $seconds counts down; “s” is short for seconds.
admin-campaign-is-starting = Жіберу жақында басталады
admin-campaign-starts-in = Жіберу <span data-starts-in>{ $seconds }</span> с кейін басталады
admin-campaign-starts-in-text = Әзірге ештеңе жіберілген жоқ.
admin-campaign-undo = Болдырмау
admin-campaign-undone = Жіберу болдырылмады
admin-campaign-undone-text = Ештеңе жіберілген жоқ. Таратылым қайтадан жобаға айналды.
admin-campaign-started = Басталды
admin-campaign-started-text =
    { $count ->
        [one] Ол { $count } жазылушыға жіберіледі.
       *[other] Ол { $count } жазылушыға жіберіледі.
    }
admin-campaign-schedule-for = Жоспарлау уақыты
admin-campaign-schedule-hint = Уақыт белдеуі: { $zone }. Автоматты түрде басталады.
admin-campaign-schedule-locally = Әр жазылушының уақыт белдеуі бойынша
admin-campaign-schedule-locally-hint = time_zone атрибуты бар жазылушылар үшін, мысалы Europe/Berlin.
admin-campaign-schedule = Жоспарлау
admin-campaign-schedule-none = Күн мен уақытты таңдаңыз.
admin-campaign-schedule-past = Бұл уақыт өтіп кетті; қазір бастаңыз немесе кейінірек уақытты таңдаңыз.
admin-campaign-is-scheduled = Жоспарланды
admin-campaign-scheduled-at = Басталуы: { $when }.
admin-campaign-scheduled-local = Әр жазылушы оны осы уақытта өз уақыт белдеуі бойынша алады.
admin-campaign-unschedule = Жоспардан алып тастау
admin-campaign-unscheduled = Жоспардан алынды
admin-campaign-unscheduled-text = Таратылым қайтадан жобаға айналды.

## Limits

admin-campaign-limits = Жіберу шектеулері
admin-campaign-quiet-from = Тыныш сағаттар басы
admin-campaign-quiet-until = Соңы
admin-campaign-hourly-limit = Сағатына хат (ең көбі)
admin-campaign-limits-hint = Тыныш сағаттар { $zone } уақыт белдеуі бойынша. Шектемеу үшін өрістерді бос қалдырыңыз.
admin-campaign-limits-saved = Келесі хаттан бастап қолданылады.

## Outcomes

admin-campaign-is-paused = Тоқтатылды
admin-campaign-is-paused-text = SMTP-серверге берілген хаттар жеткізіледі; басқалары жіберілмейді.
admin-campaign-resumed = Жіберу жалғасты
admin-campaign-is-cancelled = Бас тартылды
admin-campaign-duplicated = Көшірмесі жаңа жоба ретінде жасалды
admin-campaign-resend-unopened-ask = Ашпағандарға қайта жіберу…
admin-campaign-resend-unopened-question = Ашпағандарға арналған жоба жасалсын ба?
admin-campaign-resend-unopened = Жоба жасау
admin-campaign-resend-unopened-text = Келісім беріп, таратылымды алған, бірақ ашпағандар: { $count }. Ашқан-ашпағаны белгісіз алушылар: { $unknown }; оларға ештеңе жіберілмейді. Алғашқыларының кейбірі хатты суреттерді жүктемейтін бағдарламада оқыған болуы мүмкін. Жоба ғана жасалады, ештеңе жіберілмейді.
admin-campaign-resend-unopened-done = Жоба жасалды
admin-campaign-resend-unopened-next = Тақырыбын өзгертіп, тексеріңіз де, дайын болғанда бастаңыз.
admin-campaign-is-deleted = Жоба жойылды
admin-campaign-queued = Қайтадан кезекте
admin-campaign-queued-text =
    { $count ->
        [one] { $count } хат.
       *[other] { $count } хат.
    }
admin-campaign-kept = Стоп-тізімде қалдырылды
admin-campaign-kept-text =
    { $count ->
        [one] Стоп-тізімге { $count } мекенжай қосылды.
       *[other] Стоп-тізімге { $count } мекенжай қосылды.
    }
admin-campaign-is-put-back = Қайтарылды
admin-campaign-lifted =
    { $count ->
        [one] Стоп-тізімнен { $count } мекенжай шығарылды.
       *[other] Стоп-тізімнен { $count } мекенжай шығарылды.
    }
admin-campaign-lifted-none = Олардың ешқайсысы стоп-тізімде болған жоқ.

## Why it waits

admin-campaign-delay-relay-away = SMTP-серверді күтудеміз
admin-campaign-delay-relay-refuses = SMTP-сервер барлық хаттан бас тартады
admin-campaign-delay-connection-limit = SMTP-сервер енді жаңа қосылым қабылдамайды
admin-campaign-delay-warm-up = Бүгінгі біртіндеп арттыру шегі таусылды
admin-campaign-delay-throttled = Алушылардың домендері баяуырақ жіберуді сұрайды
admin-campaign-delay-domain-limit = Алушылар домендерінің шегіне жетті
admin-campaign-delay-quiet-hours = Тыныш сағаттар
admin-campaign-delay-hourly-limit = Сағаттық шекке жетті
admin-campaign-delay-local-time = Әр оқырманның жергілікті уақытын күтудеміз
admin-campaign-delay-retries = Қайталап көруді күтудеміз
admin-campaign-delay-paused = Автоматты түрде тоқтатылды
admin-campaign-delay-no-worker = Жіберу процесі іске қосылмаған
# The line below: $detail has no full stop, $remedy is one of the sentences that follow.
admin-campaign-delayed-detail = { $detail } – басталған уақыты: { $since }. { $remedy }
admin-campaign-delayed = Басталған уақыты: { $since }. { $remedy }
admin-campaign-remedy-resume = Себебін жойып, таратылымды жалғастырыңыз.
admin-campaign-remedy-fix = Себебін жойыңыз, сонда ол өзі жалғасады.
admin-campaign-remedy-none = Жіберу автоматты түрде жалғасады.

## Before something is saved that campaigns are about to mail

admin-campaign-waits-title = Таратылым жіберетін хат өзгертілсін бе?
admin-campaign-waits-yes = Өзгерісті сақтау
# $subject: the campaign; $when: a date and a time; $who: an address.
admin-campaign-waits-scheduled = «{ $subject }» таратылымы { $when } басталады және осы өзгеріспен жіберіледі.
admin-campaign-waits-scheduled-approved = «{ $subject }» таратылымы { $when } басталады, оны { $who } мақұлдаған. Бұл өзгеріс мақұлдауды жояды: жаңа мақұлдаусыз ол басталмайды.
admin-campaign-waits-approved = «{ $subject }» таратылымын { $who } мақұлдаған. Бұл өзгеріс мақұлдауды жояды.
