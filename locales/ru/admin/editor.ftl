# The toolbar and its menus
admin-editor-toolbar = Форматирование текста
admin-editor-type = Стиль текста
admin-editor-bold = Полужирный
admin-editor-italic = Курсив
admin-editor-strike = Зачёркнутый
admin-editor-code = Код
admin-editor-link = Ссылка
admin-editor-bullet-list = Маркированный список
admin-editor-ordered-list = Нумерованный список
admin-editor-quote = Цитата
admin-editor-picture-new = Добавить картинку
admin-editor-table-new = Добавить таблицу
admin-editor-tag = Подстановка
admin-editor-insert-block = Вставить блок
admin-editor-block-actions = Блок
admin-editor-undo = Отменить действие
admin-editor-redo = Повторить действие
admin-editor-source = Markdown
admin-editor-source-shown = Теперь вы правите Markdown
admin-editor-source-left = Теперь вы правите оформленный текст
admin-editor-heading-level = Заголовок { $level }

# What is said of the text
admin-editor-text = Текст
admin-editor-empty-hint = Пишите или нажмите / для блоков
admin-editor-keys-hint = Alt+F10 открывает панель инструментов, Alt+↑ и Alt+↓ перемещают блок.
admin-editor-words = Слов: { $count }
admin-editor-reading-time = Время чтения: { $minutes } мин
admin-editor-slash-count = Найдено блоков: { $count }. Выберите стрелками и клавишей Enter.
admin-editor-not-written = Не удалось преобразовать текст в Markdown: { $why }. Попробуйте ещё раз.
admin-editor-not-read = Не удалось прочитать Markdown: { $why }

# What can be done with a block
admin-editor-handle = Переместить блок или открыть его меню
admin-editor-settings-of = Настройки: { $block }
admin-editor-move-up = Переместить выше
admin-editor-move-down = Переместить ниже
admin-editor-moved-up = Перемещено выше
admin-editor-moved-down = Перемещено ниже
admin-editor-not-moved = Дальше переместить блок нельзя
admin-editor-duplicate = Дублировать
admin-editor-write-below = Писать ниже
admin-editor-delete = Удалить
admin-editor-deleted = Удалено: { $block }

# Dialogs
admin-editor-apply = Применить
admin-editor-insert = Вставить
admin-editor-address = Адрес
admin-editor-found = Найдено
admin-editor-found-count = Найдено: { $count }
admin-editor-search-hint = Введите две буквы названия.
admin-editor-upload-file = Загрузить файл
admin-editor-file-missing = Выберите файл или введите адрес
admin-editor-uploading = Загружается { $file }
admin-editor-not-uploaded = Не удалось загрузить { $file }: { $why }

# Links
admin-editor-link-edit = Изменить ссылку
admin-editor-link-href = Адрес или слова для поиска
admin-editor-link-hint = Чтобы сослаться на публикацию, событие или файл, введите название.
admin-editor-link-text = Текст
admin-editor-link-remove = Убрать ссылку
admin-editor-link-unsafe = На такой адрес ссылаться нельзя

# Pictures
admin-editor-picture = Картинка
admin-editor-picture-file = Загрузить картинку
admin-editor-picture-src = Адрес картинки
admin-editor-picture-alt = Альтернативный текст
admin-editor-picture-alt-hint = Что на картинке, для тех, кто её не видит. Оставьте пустым, если она только украшает текст.
admin-editor-picture-width = Ширина
admin-editor-width-natural = Своя
admin-editor-width-small = Маленькая
admin-editor-width-half = Половина текста
admin-editor-width-full = Во всю ширину текста
admin-editor-picture-href = Ссылка с картинки
admin-editor-picture-missing = Выберите картинку или введите её адрес
admin-editor-picture-broken = Картинку нельзя показать: { $src }
admin-editor-picture-no-alt = Нет альтернативного текста
admin-editor-caption = Подпись
admin-editor-gallery = Галерея
admin-editor-gallery-files = Картинки
admin-editor-gallery-two = Выберите хотя бы две картинки

# Tables
admin-editor-table = Таблица
admin-editor-rows-columns = Строки и столбцы
admin-editor-row-above = Добавить строку выше
admin-editor-row-below = Добавить строку ниже
admin-editor-row-delete = Удалить строку
admin-editor-column-before = Добавить столбец перед этим
admin-editor-column-after = Добавить столбец после этого
admin-editor-column-delete = Удалить столбец
admin-editor-column-align = Выравнивание столбца
admin-editor-align-none = Как текст
admin-editor-align-left = По левому краю
admin-editor-align-right = По правому краю
admin-editor-table-delete = Удалить таблицу

# Merge tags
admin-editor-tag-what = Значение
admin-editor-tag-name = Имя
admin-editor-tag-email = Адрес эл. почты
admin-editor-tag-language = Язык
admin-editor-tag-site-name = Название сайта
admin-editor-tag-unsubscribe-url = Ссылка для отписки
admin-editor-tag-preferences-url = Ссылка на настройки
admin-editor-tag-archive-url = Ссылка на архив
admin-editor-tag-attribute = Атрибут
admin-editor-tag-attribute-name = Название атрибута
admin-editor-tag-attribute-hint = Только для атрибутов, например city.
admin-editor-tag-attribute-bad = Введите название атрибута: латинские буквы, цифры и _
admin-editor-tag-default = Текст, если значения нет
admin-editor-tag-default-hint = Например: читатель
admin-editor-tag-or = или «{ $text }»
admin-editor-tag-expression = Выражение

# The blocks
admin-editor-block-paragraph = Абзац
admin-editor-block-heading = Заголовок
admin-editor-block-blockquote = Цитата
admin-editor-block-bullet-list = Маркированный список
admin-editor-block-ordered-list = Нумерованный список
admin-editor-block-list-item = Пункт списка
admin-editor-block-table = Таблица
admin-editor-block-table-row = Строка
admin-editor-block-table-cell = Ячейка таблицы
admin-editor-block-table-header = Заголовок таблицы
admin-editor-block-code-block = Блок кода
admin-editor-block-divider = Разделитель
admin-editor-block-picture = Картинка
admin-editor-block-gallery = Галерея
admin-editor-block-button = Кнопка
admin-editor-block-spacer = Отступ
admin-editor-block-columns = Колонки
admin-editor-block-callout = Выноска
admin-editor-block-merge-tag = Подстановка
admin-editor-block-if = Только для некоторых получателей
admin-editor-block-event = Событие
admin-editor-block-events = Ближайшие события
admin-editor-block-post = Публикация
admin-editor-block-posts = Последние публикации
admin-editor-block-feed = Записи ленты
admin-editor-block-snippet = Фрагмент
admin-editor-block-file = Файл для скачивания
admin-editor-block-audio = Аудио
admin-editor-block-video = Видео
admin-editor-block-embed = Карточка ссылки
admin-editor-block-social = Ссылки на соцсети
admin-editor-social-empty = Ссылки на социальные сети: заданные на странице «Сайт», пока здесь не написаны свои
admin-editor-block-html = HTML
admin-editor-block-markdown = Markdown

# What can be set about them
admin-editor-button-text = Текст кнопки
admin-editor-align = Выравнивание
admin-editor-align-start = В начале
admin-editor-align-center = По центру
admin-editor-align-end = В конце
admin-editor-kind = Вид
admin-editor-kind-main = Залитая
admin-editor-kind-plain = С рамкой
admin-editor-size = Размер
admin-editor-size-small = Маленький
admin-editor-size-medium = Средний
admin-editor-size-large = Большой
admin-editor-split = Колонки
admin-editor-split-1-1 = Две одинаковые
admin-editor-split-1-2 = Узкая и широкая
admin-editor-split-2-1 = Широкая и узкая
admin-editor-split-1-1-1 = Три
admin-editor-callout-kind = Вид
admin-editor-callout-kind-note = Примечание
admin-editor-callout-kind-good = Хорошая новость
admin-editor-callout-kind-warning = Внимание
admin-editor-name = Название
admin-editor-title = Заголовок
admin-editor-description = Описание
admin-editor-poster = Адрес картинки-заставки
admin-editor-count = Сколько
admin-editor-event-which = Событие
admin-editor-post-which = Публикация
admin-editor-snippet-which = Фрагмент
admin-editor-snippet-how = Как
admin-editor-snippet-how-linked = Связан: меняется вместе с фрагментом
admin-editor-snippet-how-copied = Скопирован: остаётся таким, как сейчас
admin-editor-snippet-none = Фрагментов пока нет. Создайте его в разделе «Фрагменты» или сохраните как фрагмент блок этого текста.
admin-editor-snippet-keep = Сохранить как фрагмент
admin-editor-snippet-name = Имя
admin-editor-snippet-name-hint = Строчные латинские буквы, цифры и дефисы, например contact.
# $name: the name of the snippet.
admin-editor-snippet-kept = Сохранено как фрагмент { $name }; теперь здесь показан он.
admin-editor-condition = Условие
admin-editor-condition-hint = Например: attributes.city == "Almaty"
admin-editor-if-condition = Только если { $condition }
admin-editor-otherwise = Иначе
admin-editor-otherwise-no = Остальным ничего не показывать
admin-editor-otherwise-yes = Остальным показать другой текст
admin-editor-html = HTML
admin-editor-markdown = Markdown
admin-editor-language = Язык программирования
admin-editor-language-hint = Например: python
