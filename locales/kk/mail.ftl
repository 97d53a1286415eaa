### Сайттың өзі жіберетін хаттардың сөздері және таратылым хаттарының жиегі.

mail-signature = { $site }
mail-link-fallback = Түйме жұмыс істемесе, мына мекенжайды браузерге көшіріңіз:

## Растау

mail-confirm-subject = Мекенжайыңызды растаңыз: { $site }
mail-confirm-preheader = Бір рет бассаңыз, жазыласыз.
mail-confirm-heading = Бұл сіздің мекенжайыңыз ба?
mail-confirm-body = Біреу, бәлкім, өзіңіз, осы мекенжайға хат жіберіп тұруды сұрады. Жіберуші: { $site }. Мекенжайдың сіздікі екенін растаңыз.
mail-confirm-lists =
    { $count ->
        [one] Таңдалған таратылым:
       *[other] Таңдалған таратылымдар:
    }
mail-confirm-button = Мекенжайымды растау
mail-confirm-expiry =
    { $hours ->
        [one] Сілтеме { $hours } сағат бойы жарамды.
       *[other] Сілтеме { $hours } сағат бойы жарамды.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] Сілтеме { $days } күн бойы жарамды.
       *[other] Сілтеме { $days } күн бойы жарамды.
    }
mail-confirm-ignore = Егер бұл сіз болмасаңыз, ештеңе істемеңіз. Растаусыз хат келмейді, ал мекенжайды біз жоямыз.
mail-confirm-never = Бұл мекенжайға мұндай хаттарды енді ешқашан жібермеу

## Welcome

mail-welcome-subject = Қош келдіңіз: { $site }
mail-welcome-preheader = Енді сіз жазылдыңыз.
mail-welcome-heading = Қош келдіңіз
mail-welcome-body = { $site } хаттарына жазылғаныңыз үшін рақмет. Келесі хат осы мекенжайға келеді.
mail-welcome-lists =
    { $count ->
        [one] Сіз мына таратылымға жазылғансыз:
       *[other] Сіз мына таратылымдарға жазылғансыз:
    }
mail-welcome-button = Баптауларым
mail-welcome-leave = Кез келген уақытта баптауларды өзгерте аласыз немесе бір басып жазылымнан шыға аласыз.

## Бұрыннан жазылған

mail-already-subject = Сіз бұрыннан жазылғансыз: { $site }
mail-already-preheader = Ештеңе істеудің қажеті жоқ.
mail-already-heading = Сіз бұрыннан жазылғансыз
mail-already-body = Біреу, бәлкім, өзіңіз, осы мекенжайды «{ $site }» сайтындағы пішінге енгізді. Ол таратылымда бұрыннан бар, сондықтан ештеңе өзгерген жоқ.
mail-already-hint = Хаттар жетпей жүрсе, «Спам» қалтасын қарап, біздің мекенжайды контактілеріңізге қосыңыз.
mail-already-button = Баптауларым
mail-already-ignore = Егер бұл сіз болмасаңыз, алаңдамаңыз: сіздің жазылғаныңызды пішін арқылы ешкім біле алмайды.

## Кіру сілтемесі

mail-sign-in-subject = Кіру сілтемесі: { $site }
mail-sign-in-preheader = Ол бір рет қана және аз уақыт жарамды.
mail-sign-in-heading = Кіру
mail-sign-in-body = «{ $site }» сайтына кіру үшін түймені басыңыз.
mail-sign-in-button = Кіру
mail-sign-in-expiry =
    { $minutes ->
        [one] Сілтеме бір рет қана, { $minutes } минут ішінде жарамды.
       *[other] Сілтеме бір рет қана, { $minutes } минут ішінде жарамды.
    }
mail-sign-in-ignore = Мұны сіз сұрамасаңыз, ештеңе істемеңіз: сілтемесіз ешкім сіздің мекенжайыңызбен кіре алмайды.

## Тіркелгі өзгертілді

mail-account-subject = Тіркелгіңіз өзгертілді: { $site }
mail-account-heading = Тіркелгіңіз өзгертілді
mail-account-password-set = Тіркелгіңізге жаңа құпиясөз қойылды.
mail-account-password-removed = Тіркелгіңіздің құпиясөзі жойылды. Енді хаттағы сілтемемен кіресіз.
mail-account-passkey-added = Тіркелгіңізге жаңа кіру кілті қосылды.
mail-account-passkey-removed = Тіркелгіңіздің кіру кілті жойылды.
mail-account-second-step-on = Тіркелгіңізге екі факторлы кіру қосылды.
mail-account-second-step-off = Тіркелгіңізге екі факторлы кіру өшірілді.
mail-account-token-made = Тіркелгіңізге жаңа API токені жасалды.
mail-account-provider-linked = Тіркелгіңізге ұйымның тіркелгісі байланыстырылды: онымен сіздің атыңыздан кіруге болады.
mail-account-provider-unlinked = Тіркелгіңіздің ұйым тіркелгісімен байланысы жойылды.
mail-account-reset = Тіркелгіңізге кіру қайта бапталды: құпиясөз бен екі факторлы кіру жойылды, сеанстар аяқталды.
mail-account-not-you = Егер бұл сіз болсаңыз, ештеңе істеудің қажеті жоқ. Сіз болмасаңыз, бірден кіріп, жаңа құпиясөз қойыңыз да, сайт иесіне хабарлаңыз.
mail-account-button = Менің тіркелгім
mail-account-reason = Бұл хатты { $site } қызметкерлері кіру деректері өзгергенде алады.

## Сіз туралы не сақтаймыз

mail-my-data-subject = Деректеріңіз: { $site }
mail-my-data-heading = Деректеріңізді көру немесе жою
mail-my-data-body = Біреу, бәлкім, өзіңіз, { $site } сайтынан осы мекенжайға қатысты деректерді көрсетуді немесе жоюды сұрады. Сілтеме бір күн жарамды.
mail-my-data-button = Деректерді көру немесе жою
mail-my-data-ignore = Егер бұл сіз болмасаңыз, ештеңе істемеңіз. Бұл хатты сіз хатымызды жіберген адам да сұрай алады, бірақ оны тек сіз аласыз.

## Таратылым хатының жиегі

mail-campaign-reason =
    { $count ->
        [one] Бұл хатты «{ $site }» сайтында мына таратылымға жазылғаныңыз үшін алдыңыз: { $lists }.
       *[other] Бұл хатты «{ $site }» сайтында мына таратылымдарға жазылғаныңыз үшін алдыңыз: { $lists }.
    }
mail-weekly-title = Апта қорытындысы: { $site }
mail-weekly-preheader = Таратылымдарыңыз осы аптада не жіберді.
mail-weekly-reason = Бұл хатты «{ $site }» сайтында аптасына бір хат алуды таңдағаныңыз үшін алып отырсыз. Жазылымнан шықсаңыз, жаңалықтары осында жиналған таратылымдардан шығасыз; баптауларда әр хатты қайтадан жеке алуды таңдай аласыз.
mail-campaign-unsubscribe = Жазылымнан шығу
mail-campaign-preferences = Баптаулар
mail-campaign-view = Браузерде ашу
mail-campaign-read-more = Толығырақ оқу
mail-digest-title = Жаңалықтар: { $site }
mail-campaign-posts = Соңғы жарияланымдар
mail-campaign-events = Алдағы іс-шаралар
# $event: the title of an event in the calendars of readers.
mail-event-changed = Өзгеріс: { $event }
mail-event-changed-text = Бұл іс-шара өзгерді. Енді ол мынадай:
mail-event-cancelled = Болмайды: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) өтпейді.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = оқырман

## Мәтін бөлігінің жазулары

mail-text-links = Сілтемелер

## Is this your new address?

mail-address-subject = Бұл сіздің жаңа мекенжайыңыз ба? { $site }
mail-address-body = Сіз хаттарды осы мекенжайға жіберуді сұрадыңыз. Оның өзіңіздікі екенін растаңыз.
mail-address-button = Жаңа мекенжайды растау
mail-address-ignore = Егер бұл сіз болмасаңыз, ештеңе істемеңіз, ештеңе өзгермейді.
mail-address-changed-subject = Мекенжайыңыз өзгертілді: { $site }
mail-address-changed-body = Бұдан былай біздің хаттар басқа мекенжайға келеді. Бұл осы мекенжайға жіберілген сілтеме арқылы сұралып, жаңа мекенжайдан расталды.
mail-address-changed-other = Бұл сіз емес пе едіңіз? Онда осы хатқа жауап жазыңыз.

## Бұрынғы жүйенің сілтемелері

mail-old-link-subject = Жазылымдарыңыз: { $site }
mail-old-link-heading = Не алатыныңызды таңдаңыз немесе жазылымнан шығыңыз
mail-old-link-body = Біреу, бәлкім, өзіңіз, ескі хаттағы сілтемені ашып, { $site } сайтынан осы мекенжай баптауларының сілтемесін сұрады. Онда таратылымдардан шығуға немесе оларды өзгертуге болады.
mail-old-link-button = Жазылымдарымды ашу
mail-old-link-ignore = Егер бұл сіз болмасаңыз, ештеңе істемеңіз. Ештеңе өзгерген жоқ.

## Шақыру

mail-invitation-subject = Шақыру: { $site }
mail-invitation-preheader = Қабылдау үшін сілтемені ашыңыз.
mail-invitation-heading = Сіз «{ $site }» сайтына шақырылдыңыз
mail-invitation-body = { $inviter } сізді «{ $site }» сайтында жұмыс істеуге шақырды. Қабылдап, кіру үшін түймені басыңыз.
mail-invitation-button = Шақыруды қабылдау
mail-invitation-expiry =
    { $days ->
        [one] Сілтеме бір рет қана, { $days } күн бойы жарамды.
       *[other] Сілтеме бір рет қана, { $days } күн бойы жарамды.
    }
mail-invitation-ask = Одан кейін { $inviter } мекенжайынан шақыруды қайта жіберуді сұраңыз.
mail-invitation-ignore = Бұл хатты күтпеген болсаңыз, оған мән бермеңіз: сілтемесіз ешкім сіздің мекенжайыңызбен кіре алмайды.

## Хабарландырулар

mail-notice-campaign-finished = Таратылым жіберілді: { $name }
mail-notice-campaign-finished-text = Жіберілді: { $done }. Жеткізілмеді: { $failed }.
mail-notice-campaign-failed-to-start = Таратылым басталмады: { $name }
mail-notice-campaign-failed-to-start-text = Ол жоспарланған еді, бірақ басталмады. Ештеңе жіберілген жоқ. Қатені түзетіп, таратылымды қайта бастаңыз немесе жоспарлаңыз.
mail-notice-approval-requested = Мақұлдау қажет: { $name }
mail-notice-approval-requested-text = Екінші адам мақұлдағанша таратылым басталмайды. Оны қарап шығып, соңғы өзгерісті сіз енгізбеген болсаңыз, өз бетінде мақұлдаңыз.
mail-notice-comment-added = Жаңа пікір: { $name }
mail-notice-comment-added-text = Сізге жауап берілді немесе сіз аталдыңыз. Пікірді оқу және жауап беру үшін ашыңыз.
mail-notice-campaign-paused = Таратылым кідіртілді: { $name }
mail-notice-campaign-paused-text = Ол автоматты түрде кідіртілді. Себебін қарап, жалғастырыңыз немесе тоқтатыңыз.
mail-notice-series-paused = Топтама кідіртілді: { $name }
mail-notice-series-paused-text = Ол автоматты түрде кідіртілді. Себебін қарап, жалғастырыңыз немесе аяқтаңыз.
mail-notice-series-step = Топтама: { $name }
mail-notice-series-step-text = Оқырман осы топтаманың сізге хабарлайтын қадамына жетті.
mail-notice-series-email-failed = Топтама: { $name }, хат жіберілмеді
mail-notice-series-email-failed-text = Оқырман бұл хатты алмайды, мүмкін, бүгін басқалар да. Кімдер екенін қадамның есебі көрсетеді.
mail-notice-too-many-bounces = Қайтарылған хат немесе шағым тым көп: { $name }
mail-notice-too-many-bounces-text = Пошта провайдерлері сізді бұғаттамауы үшін таратылым автоматты түрде кідіртілді. Жалғастырмас бұрын мекенжайлардың қайдан алынғанын тексеріңіз.
mail-notice-import-finished = Импорт аяқталды: { $name }
mail-notice-import-finished-text = Қосылды: { $done }. Импортталмады: { $failed }.
mail-notice-import-failed = Импорт сәтсіз аяқталды: { $name }
mail-notice-import-failed-text = Оған дейін импортталғандар сақталады. Толығырақ көру үшін импортты ашыңыз.
mail-notice-domain-record-missing = DNS жазбасы жоқ немесе қате: { $name }
mail-notice-domain-record-missing-text = Ол бұрын жарияланған еді. Онсыз пошта провайдерлері хаттарыңызды қабылдамауы немесе спам деп белгілеуі мүмкін.
mail-notice-disk-nearly-full = Диск толуға жақын
mail-notice-disk-nearly-full-text = Диск толса, ештеңе сақталмайды және ештеңе жіберілмейді. Орын босатыңыз.
mail-notice-task-failing = Фондық тапсырма орындалмай жатыр: { $name }
mail-notice-task-failing-text = Оған тәуелді жұмыс күтіп тұр. Жүйені тексеру бетін қараңыз.
mail-notice-backup-failed = Сақтық көшірме жасалмады
mail-notice-backup-failed-text = Дерекқордың жоспарланған сақтық көшірмесі жасалмады. Әрекет 15 минут сайын қайталанады; сізге бір рет хабарланады.
mail-notice-counts-corrected = Жазылушылар саны қате болды, түзетілді
mail-notice-counts-corrected-text = Беттер тізімдер, жазылушылар және белгілер туралы көрсететін сандардың кейбірі дерекқордағыдан өзгеше болды: { $done }. Енді олар дұрыс, осыған бола ешбір хат басқа біреуге жіберілген жоқ. Олар жұмысшы процестің журналында аталған. Қайталанса, хабарлаңыз.
mail-notice-feed-failing = Лента оқылмайды: { $name }
mail-notice-feed-failing-text = Оны қатарынан үш рет оқу мүмкін болмады. Әрекет қайталанады; оған дейін таратылымдар одан жаңа ештеңе көрсетпейді.
mail-notice-ab-test-decided = A/B сынағы шешілді: { $name }
mail-notice-ab-test-decided-text = Қалған оқырмандар жеңген нұсқаны алады. Сандар таратылымның бетінде.
mail-notice-ab-test-waits = A/B сынағы сізді күтеді: { $name }
mail-notice-ab-test-waits-text = Сандар оны шешпеді. Қалған оқырмандар не алатынын таңдаңыз; оған дейін олар ештеңе алмайды.
mail-notice-reason = Себебі: { $reason }.
mail-notice-button = Ашу
mail-notice-why = Бұл хатты «{ $site }» сайтында жұмыс істейтіндіктен алып отырсыз.
mail-notice-choose = Не туралы хабарланатынын таңдау
