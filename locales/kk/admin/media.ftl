### Media: files, their captions.

admin-media-lead = Суреттер, аудио және құжаттар.
admin-media-file = Файл
admin-media-kind = Түрі
admin-media-kind-picture = сурет
admin-media-kind-audio = аудио
admin-media-kind-document = құжат
admin-media-size = Өлшемі
admin-media-bytes =
    { $count ->
        [one] { $count } байт
       *[other] { $count } байт
    }
admin-media-kilobytes = { $size } КБ
admin-media-megabytes = { $size } МБ
# The heading of a date, and above a page after an upload.
admin-media-uploaded = Жүктелді
admin-media-empty-title = Әзірге файл жоқ
admin-media-empty = Жарияланымдарда пайдалану үшін файл жүктеңіз. Сайттағы «Медиа» бетінде тек сіз сонда көрсеткен файлдар болады.

## Search

admin-media-about = Осы файл туралы
admin-media-show = «Медиа» бетінде көрсету
admin-media-show-hint = Әйтпесе файл тек пайдаланылған жерінде және мекенжайы бар адамдарға көрінеді.
admin-media-shown = «Медиа» бетінде
admin-media-on-page = «Медиа» бетінде
admin-media-tags = Белгілер
admin-media-tags-hint = Үтір арқылы, мысалы: мерекелер, 2026.
admin-media-tag = Белгі
admin-media-search = Аты, жазуы немесе белгісі
admin-media-view = Көрініс
admin-media-view-grid = Тор
admin-media-view-list = Тізім
admin-media-none-found-title = Файл табылмады
admin-media-none-found = Басқаша іздеп көріңіз немесе барлық файлды көрсетіңіз.
admin-media-show-all = Барлық файлды көрсету
admin-media-pages = Беттер
admin-media-newer = Жаңарақ
admin-media-older = Ескірек

## Upload

admin-media-files = Файлдар
admin-media-files-hint = JPEG, PNG, GIF, WebP, AVIF, MP3, Ogg, M4A, WAV, PDF немесе қарапайым мәтін, әрқайсысы 20 МиБ-қа дейін. Файлдарды осында сүйреп әкелуге де болады.
admin-media-upload = Жүктеу
admin-media-upload-and-show = Жүктеп, «Медиа» бетінде көрсету
admin-media-upload-hint = Тек жүктелген файл пайдаланылған жерінде және мекенжайы бар адамдарға ғана көрінеді.
admin-media-uploading = Жүктелуде …
admin-media-choose = Файлды таңдаңыз
admin-media-not-uploaded = Жүктелмеді
admin-media-uploaded-next = Мұны көре немесе ести алмайтындар үшін балама мәтін қосыңыз.
admin-media-uploaded-counted =
    { $count ->
        [one] { $count } файл жүктелді
       *[other] { $count } файл жүктелді
    }

## One file

admin-media-caption = Жазуы
admin-media-alt = Балама мәтін
admin-media-alt-hint = Оны экран оқу бағдарламалары дауыстап оқиды; сурет ашылмағанда да көрсетіледі.
admin-media-open = Ашу
admin-media-pixels = Пиксель
# $widths: in pixels, such as “480, 960”.
admin-media-pixels-also = { $across } × { $down }; шағын экрандарға арналған ені { $widths } нұсқалары да бар
admin-media-used-in = Қолданылған жері
admin-media-unused = біз білетін еш жерде
admin-media-use-post = «{ $title }» жарияланымы
admin-media-use-event = «{ $title }» іс-шарасы
admin-media-use-layout = { $name } макеті
admin-media-use-snippet = { $name } үзіндісі
admin-media-use-campaign = «{ $subject }» таратылымы
admin-media-use-logo = сайттың логотипі
admin-media-address = Мекенжайы
# The Markdown for it.
admin-media-markdown = Жарияланымда

## The picker of the post editor

admin-media-choose-from = Медиадан таңдау
admin-media-pick = Медиадан таңдау
admin-media-pick-lead = Файлдың астындағы мәтінді жарияланымға көшіріңіз: файл сонда көрінеді.
admin-media-insert = Қою
admin-media-close = Жабу
admin-media-not-picked = Файлдарды көрсету мүмкін болмады. Қайталап көріңіз.

## Deleting

admin-media-delete-unused = Файл қоқыс жәшігіне түседі, мекенжайы жұмысын тоқтатады. Оны 30 күн ішінде қалпына келтіруге болады. Біз білетін еш жер оны пайдаланбайды. Қалпына келтіргенше ол бұрын жіберілген хаттарда да болмайды.
admin-media-delete-used =
    { $count ->
        [one] Файл қоқыс жәшігіне түседі, мекенжайы жұмысын тоқтатады. Оны 30 күн ішінде қалпына келтіруге болады. Оны пайдаланатын { $count } жерде ол болмай қалады: { $places }. Қалпына келтіргенше ол бұрын жіберілген хаттарда да болмайды.
       *[other] Файл қоқыс жәшігіне түседі, мекенжайы жұмысын тоқтатады. Оны 30 күн ішінде қалпына келтіруге болады. Оны пайдаланатын { $count } жерде ол болмай қалады: { $places }. Қалпына келтіргенше ол бұрын жіберілген хаттарда да болмайды.
    }
