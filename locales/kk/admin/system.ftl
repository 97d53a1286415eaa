### The system check.

admin-system-lead = Jarshy-ға қажеттінің бәрі бар ма және жұмыс істей ме.
admin-system-again = Қайта тексеру
admin-system-findings = Нәтижелер

## How many findings of each kind

# $errors and $warnings are the phrases that follow.
admin-system-summary = { $errors }, { $warnings }, тексерілмегені: { $unchecked }, жақсысы: { $ok }.
admin-system-errors =
    { $count ->
        [one] { $count } қате
       *[other] { $count } қате
    }
admin-system-warnings =
    { $count ->
        [one] { $count } ескерту
       *[other] { $count } ескерту
    }

## States of a finding

admin-system-state-ok = жақсы
admin-system-state-not-checked = тексерілмеген
admin-system-state-warning = ескерту
admin-system-state-error = қате

## Checks

admin-system-check-configuration = Конфигурация
admin-system-check-database = Дерекқор
admin-system-check-size = Көлемі
admin-system-check-integrity = Тұтастығы
admin-system-check-counts = Сандар
admin-system-check-disk = Диск
admin-system-check-permissions = Қол жеткізу құқықтары
admin-system-check-clock = Сағат
admin-system-check-relay = SMTP-сервер
admin-system-check-dns = DNS
admin-system-check-mailbox = Пошта жәшігі
admin-system-check-public-url = Сайттың мекенжайы
admin-system-check-certificate = Сертификат
admin-system-check-sign-in = Кіру
admin-system-check-webhooks = Вебхуктер
admin-system-check-queue = Кезек
admin-system-check-tasks = Тапсырмалар
admin-system-check-backups = Сақтық көшірмелер
# $check is SPF, DKIM and so on, $found what the check of this domain says.
admin-system-domain-found = { $domain }, { $check }: { $found }
