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
admin-media-empty = Загрузите файл, чтобы использовать его в публикациях. В разделе «Медиа» на сайте есть только то, что вы там показываете.

## Search

admin-media-about = Об этом файле
admin-media-show = Показывать на странице «Медиа»
admin-media-show-hint = Иначе файл виден только там, где он используется, и тем, у кого есть его адрес.
admin-media-shown = на странице «Медиа»
admin-media-on-page = На странице «Медиа»
admin-media-tags = Метки
admin-media-tags-hint = Через запятую, например: праздники, 2026.
admin-media-tag = Метка
admin-media-search = Имя, подпись или метка
admin-media-view = Вид
admin-media-view-grid = Плитка
admin-media-view-list = Список
admin-media-none-found-title = Файлы не найдены
admin-media-none-found = Измените запрос или покажите все файлы.
admin-media-show-all = Показать все файлы
admin-media-pages = Страницы
admin-media-newer = Новее
admin-media-older = Старее

## Upload

admin-media-files = Файлы
admin-media-files-hint = JPEG, PNG, GIF, WebP, AVIF, MP3, Ogg, M4A, WAV, PDF или простой текст, каждый до 20 МиБ. Файлы можно и перетащить сюда.
admin-media-upload = Загрузить
admin-media-upload-and-show = Загрузить и показать на странице «Медиа»
admin-media-upload-hint = Просто загруженный файл виден только там, где он используется, и тем, у кого есть его адрес.
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

admin-media-caption = Подпись
admin-media-alt = Альтернативный текст
admin-media-alt-hint = Его читают вслух программы экранного доступа; он виден и тогда, когда изображение не загрузилось.
admin-media-open = Открыть
admin-media-pixels = Пиксели
# $widths: in pixels, such as “480, 960”.
admin-media-pixels-also = { $across } × { $down }; для небольших экранов также шириной { $widths }
admin-media-used-in = Используется в
admin-media-unused = нигде, насколько нам известно
admin-media-use-post = публикация «{ $title }»
admin-media-use-event = событие «{ $title }»
admin-media-use-layout = макет { $name }
admin-media-use-snippet = фрагмент { $name }
admin-media-use-campaign = рассылка «{ $subject }»
admin-media-use-logo = логотип сайта
admin-media-address = Адрес
# The Markdown for it.
admin-media-markdown = В публикации

## The picker of the post editor

admin-media-choose-from = Выбрать из медиа
admin-media-pick = Выбрать из медиа
admin-media-pick-lead = Скопируйте текст под файлом в публикацию: там появится файл.
admin-media-insert = Вставить
admin-media-close = Закрыть
admin-media-not-picked = Не удалось показать файлы. Попробуйте ещё раз.

## Deleting

admin-media-delete-unused = Файл попадёт в корзину, и его адрес перестанет работать. Его можно восстановить в течение 30 дней. Насколько нам известно, он нигде не используется. В уже отправленных письмах его тоже не будет, пока вы его не восстановите.
admin-media-delete-used =
    { $count ->
        [one] Файл попадёт в корзину, и его адрес перестанет работать. Его можно восстановить в течение 30 дней. Его не будет в { $count } месте, где он используется: { $places }. В уже отправленных письмах его тоже не будет, пока вы его не восстановите.
        [few] Файл попадёт в корзину, и его адрес перестанет работать. Его можно восстановить в течение 30 дней. Его не будет в { $count } местах, где он используется: { $places }. В уже отправленных письмах его тоже не будет, пока вы его не восстановите.
       *[other] Файл попадёт в корзину, и его адрес перестанет работать. Его можно восстановить в течение 30 дней. Его не будет в { $count } местах, где он используется: { $places }. В уже отправленных письмах его тоже не будет, пока вы его не восстановите.
    }
