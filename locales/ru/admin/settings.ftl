### Settings: their pages, the relays, the senders, what belongs to the process.

## Every page

admin-settings-title = Настройки: { $page }
admin-settings-intro = Изменения действуют сразу. Параметры командной строки, переменные окружения и <code>jarshy.toml</code> имеют приоритет.
admin-settings-see-also = Смотрите также:
admin-settings-relays = SMTP-серверы
admin-settings-sending = Отправка
admin-settings-senders = Отправители
admin-settings-bounces = Возвраты
admin-settings-joining = Подписка
admin-settings-process = Процесс
admin-settings-site-look = Название и оформление сайта
admin-settings-elsewhere = { $setting }: { $problem }
admin-settings-unchanged = Ничего не изменилось
admin-settings-saved-text = Настройки уже действуют, во всех процессах – в течение нескольких секунд.
admin-settings-set = задано
admin-settings-not-set = не задано
# Where a value comes from; stands in the phrases that are given below it, and in a table.
admin-settings-origin-file = в файле { $name }
admin-settings-origin-other = через { $name }
admin-settings-given = Значение задано { $origin }, здесь его изменить нельзя.
admin-settings-given-there = Это имеет приоритет. Измените их там или удалите оттуда, чтобы управлять ими здесь.
admin-settings-off = Выключено
admin-settings-on = Включено
admin-settings-secret-set = Значение задано – чтобы сохранить его, оставьте поле пустым.
admin-settings-secret-shown = Сейчас: { $value } – чтобы сохранить это значение, оставьте поле пустым.
admin-settings-keep = Чтобы сохранить прежний пароль, оставьте поле пустым.
admin-settings-remove = Удалить значение ({ $setting })

## General

admin-settings-card-site = Сайт
admin-settings-public-url = Публичный адрес
admin-settings-public-url-hint = Адрес, который открывают посетители, например https://news.example.org. С него начинаются ссылки в письмах. Если вы его измените, войдите заново по новому адресу.
admin-settings-anyway = Всё равно сохранить
admin-settings-anyway-hint = После этого входить нужно будет по этому адресу.
# $problem is a sentence.
admin-settings-address-problem = { $problem } Чтобы всё равно сохранить адрес, отметьте флажок.
admin-settings-language-hint = Для посетителей, чей браузер не просит ни одного из языков сайта.
admin-settings-languages = Языки сайта
admin-settings-languages-hint = Языки страниц, писем и подписчиков: по одному коду в строке, например en, de или pt-BR, в том порядке, в котором их предлагают страницы. Чего ещё нет в переводе, показывается по-английски.
admin-settings-time-zone = Часовой пояс
admin-settings-time-zone-hint = Название из базы IANA, например Asia/Almaty.
admin-settings-card-programs = Другие программы
admin-settings-listmonk = API для клиентов listmonk
admin-settings-listmonk-hint = Программы, написанные для listmonk, могут обращаться к /api/lists, /api/subscribers и другим адресам; паролем служит API-токен. Собственный API Jarshy включён всегда.

## Sending

admin-settings-sender = Отправитель
admin-settings-from-hint = Имя {"<"}адрес> или только адрес. Без него ничего нельзя отправить. Другие отправители для рассылок – в разделе «Отправители».
admin-settings-reply-to = Куда приходят ответы
admin-settings-reply-to-hint = Ответы людей пересылаются на этот адрес. Если не указан – на адрес первого владельца.
admin-settings-bounce-domain = Домен для возвратов
admin-settings-bounce-domain-hint = Домен адреса отправителя на конверте. Если не указан – домен отправителя.
admin-settings-card-campaigns = Начало рассылки
admin-settings-send-delay = Время на отмену отправки (в секундах)
admin-settings-send-delay-hint = Рассылка, запущенная на этих страницах, ждёт столько секунд, прежде чем уйдёт первое письмо; за это время отправку можно отменить. Не больше 3600; при 0 отправка начинается сразу. API и командная строка не ждут.
admin-settings-approval = Одобрение вторым человеком
admin-settings-approval-hint = Рассылка запускается или планируется только после того, как другой пользователь одобрит её на её странице. Любое последующее изменение отменяет одобрение. Нужны хотя бы два пользователя с правом изменять. Уже запланированным рассылкам одобрение тоже понадобится.
admin-settings-attachment-limit = Файлы в письме (МБ)
admin-settings-attachment-limit-hint = Все файлы одного письма в том виде, в каком они отправляются: на треть больше, чем на диске. Не больше 50; при 0 файлы не прикрепляются. Многие почтовые службы не принимают больше 25.
admin-settings-card-limits = Ограничения и имена
admin-settings-domain-limits = Ограничения по домену получателя
admin-settings-domain-limits-hint = По одному в строке: example.org=4@10 – 4 письма одновременно и 10 в секунду, *=20 – для всех остальных.
admin-settings-ehlo = Имя для EHLO
admin-settings-ehlo-hint = Имя, которым мы представляемся SMTP-серверам. Если не указано – имя сервера из публичного адреса.
admin-settings-tokens = Откуда брать токены доступа
admin-settings-smtp-tokens-hint = Только для SMTP-серверов со входом через XOAUTH2: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…

## Bounces

admin-settings-card-mailbox = Почтовый ящик для возвратов
admin-settings-mailbox = Почтовый ящик
admin-settings-mailbox-hint = Обработанные письма удаляются из него.
admin-settings-mailbox-interval = Секунд между двумя проверками
admin-settings-mailbox-tokens-hint = Только для ящика со входом по токену доступа: https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=… Если не указано – тот же источник, что и у SMTP-серверов.
admin-settings-card-webhooks = Вебхуки вашего почтового провайдера
admin-settings-provider-address = Адрес для провайдера: <code>{ $address }</code>
# For screen readers, after “Copy”.
admin-settings-the-address = адрес
admin-settings-provider-secret-hint = Его придумываете вы. Провайдер передаёт его как токен (bearer) или как пароль: во втором случае впишите в адрес jarshy:PASSWORD@ после https://.
admin-settings-ses = Amazon SES: тема SNS
admin-settings-ses-hint = arn:aws:sns:REGION:ACCOUNT:NAME. Подпишите этот адрес на тему.
admin-settings-postmark = Postmark: пароль или токен
admin-settings-sendgrid = SendGrid: ключ проверки
admin-settings-sendgrid-hint = Открытый ключ подписанного вебхука событий.
admin-settings-mailgun = Mailgun: ключ подписи вебхуков
admin-settings-mailgun-hint = Для событий Permanent Failure, Temporary Failure, Spam Complaints и Unsubscribes.
admin-settings-brevo = Brevo: пароль или токен
admin-settings-card-thresholds = Когда вносить в стоп-лист и приостанавливать
admin-settings-soft-bounces = Временных возвратов до стоп-листа
admin-settings-soft-bounces-hint = После стольких возвратов адрес попадает в стоп-лист. Через тридцать дней каждый считается за половину.
admin-settings-hard-bounces = Окончательных возвратов до приостановки рассылки
admin-settings-complaints = Жалоб до приостановки рассылки
admin-settings-per-thousand = На тысячу отправленных писем.

## Sign-in

admin-settings-sign-in = Вход
admin-settings-card-provider = Служба входа (OpenID Connect)
admin-settings-issuer = Издатель (issuer)
admin-settings-issuer-hint = В точности как его пишет служба входа, например https://login.example.org/realms/main. Укажите адрес ниже в службе входа как redirect URI.
admin-settings-client-id = Идентификатор клиента (client ID)
admin-settings-client-secret = Секрет клиента (client secret)
admin-settings-scopes = Области доступа (scopes)
admin-settings-scopes-hint = По одной в строке, кроме openid.
admin-settings-provider-name = Название на кнопке
admin-settings-provider-name-hint = Например название организации. Если пусто: хост издателя.
admin-settings-card-access = Кто может войти
admin-settings-sign-in-domains = Домены адресов эл. почты
admin-settings-sign-in-domains-hint = По одному в строке. Если пусто: любые.
admin-settings-role-claim = Поле с группами или ролями (claim)
admin-settings-role-claim-hint = Например groups или realm_access.roles, если одно поле находится внутри другого.
admin-settings-role-map = Роли
admin-settings-role-map-hint = По одной в строке: press=editor. Роли: owner, editor и viewer; действует самая высокая. Если указана хотя бы одна строка, роль задаётся при каждом входе, а тот, у кого нет ни одного из значений, отключается. Значение с запятой пишется в кавычках.
admin-settings-create-users = Создавать пользователей при первом входе
admin-settings-create-users-hint = Нужны домены или роли. Без ролей они могут только смотреть.
admin-settings-link-by-email = Связывать пользователей по подтверждённому адресу
admin-settings-link-by-email-hint = Только если служба входа никогда не передаёт адрес другому человеку. Если выключено, приглашённые связываются при принятии приглашения, остальные на странице «Моя учётная запись».
admin-settings-provider-second-factor = Служба входа запрашивает второй фактор
admin-settings-provider-second-factor-hint = Тогда Jarshy не запрашивает свой код ещё раз.
admin-settings-local-sign-in = Вход по паролю и ссылке
admin-settings-local-sign-in-hint = Если выключено, так входят только владельцы на случай сбоя службы входа.
admin-settings-provider-check = Сохранить и проверить
admin-settings-provider-answers = Служба входа отвечает
admin-settings-provider-keys =
    { $count ->
        [one] Она подписывает { $count } ключом. Верны ли идентификатор и секрет клиента, покажет первый вход.
       *[other] Она подписывает { $count } ключами. Верны ли идентификатор и секрет клиента, покажет первый вход.
    }
admin-settings-provider-none = Сначала введите издателя и идентификатор клиента
admin-settings-provider-fails = Войти через службу входа нельзя

## Joining

admin-settings-card-joins = Подписка и подтверждение
admin-settings-join-limit = Подписок из одной сети в час
admin-settings-join-limit-hint = Столько писем с подтверждением отправляется сразу, остальные ждут. Если всего подписок вдвое больше, формы и API требуют подтвердить запрос вычислением (proof of work).
admin-settings-confirmation-interval = Минут до второго письма с подтверждением
admin-settings-confirmation-interval-hint = На тот же адрес. Третье ждёт сутки, и больше в течение тридцати дней не отправляется.
admin-settings-confirmation-lifetime = Дней на подтверждение
admin-settings-confirmation-lifetime-hint = После этого срока неподтверждённая подписка прекращается.

## The mailbox and the relays: where they are

admin-settings-host = Сервер
admin-settings-port = Порт
admin-settings-port-hint = Если не указан – обычный.
admin-settings-user = Имя пользователя
admin-settings-password = Пароль
admin-settings-ca = Файл центров сертификации
admin-settings-ca-hint = Файл PEM на сервере.
admin-settings-fingerprints = Отпечатки
admin-settings-fingerprints-hint = sha256:…, через пробел.
admin-settings-sign-in-with = Вход
admin-settings-by-password = по паролю
admin-settings-by-token = по токену доступа (XOAUTH2)
admin-settings-password-again = Введите пароль ещё раз: изменилось то, куда он отправляется.

## The mailbox

admin-settings-mailbox-unreadable = Почтовый ящик не удаётся прочитать
admin-settings-mailbox-service = Протокол
admin-settings-service-imaps = IMAP с TLS
admin-settings-service-pop3s = POP3 с TLS
admin-settings-service-imap = IMAP без шифрования
admin-settings-service-pop3 = POP3 без шифрования
admin-settings-folder = Папка
admin-settings-folder-hint = Только для IMAP; если не указана – «Входящие».
admin-settings-other-options = Другие параметры
admin-settings-mailbox-remove = Удалить почтовый ящик
admin-settings-mailbox-check = Сохранить и проверить ящик
admin-settings-mailbox-opened = Почтовый ящик открывается
admin-settings-mailbox-emails = Писем в нём: { $count }.
admin-settings-mailbox-none = Почтового ящика нет
admin-settings-mailbox-not-opened = Почтовый ящик не открывается
admin-settings-mailbox-host-wrong = Укажите сервер, например imap.example.org.
admin-settings-mailbox-port-wrong = Укажите сервер, например imap.example.org, и порт от 1 до 65535 или никакого.
admin-settings-user-missing = Укажите имя пользователя.
admin-settings-password-missing = Введите пароль.
admin-settings-one-line = Должна быть одна строка.

## Relays

admin-settings-relays-intro = Письма уходят через эти SMTP-серверы. Если их несколько, они делят письма по весу и заменяют друг друга при сбоях.
admin-settings-relays-given = SMTP-серверы заданы { $origin }
admin-settings-relays-problem = Сохранённые SMTP-серверы не действуют
admin-settings-relays-changed = SMTP-серверы тем временем изменились
admin-settings-no-sender = Отправителя пока нет
admin-settings-relays-no-sender = Сначала <a href="/admin/settings/sending">укажите отправителя</a>: без него проверка невозможна.
admin-settings-relay-add = Добавить SMTP-сервер
admin-settings-relay-up = Выше
admin-settings-relay-up-label = Переместить { $host } выше
admin-settings-relay-down = Ниже
admin-settings-relay-down-label = Переместить { $host } ниже
admin-settings-relay-remove = Убрать…
admin-settings-relay-remove-label = Убрать { $host }…
admin-settings-relay-remove-question = Убрать { $host }?
admin-settings-relay-remove-text = Его пароль и ограничения будут удалены. Письма пойдут через остальные SMTP-серверы.
admin-settings-relay-remove-last = Его пароль и ограничения будут удалены. Это последний SMTP-сервер: письма останутся в очереди, пока не появится другой.
admin-settings-relay-user-hint = Оставьте пустым, если сервер не требует входа.
admin-settings-relay-as-user = пользователь { $user }
admin-settings-encryption = Шифрование
admin-settings-encryption-hint = Сертификат проверяется, если в варианте не сказано иное. На этой же машине обычный STARTTLS применяется, если сервер его предлагает.
admin-settings-security-usual = STARTTLS (обычно)
admin-settings-security-implicit = TLS с самого начала
admin-settings-security-implicit-unverified = TLS с самого начала, любой сертификат
admin-settings-security-starttls = STARTTLS, на этой машине тоже
admin-settings-security-starttls-unverified = STARTTLS, любой сертификат
admin-settings-security-opportunistic = STARTTLS, если предлагается
admin-settings-security-none = Без шифрования
admin-settings-relay-options = Ограничения и другие параметры
admin-settings-connections = Одновременных соединений
admin-settings-connections-hint = Если не указано – 8.
admin-settings-ahead = Начинать заранее
admin-settings-ahead-hint = Сколько писем каждое соединение отмечает начатыми до их очереди, от 0 до 8; если не указано – 2. После сбоя о стольких же письмах на каждом соединении будет дополнительно неизвестно, доставлены ли они.
admin-settings-rate = Писем в секунду
admin-settings-messages = Писем за одно соединение
admin-settings-no-limit = Если не указано – без ограничения.
admin-settings-weight = Вес
admin-settings-weight-hint = Доля среди нескольких серверов; если не указана – 1.
admin-settings-warmup = Прогрев
admin-settings-warmup-hint = Писем в первый день; в каждый следующий день – вдвое больше.
admin-settings-timeout = Время ожидания
admin-settings-timeout-hint = В секундах; если не указано – 60.
admin-settings-helo-hint = Если оно не такое, как для всех.
admin-settings-test = Отправить проверочное письмо на { $email }
admin-settings-test-good = SMTP-сервер принял проверочное письмо
admin-settings-test-bad = Проверочное письмо не ушло
admin-settings-test-reply = Письмо для { $email } принято: { $reply }
admin-settings-relay-host-wrong = Укажите сервер, например smtp.example.org.
admin-settings-relay-port-wrong = Укажите сервер, например smtp.example.org, и порт от 1 до 65535 или никакого.
admin-settings-helo-wrong = Укажите имя сервера, например mail.example.org, или адрес в квадратных скобках.
admin-settings-auth-wrong = Укажите пользователя, для которого выдан токен.
admin-settings-connections-wrong = Укажите целое число от 1 до 500.
admin-settings-weight-wrong = Укажите целое число от 1 до 1000.
admin-settings-timeout-wrong = Укажите целое число от 1 до 600.
admin-settings-number-wrong = Укажите целое число, 1 или больше.
admin-settings-open-password = Пароль нельзя передавать по сети в открытом виде; выберите другое шифрование.
admin-settings-relay-no-password = Введите пароль или оставьте имя пользователя пустым, если сервер не требует входа.
admin-settings-unused-trust = При таком шифровании эти сертификаты не проверяются; выберите STARTTLS или TLS с проверкой.

## Senders

admin-settings-senders-intro = Каждая рассылка уходит от имени одного из этих отправителей. Письма с подтверждением и другие служебные письма уходят от отправителя по умолчанию.
admin-settings-senders-given = Отправители заданы { $origin }
admin-settings-senders-problem = Сохранённые отправители не действуют
admin-settings-not-removed = Не удалено
admin-settings-removed = Отправитель удалён
admin-settings-added = Отправитель добавлен
admin-settings-senders-check = Проверить домены сейчас
admin-settings-senders-empty = Сначала укажите отправителя по умолчанию. Без него ничего нельзя отправить.
admin-settings-enter-sender = Указать отправителя
admin-settings-authentication = SPF, DKIM и DMARC
# A record such as SPF, and what its check found: good, weak or wrong.
admin-settings-authentication-finding = { $record }: { $finding }
admin-settings-actions = Действия
admin-settings-default = по умолчанию
admin-settings-sender-checked = { $domain }, проверено { $date }. <a href="/admin/deliverability">Подробнее</a>
admin-settings-not-checked = не проверено
admin-settings-sender-remove = Убрать { $sender }
admin-settings-sender-add = Добавить отправителя
admin-settings-sender-hint = Имя {"<"}адрес>, например: Пресс-служба {"<"}press@example.org>. Его домену нужны свои ключи подписи и DNS-записи.

## Process

admin-settings-process-intro = Эти настройки относятся к процессу. Их задают параметры командной строки, переменные окружения или <code>jarshy.toml</code>, и действуют они после перезапуска.
admin-settings-setting = Настройка
admin-settings-value = Значение
admin-settings-origin = Источник
admin-settings-secret-key-place = хранится рядом с базой данных
admin-settings-export = Экспорт
admin-settings-export-text = Настройки всех этих страниц в файле <code>jarshy.toml</code> – на хранение или для новой установки.
admin-settings-export-secrets = С паролями и ключами
admin-settings-export-secrets-hint = Сначала вы подтвердите, что это вы. Храните файл там, где его больше никто не прочитает.
admin-settings-export-download = Скачать jarshy.toml

## Opens and links

admin-settings-card-engagement = Открытия и переходы
admin-settings-engagement = Спрашивать читателей, можно ли записывать открытия и переходы
admin-settings-engagement-hint = Читателей спрашивают в форме подписки и на странице их настроек. Только о согласившихся записывается, открывают ли они письма и, в списках с подсчётом переходов, по каким ссылкам переходят. Выключение сразу прекращает это и скрывает записанное; согласия остаются.
admin-settings-engagement-months = Сколько месяцев хранить
admin-settings-engagement-months-hint = От 1 до 120. Более старое удаляется.
