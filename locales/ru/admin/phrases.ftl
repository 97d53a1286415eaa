### Все тексты языка: список, выгрузка, загрузка.

admin-phrases-title = Все тексты и переводы
admin-phrases-lead = Каждый текст языка рядом с английским оригиналом. Чего в языке нет, то показывается на языке сайта или по-английски.
admin-phrases-part = Раздел
admin-phrases-part-all = Все разделы
admin-phrases-part-site = Сайт
admin-phrases-part-subscription = Подписка и отписка
admin-phrases-part-mail = Письма
admin-phrases-part-error = Страницы ошибок
admin-phrases-part-admin = Страницы администрирования
admin-phrases-show = Показать
admin-phrases-show-all = Все тексты
admin-phrases-show-missing = Без перевода
admin-phrases-show-changed = Изменённые здесь
admin-phrases-search = Текст или ключ
admin-phrases-counted =
    { $count ->
        [one] { $count } текст.
        [few] { $count } текста.
       *[other] { $count } текстов.
    }
admin-phrases-missing-counted =
    { $count ->
        [one] { $count } не переведён на этот язык.
        [few] { $count } не переведены на этот язык.
       *[other] { $count } не переведено на этот язык.
    }
admin-phrases-none-missing = На этот язык переведено всё.
admin-phrases-found =
    { $count ->
        [one] Найден { $count }
        [few] Найдено { $count }
       *[other] Найдено { $count }
    }
admin-phrases-pages = Страницы
admin-phrases-previous = Назад
admin-phrases-next = Далее
admin-phrases-none-title = Нет текстов
admin-phrases-none = Этим условиям не отвечает ни один текст.
admin-phrases-is-missing = не переведён
admin-phrases-stored = Текущий текст:
admin-phrases-reset = Вернуть исходный текст
admin-phrases-remove = Удалить этот перевод
admin-phrases-saved =
    { $count ->
        [0] Ничего не изменилось
        [one] Сохранён { $count } текст
        [few] Сохранено { $count } текста
       *[other] Сохранено { $count } текстов
    }
admin-phrases-not-all-saved = Сохранены не все тексты

## Файлы

admin-phrases-export = Скачать файлы Fluent
admin-phrases-import-title = Загрузка текстов
admin-phrases-file = Файл с текстами, язык: { $language }
admin-phrases-file-hint = Файл Fluent (.ftl) или ZIP-архив таких файлов, до 2 МБ. Сначала вы увидите, что изменится.
admin-phrases-check = Проверить файл
admin-phrases-choose-file = Выберите файл
admin-phrases-not-read = Файл не удалось прочитать
admin-phrases-import-lead = Что изменит файл { $file }, язык: { $language }. Пока ничего не изменено.
admin-phrases-to-change = Изменятся
admin-phrases-unchanged = Без изменений
admin-phrases-refused = Отклонены
admin-phrases-refused-counted =
    { $count ->
        [one] Отклонён { $count } текст.
        [few] Отклонено { $count } текста.
       *[other] Отклонено { $count } текстов.
    }
admin-phrases-key = Ключ
admin-phrases-line = Строка
admin-phrases-why = Причина
admin-phrases-before = Сейчас
admin-phrases-after = После загрузки
admin-phrases-first-shown =
    { $count ->
        [one] Показан только { $count } первый.
        [few] Показаны только { $count } первых.
       *[other] Показаны только { $count } первых.
    }
admin-phrases-nothing-title = Менять нечего
admin-phrases-nothing = В файле нет текстов, которые можно загрузить и которые отличаются от текущих.
admin-phrases-import =
    { $count ->
        [one] Загрузить { $count } текст
        [few] Загрузить { $count } текста
       *[other] Загрузить { $count } текстов
    }
admin-phrases-imported =
    { $count ->
        [one] Загружен { $count } текст
        [few] Загружено { $count } текста
       *[other] Загружено { $count } текстов
    }
