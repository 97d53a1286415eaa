### Уведомления: что произошло и как каждый хочет об этом узнавать.

admin-notification-title = Уведомления
# The name of the bell in the top bar.
admin-notification-unread =
    { $count ->
        [one] { $count } непрочитанное уведомление
        [few] { $count } непрочитанных уведомления
       *[other] { $count } непрочитанных уведомлений
    }
admin-notification-kept = Они хранятся 90 дней.
admin-notification-needs = Требует внимания
admin-notification-happened = Что произошло
admin-notification-empty-title = Уведомлений пока нет
admin-notification-empty = Когда завершится рассылка или импорт либо что-то пойдёт не так, вы увидите это здесь.
admin-notification-what = Что
admin-notification-when = Когда
admin-notification-new = новое
# After what lasted, such as a full disk.
admin-notification-resolved = Устранено: { $at }.
admin-notification-open = Открыть
# For screen readers.
admin-notification-open-of = Открыть: { $title }
admin-notification-mark = Отметить прочитанным
# For screen readers.
admin-notification-mark-of = Отметить прочитанным: { $title }
admin-notification-mark-all = Отметить все прочитанными
admin-notification-all-read =
    { $count ->
        [one] Прочитанным отмечено { $count } уведомление
        [few] Прочитанными отмечены { $count } уведомления
       *[other] Прочитанными отмечены { $count } уведомлений
    }
admin-notification-newest = Новые
admin-notification-older = Более ранние
admin-notification-pages = Страницы
admin-notification-choose = Выбрать уведомления

## Choices

admin-notification-choices = Ваши уведомления
admin-notification-choices-about = Выберите, как вам сообщать о каждом событии. Письма приходят на { $email }.
admin-notification-in-admin = В разделе «Управление»
admin-notification-by-mail = По эл. почте
# For screen readers: what a checkbox is for.
admin-notification-choice = { $kind }: { $channel }
admin-notification-reset = Восстановить стандартные
admin-notification-reset-done = Вы получаете уведомления, обычные для вашей роли
admin-notification-kind-campaign-finished = Рассылка отправлена
admin-notification-kind-campaign-failed-to-start = Запланированная рассылка не началась
admin-notification-kind-approval-requested = Рассылка ожидает одобрения
admin-notification-kind-comment-added = На ваш комментарий ответили или вас упомянули
admin-notification-kind-campaign-paused = Рассылка приостановлена автоматически
admin-notification-kind-series-paused = Серия приостановлена автоматически
admin-notification-kind-series-step = Читатель дошёл до шага, о котором вам сообщают
admin-notification-kind-series-email-failed = Письмо серии не удалось отправить читателю
admin-notification-kind-too-many-bounces = У рассылки слишком много возвратов или жалоб
admin-notification-kind-import-finished = Импорт завершён
admin-notification-kind-import-failed = Импорт не удался
admin-notification-kind-domain-record-missing = DNS-запись домена отправителя отсутствует или неверна
admin-notification-kind-disk-nearly-full = Диск почти заполнен
admin-notification-kind-task-failing = Не работает фоновая задача
admin-notification-kind-backup-failed = Не удалось сделать резервную копию
admin-notification-kind-counts-corrected = Числа подписчиков были неверны и исправлены
admin-notification-kind-feed-failing = Ленту не удаётся прочитать
admin-notification-kind-ab-test-decided = A/B-тест решён
admin-notification-kind-ab-test-waits = A/B-тест ждёт решения
