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
admin-nav-layouts = Макеты
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
