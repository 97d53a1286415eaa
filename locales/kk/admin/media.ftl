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
admin-media-empty = Жарияланымдарда пайдалану үшін файл жүктеңіз. Сайтта ол «Медиа» бөлімінде тұрады.

## Upload

admin-media-files = Файлдар
admin-media-files-hint = JPEG, PNG, GIF, WebP, AVIF, MP3, Ogg, M4A, WAV, PDF немесе қарапайым мәтін, әрқайсысы 20 МиБ-қа дейін. Файлдарды осында сүйреп әкелуге де болады.
admin-media-upload = Жүктеу
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

admin-media-captions = Жазуы және балама мәтіні
admin-media-caption = Жазуы
admin-media-alt = Балама мәтін
admin-media-alt-hint = Оны экран оқу бағдарламалары дауыстап оқиды; сурет ашылмағанда да көрсетіледі.
admin-media-open = Ашу
admin-media-pixels = Пиксель
# $widths: in pixels, such as “480, 960”.
admin-media-pixels-also = { $across } × { $down }; шағын экрандарға арналған ені { $widths } нұсқалары да бар
admin-media-used-in = Қолданылған жері
admin-media-uses =
    { $count ->
        [one] { $count } жарияланым
       *[other] { $count } жарияланым
    }
admin-media-address = Мекенжайы
# The Markdown for it.
admin-media-markdown = Жарияланымда

## Deleting

admin-media-delete-unused = Файл біржола жойылады, мекенжайы жұмысын тоқтатады. Оны бірде-бір жарияланым қолданбайды. Ол бұрын жіберілген хаттардан да жоғалады.
admin-media-delete-used =
    { $count ->
        [one] Файл біржола жойылады, мекенжайы жұмысын тоқтатады. Оны қолданатын { $count } жарияланымда ол болмай қалады. Ол бұрын жіберілген хаттардан да жоғалады.
       *[other] Файл біржола жойылады, мекенжайы жұмысын тоқтатады. Оны қолданатын { $count } жарияланымда ол болмай қалады. Ол бұрын жіберілген хаттардан да жоғалады.
    }
admin-media-keep = Қалдыру
