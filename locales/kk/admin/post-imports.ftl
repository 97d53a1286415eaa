### Imports of posts: the file and its choices, what would happen, the result.

admin-post-import-posts = Жарияланымдар импорты
admin-post-import-about = Басқа жүйедегі мақалалар мен бұрынғы таратылымдар, күндерімен бірге. Ешкімге хат жіберілмейді.
admin-post-import-on-site = Сайтта
admin-post-import-drafts = Жобалар
admin-post-import-draft = Жоба

## Upload

admin-post-import-upload = Файл жүктеу
admin-post-import-file = Файл
admin-post-import-file-hint = Ghost жүйесінің JSON экспорты, Substack ZIP мұрағаты, Buttondown хаттарының ZIP мұрағаты немесе JSON файлы не beehiiv жарияланымдарының кестесі; ең көбі 50 МиБ. Ештеңе өзгермей тұрып, не болатынын көресіз. listmonk таратылымдарын <code>jarshy import-listmonk --posts</code> командасы көшіреді.
admin-post-import-check = Жүктеп, тексеру
admin-post-import-unread = Файл оқылмады
admin-post-import-no-file = Файлды таңдаңыз

## Choices

admin-post-import-choices = Параметрлер
admin-post-import-check-again = Қайта тексеру
admin-post-import-publish-hint = Тек мүшелер немесе ақылы жазылушылар оқи алған жарияланымдар мен жалпыға ашық болмаған хаттар жобаға айналады.
admin-post-import-publish-original = Барлығы оқи алған жарияланымдар, күндерімен бірге
admin-post-import-publish-drafts = Ештеңе: барлығы жобаға айналады
admin-post-import-language = Жарияланымдардың тілі
admin-post-import-category-hint = Барлық жарияланым үшін. Бос қалдырсаңыз, әрқайсысының бірінші белгісі алынады.
admin-post-import-author-hint = Барлық жарияланым үшін. Бос қалдырсаңыз, файлдағы автор алынады.
admin-post-import-former-url = Бұрынғы сайттың мекенжайы
admin-post-import-former-url-hint = Мысалы, https://blog.example.org. Ghost суреттері мен сілтемелерін онсыз жазады.
admin-post-import-fetch = Суреттерді осы сайттың медиасына жүктеп алу
admin-post-import-fetch-hint = Әйтпесе олар қазіргі орнына сілтеме болып қалады.
admin-post-import-pages = Беттерді де импорттау
admin-post-import-update = Бұрын импортталған жарияланымдарды ауыстыру
admin-post-import-update-hint = Содан бері мұнда ешкім өзгертпегендерін ғана.
admin-post-import-restricted = Барлығы бірдей оқи алмағандарын да жариялау
admin-post-import-restricted-hint = Сонда мүшелерге немесе ақылы жазылушыларға арналған жарияланымдар мен жалпыға ашық болмаған хаттар сайтта барлығына көрінеді.

## Previous imports

admin-post-import-previous = Бұрынғы импорттар
admin-post-imports-empty-title = Әзірге импорт жоқ
admin-post-imports-empty = Мұнда әр импорт нәтижесімен бірге тұрады.
admin-post-import-system = Жүйе
admin-post-import-failed = Болмады
admin-post-import-when = Қашан
admin-post-import-state-checked = Әлі импортталмаған
admin-post-import-state-running = Импортталуда
admin-post-import-state-finished = Импортталды
admin-post-import-state-failed = Импортталмады

## One import

admin-post-import-origin = { $system }, жүктеген: { $by }, { $when }
admin-post-import-discard = Файлды жою
admin-post-import-remove = Тізімнен алып тастау
admin-post-import-removed = Тізімнен алып тасталды
admin-post-import-removed-text = Импортталған жарияланымдар қалады.
admin-post-import-progress =
    { $count ->
        [one] { $count } жарияланымның { $done } данасы
       *[other] { $count } жарияланымның { $done } данасы
    }
admin-post-import-progress-hint = Бұл бетті жабуға болады. Импорт жалғаса береді, қайта іске қосылғаннан кейін де.
admin-post-import-failure = Файлды импорттау мүмкін емес
admin-post-import-partial = Жартылай импортталды
admin-post-import-partial-text = Кейбір жарияланымды импорттау мүмкін болмады. Олар төменде көрсетілген.
admin-post-import-complete = Импортталды
admin-post-import-complete-text = Сол файлды қайта импорттауға болады: жарияланымдар қайталанбайды.
admin-post-import-result = Нәтижесі
admin-post-import-expected = Не болады
admin-post-import-in-file =
    { $count ->
        [one] Файлда { $count } жарияланым бар
       *[other] Файлда { $count } жарияланым бар
    }
admin-post-import-number = Саны
admin-post-import-nothing-yet = Әзірге ештеңе өзгерген жоқ. Импорт кезінде хат жіберілмейді.
admin-post-import-nothing-yet-published =
    { $count ->
        [one] Әзірге ештеңе өзгерген жоқ. Импорт кезінде хат жіберілмейді; { $count } жарияланым бірден сайтқа шығады.
       *[other] Әзірге ештеңе өзгерген жоқ. Импорт кезінде хат жіберілмейді; { $count } жарияланым бірден сайтқа шығады.
    }
admin-post-import-run =
    { $count ->
        [one] { $count } жарияланымды импорттау
       *[other] { $count } жарияланымды импорттау
    }

## Its counts

admin-post-import-on-site-hint = бұрынғы күндерімен
admin-post-import-draft-since-restricted = Жоба: мүшелерге немесе ақылы жазылушыларға арналған
admin-post-import-draft-since-mixed-audience = Жоба: кейбір бөлігі оқырмандардың бәріне арналмаған
admin-post-import-draft-since-not-public = Жоба: хатпен жіберілген, бірақ жалпыға ашық болмаған
admin-post-import-draft-since-unknown-audience = Жоба: бәріне арналмаған болуы мүмкін, файлда ол туралы айтылмаған
admin-post-import-draft-since-scheduled = Жоба: кейінірек шығуға жоспарланған
admin-post-import-draft-since-no-date = Жоба: күні жоқ
admin-post-import-replaced = Ауыстырылғаны
admin-post-import-replaced-hint = бұрын импортталған, содан бері өзгермеген
admin-post-import-known = Бұрын импортталғаны
admin-post-import-known-hint = сол күйінде қалады
admin-post-import-edited = Импорттан кейін мұнда өзгертілгені
admin-post-import-edited-hint = ауыстырылмайды
# What is in the file and is no post: of each kind, how many.
admin-post-import-skipped-page = Өткізілді: бет
admin-post-import-skipped-empty-draft = Өткізілді: бос жоба
admin-post-import-skipped-twice-in-the-file = Өткізілді: файлда қайталанған
admin-post-import-skipped-unreadable-row = Өткізілді: оқылмайтын жол
admin-post-import-skipped-thread = Өткізілді: талқылау
admin-post-import-skipped-note = Өткізілді: жазба
admin-post-import-skipped-restack = Өткізілді: репост
admin-post-import-skipped-chat = Өткізілді: чат
admin-post-import-skipped-other = Өткізілді: басқа
admin-post-import-unusable = Импортталмайтыны
admin-post-import-unusable-hint = төменде қараңыз
admin-post-import-tags = Үлгілердегі айнымалылар
admin-post-import-tags-hint = мысалы, оқырманның аты мен жазылымнан шығу сілтемелері; олар алынып тасталады
admin-post-import-unknown-parts = Түрі белгісіз бөліктер
admin-post-import-unknown-parts-hint = сөздері сақталады

## Its pictures

admin-post-import-pictures = Суреттер
admin-post-import-pictures-found = Осы жарияланымдарда – { $count }
admin-post-import-at-host = { $host } сайтында
admin-post-import-at-others = Басқа сайттарда
admin-post-import-no-host = Сайт аты жоқ
admin-post-import-no-host-hint = Бұрынғы сайттың мекенжайын көрсетіңіз, әйтпесе олар осы сайттан ізделеді.
admin-post-import-inline = Мәтіннің өз ішінде
admin-post-import-inline-hint = Олар алынып тасталады.
admin-post-import-fetched = Жүктеп алынғаны
admin-post-import-unfetched = Жүктеп алу мүмкін болмағаны
admin-post-import-unfetched-hint = Олар сілтеме болып қалады.
admin-post-import-will-fetch = Олар осы сайттың медиасына жүктеп алынады.
admin-post-import-will-stay = Олар қазіргі орнына сілтеме болып қалады.
admin-post-import-failures = Жүктеп алу мүмкін болмаған суреттер
admin-post-import-address = Мекенжайы

## Its posts

admin-post-import-problems = Қарап шығу керек жарияланымдар
admin-post-import-post = Жарияланым
admin-post-import-why = Неге
admin-post-import-samples = Алғашқы жарияланымдар
admin-post-import-samples-expected = Алғашқы жарияланымдар қандай болады
admin-post-import-start = Мәтіннің басы
