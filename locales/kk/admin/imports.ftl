### Imports: all of them, one import.

admin-imports-title = Импорт
admin-imports-upload = Файл жүктеу
admin-imports-no-lists = Файл қай тізімге арналса, сол тізімді құрыңыз.
admin-imports-file = Файл
admin-imports-file-hint = Кесте (CSV, XLSX, ODS), басқа тарату жүйесінен шығарылған файл немесе контактілер (vCard), 200 МиБ-тан аспауы керек. Бірдеңе өзгермей тұрып, не болатынын көресіз.
admin-imports-send = Жүктеу
admin-imports-previous = Бұрынғы импорттар
admin-imports-empty-title = Әзірге импорт жоқ
admin-imports-empty = Әр импорт нәтижесімен осында көрсетіледі.
admin-imports-state = Күйі
# Numbers of people: added, and kept without email although the file has them.
admin-imports-new = Жаңа
admin-imports-gone = Кеткен
# Rows of the file.
admin-imports-rejected = Қабылданбаған
admin-imports-when = Қашан
admin-imports-choose-list = Алдымен тізімді таңдаңыз
admin-imports-choose-file = Файлды таңдаңыз
admin-imports-not-read = Файл оқылмады
admin-imports-read = Файл оқылды
admin-imports-read-next = Әзірге ештеңе өзгерген жоқ. Бағандардың нені білдіретінін тексеріңіз.

## States of an import

admin-import-state-reading = оқылуда
admin-import-state-uploaded = жүктелді
admin-import-state-checking = тексерілуде
admin-import-state-checked = тексерілді
admin-import-state-running = орындалуда
admin-import-state-finished = аяқталды
admin-import-state-failed = орындалмады
admin-import-state-cancelled = тоқтатылды
admin-import-state-undoing = кері қайтарылуда
admin-import-state-undone = кері қайтарылды

## One import

admin-import-origin = Тізім: <a href="/admin/lists/{ $list }">{ $list }</a>, жүктеген: { $by }, { $at }
admin-import-cancel = Импортты тоқтату
admin-import-undo = Импортты кері қайтару
admin-import-reading = Файл оқылып жатыр. Егер бұл ұзаққа созылса, жүктеу үзілген: импортты тоқтатып, файлды қайта жүктеңіз.
admin-import-checked-rows =
    { $total ->
        [one] { $total } жолдың { $done } жолы тексерілді
       *[other] { $total } жолдың { $done } жолы тексерілді
    }
admin-import-nothing-changed = Әзірге ештеңе өзгерген жоқ.
admin-import-checking = Файлды тексеру
admin-import-imported-rows =
    { $total ->
        [one] { $total } жолдың { $done } жолы
       *[other] { $total } жолдың { $done } жолы
    }
admin-import-goes-on = Бұл беттен шыға беруге болады. Импорт жалғаса береді, қайта іске қосылғаннан кейін де.
admin-import-importing = Импорттау
admin-import-undone-rows = Кері қайтарылды: { $done }
admin-import-undoing-goes-on = Бұл беттен шыға беруге болады. Кері қайтару жалғаса береді, қайта іске қосылғаннан кейін де.
admin-import-undoing = Импортты кері қайтару
admin-import-undone = Импорт кері қайтарылды
admin-import-undone-text = Ол қосқан адамдар жойылды. Ол өзгерткен нәрселер бұрынғы қалпына келді, тек содан бері біреу өзгерткендері сол күйі қалды.
admin-import-failed = Файлды оқу мүмкін емес
admin-import-cancelled = Импорт тоқтатылды
admin-import-cancelled-text = Бұған дейін импортталған жолдар қалады, файлдың қалған бөлігі өшірілді.
admin-import-cancelled-now = Бұған дейін импортталған жолдар қалады. Ол адамдардың басқа ешқайсысынан жазылуды растау сұралмайды.
admin-import-finished = Импортталды
admin-import-finished-text = Осы файлды тағы импорттауға болады: ешкім екі рет қосылмайды.
admin-import-undo-title = { $file } файлының импорты кері қайтарылсын ба?
admin-import-undo-text = Ол қосқан адамдар жойылады. Ол өзгерткен нәрселер, егер содан бері ешкім өзгертпесе, бұрынғы қалпына келеді. Адамдардың өз шешімдері күшінде қалады.

## Result

admin-import-forecast = Не болады
admin-import-result = Нәтиже
admin-import-in-file-as = Файлдағы мәртебесі
admin-import-people = Адамдар
admin-import-rejected-rows = Қабылданбаған жолдар
admin-import-gone-rows =
    { $count ->
        [one] { $count } жол кеткен адамдарға қатысты: олар бұрынғыша хат алмайды, деректері де өзгермейді.
       *[other] { $count } жол кеткен адамдарға қатысты: олар бұрынғыша хат алмайды, деректері де өзгермейді.
    }
# $time is one of the durations below.
admin-import-would-ask =
    { $count ->
        [one] { $count } адамнан эл. пошта арқылы жазылуды растау сұралады, минутына көп дегенде { $pace } адамнан; бұған { $time } кетеді. Соңғы 30 күнде сұралғандардан қайта сұралмайды.
       *[other] { $count } адамнан эл. пошта арқылы жазылуды растау сұралады, минутына көп дегенде { $pace } адамнан; бұған { $time } кетеді. Соңғы 30 күнде сұралғандардан қайта сұралмайды.
    }
admin-import-asked =
    { $count ->
        [one] { $count } адамнан эл. пошта арқылы жазылуды растау сұралады, минутына көп дегенде { $pace } адамнан.
       *[other] { $count } адамнан эл. пошта арқылы жазылуды растау сұралады, минутына көп дегенде { $pace } адамнан.
    }
admin-import-still-to-ask = <strong>Әлі сұралмағаны: { $count }</strong>, бұған { $time } кетеді. <em>Импортты кері қайтару</em> түймесі мұны тоқтатады.
admin-import-none-to-ask = Сұралмаған адам қалмады.
admin-import-under-an-hour = бір сағатқа жетпейтін уақыт
admin-import-hours =
    { $count ->
        [one] { $count } сағат немесе одан көп уақыт
       *[other] { $count } сағат немесе одан көп уақыт
    }
admin-import-days =
    { $count ->
        [one] { $count } күн немесе одан көп уақыт
       *[other] { $count } күн немесе одан көп уақыт
    }
admin-import-unasked =
    { $count ->
        [one] { $count } жаңа жазылушы растауды күтеді, және оған растау туралы хат жіберілмейді. Растау уақыты импорттан басталады; осы уақытта растамағандар жойылады.
       *[other] { $count } жаңа жазылушы растауды күтеді, және оларға растау туралы хат жіберілмейді. Растау уақыты импорттан басталады; осы уақытта растамағандар жойылады.
    }
admin-import-other-languages =
    { $count ->
        [one] { $count } жолда сізде жоқ тіл көрсетілген. Ол адамдарға осы жүйенің тілі беріледі.
       *[other] { $count } жолда сізде жоқ тіл көрсетілген. Ол адамдарға осы жүйенің тілі беріледі.
    }
# $name is a file of an archive.
admin-import-passed-over = Архивтегі { $name } файлы өткізіліп жіберілді: онда адамдар кестесі жоқ.
# Links follow, each to the people with one outcome.
admin-import-download-notes = Кімдер екенін жүктеп алу:

## Starting

admin-import-consent = Файлда жазылған деп белгіленген адамдар <strong>{ $list }</strong> тізімінің хаттарын алатын болады. Бұл түймемен сіз олардың келісімі бар екенін растайсыз. Файлдың атауы дәлел ретінде сақталады.
admin-import-before-confirming = Бұл файлдағы ешкім жазылуын растамайынша <strong>{ $list }</strong> тізімінің хаттарын алмайды.
admin-import-no-email = Бұл файлдағы ешкім осы импорттан кейін хат ала бастамайды.
admin-import-run =
    { $count ->
        [one] { $count } адамды импорттау
       *[other] { $count } адамды импорттау
    }

## Rows with a note

admin-import-notes = Назар аударатын жолдар
admin-import-line = Жол
admin-import-outcome = Нәтижесі
admin-import-why = Себебі

## Columns

admin-import-columns = Бағандар
# Before a select with the names of newsletter systems.
admin-import-system = Файл көзі
admin-import-other-system = басқа жүйе
admin-import-column = Баған
admin-import-means = Нені білдіреді
admin-import-meaning-of = { $name } нені білдіреді
admin-import-values = Алғашқы мәндер
admin-import-own-attribute = Осы атаудағы атрибут
admin-import-attribute = { $name } атрибуты
# $standing is one of the phrases “admin-import-standing-…”.
admin-import-if-true = Иә болса: { $standing }
admin-import-if-false = Жоқ болса: { $standing }

## What a column can mean

admin-import-field-email = Эл. пошта мекенжайы
admin-import-field-name = Аты-жөні
admin-import-field-first-name = Аты
admin-import-field-last-name = Тегі
admin-import-field-language = Тіл
admin-import-field-tags = Белгілер
admin-import-field-frequency = Жиілігі (each немесе weekly)
admin-import-field-paused-until = Кідіріс аяқталатын күн
admin-import-field-state = Мәртебе (subscribed, unsubscribed, bounced …)
admin-import-field-lists = Тізімдер
admin-import-field-created-at = Қай кезден белгілі
admin-import-field-consented-at = Келісім берген уақыты
admin-import-field-consented-from = Келісім берілген IP мекенжайы
admin-import-field-consent-source = Келісімнің көзі
admin-import-field-changed-at = Соңғы өзгеріс уақыты
admin-import-field-unsubscribed-at = Жазылымнан шыққан уақыты
admin-import-field-bounced-at = Хат қайтарылған уақыт
admin-import-field-suppressed = Неге мүлде хат алмайды
admin-import-field-attributes = Атрибуттар (JSON)
admin-import-field-former-id = Басқа жүйедегі идентификаторы
admin-import-field-ignore = Елемеу

## What a file says of people

admin-import-standing-confirmed = Жазылған
admin-import-standing-pending = Растауды күтуде
admin-import-standing-unsubscribed = Жазылымнан шыққан
admin-import-standing-left-all = Мүлде хат алғысы келмейді
admin-import-standing-blocked = Бұғатталған
admin-import-standing-bounced = Хаттары қайтарылған
admin-import-standing-complained = Шағымданған

## What an import does with people

admin-import-outcome-added = Жаңа
admin-import-outcome-changed = Өзгереді
admin-import-outcome-untouched = Өзгеріссіз
admin-import-outcome-resubscribed = Қайта жазылды
admin-import-outcome-left = Жазылымнан шыққан: сол күйі қалады
admin-import-outcome-blocked = Бұғатталған: сол күйі қалады
admin-import-outcome-bounced = Хаттары қайтарылған: сол күйі қалады
admin-import-outcome-complained = Шағымданған: сол күйі қалады
admin-import-outcome-erased = Деректері өшірілген: сол күйі қалады
admin-import-outcome-rejected = Қабылданбады

## Choices

admin-import-take-as = Файлдағы адамдардың мәртебесі
admin-import-take-as-hint = Файлда бұдан қатаңырақ мәртебе көрсетілсе, мысалы «жазылымнан шыққан», сол есепке алынады.
admin-import-existing = Сізде бұрыннан бар адамдар
admin-import-existing-hint = Олар таңдаған хат жиілігі ешқашан өзгермейді.
admin-import-existing-update = Файлдағысын алу, қалғанын сақтау
admin-import-existing-keep = Деректерін сол күйі қалдыру
admin-import-existing-replace = Белгілер мен атрибуттарды файлдағымен ауыстыру
admin-import-resubscribe = Кеткен адамдарды қайта жаздыру
admin-import-resubscribe-who = Мұны кім сұрады
admin-import-resubscribe-hint = Бұл адамдар кеткеннен кейін сізден өздері сұрамаса, ештеңе белгілемеңіз. Белгіленгендер қайтадан хат алатын болады.
admin-import-kept-left = Жазылымнан шыққандар
admin-import-kept-blocked = Бұғатталған мекенжайлар
admin-import-kept-bounced = Хаттары қайтарылған мекенжайлар
admin-import-kept-complained = Шағымданғандар
admin-import-kept-erased = Деректері өз өтінішімен өшірілгендер
admin-import-ask = Растауды күтіп тұрған жаңа адамдардан эл. пошта арқылы жазылуды растауды сұрау
admin-import-ask-hint = Тек осы импорт растауды күтуші ретінде қосатын адамдардан, әрқайсысынан бір рет. Онсыз олар хат алмайды.
admin-import-reason = Бұл адамдар мұны қалай сұрады
admin-import-reason-hint = Адамдарды қайта жаздыру немесе олардан растауды сұрау үшін қажет. Келісімімен бірге сақталады.
admin-import-announce-each = Әр жазылу туралы вебхук жіберу
admin-import-announce-each-hint = Әр импорттың соңында вебхуктерге оқиға жіберіледі. Әр жазылу туралы да жіберілуі үшін белгілеңіз.
admin-import-check = Файлды тексеру
admin-import-check-again = Қайта тексеру
