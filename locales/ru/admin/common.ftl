### Words that several admin pages share: buttons, states, roles. Every key of the admin
### pages begins with “admin-”.

## Frame

admin-skip = Перейти к содержанию
admin-menu = Меню
admin-nav-label = Управление
admin-name = Управление
admin-my-account = Мой профиль
admin-view-site = Открыть сайт
admin-demo-inbox = Почта демонстрации
admin-sign-out = Выйти

## Navigation

admin-nav-mail = Почта
admin-nav-audience = Аудитория
admin-nav-site = Сайт
admin-nav-settings = Настройки
admin-nav-dashboard = Обзор
admin-nav-posts = Публикации
admin-nav-campaigns = Рассылки
admin-nav-recurring = Повторяющиеся
admin-nav-feeds = Ленты
admin-nav-series = Серии
admin-nav-layouts = Макеты
admin-nav-snippets = Фрагменты
admin-nav-email-templates = Шаблоны писем
admin-nav-deliverability = Доставляемость
admin-nav-subscribers = Подписчики
admin-nav-lists = Списки
admin-nav-join-form = Форма подписки
admin-nav-segments = Сегменты
admin-nav-tags = Метки
admin-nav-suppressions = Стоп-лист
admin-nav-imports = Импорт
admin-nav-events = События
admin-nav-media = Медиа
admin-nav-website = Сайт
admin-nav-texts = Тексты
admin-nav-trash = Корзина
admin-nav-general = Общие
admin-nav-users = Пользователи
admin-nav-tokens = API-токены
admin-nav-webhooks = Вебхуки
admin-nav-audit = Журнал действий
admin-nav-takeout = Выгрузка данных
admin-nav-system = Проверка системы

## Buttons

admin-save = Сохранить
admin-cancel = Отмена
admin-delete = Удалить
# The dots say that a question follows.
admin-delete-ask = Удалить…
admin-change = Изменить
admin-search = Найти
admin-add = Добавить
admin-remove = Убрать
# Takes back what was just done.
admin-undo = Отменить
admin-copy = Копировать
# Shown on the button for a moment.
admin-copied = Скопировано
admin-download = Скачать
admin-preview = Предпросмотр
admin-next-page = Следующая страница
admin-first-page = Первая страница
admin-all = Все

## Fields

admin-email = Адрес эл. почты
admin-name-field = Имя
admin-language = Язык
admin-all-languages = Все языки

## Outcomes, above a page

admin-saved = Сохранено
admin-not-saved = Не сохранено
# Beside the button that saves, with the errors above the form.
admin-form-faults =
    { $count ->
        [one] Не сохранено: нужно { $count } исправление
        [few] Не сохранено: нужно { $count } исправления
       *[other] Не сохранено: нужно { $count } исправлений
    }
# What closes the message about the last request.
admin-close-message = Закрыть это сообщение
admin-deleted = Удалено
admin-deleted-name = «{ $name }»: удалено
admin-delete-question = Удалить «{ $name }»?
admin-done = Готово
admin-not-done = Не выполнено
# For screen readers, before a finding.
admin-error-mark = Ошибка:
admin-warning-mark = Предупреждение:
admin-none = нет
admin-yes = да
admin-no = нет
admin-never = никогда

## Preview of an email

admin-preview-as = Показать как
admin-preview-mail = Письмо
admin-preview-phone = На телефоне
admin-preview-text = Простой текст
admin-preview-dark = Тёмная тема
# The header fields of the message.
admin-preview-header = Заголовки
admin-preview-report = Входящие, размер, почтовые программы
admin-preview-reader = Как подписчик
admin-preview-reader-hint = Адрес или имя, которое есть только у одного подписчика.
admin-preview-test-to = Куда отправить пробное письмо
admin-preview-test-hint = До десяти адресов через запятую. Отправляет кнопка «Сохранить и отправить пробное письмо».
admin-preview-show = Показать
admin-preview-nobody = Нет подписчика, которому подходит «{ $text }».
admin-preview-several = Подходят несколько подписчиков: { $addresses }. Введите один адрес.
admin-preview-inbox = Во входящих
admin-preview-no-sender = Отправителя пока нет
admin-preview-inbox-subject-cut = Телефон обрезает тему примерно после 40 знаков.
admin-preview-inbox-no-preheader = Нет прехедера: во входящих видны первые слова письма.
admin-preview-inbox-preheader-repeats-subject = Прехедер повторяет тему.
admin-preview-inbox-preheader-short = Прехедер короткий: после него во входящих видны первые слова письма.
admin-preview-size = Размер
# $size is such as 12 KB.
admin-preview-size-html = { $size }, { $percent } % от того, что показывает Gmail
admin-preview-size-files = Файлы внутри письма
admin-preview-size-calendar = Для календаря
admin-preview-size-message = Всё письмо
admin-preview-size-pictures = Картинки
# $size is such as 12 KB.
admin-preview-size-pictures-own =
    { $count ->
        [one] { $count } картинка этого сайта, { $size }
        [few] { $count } картинки этого сайта, { $size }
       *[other] { $count } картинок этого сайта, { $size }
    }
admin-preview-size-pictures-elsewhere =
    { $count ->
        [one] { $count } с другого сайта, размер неизвестен
       *[other] { $count } с других сайтов, размер неизвестен
    }
admin-preview-size-pictures-none = Нет
admin-preview-kb = { $kb } КБ
admin-preview-clipped = Gmail обрежет это письмо и скроет ссылку для отписки.
admin-preview-nearly-clipped = Gmail обрезает письма после 102 КБ HTML; это письмо близко к пределу.
admin-preview-clients = Почтовые программы
admin-preview-clients-good = В Outlook, Outlook.com, Gmail, Apple Mail и Yahoo Mail проблем не найдено.
# $clients are names of programs, $feature such as display:flex or <video>.
admin-preview-unsupported = { $clients } не покажет { $feature }.
admin-preview-line = строка { $line }
admin-preview-block = блок { $block }
# $element is such as <div>, $near the words after it.
admin-preview-near = { $element } у «{ $near }»
admin-preview-times = раз: { $count }
admin-preview-refresh = Обновить предпросмотр
admin-preview-text-part = Текстовая часть

## Counted things

admin-subscribers-counted =
    { $count ->
        [one] { $count } подписчик
        [few] { $count } подписчика
       *[other] { $count } подписчиков
    }
admin-recipients-counted =
    { $count ->
        [one] { $count } получатель
        [few] { $count } получателя
       *[other] { $count } получателей
    }

## Roles

admin-role-owner = владелец
admin-role-editor = редактор
admin-role-viewer = наблюдатель

## States of a subscription

admin-subscription-pending = ждёт подтверждения
admin-subscription-confirmed = подтверждена
admin-subscription-unsubscribed = отписан

## Reasons of a suppression

admin-suppression-unsubscribed-all = отказ от всех писем
admin-suppression-hard-bounce = адрес не существует
admin-suppression-complaint = жалоба
admin-suppression-manual = вручную

## States of a campaign

admin-campaign-draft = черновик
admin-campaign-scheduled = запланирована
admin-campaign-sending = отправляется
admin-campaign-paused = приостановлена
admin-campaign-finished = завершена
admin-campaign-cancelled = отменена
admin-campaign-failed-to-start = не запустилась

## States of a delivery

admin-delivery-queued = в очереди
admin-delivery-leased = взято в работу
admin-delivery-sending = отправляется
admin-delivery-sent = отправлено
admin-delivery-deferred = отложено
admin-delivery-failed = отклонено
admin-delivery-bounced = возвращено
admin-delivery-complained = жалоба
admin-delivery-skipped = пропущено
admin-delivery-uncertain = неизвестно

## Kinds of a list

admin-visibility-public = открытый
admin-visibility-private = закрытый
admin-opt-in-single = без подтверждения
admin-opt-in-double = с подтверждением

## Languages of a post or event

# After the name of a language.
admin-translation-missing = нет
admin-translation-copy = Начать с текста на другом языке
admin-translation-nothing-to-copy = Текста на другом языке пока нет.
# After the name of a language, and so short: the text in the first language is newer.
admin-translation-behind = исходный текст изменён
admin-translation-behind-text = Текст на языке «{ $source }» изменился после этого перевода.
admin-translation-current = Этот перевод актуален

## Why people left

admin-leave-reasons = Почему отписались
admin-leave-reasons-hint = Отвечать необязательно, поэтому ответов мало.
admin-leave-reasons-reason = Причина
admin-leave-reasons-people = Людей
admin-leave-reason-too-many = Слишком много писем
admin-leave-reason-not-interesting = Неинтересные темы
admin-leave-reason-never-asked = Не помнит подписки
admin-leave-reason-elsewhere = Читает новости в другом месте
admin-leave-reason-other = Другая причина

## Emoji

# $field is the label of a field.
admin-emoji-insert = Вставить эмодзи: { $field }
admin-emoji-title = Эмодзи
admin-emoji-search = Поиск
admin-emoji-none = Эмодзи не найдены
admin-emoji-faces = Лица и люди
admin-emoji-feasts = Праздники
admin-emoji-culture = Даты, культура, спорт
admin-emoji-places = Поездки и места
admin-emoji-nature = Природа и еда
admin-emoji-signs = Знаки
