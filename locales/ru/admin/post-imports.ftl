### Imports of posts: the file and its choices, what would happen, the result.

admin-post-import-posts = Импорт публикаций
admin-post-import-about = Статьи и прошлые рассылки из другой системы, с их датами. Письма никому не отправляются.
admin-post-import-on-site = На сайте
admin-post-import-drafts = Черновики
admin-post-import-draft = Черновик

## Upload

admin-post-import-upload = Загрузка файла
admin-post-import-file = Файл
admin-post-import-file-hint = Экспорт Ghost в JSON, ZIP-архив Substack, ZIP-архив или JSON с письмами Buttondown либо таблица публикаций beehiiv; не более 50 МиБ. Сначала вы увидите, что произойдёт, и только потом что-то изменится. Рассылки listmonk переносит команда <code>jarshy import-listmonk --posts</code>.
admin-post-import-check = Загрузить и проверить
admin-post-import-unread = Файл не прочитан
admin-post-import-no-file = Выберите файл

## Choices

admin-post-import-choices = Параметры
admin-post-import-check-again = Проверить снова
admin-post-import-publish-hint = Публикации, которые могли читать только участники или платные подписчики, и письма, не открытые для всех, станут черновиками.
admin-post-import-publish-original = Публикации, которые могли читать все, с их датами
admin-post-import-publish-drafts = Ничего: все станут черновиками
admin-post-import-language = Язык публикаций
admin-post-import-category-hint = Для всех публикаций. Оставьте пустым, чтобы взять первую метку каждой.
admin-post-import-author-hint = Для всех публикаций. Оставьте пустым, чтобы взять автора из файла.
admin-post-import-former-url = Адрес прежнего сайта
admin-post-import-former-url-hint = Например, https://blog.example.org. Ghost записывает свои изображения и ссылки без него.
admin-post-import-fetch = Скачать изображения в медиа этого сайта
admin-post-import-fetch-hint = Иначе они останутся ссылками туда, где находятся сейчас.
admin-post-import-pages = Импортировать и страницы
admin-post-import-update = Заменить публикации, импортированные раньше
admin-post-import-update-hint = Только те, которые с тех пор здесь никто не изменял.
admin-post-import-restricted = Опубликовать и то, что могли читать не все
admin-post-import-restricted-hint = Тогда публикации для участников или платных подписчиков и письма, не открытые для всех, будут на сайте видны каждому.

## Previous imports

admin-post-import-previous = Прошлые импорты
admin-post-imports-empty-title = Импортов пока нет
admin-post-imports-empty = Здесь будет каждый импорт с его результатом.
admin-post-import-system = Система
admin-post-import-failed = Не удалось
admin-post-import-when = Когда
admin-post-import-state-checked = Ещё не импортирован
admin-post-import-state-running = Идёт импорт
admin-post-import-state-finished = Импортирован
admin-post-import-state-failed = Не удался

## One import

admin-post-import-origin = { $system }, загружено: { $by }, { $when }
admin-post-import-discard = Удалить файл
admin-post-import-remove = Убрать из списка
admin-post-import-removed = Убрано из списка
admin-post-import-removed-text = Импортированные публикации остаются.
admin-post-import-progress =
    { $count ->
        [one] { $done } из { $count } публикации
       *[other] { $done } из { $count } публикаций
    }
admin-post-import-progress-hint = Эту страницу можно закрыть. Импорт продолжится, в том числе после перезапуска.
admin-post-import-failure = Файл нельзя импортировать
admin-post-import-partial = Импортировано частично
admin-post-import-partial-text = Некоторые публикации импортировать не удалось. Они перечислены ниже.
admin-post-import-complete = Импортировано
admin-post-import-complete-text = Тот же файл можно импортировать снова: публикации не повторятся.
admin-post-import-result = Результат
admin-post-import-expected = Что произойдёт
admin-post-import-in-file =
    { $count ->
        [one] { $count } публикация в файле
        [few] { $count } публикации в файле
       *[other] { $count } публикаций в файле
    }
admin-post-import-number = Число
admin-post-import-nothing-yet = Пока ничего не изменено. При импорте письма не отправляются.
admin-post-import-nothing-yet-published =
    { $count ->
        [one] Пока ничего не изменено. При импорте письма не отправляются; { $count } публикация сразу появится на сайте.
        [few] Пока ничего не изменено. При импорте письма не отправляются; { $count } публикации сразу появятся на сайте.
       *[other] Пока ничего не изменено. При импорте письма не отправляются; { $count } публикаций сразу появятся на сайте.
    }
admin-post-import-run =
    { $count ->
        [one] Импортировать { $count } публикацию
        [few] Импортировать { $count } публикации
       *[other] Импортировать { $count } публикаций
    }

## Its counts

admin-post-import-on-site-hint = с их прежними датами
admin-post-import-draft-since-restricted = Черновик: была для участников или платных подписчиков
admin-post-import-draft-since-mixed-audience = Черновик: некоторые части были не для всех читателей
admin-post-import-draft-since-not-public = Черновик: была разослана, но не открыта для всех
admin-post-import-draft-since-unknown-audience = Черновик: возможно, была не для всех, в файле об этом не сказано
admin-post-import-draft-since-scheduled = Черновик: была запланирована на более позднее время
admin-post-import-draft-since-no-date = Черновик: нет даты
admin-post-import-replaced = Заменены
admin-post-import-replaced-hint = импортированы раньше, с тех пор не изменялись
admin-post-import-known = Импортированы раньше
admin-post-import-known-hint = останутся как есть
admin-post-import-edited = Изменены здесь после импорта
admin-post-import-edited-hint = не заменяются
# What is in the file and is no post: of each kind, how many.
admin-post-import-skipped-page = Пропущено: страница
admin-post-import-skipped-empty-draft = Пропущено: пустой черновик
admin-post-import-skipped-twice-in-the-file = Пропущено: повтор в файле
admin-post-import-skipped-unreadable-row = Пропущено: нечитаемая строка
admin-post-import-skipped-thread = Пропущено: обсуждение
admin-post-import-skipped-note = Пропущено: заметка
admin-post-import-skipped-restack = Пропущено: репост
admin-post-import-skipped-chat = Пропущено: чат
admin-post-import-skipped-other = Пропущено: другое
admin-post-import-unusable = Нельзя импортировать
admin-post-import-unusable-hint = см. ниже
admin-post-import-tags = Подстановки из шаблонов
admin-post-import-tags-hint = например, имя читателя и ссылки для отписки; они убраны
admin-post-import-unknown-parts = Части неизвестного вида
admin-post-import-unknown-parts-hint = их слова сохранены

## Its pictures

admin-post-import-pictures = Изображения
admin-post-import-pictures-found = { $count } в этих публикациях
admin-post-import-at-host = На { $host }
admin-post-import-at-others = На других сайтах
admin-post-import-no-host = Без имени сайта
admin-post-import-no-host-hint = Укажите адрес прежнего сайта, иначе они будут искаться на этом.
admin-post-import-inline = Внутри самого текста
admin-post-import-inline-hint = Они убраны.
admin-post-import-fetched = Скачаны
admin-post-import-unfetched = Не удалось скачать
admin-post-import-unfetched-hint = Они остаются ссылками.
admin-post-import-will-fetch = Они будут скачаны в медиа этого сайта.
admin-post-import-will-stay = Они останутся ссылками туда, где находятся сейчас.
admin-post-import-failures = Изображения, которые не удалось скачать
admin-post-import-address = Адрес

## Its posts

admin-post-import-problems = Публикации, на которые стоит взглянуть
admin-post-import-post = Публикация
admin-post-import-why = Почему
admin-post-import-samples = Первые публикации
admin-post-import-samples-expected = Какими будут первые публикации
admin-post-import-start = Начало текста
