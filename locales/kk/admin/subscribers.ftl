### Subscribers: overview, one subscriber, adding one, several at once.

## Overview, and the table on a list's page

admin-subscribers-import = Импорт
admin-subscribers-q = Аты немесе мекенжайы
admin-subscribers-any = Барлығы
admin-subscribers-tag = Белгі
# Notes on how the search worked.
admin-subscribers-start-of-short = Осы мәтіннен басталатын мекенжайлар көрсетілді. Аттар мен мекенжайлардың бөліктері бойынша іздеу үшін үшінші әріпті енгізіңіз.
admin-subscribers-first-of-short = Осы мәтіннен басталатын алғашқы мекенжайлар көрсетілді. Аттар мен мекенжайлардың бөліктері бойынша іздеу үшін үшінші әріпті енгізіңіз.
admin-subscribers-no-trigrams = Тек мекенжайлардың басы бойынша ізделеді: дерекқорда pg_trgm кеңейтімі жоқ. Оны дерекқордың әкімшісі құра алады.
admin-subscribers-empty-title = Әзірге жазылушы жоқ
admin-subscribers-empty = Жазылушыларды қосыңыз, файл жүктеңіз немесе сайттың келушілеріне жазылуды ашыңыз.
admin-subscribers-none-title = Жазылушылар табылмады
admin-subscribers-none = Бұл іздеу мен сүзгілерге ешкім сәйкес келмейді.
admin-subscribers-select = Таңдау
admin-subscribers-select-one = { $email } таңдау
admin-subscribers-subscriber = Жазылушы
admin-subscribers-tagged = Белгілері: { $tags }
admin-subscribers-pages = Беттер
admin-subscribers-segment = Сегмент
admin-subscribers-select-page = Осы беттегілердің бәрін таңдау
admin-subscribers-found =
    { $count ->
        [one] { $count } жазылушы табылды
       *[other] { $count } жазылушы табылды
    }
admin-subscribers-found-more = { $count } жазылушыдан көп табылды

## Columns and saved views

admin-subscribers-views = Көріністер
admin-subscribers-view-all = Барлығы
admin-subscribers-view-team = ортақ
admin-subscribers-view-new = Көрініс ретінде сақтау
admin-subscribers-view-new-hint = Іздеу, сүзгілер, рет және бағандар сақталады.
admin-subscribers-view-change = «{ $name }» көрінісін өзгерту
admin-subscribers-view-change-hint = Көрініс кестенің қазіргі іздеуін, сүзгілерін және ретін алады.
admin-subscribers-view-shared = Бүкіл топқа ашу
admin-subscribers-view-save = Көріністі сақтау
admin-subscribers-view-delete-text = Көрініс жойылады. Жазылушылар өзгермейді.
admin-subscribers-export = CSV түрінде жүктеп алу
admin-subscribers-columns = Бағандар
admin-subscribers-columns-legend = Кестеңіздің бағандары
admin-subscribers-columns-of = «{ $name }» көрінісінің бағандары
admin-subscribers-columns-hint = Ең көбі { $most }. Жүктеп алынған файлда бағандар сол күйінде болады.
admin-subscribers-columns-save = Бағандарды сақтау
admin-subscribers-column-name = Аты
admin-subscribers-column-lists = Тізімдер
admin-subscribers-column-state = Күйі
admin-subscribers-column-language = Тілі
admin-subscribers-column-tags = Белгілер
admin-subscribers-column-source = Қайдан келді
admin-subscribers-column-frequency = Хат жиілігі
admin-subscribers-column-changed = Соңғы өзгеріс
admin-subscribers-column-joined = Қосылған күні
admin-subscribers-column-last-active = Соңғы белсенділік
admin-subscribers-paused-until = { $date } дейін кідіртілген
admin-subscribers-on-no-list = ешбір тізімде жоқ

## Several at once

admin-subscribers-action = Таңдалғандармен
admin-subscribers-action-add = тізімге қосу
admin-subscribers-action-remove = тізімнен шығару
admin-subscribers-action-tag = белгі қосу
admin-subscribers-action-untag = белгіні алып тастау
admin-subscribers-action-suppress = стоп-тізімге енгізу
admin-subscribers-action-erase = өшіру
admin-subscribers-reason = Себебі (сақталады)
admin-subscribers-apply = Қолдану…
admin-subscribers-nobody = Кемінде бір жазылушыны таңдаңыз
admin-subscribers-nobody-next = Жолдарды белгілеп, содан кейін әрекетті таңдаңыз.
admin-subscribers-choose-list = Тізімді таңдаңыз
admin-subscribers-choose-action = Әрекетті таңдаңыз
admin-subscribers-enter-tag = Белгіні енгізіңіз
admin-subscribers-all-matching =
    { $count ->
        [one] Табылғандардың бәрі ({ $count } жазылушы), тек таңдалғандар ғана емес
       *[other] Табылғандардың бәрі ({ $count } жазылушы), тек таңдалғандар ғана емес
    }
admin-subscribers-all-matching-more = Табылғандардың бәрі ({ $count } жазылушыдан көп), тек таңдалғандар ғана емес
admin-subscribers-none-left = Бұл сүзгіге енді ешкім сәйкес келмейді
admin-subscribers-too-many = Бір ретте ең көбі { $count } жазылушыны өзгертуге болады
admin-subscribers-too-many-next = Іздеуді немесе сүзгілерді нақтылап, әрекетті қалғандарына қайталаңыз.
# Whom a question is about: some addresses, before a sentence on what happens.
admin-subscribers-named = { $names }.
admin-subscribers-named-others =
    { $count ->
        [one] { $names } және тағы { $count }.
       *[other] { $names } және тағы { $count }.
    }
# $name is a list or a tag, here and below.
admin-subscribers-add-question =
    { $count ->
        [one] { $count } жазылушы «{ $name }» тізіміне қосылсын ба?
       *[other] { $count } жазылушы «{ $name }» тізіміне қосылсын ба?
    }
admin-subscribers-add-effect = Келісімдері алынғанын растайсыз. Бұл тізімнен өздері шыққандар қайта қосылмайды.
admin-subscribers-add-yes = Тізімге қосу
admin-subscribers-added =
    { $count ->
        [one] { $count } жазылушы «{ $name }» тізіміне қосылды
       *[other] { $count } жазылушы «{ $name }» тізіміне қосылды
    }
admin-subscribers-kept =
    { $count ->
        [one] { $count } адам жазылымнан шыққан немесе стоп-тізімде, сондықтан жазылмаған күйде қалды.
       *[other] { $count } адам жазылымнан шыққан немесе стоп-тізімде, сондықтан жазылмаған күйде қалды.
    }
admin-subscribers-remove-question =
    { $count ->
        [one] { $count } жазылушы «{ $name }» тізімінен шығарылсын ба?
       *[other] { $count } жазылушы «{ $name }» тізімінен шығарылсын ба?
    }
admin-subscribers-remove-effect = Қайта жазылмайынша, бұл тізім бойынша хат алмайды.
admin-subscribers-remove-yes = Тізімнен шығару
admin-subscribers-removed =
    { $count ->
        [one] { $count } жазылушы «{ $name }» тізімінен шығарылды
       *[other] { $count } жазылушы «{ $name }» тізімінен шығарылды
    }
admin-subscribers-tag-question =
    { $count ->
        [one] { $count } жазылушыға «{ $name }» белгісі қойылсын ба?
       *[other] { $count } жазылушыға «{ $name }» белгісі қойылсын ба?
    }
admin-subscribers-tag-effect = Сегменттер мен сүзгілер оларды осы белгі бойынша табады.
admin-subscribers-tag-yes = Белгі қосу
admin-subscribers-tagged-with =
    { $count ->
        [one] { $count } жазылушыға «{ $name }» белгісі қойылды
       *[other] { $count } жазылушыға «{ $name }» белгісі қойылды
    }
admin-subscribers-untag-question =
    { $count ->
        [one] { $count } жазылушыдан «{ $name }» белгісі алып тасталсын ба?
       *[other] { $count } жазылушыдан «{ $name }» белгісі алып тасталсын ба?
    }
admin-subscribers-untag-effect = Сегменттер мен сүзгілер оларды бұл белгі бойынша енді таппайды.
admin-subscribers-untag-yes = Белгіні алып тастау
admin-subscribers-untagged =
    { $count ->
        [one] { $count } жазылушыдан «{ $name }» белгісі алып тасталды
       *[other] { $count } жазылушыдан «{ $name }» белгісі алып тасталды
    }
admin-subscribers-suppress-question =
    { $count ->
        [one] { $count } жазылушы стоп-тізімге енгізілсін бе?
       *[other] { $count } жазылушы стоп-тізімге енгізілсін бе?
    }
admin-subscribers-suppress-effect = Мекенжайлары стоп-тізімнен шығарылмайынша, оларға хат келмейді.
admin-subscribers-suppressed =
    { $count ->
        [one] { $count } жазылушы стоп-тізімге енгізілді
       *[other] { $count } жазылушы стоп-тізімге енгізілді
    }
admin-subscribers-erase-question =
    { $count ->
        [one] { $count } жазылушы өшірілсін бе?
       *[other] { $count } жазылушы өшірілсін бе?
    }
admin-subscribers-erase-effect = Мекенжайлар, аттар, атрибуттар, жазылымдар және келісім жазбалары біржола жойылады. Есептердегі сандар аттарсыз қалады.
admin-subscribers-erased =
    { $count ->
        [one] { $count } жазылушы өшірілді
       *[other] { $count } жазылушы өшірілді
    }

## Adding one

admin-subscriber-add-title = Жазылушы қосу
admin-subscriber-add-consent = Келісім
admin-subscriber-add-asks = Эл. пошта арқылы сұрау
admin-subscriber-add-asks-hint = Жазылушы растау сілтемесі бар хат алады, сілтемені ашпайынша басқа хат келмейді.
admin-subscriber-add-agreed = Келісімі алынған
admin-subscriber-add-agreed-hint = Жазылым бірден басталады. Қалай келіскенін төменде жазыңыз.
admin-subscriber-add-how = Қалай келісті
admin-subscriber-add-how-hint = Келісім жазбасымен бірге сақталады. Мысалы: 3 мамырда келушілер кітабына жазылды.
admin-subscriber-added = { $email } қосылды
admin-subscriber-existed = { $email } бұрыннан бар
admin-subscriber-updated = Аты, тілі және тізімдері жаңартылды.
admin-subscriber-stays-off = { $email } «{ $list }» тізіміне қосылмады
admin-subscriber-stays-off-why = Бұл адам жазылымнан шыққан немесе стоп-тізімде. Оны қайта жазу үшін бұл туралы қалай сұрағанын жазыңыз.

## One subscriber

admin-subscriber-joined = қосылған күні: { $date }
admin-subscriber-joined-name = { $name }, қосылған күні: { $date }
admin-subscriber-download = Жеке деректерін жүктеп алу
admin-subscriber-suppressed = Стоп-тізімде: { $reason }
admin-subscriber-suppressed-since = Енгізілген уақыты: { $date }.
admin-subscriber-suppressed-lift = Оны <a href="{ $path }">«Стоп-тізім»</a> бөлімінде шығаруға болады.

## Their lists

admin-subscriber-no-lists = Алдымен тізім құрыңыз.
admin-subscriber-state = Күйі
admin-subscriber-state-since = Қай уақыттан бері
admin-subscriber-change-to = Өзгерту
admin-subscriber-never-subscribed = жазылмаған
admin-subscriber-why = Себебі
admin-subscriber-why-for = Себебі, «{ $list }» тізімі үшін
# Buttons, by the state that they set.
admin-subscriber-move-pending = Эл. пошта арқылы сұрау
admin-subscriber-move-confirmed = Растау
admin-subscriber-move-unsubscribed = Жазылымнан шығару
admin-subscriber-asked = Растау хаты жіберілді
admin-subscriber-subscribed-to = «{ $list }» тізіміне жазылды
admin-subscriber-unsubscribed-from = «{ $list }» тізімінен шығарылды

## What happened

admin-subscriber-activity = Тарихы
admin-subscriber-no-activity-title = Әзірге ештеңе болған жоқ
admin-subscriber-no-activity = Келісім жазбалары, жеткізулер, қайтарылған хаттар және жауаптар осында көрсетіледі.
admin-subscriber-when = Қашан
admin-subscriber-what = Не болды
admin-subscriber-evidence = Дәлелі
# $action is one of the words below.
admin-subscriber-did-to-list = { $action }: <a href="/admin/lists/{ $list }">{ $list }</a>
admin-subscriber-said-why = <a href="/admin/lists/{ $list }">{ $list }</a> тізімінен шығу себебі: { $reason }
# $detail is what was set, such as frequency=weekly.
admin-subscriber-did-set = { $action }: { $detail }
admin-subscriber-consent-requested = жазылу сұралды
admin-subscriber-consent-confirmed = жазылым расталды
admin-subscriber-consent-unsubscribed = жазылымнан шықты
admin-subscriber-consent-expired = растау мерзімі өтті
admin-subscriber-consent-profile = деректері өзгертілді
admin-subscriber-consent-frequency = хат жиілігі өзгертілді
admin-subscriber-consent-paused = хаттар кідіртілді
admin-subscriber-consent-resumed = хаттар қайта басталды
admin-subscriber-consent-left-all = барлық хаттан бас тартты
admin-subscriber-consent-came-back = хаттардан бас тартуын қайтарып алды
admin-subscriber-consent-engagement-requested = жазылу пішінінде хаттарды ашу мен сілтемелер көрінуі белгіленді
admin-subscriber-consent-engagement-agreed = хаттарды ашу мен сілтемелер көрінуіне келісті
admin-subscriber-consent-engagement-withdrawn = хаттарды ашу мен сілтемелер көрінуіне келісімін қайтарып алды
admin-subscriber-consent-reason-given = шығу себебін айтты
admin-subscriber-method-form = жазылу пішіні арқылы
admin-subscriber-method-api = API арқылы
admin-subscriber-method-confirmation-link = растау сілтемесі арқылы
admin-subscriber-method-unsubscribe-link = жазылымнан шығу сілтемесі арқылы
admin-subscriber-method-one-click = пошта бағдарламасында бір басумен
admin-subscriber-method-mail = хатпен
admin-subscriber-method-preferences = жазылым баптаулары бетінде
admin-subscriber-method-admin = қызметкер арқылы
admin-subscriber-method-import = импорт кезінде
admin-subscriber-method-expiry = мерзімі өткендіктен автоматты түрде
admin-subscriber-from = желі: { $network }
admin-subscriber-from-program = желі: { $network }, { $program }
# $source is one of the words below.
admin-subscriber-about-campaign = <a href="/admin/campaigns/{ $campaign }">{ $campaign } таратылымы</a> туралы, { $source }
admin-subscriber-source-relay = SMTP-серверден
admin-subscriber-source-listener = SMTP қабылдағышы арқылы
admin-subscriber-source-pipe = jarshy inbound командасы арқылы
admin-subscriber-source-mailbox = пошта жәшігінен
admin-subscriber-source-ses = Amazon SES арқылы
admin-subscriber-source-postmark = Postmark арқылы
admin-subscriber-source-sendgrid = SendGrid арқылы
admin-subscriber-source-mailgun = Mailgun арқылы
admin-subscriber-source-brevo = Brevo арқылы

## Details

admin-subscriber-details = Деректері
admin-subscriber-tags-hint = Үтірмен бөліңіз. Сегменттер мен жазылушыларды іздеу үшін.
admin-subscriber-attributes = Атрибуттар
admin-subscriber-attributes-hint = Сегменттер мен хаттағы жеке мәтіндер үшін. Жолды алып тастау үшін оның атауын өшіріңіз. Сандар, true және false сол күйінде сақталады; санды мәтін ретінде сақтау үшін тырнақшаға алыңыз: "42".
admin-subscriber-attribute-name = { $number }-атрибуттың атауы
admin-subscriber-attribute-value = Мәні: { $name }
# Inside an empty field.
admin-subscriber-new-name = атауы
admin-subscriber-new-value = мәні
admin-subscriber-new-attribute-name = { $number }-жаңа атрибуттың атауы
admin-subscriber-new-attribute-value = { $number }-жаңа атрибуттың мәні

## Note

admin-subscriber-own-note = Ескертпе
admin-subscriber-own-note-field = Бұл адам туралы не білу керек
admin-subscriber-own-note-hint = Кәдімгі мәтін, 2000 таңбадан аспайды. Оны осы беттерге кіре алатындардың бәрі, сондай-ақ деректерін сұраса, адамның өзі көреді.

## Address

admin-subscriber-address = Мекенжайы
admin-subscriber-new-address = Жаңа мекенжай
admin-subscriber-new-address-hint = Оған сілтемесі бар хат жіберіледі. Алушы растағаннан кейін мекенжай өзгереді.
admin-subscriber-ascii-address = Пошта жүйелерінде былай жазылады: { $email }
admin-subscriber-ask-address = Растауды сұрау
admin-subscriber-same-address = Қазіргі мекенжайы осы.
admin-subscriber-asked-address = Растау хаты { $email } мекенжайына жіберілді
admin-subscriber-address-later = Расталғаннан кейін мекенжай өзгереді.

## Mail frequency

admin-subscriber-mail-frequency = Хат жиілігі
admin-subscriber-frequency-each = әрқайсысы бөлек
admin-subscriber-frequency-weekly = апталық дайджестте
admin-subscriber-paused-until = Кідіріс соңы
admin-subscriber-no-pause-hint = Осы күннен бастап хаттар қайта келеді. Кідіріс керек болмаса, бос қалдырыңыз.
admin-subscriber-pause-hint = Осы күннен бастап хаттар қайта келеді. Кідірісті аяқтау үшін өрісті тазалаңыз.
admin-subscriber-day-unreadable = Күнді 2026-01-31 түрінде жазыңыз.
admin-subscriber-why-hint = Атыңызбен бірге дәлел ретінде сақталады.

## Suppressing and erasing

admin-subscriber-end = Стоп-тізім және өшіру
admin-subscriber-note = Ескертпе
admin-subscriber-note-hint = Бұл мекенжайға неге хат жіберуге болмайды.
admin-subscriber-suppress = Стоп-тізімге енгізу
admin-subscriber-suppress-ask = Стоп-тізімге енгізу…
admin-subscriber-suppress-question = { $email } стоп-тізімге енгізілсін бе?
admin-subscriber-suppress-text = Стоп-тізімнен шығарылмайынша, бұл мекенжайға ешбір тізім бойынша таратылымдар да, растау хаттары да келмейді.
admin-subscriber-is-suppressed = { $email } стоп-тізімге енгізілді
admin-subscriber-erase = Өшіру
admin-subscriber-erase-ask = Өшіру…
admin-subscriber-erase-hint = Бұл адам туралы барлық деректі біржола жояды.
admin-subscriber-erase-question = { $email } өшірілсін бе?
admin-subscriber-erase-text =
    Мекенжайы, аты, атрибуттары, { $subscriptions ->
        [one] { $subscriptions } жазылым
       *[other] { $subscriptions } жазылым
    } және { $consents ->
        [one] { $consents } келісім жазбасы
       *[other] { $consents } келісім жазбасы
    } біржола жойылады. Есептердегі сандар аттарсыз қалады.
admin-subscriber-erase-suppressed = Импорт оны қайта қоспауы үшін мекенжай стоп-тізімде қалады.
admin-subscriber-erased = Өшірілді

## Opens and links

admin-subscriber-engagement = Хаттарды ашу мен сілтемелер
admin-subscriber-engagement-since = Келісім берілген уақыт
admin-subscriber-engagement-never = Әзірге жоқ
admin-subscriber-engagement-hint = Бұл тек көрінгені: құпиялық прокси-серверлері мен сүзгілер хаттарды өздері ашады, ал кейбір бағдарламалар суреттерді мүлде жүктемейді.
admin-subscriber-engagement-opened = Ашты
admin-subscriber-engagement-followed = Сілтемеге өтті
admin-subscriber-engagement-links = Өткен сілтемелері
admin-subscriber-engagement-withdraw = Олар үшін келісімді қайтарып алу
admin-subscriber-engagement-withdrawn = Қайтарылды. Көрінгені жойылды.
