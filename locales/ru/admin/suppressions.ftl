### Suppressions: addresses and domains that get no email.

admin-suppressions-lead = Адреса и домены, на которые не отправляются письма ни одного списка.
admin-suppressions-address = Адрес
admin-suppressions-why = Причина
admin-suppressions-any-reason = Любая причина
admin-suppressions-campaign = Рассылка
# Days of a period, in a filter.
admin-suppressions-since = С даты
admin-suppressions-until = По дату
admin-suppressions-empty-title = В стоп-листе никого нет
admin-suppressions-empty = Адреса попадают сюда, если письмо вернулось как недоставляемое, получатель пожаловался, отказался от всех писем или вы добавили адрес сами.
# Since when an address is suppressed.
admin-suppressions-listed-since = Когда добавлен
admin-suppressions-campaign-named = Рассылка { $id }
admin-suppressions-pages = Страницы
admin-suppressions-first = В начало
admin-suppressions-next = Далее

## Lifting one

admin-suppressions-lift = Убрать
admin-suppressions-lift-ask = Убрать…
admin-suppressions-lift-one = Убрать из стоп-листа: { $target }
admin-suppressions-lift-this = Убрать этот адрес из стоп-листа?
admin-suppressions-lift-target = Убрать { $target } из стоп-листа?
admin-suppressions-lift-row = На { $target } снова будут приходить рассылки. Если этот человек просил больше не писать или пометил письмо как спам, убедитесь, что он этого хочет.
admin-suppressions-lift-text = На этот адрес снова будут приходить рассылки его списков. Если этот человек просил больше не писать или пометил письмо как спам, убедитесь, что он этого хочет.
admin-suppressions-lifted = { $target } больше не в стоп-листе
admin-suppressions-not-there = { $target } и не было в стоп-листе

## Removing many

admin-suppressions-undo-why-hint = Для журнала действий. Обязательно, чтобы убрать жалобы и отказы от писем; они убираются, только если вы отобрали именно эту причину.
admin-suppressions-undo =
    { $count ->
        [one] Убрать { $count } запись из стоп-листа…
        [few] Убрать { $count } записи из стоп-листа…
       *[other] Убрать { $count } записей из стоп-листа…
    }
admin-suppressions-undo-title =
    { $count ->
        [one] Убрать { $count } запись из стоп-листа?
        [few] Убрать { $count } записи из стоп-листа?
       *[other] Убрать { $count } записей из стоп-листа?
    }
admin-suppressions-undo-text = На эти адреса снова будут приходить рассылки. Другие причины, например жалоба, остаются в силе.
admin-suppressions-not-undone = Ничего не убрано
admin-suppressions-undone =
    { $count ->
        [one] Из стоп-листа убрана { $count } запись
        [few] Из стоп-листа убраны { $count } записи
       *[other] Из стоп-листа убрано { $count } записей
    }

## Adding one

admin-suppressions-add-title = Добавить адрес или домен в стоп-лист
admin-suppressions-domain-hint = Весь домен – в виде @example.org.
admin-suppressions-note = Примечание
admin-suppressions-note-hint = Почему – чтобы вспомнить потом.
admin-suppressions-add = Добавить в стоп-лист
admin-suppressions-added = { $target } теперь в стоп-листе
# $reason is one of the phrases “admin-suppression-…” for reasons.
admin-suppressions-stronger = Показана более веская причина: { $reason }.

## Import

admin-suppressions-import-title = Импорт стоп-листа
admin-suppressions-file = Файл
admin-suppressions-file-hint = Таблица (CSV, XLSX, ODS) со столбцом «address» и, если они есть, «reason», «time» и «note». Более веская причина, которая уже есть, сохраняется.
admin-suppressions-import = Импортировать
admin-suppressions-choose-file = Выберите файл
admin-suppressions-not-read = Файл не удаётся прочитать
admin-suppressions-imported =
    { $count ->
        [one] В стоп-лист добавлена { $count } запись
        [few] В стоп-лист добавлены { $count } записи
       *[other] В стоп-лист добавлено { $count } записей
    }
admin-suppressions-known = Уже были: { $count }.
# The first of them follow, one sentence each.
admin-suppressions-rejected = Не удалось импортировать: { $count }.
admin-suppressions-rejected-line = Строка { $line }: { $reason }.
