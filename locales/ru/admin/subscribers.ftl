### Subscribers: overview, one subscriber, adding one, several at once.

## Overview, and the table on a list's page

admin-subscribers-import = Импорт
admin-subscribers-q = Имя или адрес
admin-subscribers-any = Все
admin-subscribers-tag = Метка
# Notes on how the search worked.
admin-subscribers-start-of-short = Показаны адреса, которые начинаются с этого текста. Введите третью букву, чтобы искать по частям имён и адресов.
admin-subscribers-first-of-short = Показаны первые адреса, которые начинаются с этого текста. Введите третью букву, чтобы искать по частям имён и адресов.
admin-subscribers-no-trigrams = Поиск идёт только по началу адресов: в базе данных нет расширения pg_trgm. Его может создать администратор базы.
admin-subscribers-empty-title = Подписчиков пока нет
admin-subscribers-empty = Добавьте подписчиков, загрузите файл или откройте подписку для посетителей сайта.
admin-subscribers-none-title = Подписчики не найдены
admin-subscribers-none = Этому поиску и этим фильтрам никто не соответствует.
admin-subscribers-select = Выбор
admin-subscribers-select-one = Выбрать { $email }
admin-subscribers-subscriber = Подписчик
admin-subscribers-tagged = Метки: { $tags }
admin-subscribers-pages = Страницы
admin-subscribers-segment = Сегмент
admin-subscribers-select-page = Выбрать всех на этой странице
admin-subscribers-found =
    { $count ->
        [one] Найден { $count } подписчик
        [few] Найдено { $count } подписчика
       *[other] Найдено { $count } подписчиков
    }
admin-subscribers-found-more = Найдено больше { $count } подписчиков

## Columns and saved views

admin-subscribers-views = Виды
admin-subscribers-view-all = Все
admin-subscribers-view-team = общий
admin-subscribers-view-new = Сохранить как вид
admin-subscribers-view-new-hint = Сохраняются поиск, фильтры, порядок и столбцы.
admin-subscribers-view-change = Изменить вид «{ $name }»
admin-subscribers-view-change-hint = Вид получит поиск, фильтры и порядок, которые сейчас у таблицы.
admin-subscribers-view-shared = Открыть для всей команды
admin-subscribers-view-save = Сохранить вид
admin-subscribers-view-delete-text = Вид будет удалён. С подписчиками ничего не произойдёт.
admin-subscribers-export = Скачать как CSV
admin-subscribers-columns = Столбцы
admin-subscribers-columns-legend = Столбцы вашей таблицы
admin-subscribers-columns-of = Столбцы вида «{ $name }»
admin-subscribers-columns-hint = Не больше { $most }. В скачанном файле те же столбцы.
admin-subscribers-columns-save = Сохранить столбцы
admin-subscribers-column-name = Имя
admin-subscribers-column-lists = Списки
admin-subscribers-column-state = Состояние
admin-subscribers-column-language = Язык
admin-subscribers-column-tags = Метки
admin-subscribers-column-source = Источник
admin-subscribers-column-frequency = Частота писем
admin-subscribers-column-changed = Последнее изменение
admin-subscribers-column-joined = Добавлен
admin-subscribers-column-last-active = Последняя активность
admin-subscribers-paused-until = пауза до { $date }
admin-subscribers-on-no-list = ни в одном списке

## Several at once

admin-subscribers-action = С выбранными
admin-subscribers-action-add = добавить в список
admin-subscribers-action-remove = убрать из списка
admin-subscribers-action-tag = добавить метку
admin-subscribers-action-untag = снять метку
admin-subscribers-action-suppress = внести в стоп-лист
admin-subscribers-action-erase = стереть
admin-subscribers-reason = Причина (сохраняется)
admin-subscribers-apply = Применить…
admin-subscribers-nobody = Выберите хотя бы одного подписчика
admin-subscribers-nobody-next = Отметьте строки, затем выберите действие.
admin-subscribers-choose-list = Выберите список
admin-subscribers-choose-action = Выберите действие
admin-subscribers-enter-tag = Введите метку
admin-subscribers-all-matching =
    { $count ->
        [one] Все найденные ({ $count } подписчик), а не только выбранные
        [few] Все найденные ({ $count } подписчика), а не только выбранные
       *[other] Все найденные ({ $count } подписчиков), а не только выбранные
    }
admin-subscribers-all-matching-more = Все найденные (больше { $count } подписчиков), а не только выбранные
admin-subscribers-none-left = Этому фильтру больше никто не соответствует
admin-subscribers-too-many = За один раз можно изменить не больше { $count } подписчиков
admin-subscribers-too-many-next = Уточните поиск или фильтры и повторите действие для остальных.
# Whom a question is about: some addresses, before a sentence on what happens.
admin-subscribers-named = { $names }.
admin-subscribers-named-others =
    { $count ->
        [one] { $names } и ещё { $count }.
       *[other] { $names } и ещё { $count }.
    }
# $name is a list or a tag, here and below.
admin-subscribers-add-question =
    { $count ->
        [one] Добавить { $count } подписчика в список «{ $name }»?
       *[other] Добавить { $count } подписчиков в список «{ $name }»?
    }
admin-subscribers-add-effect = Вы подтверждаете, что согласие получено. Те, кто отписался от этого списка, снова добавлены не будут.
admin-subscribers-add-yes = Добавить в список
admin-subscribers-added =
    { $count ->
        [one] { $count } подписчик добавлен в список «{ $name }»
        [few] { $count } подписчика добавлены в список «{ $name }»
       *[other] { $count } подписчиков добавлено в список «{ $name }»
    }
admin-subscribers-kept =
    { $count ->
        [one] { $count } подписчик отписался или находится в стоп-листе; он не подписан.
        [few] { $count } подписчика отписались или находятся в стоп-листе; они не подписаны.
       *[other] { $count } подписчиков отписались или находятся в стоп-листе; они не подписаны.
    }
admin-subscribers-remove-question =
    { $count ->
        [one] Убрать { $count } подписчика из списка «{ $name }»?
       *[other] Убрать { $count } подписчиков из списка «{ $name }»?
    }
admin-subscribers-remove-effect = Они больше не получат писем по этому списку, пока не подпишутся снова.
admin-subscribers-remove-yes = Убрать из списка
admin-subscribers-removed =
    { $count ->
        [one] { $count } подписчик убран из списка «{ $name }»
        [few] { $count } подписчика убраны из списка «{ $name }»
       *[other] { $count } подписчиков убрано из списка «{ $name }»
    }
admin-subscribers-tag-question =
    { $count ->
        [one] Добавить { $count } подписчику метку «{ $name }»?
       *[other] Добавить { $count } подписчикам метку «{ $name }»?
    }
admin-subscribers-tag-effect = По ней их можно найти в сегментах и фильтрах.
admin-subscribers-tag-yes = Добавить метку
admin-subscribers-tagged-with =
    { $count ->
        [one] { $count } подписчик получил метку «{ $name }»
        [few] { $count } подписчика получили метку «{ $name }»
       *[other] { $count } подписчиков получили метку «{ $name }»
    }
admin-subscribers-untag-question =
    { $count ->
        [one] Снять метку «{ $name }» с { $count } подписчика?
       *[other] Снять метку «{ $name }» с { $count } подписчиков?
    }
admin-subscribers-untag-effect = Сегменты и фильтры больше не найдут их по этой метке.
admin-subscribers-untag-yes = Снять метку
admin-subscribers-untagged =
    { $count ->
        [one] Метка «{ $name }» снята с { $count } подписчика
       *[other] Метка «{ $name }» снята с { $count } подписчиков
    }
admin-subscribers-suppress-question =
    { $count ->
        [one] Внести { $count } подписчика в стоп-лист?
       *[other] Внести { $count } подписчиков в стоп-лист?
    }
admin-subscribers-suppress-effect = На их адреса не будет приходить писем, пока адреса не исключат из стоп-листа.
admin-subscribers-suppressed =
    { $count ->
        [one] { $count } подписчик внесён в стоп-лист
        [few] { $count } подписчика внесены в стоп-лист
       *[other] { $count } подписчиков внесено в стоп-лист
    }
admin-subscribers-erase-question =
    { $count ->
        [one] Стереть { $count } подписчика?
       *[other] Стереть { $count } подписчиков?
    }
admin-subscribers-erase-effect = Адреса, имена, атрибуты, подписки и записи о согласии будут удалены безвозвратно. Числа в отчётах останутся, но без имён.
admin-subscribers-erased =
    { $count ->
        [one] { $count } подписчик стёрт
        [few] { $count } подписчика стёрты
       *[other] { $count } подписчиков стёрто
    }

## Adding one

admin-subscriber-add-title = Добавить подписчика
admin-subscriber-add-consent = Согласие
admin-subscriber-add-asks = Запросить по эл. почте
admin-subscriber-add-asks-hint = Подписчик получит письмо со ссылкой для подтверждения, и никаких других писем, пока не откроет её.
admin-subscriber-add-agreed = Согласие уже получено
admin-subscriber-add-agreed-hint = Подписка начнётся сразу. Опишите ниже, как было дано согласие.
admin-subscriber-add-how = Как было дано согласие
admin-subscriber-add-how-hint = Хранится с записью о согласии. Например: запись в книге посетителей 3 мая.
admin-subscriber-added = { $email }: подписчик добавлен
admin-subscriber-existed = { $email }: такой подписчик уже есть
admin-subscriber-updated = Имя, язык и списки обновлены.
admin-subscriber-stays-off = { $email } не добавлен в список «{ $list }»
admin-subscriber-stays-off-why = Этот человек отписался или находится в стоп-листе. Чтобы подписать его снова, укажите, как он об этом попросил.

## One subscriber

admin-subscriber-joined = в базе с { $date }
admin-subscriber-joined-name = { $name }, в базе с { $date }
admin-subscriber-download = Скачать персональные данные
admin-subscriber-suppressed = В стоп-листе: { $reason }
admin-subscriber-suppressed-since = Дата внесения: { $date }.
admin-subscriber-suppressed-lift = Исключить адрес можно в разделе <a href="{ $path }">«Стоп-лист»</a>.

## Their lists

admin-subscriber-no-lists = Сначала создайте список.
admin-subscriber-state = Состояние
admin-subscriber-state-since = С какого времени
admin-subscriber-change-to = Изменить
admin-subscriber-never-subscribed = подписки не было
admin-subscriber-why = Причина
admin-subscriber-why-for = Причина, для списка «{ $list }»
# Buttons, by the state that they set.
admin-subscriber-move-pending = Запросить по эл. почте
admin-subscriber-move-confirmed = Подтвердить
admin-subscriber-move-unsubscribed = Отписать
admin-subscriber-asked = Письмо с подтверждением отправлено
admin-subscriber-subscribed-to = Подписка на список «{ $list }» оформлена
admin-subscriber-unsubscribed-from = Подписка на список «{ $list }» отменена

## What happened

admin-subscriber-activity = История
admin-subscriber-no-activity-title = Пока ничего не происходило
admin-subscriber-no-activity = Здесь появятся записи о согласии, доставки, возвраты и ответы.
admin-subscriber-when = Когда
admin-subscriber-what = Что
admin-subscriber-evidence = Подтверждение
# $action is one of the words below.
admin-subscriber-did-to-list = { $action }: <a href="/admin/lists/{ $list }">{ $list }</a>
admin-subscriber-said-why = причина отписки от <a href="/admin/lists/{ $list }">{ $list }</a>: { $reason }
# $detail is what was set, such as frequency=weekly.
admin-subscriber-did-set = { $action }: { $detail }
admin-subscriber-consent-requested = подписка запрошена
admin-subscriber-consent-confirmed = подписка подтверждена
admin-subscriber-consent-unsubscribed = подписка отменена
admin-subscriber-consent-expired = срок подтверждения истёк
admin-subscriber-consent-profile = данные изменены
admin-subscriber-consent-frequency = частота писем изменена
admin-subscriber-consent-paused = письма приостановлены
admin-subscriber-consent-resumed = письма возобновлены
admin-subscriber-consent-left-all = отказ от всех писем
admin-subscriber-consent-came-back = отказ от писем отменён
admin-subscriber-consent-engagement-requested = в форме подписки отмечено согласие на запись открытий и переходов
admin-subscriber-consent-engagement-agreed = дано согласие на запись открытий и переходов
admin-subscriber-consent-engagement-withdrawn = отозвано согласие на запись открытий и переходов
admin-subscriber-consent-reason-given = указана причина отписки
admin-subscriber-method-form = через форму подписки
admin-subscriber-method-api = через API
admin-subscriber-method-confirmation-link = по ссылке для подтверждения
admin-subscriber-method-unsubscribe-link = по ссылке для отписки
admin-subscriber-method-one-click = одним нажатием в почтовой программе
admin-subscriber-method-mail = письмом
admin-subscriber-method-preferences = на странице настроек подписки
admin-subscriber-method-admin = сотрудником
admin-subscriber-method-import = при импорте
admin-subscriber-method-expiry = автоматически, по истечении срока
admin-subscriber-from = из сети { $network }
admin-subscriber-from-program = из сети { $network }, { $program }
# $source is one of the words below.
admin-subscriber-about-campaign = о <a href="/admin/campaigns/{ $campaign }">рассылке { $campaign }</a>, { $source }
admin-subscriber-source-relay = от SMTP-сервера
admin-subscriber-source-listener = через SMTP-приёмник
admin-subscriber-source-pipe = через команду jarshy inbound
admin-subscriber-source-mailbox = из почтового ящика
admin-subscriber-source-ses = от Amazon SES
admin-subscriber-source-postmark = от Postmark
admin-subscriber-source-sendgrid = от SendGrid
admin-subscriber-source-mailgun = от Mailgun
admin-subscriber-source-brevo = от Brevo

## Details

admin-subscriber-details = Данные
admin-subscriber-tags-hint = Через запятую. Нужны для сегментов и поиска подписчиков.
admin-subscriber-attributes = Атрибуты
admin-subscriber-attributes-hint = Нужны для сегментов и личных обращений в письмах. Чтобы убрать строку, очистите название. Числа, true и false сохраняются как есть; чтобы сохранить число как текст, возьмите его в кавычки: "42".
admin-subscriber-attribute-name = Название атрибута { $number }
admin-subscriber-attribute-value = Значение: { $name }
# Inside an empty field.
admin-subscriber-new-name = название
admin-subscriber-new-value = значение
admin-subscriber-new-attribute-name = Название нового атрибута { $number }
admin-subscriber-new-attribute-value = Значение нового атрибута { $number }

## Note

admin-subscriber-own-note = Заметка
admin-subscriber-own-note-field = Что важно знать об этом человеке
admin-subscriber-own-note-hint = Обычный текст, не больше 2000 знаков. Его видят все, кто может войти на эти страницы, а также сам человек, если запросит свои данные.

## Address

admin-subscriber-address = Адрес
admin-subscriber-new-address = Новый адрес
admin-subscriber-new-address-hint = На него придёт письмо со ссылкой. Адрес изменится, когда получатель его подтвердит.
admin-subscriber-ascii-address = Как его пишут почтовые системы: { $email }
admin-subscriber-ask-address = Запросить подтверждение
admin-subscriber-same-address = Это и есть нынешний адрес.
admin-subscriber-asked-address = Письмо с подтверждением отправлено на { $email }
admin-subscriber-address-later = Адрес изменится после подтверждения.

## Mail frequency

admin-subscriber-mail-frequency = Частота писем
admin-subscriber-frequency-each = каждая отдельно
admin-subscriber-frequency-weekly = в еженедельном дайджесте
admin-subscriber-paused-until = На паузе до
admin-subscriber-no-pause-hint = С этого дня письма снова начнут приходить. Оставьте пустым, если пауза не нужна.
admin-subscriber-pause-hint = С этого дня письма снова начнут приходить. Очистите поле, чтобы закончить паузу.
admin-subscriber-day-unreadable = Укажите день в виде 2026-01-31.
admin-subscriber-why-hint = Сохраняется вместе с вашим именем как подтверждение.

## Suppressing and erasing

admin-subscriber-end = Стоп-лист и удаление
admin-subscriber-note = Примечание
admin-subscriber-note-hint = Почему на этот адрес нельзя писать.
admin-subscriber-suppress = Внести в стоп-лист
admin-subscriber-suppress-ask = Внести в стоп-лист…
admin-subscriber-suppress-question = Внести { $email } в стоп-лист?
admin-subscriber-suppress-text = На этот адрес не будут приходить ни рассылки, ни письма с подтверждением, по любому списку, пока его не исключат из стоп-листа.
admin-subscriber-is-suppressed = { $email } в стоп-листе
admin-subscriber-erase = Стереть
admin-subscriber-erase-ask = Стереть…
admin-subscriber-erase-hint = Безвозвратно удаляет всё, что известно об этом человеке.
admin-subscriber-erase-question = Стереть { $email }?
admin-subscriber-erase-text =
    Будут безвозвратно удалены адрес, имя, атрибуты, { $subscriptions ->
        [one] { $subscriptions } подписка
        [few] { $subscriptions } подписки
       *[other] { $subscriptions } подписок
    } и { $consents ->
        [one] { $consents } запись о согласии
        [few] { $consents } записи о согласии
       *[other] { $consents } записей о согласии
    }. Числа в отчётах останутся, но без имён.
admin-subscriber-erase-suppressed = Адрес останется в стоп-листе, чтобы импорт не добавил его снова.
admin-subscriber-erased = Стёрто

## Opens and links

admin-subscriber-engagement = Открытия и переходы
admin-subscriber-engagement-since = Согласие дано
admin-subscriber-engagement-never = Пока нет
admin-subscriber-engagement-hint = Это лишь то, что видно: прокси-серверы и фильтры открывают письма сами, а некоторые программы никогда не загружают картинки.
admin-subscriber-engagement-opened = Открыто
admin-subscriber-engagement-followed = Переход по ссылке
admin-subscriber-engagement-links = Переходы по ссылкам
admin-subscriber-engagement-withdraw = Отозвать согласие за подписчика
admin-subscriber-engagement-withdrawn = Согласие отозвано. Записанное удалено.
