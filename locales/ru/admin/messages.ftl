### Messages of the layers below the admin pages, by the English text in en/admin/messages.ftl.

## Forms: names, lines, numbers, times

admin-message-line-missing = заполните это поле
admin-message-line-too-long = не больше { $max } знаков
admin-message-line-control = нужна одна строка без управляющих символов
admin-message-control-character = содержит управляющий символ U+{ $code }; удалите его
admin-message-field-control-character = { $field }: содержит управляющий символ U+{ $code }; удалите его
admin-message-slug = короткое имя состоит из 1–60 строчных латинских букв, цифр и дефисов внутри, например spring-news
admin-message-unknown-value = «{ $given }» нет среди допустимых значений: { $known }
admin-message-field-unknown-value = { $field }: «{ $given }» нет среди допустимых значений: { $known }
admin-message-title-wrong = название: { $problem }
admin-message-the-title-wrong = заголовок: { $problem }
admin-message-name-wrong = имя: { $problem }
admin-message-the-name = имя
admin-message-the-title = заголовок
admin-message-the-subject = тема
admin-message-the-preheader = прехедер
admin-message-the-sender = отправитель
admin-message-the-sender-name = имя отправителя
admin-message-whole-number = нужно целое число, а не «{ $text }»
admin-message-whole-number-least = нужно целое число, { $min } или больше
admin-message-at-most = не больше { $max }
admin-message-between = нужно целое число от { $min } до { $max }
admin-message-true-or-false = нужно true или false, а не «{ $text }»
admin-message-true-or-false-alone = нужно true или false
admin-message-bytes-at-most = не больше { $max } байт
admin-message-too-large-number = слишком большое значение
admin-message-wrong-kind = значение не того вида: { $error }
admin-message-must-name-file = укажите файл
admin-message-not-known-here = здесь это неизвестно
admin-message-field-category = рубрика: { $problem }
admin-message-field-author = автор: { $problem }
admin-message-field-former-url = прежний адрес: { $problem }
admin-message-time-zone = «{ $name }» – не часовой пояс; укажите название из базы IANA, например Asia/Almaty
admin-message-language-tag = «{ $tag }» – не обозначение языка, такое как en, kk или pt-BR
admin-message-language-not-offered = выберите один из языков: { $known }
admin-message-no-language = укажите хотя бы один язык
admin-message-colour-malformed = нужен вид #00677c: решётка и шесть шестнадцатеричных цифр
admin-message-colour-pale = слишком бледный цвет: контраст { $contrast } : 1, а тексту нужно 4.5 : 1; подойдёт { $better }
admin-message-site-address = «{ $given }» – не адрес сайта; напишите его как https://www.example.org, без пути
admin-message-network = «{ $given }» – не IP-адрес и не сеть вида 10.0.0.0/8
admin-message-former-site = нужен адрес сайта, например https://blog.example.org

## The site's name and appearance

admin-message-site-no-name = введите название хотя бы на одном языке
admin-message-site-no-address = введите адрес ссылки
admin-message-site-no-text = введите текст ссылки хотя бы на одном языке
admin-message-site-bad-address = укажите путь, например /posts/about, или адрес, например https://example.org/
admin-message-site-picture = выберите одно из изображений
admin-message-site-lines = не больше { $max } знаков, без управляющих символов
admin-message-site-links = в меню помещается не больше { $max } ссылок
admin-message-profile-address = «{ $given }» – не адрес сайта; укажите такой, как https://t.me/embassy, а перед ним название, если нужно другое, чем у сети
admin-message-profile-name = название профиля: { $problem }
admin-message-profile-many = показать можно не больше { $max } профилей

## Email addresses and senders

admin-message-address-missing = адрес не указан
admin-message-address-malformed = адрес не похож на someone@example.org
admin-message-address-too-long = адрес длиннее, чем принимают почтовые системы
admin-message-address-several = здесь больше одного адреса
admin-message-domain = нужен домен, например example.org
admin-message-sender-wrong = отправитель: { $problem }
admin-message-sender-malformed = «{ $text }» – не отправитель: { $error }; напишите «Имя <address>»
admin-message-sender-twice = { $sender } указан дважды
admin-message-sender-too-many = отправителей может быть не больше { $max }
admin-message-issuer = нужен издатель службы входа, например https://login.example.org
admin-message-role-map-entry = «{ $text }» не даёт роли; пишите ЗНАЧЕНИЕ=РОЛЬ, например editors=editor
admin-message-role-map-too-many = значений, дающих роли, может быть не больше { $max }
admin-message-create-users-open = впустит всех, кого знает служба входа; укажите также домены или значения, дающие роли
admin-message-provider-none = служба входа не настроена
admin-message-provider-unavailable = служба входа не работает: { $problem }
admin-message-provider-unlink = вы больше не смогли бы войти: вход по паролю и ссылке выключен
admin-message-sender-default = этот отправитель уже используется по умолчанию
admin-message-sender-in-use = { $held }. Сначала выберите ей другого отправителя, снимите её с расписания или отмените
admin-message-sender-of-scheduled = рассылка «{ $subject }» (запланирована) уходит от имени { $sender }
admin-message-sender-of-sending = рассылка «{ $subject }» (отправляется) уходит от имени { $sender }
admin-message-sender-of-paused = рассылка «{ $subject }» (приостановлена) уходит от имени { $sender }
admin-message-no-sender = отправитель не указан
admin-message-no-sender-settings = отправитель не указан; укажите его в разделе «Настройки», «Отправка»
admin-message-sender-first = сначала укажите отправителя: без него SMTP-сервер писем не принимает

## Access and accounts

admin-message-role-viewer = ваша роль позволяет смотреть всё, но ничего не менять
admin-message-role-views = ваша роль позволяет хранить собственные виды, но не менять общие
admin-message-only-owner = это может сделать только владелец
admin-message-passkey-no-host = для ключей доступа нужен публичный адрес с именем хоста, например https://lists.example.org; его задаёт владелец в настройках
admin-message-passkey-too-many = 20 ключей доступа достаточно; сначала удалите один из них
admin-message-passkey-refused = ключ доступа не принят; попробуйте ещё раз
admin-message-passkey-by-provider = здесь вход возможен через учётную запись организации
admin-message-only-some-lists = вы работаете только с некоторыми списками, а это касается всех
admin-message-owner-of-every-list = владельцу доступны все списки; сначала измените роль
admin-message-not-found = по этому адресу ничего нет
admin-message-sign-in-first = сначала войдите
admin-message-too-many-requests = слишком много запросов; попробуйте позже
admin-message-unavailable = сейчас это недоступно; попробуйте через минуту
admin-message-internal = у нас что-то пошло не так
admin-message-other-site = запрос пришёл с другого сайта
admin-message-form-utf8 = форма не в кодировке UTF-8
admin-message-form-control = в имени поля есть управляющие символы
admin-message-page-out-of-date = страница устарела; заполните форму ещё раз
admin-message-last-owner = нужен хотя бы один владелец; сначала сделайте владельцем кого-то ещё
admin-message-password-wrong = нынешний пароль неверен
admin-message-code-wrong = код неверен; введите следующий код из приложения
admin-message-owner-exists = владелец уже есть; войдите или обратитесь к нему
admin-message-password-short = не меньше { $min } знаков
admin-message-password-guessable = его легко угадать; возьмите несколько не связанных между собой слов
admin-message-password-hash = пароль не удалось сохранить
admin-message-secret-unreadable = секрет не удалось прочитать; начните сначала
admin-message-second-factor-on = сначала отключите двухэтапный вход одним из его кодов
admin-message-token-not-ours = эта ссылка не наша
admin-message-scope-none = выберите хотя бы одно разрешение

## Lists, subscribers, segments, tags

admin-message-exists-list = список с таким коротким именем уже есть
admin-message-exists-segment = сегмент с таким названием уже есть
admin-message-exists-view = вид с таким именем уже есть
admin-message-views-most = можно хранить не больше { $most } видов; сначала удалите один
admin-message-exists-tag = метка «{ $tag }» уже есть; выберите слияние, чтобы объединить обе
admin-message-exists = это уже есть
admin-message-dangling = указано то, чего не существует
admin-message-list-none = открытых списков пока нет
admin-message-list-in-use = рассылка «{ $campaign }» идёт по этому списку; сначала удалите или отмените её либо дождитесь её окончания
admin-message-list-not-empty = в списке есть подписчики ({ $count }); чтобы удалить его вместе с ними, отметьте это
admin-message-segment-unknown = такого сегмента нет
admin-message-segment-in-use = этот сегмент использует рассылка «{ $campaign }»; сначала выберите ей другой
admin-message-of-series = это письмо серии; измените, приостановите или завершите саму серию
admin-message-segment-in-series = этот сегмент использует серия «{ $series }»; сначала выберите ей другой
admin-message-list-in-series = серия «{ $series }» предназначена для этого списка; сначала завершите её
admin-message-list-in-step = серия «{ $series }» добавляет своих читателей в этот список; сначала измените этот шаг или завершите серию
admin-message-series-unknown = такой серии нет
admin-message-series-exists = серия с таким названием уже есть
admin-message-series-user = шаг { $number }: пользователя с таким адресом нет
admin-message-series-over = завершённую серию изменить нельзя
admin-message-series-keeps-list = список запущенной серии не меняется
admin-message-series-not-draft = удалить можно только черновик или завершённую серию; сначала завершите эту серию
admin-message-series-overtaken = кто-то только что изменил эту серию; обновите страницу
admin-message-series-own-start = запустить или возобновить эту серию должен не тот, кто изменил её последним
admin-message-series-changed = она изменена; просмотреть и возобновить её должен другой пользователь
admin-message-test-suppressed = тест не отправляется на адреса из списка запрещённых: { $addresses }
admin-message-test-limit = пользователь может отправить { $most } тестовых писем в час; осталось { $left }, а нужно { $wanted }; повторите через { $minutes } мин
admin-message-series-closed = в эту серию никто не входит: сначала запустите или продолжите её
admin-message-series-cannot-enter = подписчик уже в этой серии, не в её списке или не получает писем
admin-message-series-no-email = этот шаг не отправляет письма
admin-message-series-step = шаг { $number }: { $cause }
admin-message-series-email-closed = шаг { $number }: письмо отменено и больше не принимает получателей
admin-message-series-not-ready = шаг { $number }: письмо не удаётся подготовить; измените этот шаг или завершите серию
admin-message-series-no-such-time = шаг { $number }: он ждёт времени, которое не наступит; выберите другое
admin-message-series-no-step = в серии нужен хотя бы один шаг
admin-message-series-many-steps = в серии не больше { $count } шагов
admin-message-series-date = укажите атрибут с датой, до 366 дней до или после неё, и час
admin-message-series-no-text = шаг { $number }: напишите письмо хотя бы на одном языке, с темой и текстом
admin-message-series-texts-and-post = шаг { $number }: укажите либо тексты с их форматом, либо публикацию
admin-message-series-two-texts = шаг { $number }: напишите письмо на каждом языке один раз
admin-message-series-wait = шаг { $number }: ждите не меньше часа и не больше { $days } дней
admin-message-series-weekday = шаг { $number }: выберите день недели и час
admin-message-series-far-date = шаг { $number }: выберите дату не позже { $year } года
admin-message-series-skip = шаг { $number }: пропустить можно не меньше одного и не больше оставшихся шагов
admin-message-series-link = введите от 1 до { $count } знаков адреса ссылки
admin-message-series-event-gone = мероприятия «{ $event }» больше нет, или оно не опубликовано
admin-message-series-post-gone = шаг { $number }: публикация «{ $post }» удалена или не опубликована; опубликуйте её или выберите другую
admin-message-series-gap = шаг { $number }: в письме «{ $subject }» ({ $language }) ещё нужно заполнить место «[{ $gap }]» из готового текста
admin-message-series-attribute = назовите атрибут; в названии от 1 до { $name } знаков, в значении не больше { $value }
admin-message-series-event-days = выберите до 366 дней до или после мероприятия
admin-message-series-step-attribute = шаг { $number }: в названии атрибута от 1 до { $name } знаков, в значении не больше { $value }
admin-message-series-pause = шаг { $number }: приостановите письма на срок от 1 до { $days } дней
admin-message-series-too-soon = шаг { $number }: подождите перед этим шагом, иначе предыдущее письмо может не уйти
admin-message-series-choose-event = выберите мероприятие
admin-message-series-choose-date = выберите дату
admin-message-series-choose-list = выберите список
admin-message-series-choose-post = выберите публикацию
admin-message-series-choose-content = выберите, из чего состоит письмо
admin-message-series-message = шаг { $number }: в сообщении от 1 до { $count } знаков
admin-message-series-forbidden = серия в состоянии { $state } не может { $action }
admin-message-series-choose-segment = выберите сегмент
admin-message-series-number = введите целое число
admin-message-series-choose-user = выберите пользователя
admin-message-series-email-paused = одно из её писем приостановлено
admin-message-segment-open-campaign = по этому сегменту идёт незаконченная рассылка
admin-message-segment-being-read = по этому сегменту сейчас собирается аудитория рассылки; попробуйте через минуту
admin-message-tag-being-read = по сегменту с этой меткой сейчас собирается аудитория рассылки; попробуйте через минуту
admin-message-segment-under-way = рассылка уже идёт; её аудитория не меняется
admin-message-segment-empty = задайте каждой группе хотя бы одно условие
admin-message-segment-deep = групп друг в друге может быть не больше { $depth }
admin-message-segment-many = в сегменте может быть не больше { $max } условий
admin-message-attribute-length = в названиях и значениях полей от 1 до { $max } знаков
admin-message-attribute-control = в названиях и значениях полей не должно быть управляющих символов
admin-message-segment-times = число раз – от 1 до { $max }
admin-message-segment-days = число дней – от 1 до { $max }
admin-message-tag = в метке от 1 до { $max } знаков, без запятых, точек с запятой и управляющих символов
admin-message-tags-too-many = у подписчика может быть не больше { $max } меток
admin-message-attributes-object = поля должны быть объектом JSON
admin-message-address-taken = подписчик с таким адресом уже есть
admin-message-note-too-long = в заметке может быть не больше { $count } знаков
admin-message-address-suppressed = новый адрес в стоп-листе
admin-message-address-wants-none = подписчик отказался от писем; новый адрес не должен это менять
admin-message-address-owner-erased = владелец нового адреса удалил свои данные; вернуть адрес может только он сам
admin-message-moved = за это время всё изменилось; обновите страницу
admin-message-overtaken = за это время это изменил кто-то другой
admin-message-stays-left = этот человек отписался; чтобы всё же подписать его, укажите, как он об этом попросил
admin-message-stays-blocked = этот человек заблокирован; сначала снимите запрет. Чтобы подписать его, укажите, как он об этом попросил
admin-message-stays-bounced = письма на этот адрес возвращались; сначала снимите запрет. Чтобы подписать этого человека, укажите, как он об этом попросил
admin-message-stays-complained = этот человек пожаловался на письма; сначала снимите запрет. Чтобы подписать его, укажите, как он об этом попросил
admin-message-stays-erased = этот человек попросил удалить свои данные; чтобы всё же подписать его, укажите, как он об этом попросил
admin-message-erased = владелец этого адреса попросил удалить свои данные; чтобы добавить его снова, укажите, как он об этом попросил
admin-message-pause-past = выберите день позже сегодняшнего
admin-message-pause-too-long = пауза длится не больше года
admin-message-undo-which = укажите рассылку, причину или промежуток времени
admin-message-undo-why = эти люди сами отказались от писем: укажите, почему им снова пишут
admin-message-subscriber-id = id: такого номера подписчика быть не может
admin-message-export-write = выгрузку не удалось записать: { $error }
admin-message-join-field-key = название поля состоит из строчных латинских букв, цифр и знаков подчёркивания
admin-message-join-field-label = напишите хотя бы на одном языке, о чём вопрос
admin-message-join-field-no-choice = задайте хотя бы один вариант
admin-message-join-field-choices = задайте не больше 60 вариантов
admin-message-join-field-uneven = вариантов должно быть поровну на всех языках
admin-message-join-field-twelve = в форме уже двенадцать вопросов
admin-message-join-field-taken = это поле уже использует другой вопрос
admin-message-suppression-header = в файле нужен столбец `address` (или `email`); в нём есть: { $columns }
admin-message-suppression-time = время «{ $time }» не похоже на 2026-03-01T09:00:00Z или 2026-03-01
admin-message-suppression-reason = причина «{ $reason }» неизвестна
admin-message-file-write = файл не удалось записать: { $error }

## Posts, events, media

admin-message-exists-post = публикация с таким коротким именем уже есть
admin-message-exists-post-language = публикация с таким коротким именем на этом языке уже есть
admin-message-exists-post-id = публикация с таким номером из другой системы уже есть
admin-message-exists-event = событие с таким коротким именем уже есть
admin-message-exists-file = файл с таким именем уже есть
admin-message-exists-anything = что-то с таким именем уже есть
admin-message-post-title = публикации нужен заголовок хотя бы на одном языке
admin-message-post-title-language = публикации на новом языке нужен заголовок
admin-message-text-256 = текст длиннее 256 КиБ
admin-message-summary-1000 = в кратком описании больше 1000 знаков
admin-message-event-ends = событие не может закончиться раньше, чем начнётся
admin-message-event-title = событию нужно название хотя бы на одном языке
admin-message-file-kind = файлы этого вида не принимаются; подходят изображения (JPEG, PNG, GIF, WebP, AVIF), аудио (MP3, Ogg, M4A, WAV), PDF и простой текст
admin-message-file-size = файл больше { $size } МиБ
admin-message-file-count = письмо несёт не больше { $max } файлов
admin-message-file-unknown = в медиатеке нет файла { $file }
admin-message-file-name-missing = имя прикреплённого файла не может быть пустым
admin-message-file-name-long = имя прикреплённого файла должно быть не длиннее { $max } символов
admin-message-file-name-character = в имени прикреплённого файла не может быть управляющих символов и знаков / \ : * ? " < > |
admin-message-file-lost = прикреплённый файл { $file } удалён навсегда; без него письмо отправить нельзя
admin-message-picture-pixels = в изображении больше { $max } млн пикселей; сначала уменьшите его
admin-message-picture-notes = в изображении есть данные камеры, возможно и о месте съёмки, которые нельзя убрать из AVIF; сохраните его без метаданных или в формате JPEG, PNG либо WebP
admin-message-picture-broken = изображение не удалось прочитать ({ $error }); сохраните его заново и попробуйте ещё раз
admin-message-content-in-use = это отправит запланированная рассылка «{ $campaign }»; сначала снимите её с расписания или измените
admin-message-content-unconfirmed = рассылка «{ $campaign }» запланирована или одобрена и отправляет это; подтвердите изменение
admin-message-snippet-long = фрагмент длиннее 64 КиБ
admin-message-snippet-nested = фрагмент не может показывать другой фрагмент, а этот показывает «{ $name }»
admin-message-snippet-no-text = фрагменту нужен текст хотя бы на одном языке
admin-message-check-snippet-missing = { $language }: фрагмента «{ $name }» нет, и в письме на его месте было бы пусто; создайте его или уберите из текста
admin-message-content-no-picture = такого изображения нет
admin-message-text-unshown = текст не удаётся показать: { $error }
admin-message-render-time = подготовка занимает больше { $seconds } секунд; упростите содержимое
admin-message-render-panic = подготовить это не удаётся: программа остановилась с ошибкой «{ $error }»
admin-message-render-busy = сейчас слишком много работы; попробуйте через минуту
admin-message-render-words = подготовить это не удаётся: { $words }

## Texts that replace the default ones

admin-message-override-long = больше 2000 знаков
admin-message-override-syntax = не удаётся прочитать: у каждой {"{"} должна быть своя {"}"}, а между ними – подстановка из стандартного текста
admin-message-override-variable = подстановки «{ $name }» здесь нет; посмотрите в стандартном тексте, какие есть
admin-message-override-missing = нет подстановки «{ $name }» из английского текста
admin-message-override-markup = в тексте может быть только тот же HTML, что и в английском: { $tag }
admin-message-override-literal = в кавычках может стоять только фигурная скобка: {"{"}"{"{"}"{"}"}
admin-message-phrase-unknown = нет текста с таким ключом
admin-message-phrase-owners = тексты страниц администрирования может менять только владелец
admin-message-phrase-twice = этот ключ встречается дважды
admin-message-phrase-none = эта строка – не текст: ожидаются ключ, знак равенства и текст
admin-message-phrase-overtaken = тем временем этот текст изменил кто-то другой
admin-message-texts-file-large = файл больше 2 МБ или распаковывается более чем в 8 МБ
admin-message-texts-file-damaged = архив повреждён
admin-message-texts-file-encoding = { $name } – не текст в кодировке UTF-8
admin-message-texts-file-empty = в файле нет текстов; ожидаются файлы Fluent (.ftl) или их ZIP-архив

## Campaigns

admin-message-campaign-unknown = такой рассылки нет
admin-message-campaign-post-unknown = публикации «{ $post }» нет
admin-message-campaign-list-unknown = списка «{ $list }» нет
admin-message-campaign-layout-unknown = макета «{ $layout }» нет
admin-message-campaign-event-unknown = события «{ $event }» нет
admin-message-layout-exists = макет с таким названием уже есть
admin-message-campaign-template-exists = шаблон с таким названием уже есть
admin-message-ab-variant = Вариант { $variant }: { $finding }
admin-message-ab-finding = A/B-тест: { $finding }
admin-message-ab-same-variants = два варианта одинаковы
admin-message-ab-not-counted = переходы решают, только если их считает каждый список рассылки; выберите другую меру
admin-message-ab-count = у теста от двух до четырёх вариантов вместе с A
admin-message-ab-share = доля должна быть от 1 до 100 процентов
admin-message-ab-minutes = тест ждёт результатов от одной минуты до 30 дней
admin-message-ab-hours = каждый другой час должен быть позже часа A на время от минуты до недели
admin-message-ab-no-text = выберите рассылку, текст которой отправляет каждый вариант
admin-message-ab-no-words = напишите, что говорит каждый вариант, хотя бы на одном языке
admin-message-ab-no-source = нет такой рассылки, из которой можно взять текст варианта
admin-message-ab-own-text = вариант берёт текст из рассылки с собственным текстом
admin-message-ab-none = у этой рассылки нет A/B-теста с таким вариантом
admin-message-ab-over = A/B-тест этой рассылки не идёт; обновите страницу
admin-message-ab-lacks = { $language }: у A есть текст на этом языке, а у варианта нет
admin-message-ab-is-same = { $language }: он такой же, как A, поэтому о таких читателях тест ничего не говорит
admin-message-ab-same-as-a = он такой же, как A; измените то, чем он отличается
admin-message-ab-few-readers = каждый вариант получат примерно { $each } из { $reached } читателей, а при числе меньше { $least } числа ничего не решают; увеличьте долю, уменьшите число вариантов или решайте сами
admin-message-ab-better = вариант { $variant } оказался лучше
admin-message-ab-no-difference = различия не найдено
admin-message-ab-too-few = отправлено слишком мало писем, чтобы судить
admin-message-ab-measure-gone = его мера не считается
admin-message-ab-time-over = его время вышло
admin-message-recurring-exists = повторяющаяся рассылка с таким названием уже есть
admin-message-template-unknown = шаблона { $name } нет
admin-message-recurring-no-source = рассылка, текст которой она отправляет, удалена
admin-message-recurring-nothing-new = после прошлого раза ничего нового нет
admin-message-recurring-gap = место «[{ $gap }]» из шаблона не заполнено; заполните его в своём шаблоне или черновике или пусть каждую рассылку просматривает человек
admin-message-recurring-interval = интервал должен быть от 1 до 99
admin-message-recurring-last = последний раз раньше первого
admin-message-feed-unknown = ленты «{ $name }» нет
admin-message-feed-exists = лента с таким именем уже есть
admin-message-feed-address = адрес: { $fault }
admin-message-feed-answer = её сервер ответил { $status }
admin-message-feed-large = она больше 5 МиБ
admin-message-feed-slow = это заняло больше 20 секунд
admin-message-feed-none = это не лента, которую можно прочитать: { $fault }
admin-message-segment-exists = сегмент с таким названием уже есть
admin-message-layout-in-use = этот макет использует рассылка «{ $campaign }», которая ещё не началась; сначала выберите ей другой
admin-message-layout-of-owner = этот макет может менять только владелец: с ним уходят письма для входа
admin-message-campaign-no-item = выберите хотя бы одну публикацию или событие
admin-message-campaign-no-text = напишите письмо хотя бы на одном языке
admin-message-campaign-text-none = у рассылки нет текста
admin-message-campaign-no-unsubscribe = { $language }: в письме нет ссылки для отписки; добавьте ссылку на {"{"}{"{"} unsubscribe_url {"}"}{"}"}
admin-message-campaign-no-list = выберите хотя бы один список
admin-message-campaign-post-deleted = публикация этой рассылки удалена
admin-message-campaign-started = начатую рассылку изменить нельзя; сделайте её копию
admin-message-campaign-not-draft = удалить можно только черновик; снимите эту рассылку с расписания или отмените её
admin-message-campaign-automatic = еженедельный дайджест создаёт система; его нельзя изменить или скопировать
admin-message-campaign-subject-wrong = тема: { $problem }
admin-message-campaign-sender-name-wrong = имя отправителя: { $problem }
admin-message-campaign-preheader-long = прехедер: больше 300 знаков
admin-message-campaign-text-empty = введите текст
admin-message-campaign-overtaken = эту рассылку только что изменил кто-то другой; обновите страницу
admin-message-comment-empty = комментарий не может быть пустым
admin-message-comment-long = в комментарии может быть не более { $max } символов
admin-message-comment-many = здесь уже { $max } комментариев; сначала удалите часть из них
admin-message-comment-changed = этот блок изменился; посмотрите на него ещё раз, прежде чем комментировать
admin-message-campaign-not-approved = прежде чем запустить эту рассылку, её должен одобрить другой человек
admin-message-campaign-approval-not-asked = никто не запрашивает одобрение этой рассылки
admin-message-campaign-not-seen = о том, кто не открыл эту рассылку, ничего не известно
admin-message-campaign-approval-not-needed = здесь рассылки не требуют одобрения
admin-message-campaign-not-in-calendar = ни одно письмо этой рассылки не добавляло это событие в календарь
admin-message-campaign-calendar-up-to-date = в календарях получателей это событие такое же, как сейчас
admin-message-campaign-approval-own = одобрить её должен не тот, кто запрашивает одобрение или внёс последнее изменение
admin-message-campaign-past = это время уже прошло; запустите рассылку сейчас или выберите более позднее
admin-message-campaign-draft-unschedule = рассылка ещё черновик: снять её с расписания нельзя
admin-message-campaign-draft-pause = рассылка ещё черновик: приостановить её нельзя
admin-message-campaign-draft-resume = рассылка ещё черновик: продолжить её нельзя
admin-message-campaign-draft-resend = рассылка ещё черновик: отправить её ещё раз нельзя
admin-message-campaign-scheduled-pause = рассылка запланирована: приостановить её нельзя
admin-message-campaign-scheduled-resume = рассылка запланирована: продолжить её нельзя
admin-message-campaign-scheduled-resend = рассылка запланирована: отправить её ещё раз нельзя
admin-message-campaign-failed-to-start-pause = рассылка не запустилась: приостановить её нельзя
admin-message-campaign-failed-to-start-resume = рассылка не запустилась: продолжить её нельзя
admin-message-campaign-failed-to-start-resend = рассылка не запустилась: отправить её ещё раз нельзя
admin-message-campaign-sending-schedule = рассылка отправляется: запланировать её нельзя
admin-message-campaign-sending-unschedule = рассылка отправляется: снять её с расписания нельзя
admin-message-campaign-sending-start = рассылка отправляется: запустить её нельзя
admin-message-campaign-sending-resume = рассылка отправляется: продолжить её нельзя
admin-message-campaign-paused-schedule = рассылка приостановлена: запланировать её нельзя
admin-message-campaign-paused-unschedule = рассылка приостановлена: снять её с расписания нельзя
admin-message-campaign-paused-start = рассылка приостановлена: запустить её нельзя
admin-message-campaign-paused-pause = рассылка приостановлена: приостановить её нельзя
admin-message-campaign-finished-schedule = рассылка завершена: запланировать её нельзя
admin-message-campaign-finished-unschedule = рассылка завершена: снять её с расписания нельзя
admin-message-campaign-finished-start = рассылка завершена: запустить её нельзя
admin-message-campaign-finished-pause = рассылка завершена: приостановить её нельзя
admin-message-campaign-finished-resume = рассылка завершена: продолжить её нельзя
admin-message-campaign-finished-cancel = рассылка завершена: отменить её нельзя
admin-message-campaign-cancelled-schedule = рассылка отменена: запланировать её нельзя
admin-message-campaign-cancelled-unschedule = рассылка отменена: снять её с расписания нельзя
admin-message-campaign-cancelled-start = рассылка отменена: запустить её нельзя
admin-message-campaign-cancelled-pause = рассылка отменена: приостановить её нельзя
admin-message-campaign-cancelled-resume = рассылка отменена: продолжить её нельзя
admin-message-campaign-cancelled-cancel = рассылка отменена: отменить её нельзя
admin-message-campaign-cancelled-resend = рассылка отменена: отправить её ещё раз нельзя
admin-message-limit-quiet-both = у тихих часов должно быть начало и конец
admin-message-limit-quiet-same = тихие часы должны кончаться не тогда же, когда начинаются
admin-message-limit-hourly = предел в час – 1 или больше
admin-message-limit-hourly-number = предел в час – число или пусто
admin-message-limit-time = время суток нужно в виде 22:00
admin-message-local-time = выберите день и время, например 2026-03-01T09:00
admin-message-weekday = выберите день недели
admin-message-time-of-day = выберите время, например 09:00
admin-message-domain-limit = «{ $given }» – не ограничение для домена; напишите ДОМЕН=СОЕДИНЕНИЯ или ДОМЕН=СОЕДИНЕНИЯ@СКОРОСТЬ, например example.org=4@10; * – для всех остальных

## Checks before a campaign

admin-message-check-no-relay = SMTP-сервер не указан; добавьте его в разделе «Настройки», «SMTP-серверы»
admin-message-check-no-subscriber = в списках пока нет подтверждённых подписчиков
admin-message-check-all-paused = все в этих списках поставили письма на паузу
admin-message-check-clipped = { $language }: в письме { $size } КБ; Gmail обрезает письма на 102 КБ и скрывает ссылку для отписки
admin-message-check-no-alt = { $language }: у изображения нет альтернативного текста
admin-message-check-client-block = { $language }: { $clients } не покажет { $feature } в блоке { $block }; посмотрите в предпросмотре, что увидят читатели
admin-message-check-client = { $language }: { $clients } не покажет { $feature }; посмотрите в предпросмотре, что увидят читатели
admin-message-check-client-more = { $language }: почтовые программы не покажут ещё { $count } элементов; все названы в предпросмотре
admin-message-check-gap = { $language }: место «[{ $gap }]» из шаблона не заполнено
admin-message-snippet-none = нет фрагмента «{ $name }»; создайте его или уберите из текста
admin-message-check-translation-behind = { $language }: текст на языке «{ $source }» изменился после этого перевода
admin-message-check-file-deleted = прикреплённый файл { $file } удалён; верните его из корзины или уберите из рассылки
admin-message-check-file-gone = прикреплённый файл { $file } удалён навсегда; уберите его из рассылки или загрузите заново
admin-message-check-file-unread = { $language }: прикреплённый файл { $file } никто не получит, так как в рассылке нет текста на этом языке
admin-message-check-files-traffic = { $language }: файлы одного письма весят { $size } МБ, это до { $total } МБ на всех получателей ({ $count }); ссылка на файл ничего не весит
admin-message-check-files-heavy = { $language }: файлы одного письма весят { $size } МБ; ссылка на файл ничего не весит
admin-message-check-files-refused = { $language }: многие почтовые службы не принимают письма больше 25 МБ
admin-message-check-files-over = { $language }: файлы одного письма весят при отправке { $size } МБ; предел – { $limit } МБ (раздел «Настройки», «Отправка»)
admin-message-check-calendar-empty = { $language }: письмо не показывает ни одного предстоящего события, и добавлять в календарь нечего; добавьте событие в текст или откажитесь от календаря
admin-message-check-calendar-nothing-cancelled = { $language }: из календаря нечего убирать; откажитесь от календаря
admin-message-check-calendar-one = { $language }: приглашение бывает на одно событие, а письмо показывает { $count }; оставьте одно из них или выберите файл календаря
admin-message-check-calendar-most = { $language }: в файле календаря не больше { $most } событий, а письмо показывает { $count }
admin-message-check-language-lacks = есть подписчики ({ $count }), которые читают на языке «{ $language }», а публикации на нём нет; они получат «{ $other }»
admin-message-check-no-preheader = { $language }: нет прехедера – строки, которую почта показывает после темы
admin-message-check-no-subject = { $language }: темы на этом языке нет; читатели увидят заголовок «{ $title }»
admin-message-check-pasted-html = { $language }: текст – это документ HTML, читатели увидели бы его исходный код; создайте рассылку вида «HTML»
admin-message-check-typed-link = { $language }: читатели увидели бы «{ $text }» так, как набрано; пробелы в адресе пишите как %20
admin-message-check-subject-empty = тема «{ $subject }» будет пустой у тех, о ком это неизвестно; задайте замену, например {"{"}{"{"} name | default("…") {"}"}{"}"}
admin-message-check-subject-capitals = тема «{ $subject }» вся набрана заглавными, это похоже на спам
admin-message-check-subject-marks = в теме «{ $subject }» больше одного восклицательного или вопросительного знака
admin-message-check-subject-long = тема «{ $subject }» длиннее { $max } знаков, которые показывает почта
admin-message-check-subject-loud = в теме «{ $subject }» есть слова «{ $words }», которым не доверяют фильтры
admin-message-check-subject-answer = тема «{ $subject }» выдаёт письмо за ответ
admin-message-check-mostly-picture = { $language }: письмо почти целиком из изображения; напишите это и словами
admin-message-check-shortener = { $language }: { $host } скрывает, куда ведёт ссылка; дайте ссылку на саму страницу
admin-message-check-ip-link = { $language }: ссылка ведёт на { $host } – адрес без имени
admin-message-check-fraud-link = { $language }: в ссылке написано { $said }, а ведёт она на { $host }, как у мошенников
admin-message-check-picture-size = { $language }: у изображения { $picture } не указан размер, и Outlook может показать его слишком широким; загрузите его или укажите ширину: <img src="…" width="…">
admin-message-check-postal-address = { $language }: в письме нет почтового адреса сайта, которого во многих странах требует закон; в макетах его показывает postal_lines, в собственном письме его нужно указать
admin-message-check-links-late = не все ссылки удалось проверить вовремя
admin-message-check-links-left = остальные ссылки ({ $count }) не проверены
admin-message-check-link-no-address = http{ $address } – это не адрес
admin-message-check-link-private = http{ $address } ведёт в частную сеть, куда читателям не попасть
admin-message-check-link-dead = http{ $address } больше не существует: { $status }
admin-message-check-link-broken = http{ $address } не работает: { $status }
admin-message-check-link-silent = http{ $address } не отвечает вовремя
admin-message-check-link-unreachable = http{ $address } недоступен: { $error }
admin-message-check-link-own = http{ $address }: на сайте этого нет или это ещё не опубликовано
admin-message-check-relay-broken = SMTP-сервер { $relay } не работает: { $error }; письма ждут, пока он не заработает
admin-message-check-relay-silent = SMTP-сервер { $relay } не отвечает; письма ждут его ответа
admin-message-check-dns-unasked = обратиться к DNS не удаётся: { $error }
admin-message-check-domain-unchecked = домен { $domain } проверить не удаётся: { $error }
admin-message-check-dns-late = DNS не ответил о домене { $domain } вовремя

## Where a text is wrong: its language, its line

admin-message-in-english = English: { $cause }
admin-message-in-kazakh = Қазақша: { $cause }
admin-message-in-russian = Русский: { $cause }
admin-message-in-arabic = العربية: { $cause }
admin-message-in-german = Deutsch: { $cause }
admin-message-in-spanish = Español: { $cause }
admin-message-in-french = Français: { $cause }
admin-message-in-turkish = Türkçe: { $cause }
admin-message-in-ukrainian = Українська: { $cause }
admin-message-line = строка { $line }: { $cause }
admin-message-line-column = строка { $line }, столбец { $column }: { $what }

## Layouts, MJML and HTML of one's own

admin-message-layout-unrendered = макет { $layout } не работает: { $cause }
admin-message-layout-long = он длиннее 128 КиБ
admin-message-layout-no-body = в нём нет {"{"}{"{"} body {"}"}{"}"}
admin-message-layout-no-footer = в нём нет ссылок footer_links, и отписаться никто не сможет
admin-message-layout-button-url = button_url может стоять только в адресе ссылки или в тексте: в другом месте почтовые программы передали бы ссылки для входа чужим серверам
admin-message-mjml-style-sheet = таблица стилей: { $cause }
admin-message-mjml-none = нет элемента <mjml>; макет начинается с <mjml> и заканчивается </mjml>
admin-message-mjml-too-deep = элементы слишком глубоко вложены друг в друга
admin-message-mjml-closes-nothing = </{ $name }> ничего не закрывает; уберите его
admin-message-mjml-not-closed-where = <{ $name }> не закрыт там, где строка { $line } закрывает другой элемент; добавьте перед ней </{ $name }>
admin-message-mjml-never-closed = <{ $name }> нигде не закрыт; добавьте </{ $name }>
admin-message-mjml-between = { $shown } стоит между элементами; поместите это в mj-text
admin-message-mjml-text-between = текст «{ $shown }» стоит между элементами; поместите его в mj-text
admin-message-mjml-text = текст «{ $shown }»
admin-message-mjml-carousel = { $shown } стоит в mj-carousel, который считает свои изображения; обрамите этим весь mj-carousel
admin-message-mjml-block-outside = персональный блок должен стоять внутри mj-body
admin-message-mjml-include = mj-include читает другой файл, а здесь его нет; вставьте вместо него текст этого файла
admin-message-mjml-unknown = <{ $name }> – не элемент MJML 4
admin-message-mjml-html = <{ $name }> – это HTML; поместите его в mj-text или без изменений в mj-raw
admin-message-mjml-outside = <{ $name }> стоит вне <mjml>
admin-message-mjml-misplaced = <{ $name }> не может стоять в <{ $parent }>; там допустимы { $allowed }
admin-message-among-attributes = { $shown } стоит среди атрибутов; поместите это в значение атрибута
admin-message-mjml-counted = { $shown } стоит в { $attribute }, а по нему MJML ведёт расчёт; значение должно быть одинаковым для всех читателей
admin-message-mjml-attributes-much = mj-html-attributes: слишком много значений для такого числа элементов; задайте меньше
admin-message-html-runs-element = <{ $name }> не работает ни в одной почтовой программе; уберите его
admin-message-html-form = <form> работает лишь в немногих почтовых программах и похож на мошенничество; дайте ссылку на страницу
admin-message-html-base = почтовые программы не учитывают <base>; уберите его и пишите адреса полностью
admin-message-html-refresh = письмо не может само переводить на другую страницу; уберите <meta>
admin-message-html-runs = { $name } не работает ни в одной почтовой программе; уберите это
admin-message-html-script-link = { $name } ведёт к программе; дайте ссылку на страницу
admin-message-link-no-place = в письме нет места для ссылки, которое видит только его читатель
admin-message-link-passed-on = ссылка кнопки попала бы на чужие серверы

## Merge tags

admin-message-tag-unknown = строка { $line }: { $expression }: имя { $name } неизвестно; есть name, email, language, attributes.…, site_name, unsubscribe_url, preferences_url и archive_url
admin-message-tag-unknown-request = строка { $line }: { $expression }: { $name } неизвестно; известны data.…, email, language и site_name
admin-message-tag-data-missing = в данных нет { $names }, а шаблону это нужно
admin-message-tag-email-too-long = письмо становится длиннее { $size } КиБ
admin-message-template-long = длиннее { $size } КиБ
admin-message-template-sample = не является объектом JSON: { $cause }
admin-message-tag-no-place = строка { $line }: { $expression } стоит там, где в HTML для этого или для содержимого нет места; обрамите этим целые элементы, строки или текст
admin-message-tag-in-table = строка { $line }: { $expression } стоит между строками или ячейками таблицы, чего Markdown не допускает; поместите это в ячейку или напишите письмо в MJML либо HTML
admin-message-tag-other-element = строка { $line }: { $expression } стоит не в том элементе, где его блок; поместите оба в один, вокруг целых элементов
admin-message-tag-among-attributes = строка { $line }: { $expression } стоит среди атрибутов; поместите это в значение атрибута
admin-message-tag-not-ended = строка { $line }: { $expression } не закрыто там, где стоит; закройте это в том же элементе
admin-message-tag-without-if = строка { $line }: { $expression }: нет соответствующего {"{"}% if … %{"}"}
admin-message-tag-without-start = строка { $line }: { $expression }: нет соответствующего {"{"}% { $keyword } … %{"}"}
admin-message-tag-without-end = строка { $line }: { $expression }: нет соответствующего {"{"}% end{ $keyword } %{"}"}
admin-message-tag-unfilled = персональные части не удаётся подставить: { $cause }
admin-message-tag-unclosed = строка { $line }: «{ $opening }» нигде не закрыто
admin-message-tag-reserved = в тексте есть зарезервированный символ или слово

## Texts that are too complex

admin-message-complex-styles-long = таблицы стилей длиннее 256 КиБ
admin-message-complex-style-attribute = в атрибуте style может быть не больше { $max } объявлений
admin-message-complex-style-brackets = в таблицах стилей слишком много вложенных скобок; закройте их
admin-message-complex-style-selectors = в таблицах стилей слишком много селекторов для такого числа элементов или слишком много селекторов с ~; возьмите меньше или проще
admin-message-complex-style-values = значения в таблицах стилей слишком длинны для такого числа элементов; сократите их
admin-message-complex-style-declarations = в таблицах стилей слишком много объявлений для такого числа элементов; возьмите меньше
admin-message-complex-html-long = HTML длиннее { $size } КиБ
admin-message-complex-attributes = у элемента может быть не больше { $max } атрибутов; здесь больше
admin-message-complex-elements = в HTML больше { $max } элементов
admin-message-complex-deep = друг в друге больше { $max } элементов; закройте их
admin-message-complex-text-512 = текст длиннее 512 КиБ
admin-message-complex-text-4 = текст длиннее 4 МиБ
admin-message-complex-text-html = из текста получается больше 2 МиБ HTML
admin-message-complex-quotes = друг в друге больше { $max } цитат и списков
admin-message-complex-emphases = друг в друге больше { $max } цитат, списков или выделений
admin-message-complex-columns = в таблице может быть не больше { $max } столбцов; в этой их { $columns }
admin-message-complex-cells = в таблицах больше { $max } ячеек; сократите их
admin-message-complex-design-long = макет длиннее 1 МиБ
admin-message-complex-design-elements = в макете может быть не больше { $max } элементов
admin-message-complex-carousels = в каруселях может быть не больше { $max } изображений в сумме
admin-message-complex-design-deep = элементы слишком глубоко вложены друг в друга; закройте их
admin-message-complex-mj-attributes = mj-attributes задаёт слишком много для такого числа элементов; задайте меньше или уберите часть элементов
admin-message-complex-placeholders = в тексте может быть не больше { $max } подстановок и блоков
admin-message-complex-not-here = {"{"}% { $word } %{"}"} здесь невозможно: текст самостоятелен
admin-message-complex-blocks = друг в друге больше { $max } блоков или elif; возьмите меньше
admin-message-complex-expression = в выражении может быть не больше { $max } имён, чисел и знаков; разделите его
admin-message-complex-recursive = {"{"}% for … recursive %{"}"} здесь невозможно; напишите цикл для каждого уровня
admin-message-complex-multiply = знак умножения годится только для чисел не длиннее 5 цифр, но не для списков
admin-message-complex-lists-deep = списки слишком глубоко вложены друг в друга; возьмите меньше
admin-message-complex-lists-grow = списки могут стать слишком большими; храните в именах меньше списков

## Relays: their URLs and what they answer

admin-message-relay-malformed = адрес SMTP-сервера должен иметь вид smtp://user:password@host:port
admin-message-relay-url = адрес SMTP-сервера должен иметь вид smtp://user:password@host:port: { $problem }
admin-message-relay-setting = в адресе SMTP-сервера неизвестный параметр «{ $name }»; есть tls, ca, fingerprint, auth, helo, connections, rate, weight, messages, warmup и timeout
admin-message-relay-value = в адресе SMTP-сервера неверное значение { $name }
admin-message-relay-trust = адрес SMTP-сервера: { $problem }
admin-message-relay-unused-trust = в адресе SMTP-сервера указан сертификат (ca или fingerprint), который при tls={ $tls } не проверяется; укажите tls=required
admin-message-relay-open-password = в адресе SMTP-сервера есть пароль, но указано tls=none; пароль нельзя передавать по сети открыто
admin-message-relay-no-password = в адресе SMTP-сервера пользователь указан без пароля; напишите smtp://user:password@host или уберите пользователя, если сервер принимает письма без входа
admin-message-relay-no-tokens = адрес SMTP-сервера требует XOAUTH2; укажите в JARSHY_SMTP_OAUTH, откуда брать токены
admin-message-relay-helo = нужно имя хоста, например mail.example.org, или адрес в скобках
admin-message-relay-unusable = SMTP-сервер не работает: { $cause } (этап: { $stage })
admin-message-relay-at-url = smtp://{ $relay }: { $problem }
admin-message-relay-at-url-tls = smtps://{ $relay }: { $problem }
admin-message-relay-lost = соединение потеряно: { $cause } (этап: { $stage })
admin-message-relay-in-doubt = ответ SMTP-сервера потерян: { $cause }
admin-message-relay-no-smtputf8 = SMTP-сервер не поддерживает такой адрес (нет SMTPUTF8)
admin-message-stage-connecting = подключение
admin-message-stage-greeting = приветствие
admin-message-stage-message = письмо
admin-message-relay-silent = SMTP-сервер не ответил за { $seconds } секунд
admin-message-relay-number = SMTP-сервера с номером { $number } нет
admin-message-relay-email-unwritten = письмо не удаётся составить: { $error }
admin-message-relay-no-answer = нет ответа вовремя
admin-message-relay-endless = ответ SMTP-сервера не кончается
admin-message-relay-closed = SMTP-сервер закрыл соединение
admin-message-relay-not-smtp = сервер не отвечает по SMTP: «{ $words }»
admin-message-relay-meaningless = непонятный ответ: { $reply }
admin-message-relay-no-tls = SMTP-сервер не предлагает TLS; добавьте ?tls=none, если сеть безопасна
admin-message-relay-no-tls-password = SMTP-сервер не предлагает TLS, а пароль нельзя передавать по сети открыто
admin-message-relay-no-token-source = источник токенов OAuth не указан
admin-message-relay-trust-hint = { $error }; в адресе SMTP-сервера доверьтесь подписавшему (ca=/path/to/ca.pem) или только этому сертификату (fingerprint=sha256:…) либо шифруйте без проверки (tls=required-unverified)
admin-message-relay-starts-open = { $error }; серверу, который начинает без шифрования, нужно smtp:// вместо smtps://
admin-message-relay-no-password-sign-in = SMTP-сервер не принимает пароль; входите с auth=xoauth2 в его адресе и JARSHY_SMTP_OAUTH
admin-message-relay-no-sign-in = SMTP-сервер не предлагает известного Jarshy способа входа
admin-message-relay-no-xoauth2 = SMTP-сервер не предлагает XOAUTH2
admin-message-relay-full = SMTP-сервер пока не принимает новых соединений
admin-message-relay-connection-closed = соединение закрыто
admin-message-relay-worker-stopped = обработчик остановлен раньше, чем ответил SMTP-сервер
admin-message-certificate-refused = сертификату нет доверия: { $cause } (его отпечаток: { $fingerprint })
admin-message-certificate-unsigned = его подписал центр, которому здесь не доверяют
admin-message-certificate-expired = срок его действия истёк
admin-message-certificate-other = это не тот сертификат, чей отпечаток указан
admin-message-certificates-none = на этой машине нет доверенных сертификатов: { $why }
admin-message-certificates-install = установите ca-certificates
admin-message-certificates-file = файл сертификатов { $file } не удаётся прочитать: { $error }
admin-message-certificate-no-pem = в файле { $file } нет сертификата в формате PEM
admin-message-fingerprint = отпечаток имеет вид sha256:AB:CD:… из 32 пар; его выводит openssl x509 -noout -fingerprint -sha256
admin-message-url-malformed = это не URL; в имени пользователя и пароле пишите / как %2F, # как %23, ? как %3F и % как %25
admin-message-url-no-host = в нём не указан хост
admin-message-url-zone = зона его адреса IPv6 – не имя; пишите её как в [fe80::1%25eth0]
admin-message-url-not-text = в нём есть закодированная часть не в UTF-8
admin-message-oauth-shape = нужен вид https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…
admin-message-oauth-setting = неизвестный параметр «{ $name }»; есть scope и refresh_token
admin-message-oauth-grant = нужен секрет клиента, refresh_token или оба
admin-message-oauth-refused = сервер токенов OAuth отказывает: { $words }
admin-message-oauth-unavailable = сервер токенов OAuth недоступен: { $words }
admin-message-oauth-endless = его ответ не кончается
admin-message-oauth-no-token = в его ответе нет access_token

## The mailbox of returned mail

admin-message-mailbox-url = нужен вид imaps://user:password@host/folder: { $problem }
admin-message-mailbox-scheme = должно начинаться с imaps://, imap://, pop3s:// или pop3://
admin-message-mailbox-no-user = не указан пользователь; напишите imaps://user:password@host
admin-message-mailbox-no-password = пользователь указан без пароля; напишите user:password@host или auth=xoauth2, если ящик принимает токены
admin-message-mailbox-setting = неизвестный параметр «{ $name }»; есть auth=xoauth2, ca и fingerprint
admin-message-mailbox-line-break = в имени пользователя или пароле есть перенос строки
admin-message-mailbox-no-tokens = требуется XOAUTH2; укажите в JARSHY_MAILBOX_OAUTH, откуда брать токены
admin-message-mailbox-of-variable = JARSHY_MAILBOX_URL: { $problem }
admin-message-mailbox-unopened = ящик не удаётся открыть: { $error }
admin-message-mailbox-unreachable = ящик недоступен: { $error }
admin-message-mailbox-silent = ящик не отвечает
admin-message-mailbox-refuses = ящик отказывает: { $words }
admin-message-mailbox-failing = { $error }, с { $since }; возвраты и жалобы, которые туда приходят, не обрабатываются
admin-message-mailbox-clear = пароль ящика и письма передаются открыто; укажите imaps:// или pop3s://

## Why a campaign waits

admin-message-delay-relay-away = Ожидание SMTP-сервера
admin-message-delay-relay-refuses = SMTP-сервер отклоняет все письма
admin-message-delay-connections = SMTP-сервер больше не принимает соединений
admin-message-delay-warm-up = Сегодняшняя норма прогрева исчерпана
admin-message-delay-throttled = Домены получателей просят слать медленнее
admin-message-delay-domain-limit = Достигнуты ограничения для доменов получателей
admin-message-delay-quiet-hours = Тихие часы
admin-message-delay-hourly = Достигнут предел в час
admin-message-delay-local-time = Ожидание местного времени каждого читателя
admin-message-delay-retries = Ожидание повторной попытки
admin-message-delay-paused = Приостановлена автоматически
admin-message-delay-no-worker = Обработчик не запущен
admin-message-delay-remedy-resume = Устраните причину, затем продолжите рассылку.
admin-message-delay-remedy-cause = Устраните причину; дальше всё пойдёт само.
admin-message-delay-remedy-none = Отправка продолжится автоматически.
admin-message-delay-start-worker = Запустите jarshy serve с SMTP-сервером или jarshy worker.
admin-message-delay-deferred = её письма ({ $count }); следующее – { $next }
admin-message-delay-quiet-until = до { $until }, { $zone }
admin-message-delay-hourly-limit = писем в час: { $limit }
admin-message-delay-warm-up-today = { $relay }: писем сегодня – { $allowed }
admin-message-delay-domains = { $domains } и ещё { $more }

## Why a campaign is paused

admin-message-pause-recipients-again =
    { $recipients } { $recipients ->
        [one] получатель
        [few] получателя
       *[other] получателей
    } ({ $domains } { $domains ->
        [one] домен
        [few] домена
       *[other] доменов
    }): письма отклонены одинаково: «{ $reply }». Похоже, большинства первых адресов не существует: проверьте, откуда список и знает ли SMTP-сервер эти домены. В стоп-лист их пока не внесли; когда вы продолжите, будет новая попытка, и кого отклонят снова, те попадут в стоп-лист
admin-message-pause-recipients-returned =
    { $recipients } { $recipients ->
        [one] получатель
        [few] получателя
       *[other] получателей
    } ({ $domains } { $domains ->
        [one] домен
        [few] домена
       *[other] доменов
    }): письма отклонены одинаково: «{ $reply }». Похоже, большинства первых адресов не существует: проверьте, откуда список и знает ли SMTP-сервер эти домены. В стоп-лист их пока не внесли; их письма вернулись, и с этой страницы их можно отправить ещё раз, а кого отклонят снова, те попадут в стоп-лист
admin-message-pause-sender-again =
    { $recipients } { $recipients ->
        [one] получатель
        [few] получателя
       *[other] получателей
    } ({ $domains } { $domains ->
        [one] домен
        [few] домена
       *[other] доменов
    }): письма отклонены одинаково: «{ $reply }». Причина – { $party }, а не получатели: в стоп-лист никого не внесли, и когда вы продолжите, будет новая попытка
admin-message-pause-sender-returned =
    { $recipients } { $recipients ->
        [one] получатель
        [few] получателя
       *[other] получателей
    } ({ $domains } { $domains ->
        [one] домен
        [few] домена
       *[other] доменов
    }): письма отклонены одинаково: «{ $reply }». Причина – { $party }, а не получатели: в стоп-лист никого не внесли; письма вернулись, и с этой страницы их можно отправить ещё раз
admin-message-pause-complaints = { $count } из { $sent } получателей назвали это спамом ({ $percent } %, предел { $limit } %): прежде чем продолжать, выясните, хотели ли они это письмо
admin-message-pause-bounces = { $count } из { $sent } адресов не существует ({ $percent } %, предел { $limit } %): прежде чем продолжать, проверьте, откуда эти адреса
admin-message-party-mailbox = ящик получателя
admin-message-party-domain = домен получателя
admin-message-party-sender-address = адрес отправителя
admin-message-party-sender-helo = имя SMTP-сервера (HELO)
admin-message-party-sender-auth = проверка подлинности отправителя
admin-message-party-sender-reputation = репутация отправителя
admin-message-party-content = содержание письма
admin-message-party-size = размер письма
admin-message-party-rate = скорость отправки
admin-message-party-policy = правило принимающего сервера
admin-message-party-relay = SMTP-сервер
admin-message-party-path = путь к серверу

## What became of a message

admin-message-skipped-unsubscribed = подписчик отписался
admin-message-skipped-suppressed = адрес в стоп-листе
admin-message-skipped-paused = получатель поставил письма на паузу
admin-message-skipped-deleted = подписчик удалён
admin-message-skipped-left = отписался от списков, из которых дайджест
admin-message-skipped-erased = получатель с тех пор отписался
admin-message-skipped-cancelled = рассылка отменена
admin-message-skipped-lost = процесс отправки остановился раньше, чем был записан ответ SMTP-сервера
admin-message-skipped-restored = база данных восстановлена из резервной копии; письмо могло быть отправлено после её создания
admin-message-email-not-wanted = больше не нужно
admin-message-email-unreadable = письмо из очереди не удаётся прочитать: { $error }
admin-message-email-header = в поле { $name } есть перенос строки
admin-message-email-address = адрес { $address } не может стоять в заголовке письма
admin-message-email-unwritten = письмо не удаётся составить: { $error }
admin-message-key-other-secret = ключ в базе зашифрован другим JARSHY_SECRET_KEY
admin-message-key-algorithm = у ключа в базе неизвестный алгоритм
admin-message-verdict-rejected-permanently = Отклонено окончательно
admin-message-verdict-hard = Возврат: адреса нет
admin-message-verdict-soft = Возврат: временная причина
admin-message-verdict-complaint = Жалоба на спам
admin-message-verdict-unsubscribe = Просьба отписать
admin-message-verdict-unclear = Непонятный ответ
admin-message-reason-no-mailbox = такого ящика нет
admin-message-reason-mailbox-closed = ящик закрыт
admin-message-reason-mailbox-closed-now = ящик временно закрыт
admin-message-reason-mailbox-full = ящик переполнен
admin-message-reason-mailbox-busy = в ящик приходит больше писем, чем он сейчас принимает
admin-message-reason-some-senders = получатель принимает письма только от некоторых отправителей
admin-message-reason-domain = домена адреса нет или он не принимает письма
admin-message-reason-too-large = письмо слишком велико для ящика
admin-message-reason-circle = письмо ходило по кругу
admin-message-reason-name-servers = серверы имён не ответили
admin-message-reason-unreachable = принимающий сервер не удалось достичь вовремя
admin-message-reason-authentication = принимающий сервер не признаёт подлинность отправителя
admin-message-reason-not-from-us = принимающий сервер не принимает от нас письма для этого домена
admin-message-reason-own-trouble = неполадки у принимающего сервера
admin-message-reason-unwanted = принимающий сервер отклонил письмо как нежелательное
admin-message-reason-own-rule = принимающий сервер отклонил письмо по своему правилу
admin-message-reason-helo = принимающий сервер отклонил имя SMTP-сервера (HELO)
admin-message-reason-sender-address = принимающий сервер отклонил адрес отправителя
admin-message-reason-origin = принимающий сервер отклонил то, откуда пришло письмо
admin-message-reason-rate = принимающий сервер пока не принимает отсюда писем
admin-message-reason-try-again = сервер попросил повторить попытку
admin-message-reason-none = письмо отклонено без ясной причины
admin-message-reason-returned-unknown = письмо вернулось, причина неизвестна
admin-message-reason-given-up = провайдер отказался от этого адреса
admin-message-reason-spam = получатель назвал письмо спамом
admin-message-reason-not-spam = получатель сообщил, что это не спам
admin-message-reason-provider-link = получатель отписался по ссылке провайдера
admin-message-reason-provider-asks = получатель просит отписать его через провайдера
admin-message-reason-asks-by-mail = получатель просит отписать его письмом
admin-message-reason-check-report = отчёт о непройденной проверке отправителя
admin-message-reason-receipt-shown = уведомление: письмо показано или удалено
admin-message-reason-receipt-delivered = уведомление: письмо доставлено
admin-message-reason-automatic = автоматический ответ
admin-message-reason-person = ответил человек
admin-message-reason-nothing-made = понять это письмо не удалось
admin-message-reason-system-unknown = почтовая система сообщает что-то неизвестное
admin-message-reason-unreadable = письмо не удаётся прочитать
admin-message-reason-late = письмо не удаётся прочитать вовремя
admin-message-reason-reader-failed = при чтении этого письма произошёл сбой
admin-message-note-no-mailbox = такого ящика нет { $status }
admin-message-note-mailbox-closed = ящик закрыт { $status }
admin-message-note-domain = домена адреса нет или он не принимает письма { $status }
admin-message-note-given-up = провайдер отказался от этого адреса { $status }
admin-message-note-unknown = письмо вернулось, причина неизвестна { $status }
admin-message-note-kept = оставлен в стоп-листе после ответа { $reply }
admin-message-note-soft-bounces = за полгода вернулись письма ({ $count }): { $reason }
admin-message-note-never = по ссылке из письма с подтверждением
admin-message-note-listmonk-disabled = отключён клиентом API listmonk
admin-message-note-listmonk-blocklisted = заблокирован клиентом API listmonk
admin-message-note-takeout = пришло с выгрузкой данных; возможно, отправлено другой установкой

## Deliverability: what the checks of a domain say

admin-message-dns-silent = DNS не отвечает: { $error }
admin-message-dns-silent-plain = DNS не отвечает
admin-message-check-name-sender = Отправитель
admin-message-check-name-alignment = Согласование доменов
admin-message-check-name-reverse = Обратная запись DNS
admin-message-check-name-one-click = Отписка в один клик
admin-message-check-of-alignment-weak = { $domain }, согласование доменов: адреса возврата на { $bounces } не согласованы с { $other }; DMARC держится только на DKIM; { $advice }
admin-message-check-of-sender = { $domain }, отправитель: { $found }
admin-message-check-of-sender-advice = { $domain }, отправитель: { $found }; { $advice }
admin-message-check-of-spf = { $domain }, SPF: { $found }
admin-message-check-of-spf-advice = { $domain }, SPF: { $found }; { $advice }
admin-message-check-of-dkim = { $domain }, DKIM: { $found }
admin-message-check-of-dkim-advice = { $domain }, DKIM: { $found }; { $advice }
admin-message-check-of-dmarc = { $domain }, DMARC: { $found }
admin-message-check-of-dmarc-advice = { $domain }, DMARC: { $found }; { $advice }
admin-message-check-of-alignment = { $domain }, согласование доменов: { $found }
admin-message-check-of-alignment-advice = { $domain }, согласование доменов: { $found }; { $advice }
admin-message-check-of-mx = { $domain }, MX: { $found }
admin-message-check-of-mx-advice = { $domain }, MX: { $found }; { $advice }
admin-message-check-of-reverse = { $domain }, обратная запись DNS: { $found }
admin-message-check-of-reverse-advice = { $domain }, обратная запись DNS: { $found }; { $advice }
admin-message-check-of-tls = { $domain }, TLS: { $found }
admin-message-check-of-tls-advice = { $domain }, TLS: { $found }; { $advice }
admin-message-check-of-one-click = { $domain }, отписка в один клик: { $found }
admin-message-check-of-one-click-advice = { $domain }, отписка в один клик: { $found }; { $advice }
admin-message-domain-sent-as = письма отправляются от { $senders }
admin-message-domain-sent-other = письма отправляются от { $sender }, а не от { $domain }
admin-message-domain-other-senders = рассылки могут указать другого отправителя; проверки ниже – для таких
admin-message-domain-enter-sender = укажите его в разделе «Настройки», «Отправка»
admin-message-spf-none = { $domain }: записи нет
admin-message-spf-open = { $domain }: запись разрешает отправлять от этого домена кому угодно
admin-message-spf-open-end = { $domain }: запись не заканчивается на -all или ~all
admin-message-spf-several = { $domain }: записей несколько, поэтому не действует ни одна
admin-message-spf-publish = опубликуйте одну запись со всеми серверами, с которых уходят ваши письма
admin-message-spf-pass = { $address } может отправлять от { $domain }
admin-message-spf-fail = { $address } не может отправлять от { $domain }: { $record }
admin-message-spf-fail-advice = { $address } не может отправлять от { $domain }: { $record }; добавьте адрес в запись
admin-message-spf-unevaluated = { $record }: запись не удаётся вычислить
admin-message-spf-ten = запись может обращаться к DNS не больше десяти раз (RFC 7208 §4.6.4); уберите лишнее
admin-message-spf-add = добавьте адрес в запись
admin-message-spf-ip = jarshy check-domain с параметром --ip проверяет и адреса, с которых уходят письма
admin-message-dkim-unsigned = письма этого домена не подписываются
admin-message-dkim-publish-activate = опубликуйте ключи { $selector } и включите их
admin-message-dkim-create = создайте ключи в разделе «Доставляемость», «Ключи подписи» или командой jarshy dkim-key
admin-message-dkim-ours = { $name }: наш ключ
admin-message-dkim-next = { $name }: наш следующий ключ
admin-message-dkim-last = { $name }: наш прежний ключ
admin-message-dkim-another = { $name }: чужой ключ, не наш
admin-message-dkim-missing = { $name }: не опубликовано
admin-message-dkim-retired = { $name }: опубликован, но больше не подписывает
admin-message-dkim-publish = опубликуйте наш ключ
admin-message-dkim-activate = когда ключ появится на всех серверах имён, включите { $selector }
admin-message-dkim-publish-then = опубликуйте его, затем включите { $selector }
admin-message-dkim-keep = не убирайте его до { $date }, затем выведите { $selector } из работы
admin-message-dkim-again = письма с этой подписью ещё в пути до { $date }; опубликуйте его снова
admin-message-dkim-take-out = уберите запись из DNS
admin-message-dmarc-go-on = когда отчёты покажут, что все ваши письма проходят, перейдите к p=quarantine
admin-message-dmarc-no-policy = { $record }: политика не указана
admin-message-dmarc-begin = Google и Yahoo требуют её от массовых отправителей; начните с одних отчётов
admin-message-alignment-good = адреса возврата на { $bounces } и подписи { $domain } согласованы с полем From
admin-message-alignment-weak = адреса возврата на { $bounces } не согласованы с { $domain }; DMARC держится только на DKIM
admin-message-alignment-advice = в разделе «Настройки», «Отправка» укажите для возвратов домен внутри { $domain }, например { $example }
admin-message-mx-refuses = { $domain } сообщает, что не принимает письма
admin-message-mx-takes = { $domain } принимает письма на { $servers }
admin-message-mx-none = { $domain } не принимает письма: возвраты и просьбы об отписке теряются
admin-message-mx-advice = пусть их принимает почтовый сервер и передаёт в jarshy serve --inbound или хранит в ящике, который указан в разделе «Настройки», «Возвраты»
admin-message-ptr-good = { $address } – это { $name }, и обратно тоже
admin-message-ptr-not-back = { $address } называется { $name }, но это имя не ведёт обратно
admin-message-ptr-none = { $address }: имени нет
admin-message-ptr-advice = попросите у провайдера этого IP-адреса запись PTR
admin-message-ptr-local = проверять нечего: SMTP-сервер на этой машине
admin-message-ptr-ip = jarshy check-domain с параметром --ip проверяет адреса, с которых уходят письма
admin-message-tls-add-relay = добавьте его в разделе «Настройки», «SMTP-серверы»
admin-message-tls-no-relay = SMTP-сервер не указан
admin-message-tls-uncertain = письма уходят на { $host } без гарантированного TLS
admin-message-tls-choose = выберите для него другое шифрование в разделе «Настройки», «SMTP-серверы»
admin-message-tls-good = письма уходят с этой машины по TLS или через SMTP-сервер на ней, который должен за это отвечать
admin-message-one-click-good = почтовые программы отписывают по { $url } согласно RFC 8058
admin-message-one-click-http = { $url } – не адрес https, которого требует RFC 8058
admin-message-one-click-advice = включите https и укажите публичный адрес в настройках
admin-message-dkim-taken = у { $domain } уже есть или были ключи с селектором { $selector }; чтобы сменить их, выберите другой селектор
admin-message-dkim-selector = в селекторе не больше { $max } знаков, и он не заканчивается на { $suffix }
admin-message-dkim-unknown = у { $domain } нет ключей с селектором { $selector }
admin-message-dkim-still-needed = письма с подписью { $selector } могут быть в пути до { $until }
admin-message-dkim-signs-already = он уже подписывает
admin-message-dkim-signs = он подписывает; сначала включите другой ключ
admin-message-dkim-is-retired = он выведен из работы, его закрытый ключ удалён; создайте новый
admin-message-dkim-not-published = { $name }: нашего ключа ещё нет; сначала опубликуйте его
admin-message-dkim-error = DKIM: { $error }
admin-message-public-unreachable = с этого сервера адрес недоступен: { $error }
admin-message-public-status = адрес доступен, но вместо Jarshy ответил кодом { $status }
admin-message-public-other = адрес ведёт на другой сайт

## System check

admin-message-doctor-no-result = за { $seconds } секунд результата нет
admin-message-doctor-slow = найдите, что медленно: сеть, диск или машина
admin-message-doctor-nothing = проверять было нечего
admin-message-doctor-failed = сама проверка не удалась: { $why }
admin-message-doctor-report = сообщите об этом разработчикам
admin-message-doctor-database-unusable = база данных недоступна
admin-message-doctor-see-database = смотрите проверку базы данных
admin-message-doctor-see-database-log = смотрите журнал базы данных
admin-message-doctor-see-certificate = смотрите раздел HTTPS в руководстве и журнал jarshy serve
admin-message-doctor-plain-http = Jarshy работает по HTTP: сертификат – на прокси-сервере
admin-message-doctor-see-public-url = смотрите проверку публичного адреса
admin-message-doctor-certificate-until = сертификат действует до { $until }
admin-message-doctor-no-certificate = сертификата нет
admin-message-doctor-variable = переменная { $name } ничего не значит
admin-message-doctor-variable-fix = исправьте её имя или уберите её
admin-message-doctor-require-tls = и задайте JARSHY_REQUIRE_TLS, чтобы без этого ничего не запускалось
admin-message-doctor-database-tls = JARSHY_DATABASE_URL: подлинность базы данных не проверяется, шифрование не обязательно; добавьте sslmode=verify-full
admin-message-doctor-fix-relay-setting = исправьте JARSHY_SMTP_URL или настройки SMTP-сервера
admin-message-doctor-fix-mailbox-setting = исправьте JARSHY_MAILBOX_URL или настройки ящика
admin-message-doctor-no-sender = отправитель не указан: ничего отправить нельзя
admin-message-doctor-set-sender = укажите его в настройках или в JARSHY_FROM
admin-message-doctor-setting = сохранённая настройка { $key } не действует: { $problem }
admin-message-doctor-setting-again = введите её заново в настройках
admin-message-doctor-settings-unread = настройки со страниц управления не удалось прочитать
admin-message-doctor-settings-good = все настройки в порядке
admin-message-doctor-provider-none = служба входа не настроена: пользователи входят по паролю или ссылке
admin-message-doctor-provider-good = { $issuer } отвечает, ключей подписи: { $keys }; вход для этой проверки не выполнялся
admin-message-doctor-provider-no-client = для { $issuer } не указан идентификатор клиента: войти через эту службу нельзя
admin-message-doctor-provider-client-fix = введите его в разделе «Настройки › Вход» или задайте JARSHY_OIDC_CLIENT_ID
admin-message-doctor-provider-failed = вход через { $issuer } не работает: { $problem }
admin-message-doctor-provider-fix = исправьте это в разделе «Настройки › Вход» или обратитесь к тем, кто отвечает за службу; владельцы могут войти по паролю или ссылке
admin-message-doctor-database-fix = Jarshy не запустится, пока это не исправлено
admin-message-doctor-database-answers = { $version } отвечает за { $time } мс; схема соответствует этой версии
admin-message-doctor-database-slow = проверьте нагрузку на базу данных и путь к ней
admin-message-doctor-database-size = { $size } и ещё { $log } в журнале записи
admin-message-doctor-database-log = какой-то процесс очень долго читает: завершите его или перезапустите Jarshy
admin-message-doctor-postgres-pages = PostgreSQL проверяет каждую страницу при чтении, а все – только по запросу
admin-message-doctor-run-amcheck = выполните pg_amcheck
admin-message-doctor-postgres-checksums = PostgreSQL не проверяет свои страницы: контрольные суммы выключены
admin-message-doctor-postgres-turn-on = включите их командой pg_checksums --enable при остановленном PostgreSQL и выполните pg_amcheck
admin-message-doctor-read-long = чтение всех { $size } заняло бы много времени
admin-message-doctor-run-thorough = выполните: jarshy doctor --thorough
admin-message-doctor-sqlite-good = SQLite прочитал всю базу и ошибок не нашёл
admin-message-doctor-sqlite-damaged = база данных повреждена: { $damage }
admin-message-doctor-sqlite-restore = остановите Jarshy, сохраните копию файлов и восстановите резервную копию
admin-message-doctor-counts-same = всё пересчитано, и страницы показывают то же
admin-message-doctor-counts-wrong = неверных чисел на страницах: { $count }
admin-message-doctor-counts-wait = обработчик исправит их в течение дня; сообщите об этом, пожалуйста
admin-message-doctor-counts-right = { $at } всё было пересчитано и оказалось верным
admin-message-doctor-counts-corrected = чисел, которые { $at } были неверны и исправлены: { $count }
admin-message-doctor-counts-report = они названы в журнале обработчика; сообщите, пожалуйста, если это повторится
admin-message-doctor-counts-none = обработчик ещё ничего не пересчитывал
admin-message-doctor-disk-unseen = диск PostgreSQL отсюда не виден
admin-message-doctor-disk-watch = следите за ним на машине PostgreSQL
admin-message-doctor-folder = папка ({ $what }), { $folder }: { $error }
admin-message-doctor-folder-create = создайте её и разрешите пользователю Jarshy писать в неё
admin-message-doctor-folder-rights = разрешите пользователю Jarshy писать в неё
admin-message-doctor-space-database = для базы данных свободно { $free } из { $all } в { $folder }
admin-message-doctor-space-backups = для резервных копий свободно { $free } из { $all } в { $folder }
admin-message-doctor-space-none = освободите место: без него ничего не записать и не отправить
admin-message-doctor-space-little = освободите место, пока оно не кончилось
admin-message-doctor-others-read = другие пользователи этой машины могут читать { $file }
admin-message-doctor-run-as-user = выполните это от имени пользователя Jarshy; если так и есть, отдайте ему файл
admin-message-doctor-no-files = файлов, права на которые здесь важны, нет
admin-message-doctor-files-good = пользователь Jarshy может читать и писать всё нужное, и больше никто этого не читает
admin-message-doctor-clock-back = здесь сейчас { $now }, а что-то сделано в { $newest }
admin-message-doctor-clock-follow = часы перевели назад, или часы другой машины спешат: пусть все следуют серверу времени
admin-message-doctor-clock-differs = часы PostgreSQL расходятся на { $time } мс
admin-message-doctor-clock-both = пусть обе машины следуют серверу времени
admin-message-doctor-clock-good = часы следуют серверу времени
admin-message-doctor-clock-unknown = следуют ли часы серверу времени
admin-message-doctor-clock-look = проверьте: timedatectl (или chronyc tracking)
admin-message-doctor-no-relay = SMTP-сервер не указан: письма остаются в очереди
admin-message-doctor-enter-relay = укажите его в настройках или в JARSHY_SMTP_URL
admin-message-doctor-fix-relay-url = исправьте адрес SMTP-сервера
admin-message-doctor-relay-ready = smtp{ $relay } готов принимать письма ({ $time } мс); ничего не отправлено
admin-message-doctor-relay-fix = исправьте адрес, пользователя или пароль либо обратитесь к тем, кто его обслуживает; письма ждут
admin-message-doctor-relay-silent = smtp{ $relay } не отвечает
admin-message-doctor-relay-firewall = верен ли хост и пропускает ли межсетевой экран соединения? письма ждут
admin-message-doctor-enter-sender = укажите его в настройках
admin-message-doctor-domain-local = письма уходят на SMTP-сервер этой машины, поэтому { $domain } не проверялся
admin-message-doctor-run-check-domain = выполните: jarshy check-domain { $domain }
admin-message-doctor-fix-dns = исправьте /etc/resolv.conf или JARSHY_DNS_SERVER
admin-message-doctor-see-deliverability = смотрите раздел «Доставляемость»
admin-message-doctor-no-public-url = публичный адрес не указан: ссылки в письмах ведут на { $url }
admin-message-doctor-set-public-url = укажите его в настройках или в JARSHY_PUBLIC_URL
admin-message-doctor-url-plain = { $url } ведёт сюда, но без шифрования
admin-message-doctor-url-https = включите HTTPS: почтовые программы требуют его для отписки в один клик
admin-message-doctor-url-good = { $url } ведёт сюда
admin-message-doctor-url-other = { $url }: адрес ведёт на другой сайт
admin-message-doctor-url-unreachable = { $url }: с этого сервера адрес недоступен: { $error }
admin-message-doctor-url-status = { $url }: адрес доступен, но вместо Jarshy ответил кодом { $status }
admin-message-doctor-url-fix = проверьте DNS, межсетевой экран и веб-сервер перед Jarshy
admin-message-doctor-no-mailbox = ящик для возвратов не настроен
admin-message-doctor-mailbox-fix = исправьте это в разделе «Настройки», «Возвраты» и проверьте там ящик
admin-message-doctor-mailbox-read = прочитан в { $at } или позже
admin-message-doctor-mailbox-unread = ящик для возвратов ещё не читали
admin-message-doctor-wait-worker = подождите минуту; работает ли обработчик?
admin-message-doctor-webhook = { $url }: { $error }; вебхук выключен
admin-message-doctor-webhook-error = https://{ $url }: { $error }
admin-message-doctor-webhook-fix = исправьте это в разделе «Вебхуки»
admin-message-doctor-overdue-webhooks = просроченные вызовы вебхуков: { $count }, самый старый – с { $since }
admin-message-doctor-overdue-emails = просроченные служебные письма: { $count }, самое старое – с { $since }
admin-message-doctor-overdue-leases = зависшие задания: { $count }, самое старое – с { $since }
admin-message-doctor-worker-log = работает ли обработчик? смотрите его журнал
admin-message-doctor-no-webhook = исходящих вебхуков нет
admin-message-doctor-webhooks-good = исходящие вебхуки: { $count }, последние вызовы удались
admin-message-doctor-no-provider = вебхуки почтовых провайдеров не настроены
admin-message-doctor-provider = приходят ли вебхуки { $names }
admin-message-doctor-provider-test = отправьте пробное событие со страниц провайдера и посмотрите раздел «Доставляемость»
admin-message-doctor-relay-ready-question = работает ли обработчик и готов ли SMTP-сервер?
admin-message-doctor-campaign-delayed = рассылка { $id } стоит с { $since }: { $what }
admin-message-doctor-campaign-page = на её странице сказано, чего она ждёт
admin-message-doctor-campaign-paused = рассылка { $id } приостановлена: { $reason }
admin-message-doctor-campaign-resume = устраните причину и продолжите её на её странице
admin-message-doctor-campaign-failed = рассылка { $id } не запустилась: { $reason }
admin-message-doctor-campaign-start = устраните причину и запустите её на её странице
admin-message-doctor-set-aside = входящие письма не удалось обработать: { $count }
admin-message-doctor-queue-good = ничего не просрочено: идут рассылки – { $campaigns }, ждут служебные письма – { $emails }
admin-message-doctor-tasks-good = все задачи этого процесса работают
admin-message-doctor-task-stopped = задача { $task } остановилась и перезапускается
admin-message-doctor-task-stuck = задача { $task } зависла
admin-message-doctor-task-restart = посмотрите журнал и перезапустите процесс
admin-message-doctor-no-worker-since = обработчик не работает; последний раз он был виден { $at }
admin-message-doctor-no-worker = обработчик не работает, поэтому ничего не отправляется
admin-message-doctor-start-worker = запустите jarshy serve без --no-worker или jarshy worker
admin-message-doctor-one-worker = отправляет один обработчик
admin-message-doctor-workers = отправляют обработчики: { $count }
admin-message-doctor-leases = обработчик возвращает их за секунду; смотрите его журнал
admin-message-doctor-no-backups = резервные копии не запланированы
admin-message-doctor-set-backups = задайте JARSHY_BACKUP_DIR, если их не делает что-то другое
admin-message-doctor-backup-fix = устраните причину; попытка повторяется каждые 15 минут
admin-message-doctor-backup-first = первая резервная копия ещё не сделана
admin-message-doctor-backup-elsewhere = файла { $file } от { $at } нет на этой машине, или его переместили
admin-message-doctor-backup-other-machine = посмотрите на машине обработчика, который его сделал
admin-message-doctor-backup-good = последняя сделана { $at }: { $file }; время от времени пробуйте её восстановить
admin-message-doctor-backup-size = размер { $file } не тот, с которым его записали
admin-message-doctor-backup-new = сделайте новую и найдите, что её изменило

## Backups, certificates, the database

admin-message-backup-last-error = { $error }. Последняя полная резервная копия сделана { $at }.
admin-message-backup-none-error = { $error }. Полной резервной копии пока нет.
admin-message-backup-overdue = С тех пор ни один обработчик её не сделал. Последняя полная резервная копия сделана { $at }.
admin-message-backup-but = она сделана, но { $error }
admin-message-backup-no-folder = папки { $folder } нет
admin-message-backup-other-process = резервную копию сейчас делает другой процесс
admin-message-backup-exists = { $file } уже есть; ничего не перезаписывается
admin-message-certificate-not-now = сертификат действует с { $from } по { $to }, но не сейчас
admin-message-certificate-acme = сертификат по ACME не получен: { $error }
admin-message-certificate-http = страницы отдаются по HTTPS, а JARSHY_PUBLIC_URL начинается с http://
admin-message-certificate-none-yet = сертификата пока нет
admin-message-certificate-other-host = сертификат не для { $host } – хоста из JARSHY_PUBLIC_URL
admin-message-certificate-expires = срок сертификата истекает { $at }
admin-message-certificate-of-files = JARSHY_TLS_CERT: { $error }
admin-message-certificate-of-acme = JARSHY_ACME_EMAIL: { $error }
admin-message-certificate-unusable = { $cert } с { $key } использовать нельзя: { $cause }
admin-message-certificate-mismatch = ключ от другого сертификата
admin-message-certificate-unverified = центр сертификации не смог проверить { $host }: { $detail }
admin-message-certificate-timeout = центр сертификации не ответил вовремя
admin-message-database-unavailable = база данных недоступна: { $error }
admin-message-database-read-only = в базу данных нельзя писать: { $error }
admin-message-database-other = база данных: { $error }
admin-message-database-damaged = файл базы данных повреждён: { $error }
admin-message-takeout-interrupted = выгрузка данных прервана
admin-message-archive-write = архив не удалось записать: { $error }

## Settings and webhooks

admin-message-setting-unchangeable = эту настройку здесь изменить нельзя
admin-message-setting-set-in = задано в { $place }, и это важнее; измените там
admin-message-setting-set-by = задано через { $place }, и это важнее; измените там
admin-message-setting-other-key = зашифровано другим секретным ключом; введите заново
admin-message-setting-public-url = нужен адрес, которым пользуются посетители, например https://news.example.org
admin-message-setting-public-path = по пути { $path } у самого сайта есть страницы; выберите другой, например /news
admin-message-webhook-no-url = это не URL
admin-message-webhook-no-host = в URL не указан хост
admin-message-webhook-https = URL должен начинаться с https://
admin-message-webhook-user = в URL не должно быть имени пользователя и пароля
admin-message-webhook-private = URL ведёт в частную сеть; администратор может разрешить это в JARSHY_WEBHOOK_HOSTS
admin-message-webhook-event = события: «{ $event }» нет среди допустимых: { $known }
admin-message-webhook-unknown = такого вебхука нет
admin-message-webhook-other-secret = его секрет зашифрован другим JARSHY_SECRET_KEY
admin-message-webhook-answered = ответил { $status }
admin-message-webhook-gone = выключен: получатель ответил 410 Gone

## Imports of subscribers

admin-message-import-row-no-address = в строке нет адреса
admin-message-import-nobody = { $email } – ничей адрес
admin-message-import-tags = у { $email } больше { $max } меток
admin-message-import-no-list = { $email }: списка «{ $list }» нет; сначала создайте его
admin-message-import-left = { $email }: отписан и остаётся отписанным
admin-message-import-blocked = { $email }: заблокирован и остаётся таким
admin-message-import-bounced = { $email }: письма возвращались, остаётся в стоп-листе
admin-message-import-complained = { $email }: была жалоба, остаётся в стоп-листе
admin-message-import-erased = { $email }: данные удалены по просьбе и снова не сохраняются
admin-message-import-resubscribed = { $email }: отписывался и подписан снова
admin-message-import-no-time = { $column }: «{ $cell }» – не время; пишите как 2026-01-31 18:30
admin-message-import-yes-no = { $column }: «{ $cell }» – ни «да», ни «нет»
admin-message-import-state = { $column }: состояние «{ $word }» здесь неизвестно (есть, например, confirmed, pending, unsubscribed, bounced)
admin-message-import-mailman-state = { $column }: у Mailman нет состояния «{ $word }»
admin-message-import-tag = { $column }: в метке от 1 до { $max } знаков, без запятых, точек с запятой и управляющих символов
admin-message-import-json = { $column }: это не объект JSON
admin-message-import-column-long = { $column }: не больше { $max } знаков
admin-message-import-column-line = { $column }: нужна одна строка без управляющих символов
admin-message-import-column-control = { $column }: есть управляющий символ U+{ $code }; удалите его
admin-message-import-field = поля «{ $given }» нет; есть: { $known }, attribute:NAME
admin-message-import-no-column-address = выберите столбец с адресами; в файле есть: { $columns }
admin-message-import-no-column = в файле нет столбца «{ $column }»; есть: { $columns }
admin-message-import-columns-twice = столбцы «{ $one }» и «{ $other }» не могут оба быть полем { $field }
admin-message-import-no-reason = укажите, почему отписавшихся снова подписывают, например как они об этом попросили; причина хранится вместе с согласием
admin-message-import-no-reason-ask = укажите, почему этих людей просят подтвердить подписку, например где они подписались; причина хранится вместе с согласием
admin-message-import-moved = за это время импорт изменился; обновите его страницу
admin-message-import-too-late = изменения этого импорта больше не хранятся, отменить его нельзя
admin-message-import-same-people = этих же людей изменили в то же время
admin-message-import-spool = загруженный файл не удаётся сохранить: { $error }
admin-message-file-unreadable = файл не удаётся прочитать: { $error }
admin-message-file-damaged = он повреждён
admin-message-file-empty = файл пуст
admin-message-file-other-json = это массив JSON; сохраните таблицу как CSV, XLSX или ODS и попробуйте снова
admin-message-file-other-web = это веб-страница или XML; сохраните таблицу как CSV, XLSX или ODS и попробуйте снова
admin-message-file-other-pdf = это PDF; сохраните таблицу как CSV, XLSX или ODS и попробуйте снова
admin-message-file-other-office = это старый файл Excel или Word; сохраните таблицу как CSV, XLSX или ODS и попробуйте снова
admin-message-file-other-pickle = это файл pickle языка Python, но не config.pck Mailman 2.1; сохраните таблицу как CSV, XLSX или ODS и попробуйте снова
admin-message-file-no-table = в архиве нет таблицы (CSV, XLSX, ODS, JSON Lines или vCard)
admin-message-file-of-posts = файл о публикациях, а не о людях
admin-message-file-unpacked = распакованный файл больше { $size } МиБ
admin-message-file-spreadsheet = электронную таблицу не удаётся прочитать: { $error }; сохраните её как CSV и попробуйте снова
admin-message-file-pickle = файл pickle не удаётся прочитать: { $error }
admin-message-file-sheet-cells = на листе слишком много ячеек
admin-message-row-long-delimited = строка длиннее допустимого (64 КиБ, 1000 столбцов)
admin-message-row-long = строка длиннее допустимого (64 КиБ)
admin-message-row-line-long = строка файла длиннее допустимого (64 КиБ)
admin-message-row-quotation = кавычка в этой строке не закрыта
admin-message-row-encoding = в строке есть байты, которые не читаются в кодировке файла; сохраните файл в UTF-8
admin-message-file-first-line = не таблица: её первую строку не удаётся прочитать
admin-message-row-more-values = значений в строке больше, чем столбцов; возможно, значение с разделителем не взято в кавычки?
admin-message-file-keys = в файле больше 1000 разных ключей
admin-message-row-no-object = строка – не объект JSON
admin-message-row-no-json = строка – не правильный JSON: { $error }
admin-message-row-member-long = тексты участника длиннее 64 КиБ
admin-message-row-member-address = адрес участника – не текст
admin-message-row-ban = запись списка запретов – не адрес
admin-message-row-ban-pattern = в списке запретов есть шаблон, который нельзя импортировать: { $shown }
admin-message-row-card-large = карточка больше 4 МиБ
admin-message-row-card-unreadable = карточку не удаётся прочитать
admin-message-row-card-long = тексты карточки длиннее 64 КиБ

## Imports of posts

admin-message-posts-unknown = такой файл публикаций Jarshy не знает: он читает выгрузку JSON из Ghost, архив ZIP из Substack, архив ZIP или таблицу писем из Buttondown и таблицу публикаций из beehiiv
admin-message-posts-other-system = это файл из { $found }, а не из { $given }
admin-message-posts-listmonk = у listmonk нет файла рассылок: импортируйте их из его базы командой `jarshy import-listmonk --posts`
admin-message-posts-unpacks = распакованный архив больше { $size } МиБ
admin-message-posts-many = в файле больше { $max } публикаций
admin-message-posts-pictures-client = изображения не удаётся скачать: { $error }
admin-message-posts-only-table-substack = это только таблица публикаций; их тексты – в архиве ZIP из Substack: импортируйте его
admin-message-posts-only-table-buttondown = это только таблица писем; их тексты – в архиве ZIP из Buttondown: импортируйте его
admin-message-posts-by-hand = публикация есть на сайте, а этот импорт сделал бы её черновиком; измените её вручную
admin-message-posts-site-title = название сайта использовать нельзя
admin-message-posts-no-id = в файле нет её номера
admin-message-posts-page = страница
admin-message-posts-empty-draft = пустой черновик
admin-message-posts-twice = дважды в файле
admin-message-posts-unreadable-row = нечитаемая строка
admin-message-posts-text-long = её текст слишком длинный
admin-message-posts-text-mib = её текст длиннее { $size } МиБ
admin-message-posts-text-kib = её текст длиннее { $size } КиБ
admin-message-posts-text-missing = в архиве нет файла с её текстом
admin-message-posts-lexical = её текст в формате Lexical не удаётся прочитать: { $error }
admin-message-posts-mobiledoc = её текст в формате Mobiledoc не удаётся прочитать: { $error }
admin-message-posts-part-unknown = одна её часть неизвестного вида; слова сохранены
admin-message-posts-parts-unknown = её части неизвестного вида: { $count }; слова сохранены
admin-message-posts-draft-restricted = черновик: была для участников или подписчиков за плату
admin-message-posts-draft-mixed = черновик: есть части только для некоторых читателей
admin-message-posts-draft-emailed = черновик: была разослана, но не опубликована
admin-message-posts-draft-unknown = черновик: возможно, была не для всех: в файле этого не сказано
admin-message-posts-draft-later = черновик: была запланирована на потом
admin-message-posts-draft-no-date = черновик: нет даты
admin-message-posts-reason-restricted = для участников или подписчиков за плату
admin-message-posts-reason-mixed = есть части только для некоторых читателей
admin-message-posts-reason-emailed = разослано, но не опубликовано
admin-message-posts-reason-unknown = возможно, не для всех: в файле этого не сказано
admin-message-posts-reason-later = запланировано на потом
admin-message-posts-reason-no-date = без даты
admin-message-picture-redirects = слишком много перенаправлений
admin-message-picture-many = больше { $max } изображений за раз не скачивается
admin-message-picture-time = изображения заняли больше 30 минут
admin-message-picture-gib = изображения в сумме больше 1 ГиБ
admin-message-picture-no-host = в адресе не указан хост
admin-message-picture-answered = его сервер ответил { $status }
admin-message-picture-large = больше { $size } МиБ
admin-message-picture-scheme = адрес не начинается с http:// или https://
admin-message-picture-private = адрес ведёт в частную сеть
admin-message-picture-none = по адресу нет изображения
admin-message-picture-not-replaced = скачано, но адрес заменить не удалось
admin-message-invitation-over = приглашение тем временем приняли или отозвали
admin-message-growth-day = укажите день, например 2026-03-01
admin-message-growth-list = такого списка нет
admin-message-growth-backwards = не может быть раньше первого дня
admin-message-growth-too-long = не может быть позже чем через { $days } дн. после первого дня
