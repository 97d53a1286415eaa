### Media: files, their captions.

admin-media-lead = Изображения, аудио и документы.
admin-media-file = Файл
admin-media-kind = Вид
admin-media-kind-picture = изображение
admin-media-kind-audio = аудио
admin-media-kind-document = документ
admin-media-size = Размер
admin-media-bytes =
    { $count ->
        [one] { $count } байт
        [few] { $count } байта
       *[other] { $count } байт
    }
admin-media-kilobytes = { $size } КБ
admin-media-megabytes = { $size } МБ
# The heading of a date, and above a page after an upload.
admin-media-uploaded = Загружено
admin-media-empty-title = Файлов пока нет
admin-media-empty = Загрузите файл, чтобы использовать его в публикациях. На сайте он появится в разделе «Медиа».

## Upload

admin-media-files = Файлы
admin-media-files-hint = JPEG, PNG, GIF, WebP, AVIF, MP3, Ogg, M4A, WAV, PDF или простой текст, каждый до 20 МиБ. Файлы можно и перетащить сюда.
admin-media-upload = Загрузить
admin-media-uploading = Загрузка …
admin-media-choose = Выберите файл
admin-media-not-uploaded = Не загружено
admin-media-uploaded-next = Добавьте альтернативный текст для тех, кто не может этого увидеть или услышать.
admin-media-uploaded-counted =
    { $count ->
        [one] Загружен { $count } файл
        [few] Загружено { $count } файла
       *[other] Загружено { $count } файлов
    }

## One file

admin-media-captions = Подпись и альтернативный текст
admin-media-caption = Подпись
admin-media-alt = Альтернативный текст
admin-media-alt-hint = Его читают вслух программы экранного доступа; он виден и тогда, когда изображение не загрузилось.
admin-media-open = Открыть
admin-media-pixels = Пиксели
# $widths: in pixels, such as “480, 960”.
admin-media-pixels-also = { $across } × { $down }; для небольших экранов также шириной { $widths }
admin-media-used-in = Используется в
admin-media-uses =
    { $count ->
        [one] { $count } публикации
       *[other] { $count } публикациях
    }
admin-media-address = Адрес
# The Markdown for it.
admin-media-markdown = В публикации

## Deleting

admin-media-delete-unused = Файл будет удалён безвозвратно, и его адрес перестанет работать. Ни в одной публикации его нет. Он исчезнет и из уже отправленных писем.
admin-media-delete-used =
    { $count ->
        [one] Файл будет удалён безвозвратно, и его адрес перестанет работать. Его не будет в { $count } публикации, где он используется. Он исчезнет и из уже отправленных писем.
       *[other] Файл будет удалён безвозвратно, и его адрес перестанет работать. Его не будет в { $count } публикациях, где он используется. Он исчезнет и из уже отправленных писем.
    }
admin-media-keep = Оставить
