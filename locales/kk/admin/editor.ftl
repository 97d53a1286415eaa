# The toolbar and its menus
admin-editor-toolbar = Мәтінді пішімдеу
admin-editor-type = Мәтін стилі
admin-editor-bold = Қалың
admin-editor-italic = Көлбеу
admin-editor-strike = Сызылған
admin-editor-code = Код
admin-editor-link = Сілтеме
admin-editor-bullet-list = Таңбаланған тізім
admin-editor-ordered-list = Нөмірленген тізім
admin-editor-quote = Дәйексөз
admin-editor-picture-new = Сурет қосу
admin-editor-table-new = Кесте қосу
admin-editor-tag = Қою тегі
admin-editor-insert-block = Блок қосу
admin-editor-block-actions = Блок
admin-editor-undo = Қайтару
admin-editor-redo = Қайталау
admin-editor-source = Markdown
admin-editor-source-shown = Енді Markdown өңделеді
admin-editor-source-left = Енді пішімделген мәтін өңделеді
admin-editor-heading-level = { $level }-деңгейлі тақырып

# What is said of the text
admin-editor-text = Мәтін
admin-editor-empty-hint = Жазыңыз немесе блоктар үшін / басыңыз
admin-editor-keys-hint = Құралдар тақтасы үшін Alt+F10, блокты жылжыту үшін Alt+↑ немесе Alt+↓ басыңыз.
admin-editor-words = Сөз саны: { $count }
admin-editor-reading-time = Оқу уақыты: { $minutes } мин
admin-editor-slash-count = Табылған блоктар: { $count }. Бағыттама пернелермен және Enter арқылы таңдаңыз.
admin-editor-not-written = Мәтінді Markdown пішіміне айналдыру мүмкін болмады: { $why }. Қайталап көріңіз.
admin-editor-not-read = Markdown мәтінін оқу мүмкін болмады: { $why }

# What can be done with a block
admin-editor-handle = Блокты жылжыту немесе мәзірін ашу
admin-editor-settings-of = Баптаулары: { $block }
admin-editor-move-up = Жоғары жылжыту
admin-editor-move-down = Төмен жылжыту
admin-editor-moved-up = Жоғары жылжытылды
admin-editor-moved-down = Төмен жылжытылды
admin-editor-not-moved = Блокты әрі қарай жылжытуға болмайды
admin-editor-duplicate = Көшірмесін жасау
admin-editor-write-below = Төменіне жазу
admin-editor-delete = Жою
admin-editor-deleted = Жойылды: { $block }

# Dialogs
admin-editor-apply = Қолдану
admin-editor-insert = Кірістіру
admin-editor-address = Мекенжай
admin-editor-found = Табылғандар
admin-editor-found-count = Табылды: { $count }
admin-editor-search-hint = Атауының екі әрпін теріңіз.
admin-editor-upload-file = Файл жүктеп салу
admin-editor-file-missing = Файл таңдаңыз немесе мекенжай енгізіңіз
admin-editor-uploading = { $file } жүктеп салынуда
admin-editor-not-uploaded = { $file } жүктеп салынбады: { $why }

# Links
admin-editor-link-edit = Сілтемені өңдеу
admin-editor-link-href = Мекенжай немесе іздейтін сөздер
admin-editor-link-hint = Сілтеме жасау үшін жарияланымның, іс-шараның немесе файлдың атауын теріңіз.
admin-editor-link-text = Мәтін
admin-editor-link-remove = Сілтемені алып тастау
admin-editor-link-unsafe = Мұндай мекенжайға сілтеме жасауға болмайды

# Pictures
admin-editor-picture = Сурет
admin-editor-picture-file = Сурет жүктеп салу
admin-editor-picture-src = Суреттің мекенжайы
admin-editor-picture-alt = Балама мәтін
admin-editor-picture-alt-hint = Суретті көрмейтін адамдар үшін онда не бейнеленгені. Сурет тек безендіру болса, бос қалдырыңыз.
admin-editor-picture-width = Ені
admin-editor-width-natural = Өз ені
admin-editor-width-small = Шағын
admin-editor-width-half = Мәтіннің жартысы
admin-editor-width-full = Мәтіннің енімен
admin-editor-picture-href = Суреттің сілтемесі
admin-editor-picture-missing = Сурет таңдаңыз немесе мекенжайын енгізіңіз
admin-editor-picture-broken = Суретті көрсету мүмкін емес: { $src }
admin-editor-picture-no-alt = Балама мәтін жоқ
admin-editor-caption = Түсініктеме
admin-editor-gallery = Галерея
admin-editor-gallery-files = Суреттер
admin-editor-gallery-two = Кемінде екі сурет таңдаңыз

# Tables
admin-editor-table = Кесте
admin-editor-rows-columns = Жолдар мен бағандар
admin-editor-row-above = Жоғарыға жол қосу
admin-editor-row-below = Төменге жол қосу
admin-editor-row-delete = Жолды жою
admin-editor-column-before = Алдына баған қосу
admin-editor-column-after = Соңынан баған қосу
admin-editor-column-delete = Бағанды жою
admin-editor-column-align = Бағанды туралау
admin-editor-align-none = Мәтін сияқты
admin-editor-align-left = Сол жақ
admin-editor-align-right = Оң жақ
admin-editor-table-delete = Кестені жою

# Merge tags
admin-editor-tag-what = Мән
admin-editor-tag-name = Аты
admin-editor-tag-email = Эл. пошта мекенжайы
admin-editor-tag-language = Тіл
admin-editor-tag-site-name = Сайттың атауы
admin-editor-tag-unsubscribe-url = Жазылымнан шығу сілтемесі
admin-editor-tag-preferences-url = Баптаулар сілтемесі
admin-editor-tag-archive-url = Мұрағат сілтемесі
admin-editor-tag-attribute = Атрибут
admin-editor-tag-attribute-name = Атрибуттың атауы
admin-editor-tag-attribute-hint = Тек атрибуттар үшін, мысалы city.
admin-editor-tag-attribute-bad = Атрибуттың атауын енгізіңіз: латын әріптері, цифрлар және _
admin-editor-tag-default = Мән болмаса қойылатын мәтін
admin-editor-tag-default-hint = Мысалы: оқырман
admin-editor-tag-or = немесе «{ $text }»
admin-editor-tag-expression = Өрнек

# The blocks
admin-editor-block-paragraph = Абзац
admin-editor-block-heading = Тақырып
admin-editor-block-blockquote = Дәйексөз
admin-editor-block-bullet-list = Таңбаланған тізім
admin-editor-block-ordered-list = Нөмірленген тізім
admin-editor-block-list-item = Тізім тармағы
admin-editor-block-table = Кесте
admin-editor-block-table-row = Жол
admin-editor-block-table-cell = Кесте ұяшығы
admin-editor-block-table-header = Кесте тақырыбы
admin-editor-block-code-block = Код блогы
admin-editor-block-divider = Бөлгіш сызық
admin-editor-block-picture = Сурет
admin-editor-block-gallery = Галерея
admin-editor-block-button = Түйме
admin-editor-block-spacer = Бос орын
admin-editor-block-columns = Бағандар
admin-editor-block-callout = Ерекше блок
admin-editor-block-merge-tag = Қою тегі
admin-editor-block-if = Кейбір алушылар үшін ғана
admin-editor-block-event = Іс-шара
admin-editor-block-events = Жақын іс-шаралар
admin-editor-block-post = Жарияланым
admin-editor-block-posts = Соңғы жарияланымдар
admin-editor-block-feed = Лента жазбалары
admin-editor-block-snippet = Үзінді
admin-editor-block-file = Жүктеп алатын файл
admin-editor-block-audio = Аудио
admin-editor-block-video = Бейне
admin-editor-block-embed = Сілтеме карточкасы
admin-editor-block-social = Әлеуметтік желі сілтемелері
admin-editor-social-empty = Әлеуметтік желілер сілтемелері: мұнда өзіңіз жазғанша, «Сайт» бетінде қойылғандары
admin-editor-block-html = HTML
admin-editor-block-markdown = Markdown

# What can be set about them
admin-editor-button-text = Түйме мәтіні
admin-editor-align = Туралау
admin-editor-align-start = Басы
admin-editor-align-center = Ортасы
admin-editor-align-end = Соңы
admin-editor-kind = Көрінісі
admin-editor-kind-main = Боялған
admin-editor-kind-plain = Жиекті
admin-editor-size = Өлшемі
admin-editor-size-small = Шағын
admin-editor-size-medium = Орташа
admin-editor-size-large = Үлкен
admin-editor-split = Бағандар
admin-editor-split-1-1 = Ені бірдей екеу
admin-editor-split-1-2 = Тар және кең
admin-editor-split-2-1 = Кең және тар
admin-editor-split-1-1-1 = Үшеу
admin-editor-callout-kind = Түрі
admin-editor-callout-kind-note = Ескертпе
admin-editor-callout-kind-good = Жақсы жаңалық
admin-editor-callout-kind-warning = Назар аударыңыз
admin-editor-name = Атауы
admin-editor-title = Тақырыбы
admin-editor-description = Сипаттама
admin-editor-poster = Мұқаба суретінің мекенжайы
admin-editor-count = Саны
admin-editor-event-which = Іс-шара
admin-editor-post-which = Жарияланым
admin-editor-snippet-which = Үзінді
admin-editor-snippet-how = Қалай
admin-editor-snippet-how-linked = Байланысты: үзіндімен бірге өзгереді
admin-editor-snippet-how-copied = Көшірілген: қазіргі күйінде қалады
admin-editor-snippet-none = Әзірге үзінді жоқ. Оны «Үзінділер» бөлімінде жасаңыз немесе осы мәтіннің блогын үзінді етіп сақтаңыз.
admin-editor-snippet-keep = Үзінді етіп сақтау
admin-editor-snippet-name = Аты
admin-editor-snippet-name-hint = Латынның кіші әріптері, цифрлар мен дефистер, мысалы contact.
# $name: the name of the snippet.
admin-editor-snippet-kept = { $name } үзіндісі болып сақталды; енді мұнда сол көрсетілген.
admin-editor-condition = Шарт
admin-editor-condition-hint = Мысалы: attributes.city == "Almaty"
admin-editor-if-condition = Тек мына шартпен: { $condition }
admin-editor-otherwise = Әйтпесе
admin-editor-otherwise-no = Басқаларға ештеңе көрсетпеу
admin-editor-otherwise-yes = Басқаларға өзге мәтін көрсету
admin-editor-html = HTML
admin-editor-markdown = Markdown
admin-editor-language = Бағдарламалау тілі
admin-editor-language-hint = Мысалы: python
