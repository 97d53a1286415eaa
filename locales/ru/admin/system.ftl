### The system check.

admin-system-lead = На месте ли и работает ли всё, что нужно Jarshy.
admin-system-again = Проверить ещё раз
admin-system-findings = Результаты

## How many findings of each kind

# $errors and $warnings are the phrases that follow.
admin-system-summary = { $errors }, { $warnings }, не проверено: { $unchecked }, в порядке: { $ok }.
admin-system-errors =
    { $count ->
        [one] { $count } ошибка
        [few] { $count } ошибки
       *[other] { $count } ошибок
    }
admin-system-warnings =
    { $count ->
        [one] { $count } предупреждение
        [few] { $count } предупреждения
       *[other] { $count } предупреждений
    }

## States of a finding

admin-system-state-ok = в порядке
admin-system-state-not-checked = не проверено
admin-system-state-warning = предупреждение
admin-system-state-error = ошибка

## Checks

admin-system-check-configuration = Конфигурация
admin-system-check-database = База данных
admin-system-check-size = Размер
admin-system-check-integrity = Целостность
admin-system-check-counts = Числа
admin-system-check-disk = Диск
admin-system-check-permissions = Права доступа
admin-system-check-clock = Часы
admin-system-check-relay = SMTP-сервер
admin-system-check-dns = DNS
admin-system-check-mailbox = Почтовый ящик
admin-system-check-public-url = Публичный адрес
admin-system-check-certificate = Сертификат
admin-system-check-sign-in = Вход
admin-system-check-webhooks = Вебхуки
admin-system-check-queue = Очередь
admin-system-check-tasks = Задачи
admin-system-check-backups = Резервные копии
# $check is SPF, DKIM and so on, $found what the check of this domain says.
admin-system-domain-found = { $domain }, { $check }: { $found }
