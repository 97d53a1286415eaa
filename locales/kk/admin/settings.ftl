### Settings: their pages, the relays, the senders, what belongs to the process.

## Every page

admin-settings-title = Баптаулар: { $page }
admin-settings-intro = Өзгерістер бірден күшіне енеді. Командалық жол параметрлері, орта айнымалылары және <code>jarshy.toml</code> басымырақ.
admin-settings-see-also = Тағы қараңыз:
admin-settings-relays = SMTP-серверлер
admin-settings-sending = Жіберу
admin-settings-senders = Жіберушілер
admin-settings-bounces = Қайтарылған хаттар
admin-settings-joining = Жазылу
admin-settings-process = Процесс
admin-settings-site-look = Сайттың атауы мен көрінісі
admin-settings-elsewhere = { $setting }: { $problem }
admin-settings-unchanged = Ештеңе өзгермеді
admin-settings-saved-text = Баптаулар қазірдің өзінде күшінде, барлық процесте – бірнеше секунд ішінде.
admin-settings-set = берілген
admin-settings-not-set = берілмеген
# Where a value comes from; stands in the phrases that are given below it, and in a table.
admin-settings-origin-file = { $name } файлында
admin-settings-origin-other = { $name } арқылы
admin-settings-given = Мәні { $origin } берілген, оны мұнда өзгертуге болмайды.
admin-settings-given-there = Ол басымырақ. Осы жерден басқару үшін оларды сол жерде өзгертіңіз немесе сол жерден алып тастаңыз.
admin-settings-off = Өшірулі
admin-settings-on = Қосулы
admin-settings-secret-set = Мәні берілген – оны сақтау үшін өрісті бос қалдырыңыз.
admin-settings-secret-shown = Қазір: { $value } – бұл мәнді сақтау үшін өрісті бос қалдырыңыз.
admin-settings-keep = Бұрынғы құпиясөзді сақтау үшін өрісті бос қалдырыңыз.
admin-settings-remove = Мәнін жою ({ $setting })

## General

admin-settings-card-site = Сайт
admin-settings-public-url = Сайттың мекенжайы
admin-settings-public-url-hint = Келушілер ашатын мекенжай, мысалы https://news.example.org. Хаттардағы сілтемелер осыдан басталады. Оны өзгертсеңіз, жаңа мекенжай бойынша қайта кіріңіз.
admin-settings-anyway = Бәрібір сақтау
admin-settings-anyway-hint = Содан кейін осы мекенжай бойынша кіресіз.
# $problem is a sentence.
admin-settings-address-problem = { $problem } Бәрібір сақтау үшін белгі қойыңыз.
admin-settings-language-hint = Браузері сайт тілдерінің ешқайсысын сұрамайтын келушілерге.
admin-settings-languages = Сайт тілдері
admin-settings-languages-hint = Беттердің, хаттардың және жазылушылардың тілдері: әр жолға бір код, мысалы en, de немесе pt-BR, беттер ұсынатын ретпен. Әлі аударылмағаны ағылшынша көрсетіледі.
admin-settings-time-zone = Уақыт белдеуі
admin-settings-time-zone-hint = IANA атауы, мысалы Asia/Almaty.
admin-settings-card-programs = Басқа бағдарламалар
admin-settings-listmonk = listmonk клиенттеріне арналған API
admin-settings-listmonk-hint = listmonk үшін жазылған бағдарламалар /api/lists, /api/subscribers және басқа мекенжайларды пайдалана алады; құпиясөз орнына API токені қолданылады. Jarshy-дың өз API-і әрқашан қосулы.

## Sending

admin-settings-sender = Жіберуші
admin-settings-from-hint = Аты {"<"}мекенжай> немесе тек мекенжай. Онсыз ештеңе жіберуге болмайды. Таратылымдардың басқа жіберушілері «Жіберушілер» бөлімінде.
admin-settings-reply-to = Жауаптар қайда барады
admin-settings-reply-to-hint = Адамдардың жауаптары осы мекенжайға қайта жіберіледі. Бос болса – бірінші иесінің мекенжайына.
admin-settings-bounce-domain = Қайтарылған хаттардың домені
admin-settings-bounce-domain-hint = Хатқалтадағы жіберуші мекенжайының домені. Бос болса – жіберушінің домені.
admin-settings-card-campaigns = Таратылымды бастау
admin-settings-send-delay = Жіберуді болдырмау уақыты (секундпен)
admin-settings-send-delay-hint = Осы беттерде басталған таратылым алғашқы хат кеткенше осынша секунд күтеді, бұл кезде жіберуді болдырмауға болады. 3600-ден аспайды; 0 болса, жіберу бірден басталады. API мен пәрмен жолы күтпейді.
admin-settings-approval = Екінші адамның мақұлдауы
admin-settings-approval-hint = Таратылым оны басқа пайдаланушы өз бетінде мақұлдағаннан кейін ғана басталады немесе жоспарланады. Кейінгі кез келген өзгеріс мақұлдауды жояды. Өзгерту құқығы бар кемінде екі пайдаланушы қажет. Бұрын жоспарланған таратылымдарға да мақұлдау керек болады.
admin-settings-attachment-limit = Хаттағы файлдар (МБ)
admin-settings-attachment-limit-hint = Бір хаттың барлық файлы жіберілетін түрінде: дискідегіден үштен бірге көп. 50-ден аспайды; 0 болса, файл тіркелмейді. Көп пошта қызметі 25-тен артығын қабылдамайды.
admin-settings-card-limits = Шектеулер мен атаулар
admin-settings-domain-limits = Алушы домені бойынша шектеулер
admin-settings-domain-limits-hint = Әр жолға біреуден: example.org=4@10 – бір мезгілде 4 хат және секундына 10 хат, *=20 – қалғандарының бәріне.
admin-settings-ehlo = EHLO атауы
admin-settings-ehlo-hint = SMTP-серверлерге айтылатын атау. Бос болса – сайт мекенжайындағы сервер атауы.
admin-settings-tokens = Кіру токендерінің көзі
admin-settings-smtp-tokens-hint = Тек XOAUTH2 арқылы кіретін SMTP-серверлер үшін: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…

## Bounces

admin-settings-card-mailbox = Қайтарылған хаттардың пошта жәшігі
admin-settings-mailbox = Пошта жәшігі
admin-settings-mailbox-hint = Өңделген хаттар одан жойылады.
admin-settings-mailbox-interval = Екі тексеру арасындағы секунд
admin-settings-mailbox-tokens-hint = Тек кіру токенімен ашылатын жәшік үшін: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=… Бос болса – SMTP-серверлердікі.
admin-settings-card-webhooks = Пошта провайдеріңіздің вебхуктері
admin-settings-provider-address = Провайдерге арналған мекенжай: <code>{ $address }</code>
# For screen readers, after “Copy”.
admin-settings-the-address = – мекенжай
admin-settings-provider-secret-hint = Оны өзіңіз таңдайсыз. Провайдер оны токен (bearer) немесе құпиясөз түрінде жібереді: құпиясөз болса, мекенжайда https:// белгісінен кейін jarshy:PASSWORD@ деп жазыңыз.
admin-settings-ses = Amazon SES: SNS тақырыбы
admin-settings-ses-hint = arn:aws:sns:REGION:ACCOUNT:NAME. Осы мекенжайды тақырыпқа жаздырыңыз.
admin-settings-postmark = Postmark: құпиясөз немесе токен
admin-settings-sendgrid = SendGrid: тексеру кілті
admin-settings-sendgrid-hint = Қол қойылған оқиғалар вебхугінің ашық кілті.
admin-settings-mailgun = Mailgun: вебхуктерге қол қою кілті
admin-settings-mailgun-hint = Permanent Failure, Temporary Failure, Spam Complaints және Unsubscribes оқиғалары үшін.
admin-settings-brevo = Brevo: құпиясөз немесе токен
admin-settings-card-thresholds = Қашан стоп-тізімге енгізу және тоқтату керек
admin-settings-soft-bounces = Стоп-тізімге дейінгі уақытша қайтарулар
admin-settings-soft-bounces-hint = Хат осынша рет қайтарылса, мекенжай стоп-тізімге түседі. Отыз күннен кейін әрқайсысы жарты болып саналады.
admin-settings-hard-bounces = Таратылымды тоқтататын біржола қайтарулар
admin-settings-complaints = Таратылымды тоқтататын шағымдар
admin-settings-per-thousand = Жіберілген мың хатқа шаққанда.

## Sign-in

admin-settings-sign-in = Кіру
admin-settings-card-provider = Кіру қызметі (OpenID Connect)
admin-settings-issuer = Шығарушы (issuer)
admin-settings-issuer-hint = Кіру қызметі жазғандай дәл, мысалы https://login.example.org/realms/main. Төмендегі мекенжайды кіру қызметінде redirect URI ретінде көрсетіңіз.
admin-settings-client-id = Клиент идентификаторы (client ID)
admin-settings-client-secret = Клиент құпиясы (client secret)
admin-settings-scopes = Қолжетім аясы (scopes)
admin-settings-scopes-hint = Әр жолда біреуден, openid-тен басқасы.
admin-settings-provider-name = Түймедегі атау
admin-settings-provider-name-hint = Мысалы ұйымның атауы. Бос болса: шығарушының хосты.
admin-settings-card-access = Кім кіре алады
admin-settings-sign-in-domains = Эл. пошта мекенжайларының домендері
admin-settings-sign-in-domains-hint = Әр жолда біреуден. Бос болса: кез келгені.
admin-settings-role-claim = Топтар немесе рөлдер жазылған өріс (claim)
admin-settings-role-claim-hint = Мысалы groups немесе бірі екіншісінің ішінде болса realm_access.roles.
admin-settings-role-map = Рөлдер
admin-settings-role-map-hint = Әр жолда біреуден: press=editor. Рөлдер: owner, editor және viewer; ең жоғарғысы есептеледі. Кемінде бір жол болса, рөл әр кіргенде қойылады, ал мәндердің бірде-біреуі жоқ пайдаланушы өшіріледі. Үтірі бар мән тырнақшаға алынады.
admin-settings-create-users = Пайдаланушыларды алғаш кіргенде жасау
admin-settings-create-users-hint = Домендер немесе рөлдер керек. Рөлсіз олар тек қарай алады.
admin-settings-link-by-email = Пайдаланушыларды расталған мекенжайы бойынша байланыстыру
admin-settings-link-by-email-hint = Кіру қызметі мекенжайды ешқашан басқа адамға бермейтін болса ғана. Өшірулі болса, шақырылғандар шақыруды қабылдағанда, басқалары «Менің тіркелгім» бетінде байланыстырылады.
admin-settings-provider-second-factor = Кіру қызметі екінші факторды сұрайды
admin-settings-provider-second-factor-hint = Онда Jarshy өз кодын қайта сұрамайды.
admin-settings-local-sign-in = Құпиясөзбен және сілтемемен кіру
admin-settings-local-sign-in-hint = Өшірулі болса, кіру қызметі істемей қалған жағдай үшін тек иелері солай кіреді.
admin-settings-provider-check = Сақтау және тексеру
admin-settings-provider-answers = Кіру қызметі жауап береді
admin-settings-provider-keys =
    { $count ->
        [one] Ол { $count } кілтпен қол қояды. Клиент идентификаторы мен құпиясының дұрыстығын алғашқы кіру көрсетеді.
       *[other] Ол { $count } кілтпен қол қояды. Клиент идентификаторы мен құпиясының дұрыстығын алғашқы кіру көрсетеді.
    }
admin-settings-provider-none = Алдымен шығарушы мен клиент идентификаторын енгізіңіз
admin-settings-provider-fails = Кіру қызметі арқылы ешкім кіре алмайды

## Joining

admin-settings-card-joins = Жазылу және растау
admin-settings-join-limit = Бір желіден бір сағатта жазылу саны
admin-settings-join-limit-hint = Осынша растау хаты бірден жіберіледі, қалғандары күтеді. Барлығы екі есе көп болса, пішіндер мен API сұрауды есептеумен растауды (proof of work) талап етеді.
admin-settings-confirmation-interval = Екінші растау хатына дейінгі минут
admin-settings-confirmation-interval-hint = Сол мекенжайға. Үшіншісі бір тәулік күтеді, отыз күн ішінде одан көп жіберілмейді.
admin-settings-confirmation-lifetime = Растауға берілетін күн
admin-settings-confirmation-lifetime-hint = Одан кейін расталмаған жазылым аяқталады.

## The mailbox and the relays: where they are

admin-settings-host = Сервер
admin-settings-port = Порт
admin-settings-port-hint = Бос болса – әдеттегісі.
admin-settings-user = Пайдаланушы аты
admin-settings-password = Құпиясөз
admin-settings-ca = Сертификаттау орталықтарының файлы
admin-settings-ca-hint = Сервердегі PEM файлы.
admin-settings-fingerprints = Саусақ іздері
admin-settings-fingerprints-hint = sha256:…, бос орынмен бөлінген.
admin-settings-sign-in-with = Кіру тәсілі
admin-settings-by-password = құпиясөз
admin-settings-by-token = кіру токені (XOAUTH2)
admin-settings-password-again = Құпиясөзді қайта енгізіңіз: ол жіберілетін жер өзгерді.

## The mailbox

admin-settings-mailbox-unreadable = Пошта жәшігін оқу мүмкін емес
admin-settings-mailbox-service = Хаттама
admin-settings-service-imaps = TLS бар IMAP
admin-settings-service-pop3s = TLS бар POP3
admin-settings-service-imap = Шифрлаусыз IMAP
admin-settings-service-pop3 = Шифрлаусыз POP3
admin-settings-folder = Қалта
admin-settings-folder-hint = Тек IMAP үшін; бос болса – кіріс хаттар.
admin-settings-other-options = Басқа параметрлер
admin-settings-mailbox-remove = Пошта жәшігін алып тастау
admin-settings-mailbox-check = Сақтап, жәшікті тексеру
admin-settings-mailbox-opened = Пошта жәшігі ашылады
admin-settings-mailbox-emails = Ондағы хаттар: { $count }.
admin-settings-mailbox-none = Пошта жәшігі жоқ
admin-settings-mailbox-not-opened = Пошта жәшігі ашылмайды
admin-settings-mailbox-host-wrong = Серверді енгізіңіз, мысалы imap.example.org.
admin-settings-mailbox-port-wrong = Серверді, мысалы imap.example.org, және 1 мен 65535 аралығындағы портты енгізіңіз немесе портты бос қалдырыңыз.
admin-settings-user-missing = Пайдаланушы атын енгізіңіз.
admin-settings-password-missing = Құпиясөзді енгізіңіз.
admin-settings-one-line = Бір жол болуы керек.

## Relays

admin-settings-relays-intro = Хаттар осы SMTP-серверлер арқылы кетеді. Бірнешеу болса, олар хаттарды салмағына қарай бөліседі және біреуі істен шықса, бірін-бірі ауыстырады.
admin-settings-relays-given = SMTP-серверлер { $origin } берілген
admin-settings-relays-problem = Сақталған SMTP-серверлер күшінде емес
admin-settings-relays-changed = SMTP-серверлер осы арада өзгерді
admin-settings-no-sender = Әзірге жіберуші жоқ
admin-settings-relays-no-sender = Алдымен <a href="/admin/settings/sending">жіберушіні енгізіңіз</a>: тексеру үшін ол керек.
admin-settings-relay-add = SMTP-сервер қосу
admin-settings-relay-up = Жоғары
admin-settings-relay-up-label = { $host } серверін жоғары жылжыту
admin-settings-relay-down = Төмен
admin-settings-relay-down-label = { $host } серверін төмен жылжыту
admin-settings-relay-remove = Алып тастау…
admin-settings-relay-remove-label = { $host } серверін алып тастау…
admin-settings-relay-remove-question = { $host } сервері алып тасталсын ба?
admin-settings-relay-remove-text = Оның құпиясөзі мен шектеулері жойылады. Хаттар қалған SMTP-серверлер арқылы кетеді.
admin-settings-relay-remove-last = Оның құпиясөзі мен шектеулері жойылады. Бұл соңғы SMTP-сервер: басқасы қосылғанша хаттар кезекте тұрады.
admin-settings-relay-user-hint = Сервер кіруді талап етпесе, бос қалдырыңыз.
admin-settings-relay-as-user = пайдаланушы { $user }
admin-settings-encryption = Шифрлау
admin-settings-encryption-hint = Нұсқада басқаша айтылмаса, сертификат тексеріледі. Осы машинада әдеттегі STARTTLS сервер оны ұсынса ғана қолданылады.
admin-settings-security-usual = STARTTLS (әдеттегі)
admin-settings-security-implicit = Басынан TLS
admin-settings-security-implicit-unverified = Басынан TLS, кез келген сертификат
admin-settings-security-starttls = STARTTLS, осы машинада да
admin-settings-security-starttls-unverified = STARTTLS, кез келген сертификат
admin-settings-security-opportunistic = STARTTLS, ұсынылса
admin-settings-security-none = Шифрлаусыз
admin-settings-relay-options = Шектеулер және басқа параметрлер
admin-settings-connections = Бір мезгілдегі қосылымдар
admin-settings-connections-hint = Бос болса – 8.
admin-settings-ahead = Алдын ала бастау
admin-settings-ahead-hint = Әр қосылым кезегінен бұрын басталды деп белгілейтін хат саны, 0-ден 8-ге дейін; бос болса – 2. Процесс апатты түрде тоқтаса, әр қосылымда тағы сонша хаттың жеткізілгені белгісіз болады.
admin-settings-rate = Секундына хат саны
admin-settings-messages = Бір қосылымдағы хат саны
admin-settings-no-limit = Бос болса – шектеусіз.
admin-settings-weight = Салмағы
admin-settings-weight-hint = Бірнеше сервер арасындағы үлесі; бос болса – 1.
admin-settings-warmup = Біртіндеп арттыру
admin-settings-warmup-hint = Бірінші күнгі хат саны; одан кейін күн сайын екі есе көп.
admin-settings-timeout = Күту уақыты
admin-settings-timeout-hint = Секундпен; бос болса – 60.
admin-settings-helo-hint = Ортақ атаудан басқа болса.
admin-settings-test = { $email } мекенжайына сынақ хатын жіберу
admin-settings-test-good = SMTP-сервер сынақ хатын қабылдады
admin-settings-test-bad = Сынақ хаты кетпеді
admin-settings-test-reply = { $email } үшін хат қабылданды: { $reply }
admin-settings-relay-host-wrong = Серверді енгізіңіз, мысалы smtp.example.org.
admin-settings-relay-port-wrong = Серверді, мысалы smtp.example.org, және 1 мен 65535 аралығындағы портты енгізіңіз немесе портты бос қалдырыңыз.
admin-settings-helo-wrong = Сервер атауын, мысалы mail.example.org, немесе тік жақшадағы мекенжайды енгізіңіз.
admin-settings-auth-wrong = Токен берілген пайдаланушыны енгізіңіз.
admin-settings-connections-wrong = 1 мен 500 аралығындағы бүтін сан енгізіңіз.
admin-settings-weight-wrong = 1 мен 1000 аралығындағы бүтін сан енгізіңіз.
admin-settings-timeout-wrong = 1 мен 600 аралығындағы бүтін сан енгізіңіз.
admin-settings-number-wrong = Бүтін сан енгізіңіз, 1 немесе одан көп.
admin-settings-open-password = Құпиясөзді желімен ашық түрде жіберуге болмайды; басқа шифрлауды таңдаңыз.
admin-settings-relay-no-password = Құпиясөзді енгізіңіз немесе сервер кіруді талап етпесе, пайдаланушы атын бос қалдырыңыз.
admin-settings-unused-trust = Мұндай шифрлауда бұл сертификаттар тексерілмейді; тексерілетін STARTTLS немесе TLS таңдаңыз.

## Senders

admin-settings-senders-intro = Әр таратылым осы жіберушілердің бірінің атынан кетеді. Растау хаттары мен басқа қызметтік хаттар әдепкі жіберушінің атынан кетеді.
admin-settings-senders-given = Жіберушілер { $origin } берілген
admin-settings-senders-problem = Сақталған жіберушілер күшінде емес
admin-settings-not-removed = Алып тасталмады
admin-settings-removed = Жіберуші алып тасталды
admin-settings-added = Жіберуші қосылды
admin-settings-senders-check = Домендерді қазір тексеру
admin-settings-senders-empty = Алдымен әдепкі жіберушіні енгізіңіз. Онсыз ештеңе жіберуге болмайды.
admin-settings-enter-sender = Жіберушіні енгізу
admin-settings-authentication = SPF, DKIM және DMARC
# A record such as SPF, and what its check found: good, weak or wrong.
admin-settings-authentication-finding = { $record }: { $finding }
admin-settings-actions = Әрекеттер
admin-settings-default = әдепкі
admin-settings-sender-checked = { $domain }, тексерілген уақыты: { $date }. <a href="/admin/deliverability">Толығырақ</a>
admin-settings-not-checked = тексерілмеген
admin-settings-sender-remove = { $sender } жіберушісін алып тастау
admin-settings-sender-add = Жіберуші қосу
admin-settings-sender-hint = Аты {"<"}мекенжай>, мысалы: Баспасөз қызметі {"<"}press@example.org>. Оның доменіне өз қол қою кілттері мен DNS жазбалары керек.

## Process

admin-settings-process-intro = Бұл баптаулар процеске қатысты. Оларды командалық жол параметрлері, орта айнымалылары немесе <code>jarshy.toml</code> береді, ал қайта іске қосқаннан кейін күшіне енеді.
admin-settings-setting = Баптау
admin-settings-value = Мәні
admin-settings-origin = Көзі
admin-settings-secret-key-place = дерекқордың жанында сақталады
admin-settings-export = Экспорт
admin-settings-export-text = Осы беттердің барлық баптауы <code>jarshy.toml</code> файлында – сақтауға немесе жаңа орнатуды бастауға.
admin-settings-export-secrets = Құпиясөздермен және кілттермен
admin-settings-export-secrets-hint = Алдымен бұл сіз екеніңізді растайсыз. Файлды басқа ешкім оқи алмайтын жерде сақтаңыз.
admin-settings-export-download = jarshy.toml файлын жүктеп алу

## Opens and links

admin-settings-card-engagement = Хаттарды ашу мен сілтемелер
admin-settings-engagement = Оқырмандардан хаттарды ашу мен сілтемелер көрінуіне рұқсат сұрау
admin-settings-engagement-hint = Оқырмандардан жазылу пішінінде және өз баптаулары бетінде сұралады. Келіскендердің ғана хаттарды ашқаны және, өтулері саналатын тізімдерде, қай сілтемелерге өткені көрінеді. Өшірілсе, бұл бірден тоқтап, ештеңе көрсетілмейді; келісімдер қалады.
admin-settings-engagement-months = Қанша ай сақталады
admin-settings-engagement-months-hint = 1-ден 120-ға дейін. Одан бұрынғысы жойылады.
