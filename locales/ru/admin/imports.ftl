### Imports: all of them, one import.

admin-imports-title = Импорт
admin-imports-upload = Загрузить файл
admin-imports-no-lists = Создайте список, для которого предназначен файл.
admin-imports-file = Файл
admin-imports-file-hint = Таблица (CSV, XLSX, ODS), выгрузка из другой системы рассылок или контакты (vCard), не больше 200 МиБ. Вы увидите, что произойдёт, прежде чем что-либо изменится.
admin-imports-send = Загрузить
admin-imports-previous = Прошлые импорты
admin-imports-empty-title = Импортов пока нет
admin-imports-empty = Здесь будет каждый импорт с его результатом.
admin-imports-state = Состояние
# Numbers of people: added, and kept without email although the file has them.
admin-imports-new = Новые
admin-imports-gone = Ушедшие
# Rows of the file.
admin-imports-rejected = Отклонено
admin-imports-when = Когда
admin-imports-choose-list = Сначала выберите список
admin-imports-choose-file = Выберите файл
admin-imports-not-read = Файл не прочитан
admin-imports-read = Файл прочитан
admin-imports-read-next = Пока ничего не изменено. Проверьте, что означают столбцы.

## States of an import

admin-import-state-reading = читается
admin-import-state-uploaded = загружен
admin-import-state-checking = проверяется
admin-import-state-checked = проверен
admin-import-state-running = выполняется
admin-import-state-finished = завершён
admin-import-state-failed = не удался
admin-import-state-cancelled = прерван
admin-import-state-undoing = отменяется
admin-import-state-undone = отменён

## One import

admin-import-origin = Список: <a href="/admin/lists/{ $list }">{ $list }</a>, загрузка: { $by }, { $at }
admin-import-cancel = Прервать импорт
admin-import-undo = Отменить импорт
admin-import-reading = Файл читается. Если это длится долго, загрузка прервалась: прервите импорт и загрузите файл снова.
admin-import-checked-rows =
    { $total ->
        [one] Проверено: { $done } из { $total } строки
        [few] Проверено: { $done } из { $total } строк
       *[other] Проверено: { $done } из { $total } строк
    }
admin-import-nothing-changed = Пока ничего не изменено.
admin-import-checking = Проверка файла
admin-import-imported-rows =
    { $total ->
        [one] { $done } из { $total } строки
        [few] { $done } из { $total } строк
       *[other] { $done } из { $total } строк
    }
admin-import-goes-on = Можно уйти с этой страницы. Импорт продолжится, в том числе после перезапуска.
admin-import-importing = Импорт
admin-import-undone-rows = Отменено: { $done }
admin-import-undoing-goes-on = Можно уйти с этой страницы. Отмена продолжится, в том числе после перезапуска.
admin-import-undoing = Отмена импорта
admin-import-undone = Импорт отменён
admin-import-undone-text = Люди, которых он добавил, удалены. То, что он изменил, возвращено в прежний вид, кроме того, что с тех пор кто-то поменял.
admin-import-failed = Файл не удаётся прочитать
admin-import-cancelled = Импорт прерван
admin-import-cancelled-text = Уже импортированные строки остаются, остальная часть файла удалена.
admin-import-cancelled-now = Уже импортированные строки остаются. Больше никого из этих людей не попросят подтвердить подписку.
admin-import-finished = Импортировано
admin-import-finished-text = Этот же файл можно импортировать ещё раз: никто не будет добавлен дважды.
admin-import-undo-title = Отменить импорт файла { $file }?
admin-import-undo-text = Люди, которых он добавил, будут удалены. То, что он изменил, станет прежним, если с тех пор этого никто не менял. То, что люди решили сами, останется в силе.

## Result

admin-import-forecast = Что произойдёт
admin-import-result = Результат
admin-import-in-file-as = Статус в файле
admin-import-people = Люди
admin-import-rejected-rows = Отклонённые строки
admin-import-gone-rows =
    { $count ->
        [one] { $count } строка касается ушедших: они по-прежнему не получают писем, и их данные не меняются.
        [few] { $count } строки касаются ушедших: они по-прежнему не получают писем, и их данные не меняются.
       *[other] { $count } строк касаются ушедших: они по-прежнему не получают писем, и их данные не меняются.
    }
# $time is one of the durations below.
admin-import-would-ask =
    { $count ->
        [one] { $count } человека попросят по эл. почте подтвердить подписку, не больше { $pace } в минуту; это займёт { $time }. Тех, кого просили за последние 30 дней, снова не просят.
        [few] { $count } человек попросят по эл. почте подтвердить подписку, не больше { $pace } в минуту; это займёт { $time }. Тех, кого просили за последние 30 дней, снова не просят.
       *[other] { $count } человек попросят по эл. почте подтвердить подписку, не больше { $pace } в минуту; это займёт { $time }. Тех, кого просили за последние 30 дней, снова не просят.
    }
admin-import-asked =
    { $count ->
        [one] { $count } человека нужно попросить по эл. почте подтвердить подписку, не больше { $pace } в минуту.
        [few] { $count } человек нужно попросить по эл. почте подтвердить подписку, не больше { $pace } в минуту.
       *[other] { $count } человек нужно попросить по эл. почте подтвердить подписку, не больше { $pace } в минуту.
    }
admin-import-still-to-ask = <strong>Осталось попросить: { $count }</strong>, это займёт { $time }. Кнопка <em>Отменить импорт</em> это остановит.
admin-import-none-to-ask = Больше просить некого.
admin-import-under-an-hour = меньше часа
admin-import-hours =
    { $count ->
        [one] { $count } час или больше
        [few] { $count } часа или больше
       *[other] { $count } часов или больше
    }
admin-import-days =
    { $count ->
        [one] { $count } день или больше
        [few] { $count } дня или больше
       *[other] { $count } дней или больше
    }
admin-import-unasked =
    { $count ->
        [one] { $count } новый подписчик ждёт подтверждения, и письмо с просьбой ему не отправляется. Время на подтверждение отсчитывается от импорта; кто не подтвердит за это время, удаляется.
        [few] { $count } новых подписчика ждут подтверждения, и письма с просьбой им не отправляются. Время на подтверждение отсчитывается от импорта; кто не подтвердит за это время, удаляется.
       *[other] { $count } новых подписчиков ждут подтверждения, и письма с просьбой им не отправляются. Время на подтверждение отсчитывается от импорта; кто не подтвердит за это время, удаляется.
    }
admin-import-other-languages =
    { $count ->
        [one] В { $count } строке указан язык, которого у вас нет. Эти люди получат язык этой установки.
        [few] В { $count } строках указан язык, которого у вас нет. Эти люди получат язык этой установки.
       *[other] В { $count } строках указан язык, которого у вас нет. Эти люди получат язык этой установки.
    }
# $name is a file of an archive.
admin-import-passed-over = Файл { $name } из архива пропущен: в нём нет таблицы с людьми.
# Links follow, each to the people with one outcome.
admin-import-download-notes = Скачать, кто это:

## Starting

admin-import-consent = Люди, которые в файле отмечены как подписанные, будут получать письма списка <strong>{ $list }</strong>. Этой кнопкой вы подтверждаете, что у вас есть их согласие. Имя файла сохраняется как доказательство.
admin-import-before-confirming = Никто из этого файла не будет получать письма списка <strong>{ $list }</strong>, пока не подтвердит подписку.
admin-import-no-email = Никто из этого файла не начнёт получать письма после этого импорта.
admin-import-run =
    { $count ->
        [one] Импортировать { $count } человека
        [few] Импортировать { $count } человек
       *[other] Импортировать { $count } человек
    }

## Rows with a note

admin-import-notes = Строки, на которые стоит взглянуть
admin-import-line = Строка
admin-import-outcome = Итог
admin-import-why = Почему

## Columns

admin-import-columns = Столбцы
# Before a select with the names of newsletter systems.
admin-import-system = Файл из
admin-import-other-system = другой системы
admin-import-column = Столбец
admin-import-means = Что означает
admin-import-meaning-of = Что означает { $name }
admin-import-values = Первые значения
admin-import-own-attribute = Атрибут с этим именем
admin-import-attribute = Атрибут { $name }
# $standing is one of the phrases “admin-import-standing-…”.
admin-import-if-true = Если да: { $standing }
admin-import-if-false = Если нет: { $standing }

## What a column can mean

admin-import-field-email = Адрес эл. почты
admin-import-field-name = Имя и фамилия
admin-import-field-first-name = Имя
admin-import-field-last-name = Фамилия
admin-import-field-language = Язык
admin-import-field-tags = Метки
admin-import-field-frequency = Частота (each или weekly)
admin-import-field-paused-until = На паузе до
admin-import-field-state = Статус (subscribed, unsubscribed, bounced …)
admin-import-field-lists = Списки
admin-import-field-created-at = С какого времени известен
admin-import-field-consented-at = Время согласия
admin-import-field-consented-from = IP-адрес, с которого дано согласие
admin-import-field-consent-source = Источник согласия
admin-import-field-changed-at = Время последнего изменения
admin-import-field-unsubscribed-at = Время отписки
admin-import-field-bounced-at = Время возврата письма
admin-import-field-suppressed = Почему писем нет совсем
admin-import-field-attributes = Атрибуты (JSON)
admin-import-field-former-id = Идентификатор в другой системе
admin-import-field-ignore = Не использовать

## What a file says of people

admin-import-standing-confirmed = Подписаны
admin-import-standing-pending = Ждут подтверждения
admin-import-standing-unsubscribed = Отписаны
admin-import-standing-left-all = Не хотят никаких писем
admin-import-standing-blocked = Заблокированы
admin-import-standing-bounced = Письма возвращались
admin-import-standing-complained = Пожаловались

## What an import does with people

admin-import-outcome-added = Новые
admin-import-outcome-changed = Изменены
admin-import-outcome-untouched = Без изменений
admin-import-outcome-resubscribed = Подписаны снова
admin-import-outcome-left = Отписались: останутся отписаны
admin-import-outcome-blocked = Заблокированы: так и останется
admin-import-outcome-bounced = Письма возвращались: так и останется
admin-import-outcome-complained = Пожаловались: так и останется
admin-import-outcome-erased = Данные стёрты: так и останется
admin-import-outcome-rejected = Отклонено

## Choices

admin-import-take-as = Статус людей из файла
admin-import-take-as-hint = Если в файле указан более строгий статус, например «отписан», действует он.
admin-import-existing = Люди, которые у вас уже есть
admin-import-existing-hint = Выбранная ими частота писем никогда не меняется.
admin-import-existing-update = Взять данные из файла, остальное оставить
admin-import-existing-keep = Оставить их данные как есть
admin-import-existing-replace = Заменить метки и атрибуты данными из файла
admin-import-resubscribe = Снова подписать тех, кто ушёл
admin-import-resubscribe-who = Кто об этом попросил
admin-import-resubscribe-hint = Ничего не отмечайте, если эти люди сами не попросили вас об этом после ухода. Отмеченные снова будут получать письма.
admin-import-kept-left = Те, кто отписался
admin-import-kept-blocked = Заблокированные адреса
admin-import-kept-bounced = Адреса, с которых письма возвращались
admin-import-kept-complained = Те, кто пожаловался
admin-import-kept-erased = Те, чьи данные стёрты по их просьбе
admin-import-ask = Просить новых людей, ждущих подтверждения, подтвердить подписку по эл. почте
admin-import-ask-hint = Только тех, кого этот импорт добавит как ждущих подтверждения, каждого один раз. Без этого они не получат писем.
admin-import-reason = Как эти люди об этом попросили
admin-import-reason-hint = Нужно, чтобы подписать людей снова или попросить их подтвердить подписку. Хранится вместе с их согласием.
admin-import-announce-each = Отправлять вебхук о каждой подписке
admin-import-announce-each-hint = В конце каждого импорта вебхуки получают событие. Отметьте, чтобы отправлять его и о каждой подписке.
admin-import-check = Проверить файл
admin-import-check-again = Проверить снова
