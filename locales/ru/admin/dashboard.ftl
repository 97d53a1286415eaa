### The dashboard: what needs attention, first steps, the last campaigns.

admin-dashboard-new-post = Новая публикация
admin-dashboard-new-campaign = Новая рассылка
admin-dashboard-now = Идут и запланированы
admin-dashboard-month = Последние 30 дней
admin-dashboard-sent = Отправлено
# Beside a count of complaints or bounces.
admin-dashboard-rate = { $percent }, предел { $limit }
admin-dashboard-rate-high = { $percent } – <strong>близко к пределу { $limit } или выше него</strong>
admin-dashboard-queued = В очереди
# Beside the number of queued emails of campaigns.
admin-dashboard-transactional =
    { $count ->
        [one] и { $count } служебное письмо
        [few] и { $count } служебных письма
       *[other] и { $count } служебных писем
    }
admin-dashboard-growth = Подписчики за 90 дней
admin-dashboard-last = Последние рассылки
admin-dashboard-all-campaigns = Все рассылки
admin-dashboard-no-campaigns-title = Пока ничего не отправлено
admin-dashboard-no-campaigns = Рассылка отправляет публикацию по списку.
admin-dashboard-last-posts = Последние публикации
admin-dashboard-all-posts = Все публикации
admin-dashboard-no-posts = Напишите публикацию, чтобы отправить её по почте и показать на сайте.
admin-dashboard-all-lists = Все списки
admin-dashboard-no-lists-title = Списков пока нет
admin-dashboard-no-lists = Люди подписываются на списки, а рассылки отправляются по спискам.
admin-dashboard-list = Список
admin-dashboard-to-confirm = ждут подтверждения: { $count }

## First steps

admin-dashboard-first-steps = Первые шаги
# For screen readers, after a step.
admin-dashboard-step-done = (сделано)
admin-dashboard-step-name = Укажите название организации
admin-dashboard-step-address = Укажите публичный адрес сайта
admin-dashboard-step-sender = Укажите отправителя писем
admin-dashboard-step-relay = Подключите SMTP-сервер
admin-dashboard-step-list = Создайте список, на который можно подписаться
admin-dashboard-step-subscriber = Получите первого подписчика: через форму подписки или импорт
admin-dashboard-step-post = Напишите публикацию
admin-dashboard-step-campaign = Создайте из неё рассылку, отправьте себе пробное письмо и запустите её

## What needs attention

admin-dashboard-relay = Неполадка SMTP-сервера
admin-dashboard-backup = Резервная копия не создана
admin-dashboard-show-check = Открыть проверку системы
admin-dashboard-mailbox = Не удаётся прочитать ящик для возвратов
admin-dashboard-show-settings = Открыть настройки
admin-dashboard-certificate = Неполадка с сертификатом сервера
# $task: the name of a background task.
admin-dashboard-task = Неполадка: { $task }
admin-dashboard-delayed = Рассылка «{ $subject }» стоит: { $reason }
admin-dashboard-show-campaign = Открыть рассылку
admin-dashboard-connections =
    { $count ->
        [one] SMTP-сервер принимает не больше { $count } соединения сразу
       *[other] SMTP-сервер принимает не больше { $count } соединений сразу
    }
admin-dashboard-connections-text = { $relay } отклоняет остальные с { $since }; параметр connections= в его адресе разрешает { $allowed }. Письма уходят по тем, что он принимает; время от времени пробуется ещё одно.
admin-dashboard-failed = Рассылка «{ $subject }» не запустилась
admin-dashboard-correct = Исправить и запустить
admin-dashboard-paused = Рассылка «{ $subject }» приостановлена
admin-dashboard-paused-by-someone = Её приостановил один из пользователей; остальные письма ждут.
admin-dashboard-paused-by-someone-since = Её приостановил один из пользователей; остальные письма ждут – с { $since }.
# $reason: why, without a full stop.
admin-dashboard-paused-since = { $reason } – с { $since }
admin-dashboard-resume = Проверить и продолжить
admin-dashboard-uncertain =
    { $count ->
        [one] { $count } письмо рассылки «{ $subject }», возможно, не дошло
        [few] { $count } письма рассылки «{ $subject }», возможно, не дошли
       *[other] { $count } писем рассылки «{ $subject }», возможно, не дошли
    }
admin-dashboard-uncertain-text = Повторно они отправляются, только если вы об этом попросите.
admin-dashboard-decide = Решить
