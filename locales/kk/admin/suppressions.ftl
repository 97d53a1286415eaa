### Suppressions: addresses and domains that get no email.

admin-suppressions-lead = Бірде-бір тізімнен хат жіберілмейтін мекенжайлар мен домендер.
admin-suppressions-address = Мекенжай
admin-suppressions-why = Себебі
admin-suppressions-any-reason = Кез келген себеп
admin-suppressions-campaign = Таратылым
# Days of a period, in a filter.
admin-suppressions-since = Басталу күні
admin-suppressions-until = Аяқталу күні
admin-suppressions-empty-title = Стоп-тізім бос
admin-suppressions-empty = Хат жеткізілмей қайтарылса, алушы шағымданса, барлық хаттан бас тартса немесе сіз өзіңіз қоссаңыз, мекенжай осында шығады.
# Since when an address is suppressed.
admin-suppressions-listed-since = Қашан қосылды
admin-suppressions-campaign-named = { $id } таратылымы
admin-suppressions-pages = Беттер
admin-suppressions-first = Басына
admin-suppressions-next = Келесі

## Lifting one

admin-suppressions-lift = Алып тастау
admin-suppressions-lift-ask = Алып тастау…
admin-suppressions-lift-one = { $target } – стоп-тізімнен алып тастау
admin-suppressions-lift-this = Бұл мекенжай стоп-тізімнен алынсын ба?
admin-suppressions-lift-target = { $target } стоп-тізімнен алынсын ба?
admin-suppressions-lift-row = { $target } қайтадан таратылым алатын болады. Егер бұл адам енді жазбауды сұраған немесе хатты спам деп белгілеген болса, оның мұны қалайтынына көз жеткізіңіз.
admin-suppressions-lift-text = Бұл мекенжай өз тізімдерінің таратылымдарын қайтадан алатын болады. Егер бұл адам енді жазбауды сұраған немесе хатты спам деп белгілеген болса, оның мұны қалайтынына көз жеткізіңіз.
admin-suppressions-lifted = { $target } енді стоп-тізімде емес
admin-suppressions-not-there = { $target } стоп-тізімде болған жоқ

## Removing many

admin-suppressions-undo-why-hint = Әрекеттер журналы үшін. Шағымдар мен хаттан бас тартуларды алып тастау үшін міндетті; олар тек сол себеп бойынша сүзілгенде ғана алынады.
admin-suppressions-undo =
    { $count ->
        [one] Стоп-тізімнен { $count } жазбаны алып тастау…
       *[other] Стоп-тізімнен { $count } жазбаны алып тастау…
    }
admin-suppressions-undo-title =
    { $count ->
        [one] Стоп-тізімнен { $count } жазба алынсын ба?
       *[other] Стоп-тізімнен { $count } жазба алынсын ба?
    }
admin-suppressions-undo-text = Бұл мекенжайлар қайтадан таратылым алатын болады. Басқа себептер, мысалы шағым, күшінде қалады.
admin-suppressions-not-undone = Ештеңе алынған жоқ
admin-suppressions-undone =
    { $count ->
        [one] Стоп-тізімнен { $count } жазба алынды
       *[other] Стоп-тізімнен { $count } жазба алынды
    }

## Adding one

admin-suppressions-add-title = Стоп-тізімге мекенжай немесе домен қосу
admin-suppressions-domain-hint = Тұтас домен үшін @example.org түрінде жазыңыз.
admin-suppressions-note = Ескертпе
admin-suppressions-note-hint = Себебі – кейін еске түсіру үшін.
admin-suppressions-add = Стоп-тізімге қосу
admin-suppressions-added = { $target } стоп-тізімге қосылды
# $reason is one of the phrases “admin-suppression-…” for reasons.
admin-suppressions-stronger = Маңыздырақ себеп көрсетілген: { $reason }.

## Import

admin-suppressions-import-title = Стоп-тізімді импорттау
admin-suppressions-file = Файл
admin-suppressions-file-hint = «address» бағаны бар кесте (CSV, XLSX, ODS); болса, «reason», «time» және «note» бағандары да алынады. Бұрыннан бар маңыздырақ себеп сақталады.
admin-suppressions-import = Импорттау
admin-suppressions-choose-file = Файлды таңдаңыз
admin-suppressions-not-read = Файлды оқу мүмкін емес
admin-suppressions-imported =
    { $count ->
        [one] Стоп-тізімге { $count } жазба қосылды
       *[other] Стоп-тізімге { $count } жазба қосылды
    }
admin-suppressions-known = Бұрыннан бары: { $count }.
# The first of them follow, one sentence each.
admin-suppressions-rejected = Импорттау мүмкін болмағаны: { $count }.
admin-suppressions-rejected-line = { $line }-жол: { $reason }.
