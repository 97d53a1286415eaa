### Words that several admin pages share: buttons, states, roles. Every key of the admin
### pages begins with “admin-”.

## Frame

admin-skip = Мазмұнға өту
admin-menu = Мәзір
admin-nav-label = Басқару
admin-name = Басқару
admin-my-account = Менің профилім
admin-view-site = Сайтты ашу
admin-demo-inbox = Демо пошта
admin-sign-out = Шығу

## Navigation

admin-nav-mail = Пошта
admin-nav-audience = Аудитория
admin-nav-site = Сайт
admin-nav-settings = Баптаулар
admin-nav-dashboard = Шолу
admin-nav-posts = Жарияланымдар
admin-nav-campaigns = Таратылымдар
admin-nav-recurring = Қайталанатын
admin-nav-feeds = Ленталар
admin-nav-series = Топтамалар
admin-nav-layouts = Макеттер
admin-nav-snippets = Үзінділер
admin-nav-email-templates = Хат үлгілері
admin-nav-deliverability = Жеткізілу
admin-nav-subscribers = Жазылушылар
admin-nav-lists = Тізімдер
admin-nav-join-form = Жазылу пішіні
admin-nav-segments = Сегменттер
admin-nav-tags = Белгілер
admin-nav-suppressions = Стоп-тізім
admin-nav-imports = Импорт
admin-nav-events = Іс-шаралар
admin-nav-media = Медиа
admin-nav-website = Сайт
admin-nav-texts = Мәтіндер
admin-nav-trash = Қоқыс жәшігі
admin-nav-general = Жалпы
admin-nav-users = Пайдаланушылар
admin-nav-tokens = API токендері
admin-nav-webhooks = Вебхуктер
admin-nav-audit = Әрекеттер журналы
admin-nav-takeout = Деректерді шығарып алу
admin-nav-system = Жүйені тексеру

## Buttons

admin-save = Сақтау
admin-cancel = Болдырмау
admin-delete = Жою
# The dots say that a question follows.
admin-delete-ask = Жою…
admin-change = Өзгерту
admin-search = Іздеу
admin-add = Қосу
admin-remove = Алып тастау
# Takes back what was just done.
admin-undo = Қайтару
admin-copy = Көшіру
# Shown on the button for a moment.
admin-copied = Көшірілді
admin-download = Жүктеп алу
admin-preview = Алдын ала қарау
admin-next-page = Келесі бет
admin-first-page = Бірінші бет
admin-all = Барлығы

## Fields

admin-email = Эл. пошта мекенжайы
admin-name-field = Аты
admin-language = Тіл
admin-all-languages = Барлық тілдер

## Outcomes, above a page

admin-saved = Сақталды
admin-not-saved = Сақталмады
# Beside the button that saves, with the errors above the form.
admin-form-faults =
    { $count ->
        [one] Сақталмады: { $count } жерді түзету керек
       *[other] Сақталмады: { $count } жерді түзету керек
    }
# What closes the message about the last request.
admin-close-message = Бұл хабарды жабу
admin-deleted = Жойылды
admin-deleted-name = «{ $name }» жойылды
admin-delete-question = «{ $name }» жойылсын ба?
admin-done = Орындалды
admin-not-done = Орындалмады
# For screen readers, before a finding.
admin-error-mark = Қате:
admin-warning-mark = Ескерту:
admin-none = жоқ
admin-yes = иә
admin-no = жоқ
admin-never = ешқашан

## Preview of an email

admin-preview-as = Қалай көрсету керек
admin-preview-mail = Хат
admin-preview-phone = Телефонда
admin-preview-text = Қарапайым мәтін
admin-preview-dark = Қараңғы режим
# The header fields of the message.
admin-preview-header = Тақырыптамалар
admin-preview-report = Кіріс жәшігі, көлемі, пошта бағдарламалары
admin-preview-reader = Жазылушы ретінде
admin-preview-reader-hint = Мекенжай немесе бір ғана жазылушыда бар есім.
admin-preview-test-to = Сынақ хат қайда жіберіледі
admin-preview-test-hint = Үтірмен бөлінген он мекенжайға дейін. «Сақтау және сынақ жіберу» түймесі жібереді.
admin-preview-show = Көрсету
admin-preview-nobody = «{ $text }» сәйкес келетін жазылушы жоқ.
admin-preview-several = Бірнеше жазылушы сәйкес келеді: { $addresses }. Бір мекенжайды енгізіңіз.
admin-preview-inbox = Кіріс жәшігінде
admin-preview-no-sender = Әзірге жіберуші жоқ
admin-preview-inbox-subject-cut = Телефон тақырыпты шамамен 40 таңбадан кейін қияды.
admin-preview-inbox-no-preheader = Прехедер жоқ: кіріс жәшігінде хаттың алғашқы сөздері көрінеді.
admin-preview-inbox-preheader-repeats-subject = Прехедер тақырыпты қайталайды.
admin-preview-inbox-preheader-short = Прехедер қысқа: кіріс жәшігінде одан кейін хаттың алғашқы сөздері көрінеді.
admin-preview-size = Көлемі
# $size is such as 12 KB.
admin-preview-size-html = { $size }, Gmail көрсететін көлемнің { $percent } %-ы
admin-preview-size-files = Хат ішіндегі файлдар
admin-preview-size-calendar = Күнтізбеге арналғаны
admin-preview-size-message = Бүкіл хат
admin-preview-size-pictures = Суреттер
# $size is such as 12 KB.
admin-preview-size-pictures-own = осы сайттан { $count } сурет, { $size }
admin-preview-size-pictures-elsewhere = басқа сайттардан { $count }, көлемі белгісіз
admin-preview-size-pictures-none = Жоқ
admin-preview-kb = { $kb } КБ
admin-preview-clipped = Gmail бұл хатты қиып тастайды және жазылудан бас тарту сілтемесін жасырады.
admin-preview-nearly-clipped = Gmail хаттарды HTML 102 КБ-тан асқанда қияды; бұл хат шекке жақын.
admin-preview-clients = Пошта бағдарламалары
admin-preview-clients-good = Outlook, Outlook.com, Gmail, Apple Mail және Yahoo Mail бағдарламаларында мәселе табылмады.
# $clients are names of programs, $feature such as display:flex or <video>.
admin-preview-unsupported = { $clients } мынаны көрсетпейді: { $feature }.
admin-preview-line = { $line }-жол
admin-preview-block = { $block }-блок
# $element is such as <div>, $near the words after it.
admin-preview-near = { $element }, «{ $near }» жанында
admin-preview-times = { $count } рет
admin-preview-refresh = Алдын ала көріністі жаңарту
admin-preview-text-part = Мәтіндік бөлік

## Counted things

admin-subscribers-counted =
    { $count ->
        [one] { $count } жазылушы
       *[other] { $count } жазылушы
    }
admin-recipients-counted =
    { $count ->
        [one] { $count } алушы
       *[other] { $count } алушы
    }

## Roles

admin-role-owner = иесі
admin-role-editor = редактор
admin-role-viewer = бақылаушы

## States of a subscription

admin-subscription-pending = растауды күтуде
admin-subscription-confirmed = расталған
admin-subscription-unsubscribed = жазылымнан шыққан

## Reasons of a suppression

admin-suppression-unsubscribed-all = барлық хаттан бас тартқан
admin-suppression-hard-bounce = мекенжай жоқ
admin-suppression-complaint = шағым
admin-suppression-manual = қолмен

## States of a campaign

admin-campaign-draft = жоба
admin-campaign-scheduled = жоспарланған
admin-campaign-sending = жіберілуде
admin-campaign-paused = тоқтатылған
admin-campaign-finished = аяқталған
admin-campaign-cancelled = бас тартылған
admin-campaign-failed-to-start = басталмады

## States of a delivery

admin-delivery-queued = кезекте
admin-delivery-leased = өңдеуге алынды
admin-delivery-sending = жіберілуде
admin-delivery-sent = жіберілді
admin-delivery-deferred = кейінге қалдырылды
admin-delivery-failed = қабылданбады
admin-delivery-bounced = қайтарылды
admin-delivery-complained = шағым түсті
admin-delivery-skipped = өткізілді
admin-delivery-uncertain = белгісіз

## Kinds of a list

admin-visibility-public = ашық
admin-visibility-private = жабық
admin-opt-in-single = растаусыз
admin-opt-in-double = растаумен

## Languages of a post or event

# After the name of a language.
admin-translation-missing = жоқ
admin-translation-copy = Басқа тілдегі мәтіннен бастау
admin-translation-nothing-to-copy = Басқа тілде мәтін әлі жоқ.
# After the name of a language, and so short: the text in the first language is newer.
admin-translation-behind = бастапқы мәтін өзгерген
admin-translation-behind-text = «{ $source }» тіліндегі мәтін осы аудармадан кейін өзгерген.
admin-translation-current = Бұл аударма жаңа мәтінге сай

## Why people left

admin-leave-reasons = Жазылымнан шығу себептері
admin-leave-reasons-hint = Жауап беру міндетті емес, сондықтан жауап аз болады.
admin-leave-reasons-reason = Себебі
admin-leave-reasons-people = Адам саны
admin-leave-reason-too-many = Хат тым көп
admin-leave-reason-not-interesting = Тақырыптары қызықсыз
admin-leave-reason-never-asked = Жазылғаны есінде жоқ
admin-leave-reason-elsewhere = Жаңалықтарды басқа жерден оқиды
admin-leave-reason-other = Басқа себеп

## Emoji

# $field is the label of a field.
admin-emoji-insert = Эмодзи қою: { $field }
admin-emoji-title = Эмодзи
admin-emoji-search = Іздеу
admin-emoji-none = Эмодзи табылмады
admin-emoji-faces = Жүздер мен адамдар
admin-emoji-feasts = Мерекелер
admin-emoji-culture = Күндер, мәдениет, спорт
admin-emoji-places = Сапар мен орындар
admin-emoji-nature = Табиғат пен тағам
admin-emoji-signs = Белгілер
