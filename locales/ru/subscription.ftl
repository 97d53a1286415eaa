### Подписка, подтверждение, отписка и всё, что подписчик может изменить.

## Подписка

join-title = Подпишитесь на нашу рассылку
join-lead = Выберите, о чём вам хотелось бы узнавать. Мы пришлём одно письмо, чтобы убедиться, что адрес действительно ваш.
join-email-label = Адрес электронной почты
join-email-hint = Например, name@example.com
join-name-label = Ваше имя
join-name-hint = По желанию. Нужно только для того, чтобы к вам обратиться.
join-lists-label = Что вам присылать
join-language-label = Язык писем
# Эта формулировка хранится как свидетельство согласия.
consent-wording = Я соглашаюсь с тем, что { $site } присылает мне на этот адрес выбранные мной рассылки. Отписаться можно в любое время одним нажатием.
join-button = Подписаться
join-optional = по желанию
join-privacy = Ваш адрес нужен нам только для этих писем, и мы никому его не передаём.
# A field that scripts fill in and people do not see.
join-trap-label = Оставьте это поле пустым

## «Проверьте почту»: одна и та же страница для любого адреса

sent-title = Проверьте почту
sent-body = Если этот адрес можно добавить, наше письмо уже в пути. Откройте его и нажмите кнопку, чтобы завершить подписку.
sent-spam-hint = Прошло несколько минут, а письма нет? Загляните в папку «Спам» и проверьте, нет ли в адресе опечатки.
sent-expiry =
    { $hours ->
        [one] Ссылка в письме действует в течение { $hours } часа.
        [few] Ссылка в письме действует в течение { $hours } часов.
        [many] Ссылка в письме действует в течение { $hours } часов.
       *[other] Ссылка в письме действует в течение { $hours } часа.
    }
sent-expiry-days =
    { $days ->
        [one] Ссылка в письме действует в течение { $days } дня.
        [few] Ссылка в письме действует в течение { $days } дней.
        [many] Ссылка в письме действует в течение { $days } дней.
       *[other] Ссылка в письме действует в течение { $days } дня.
    }
sent-again = Указать другой адрес

## Подтверждение

confirm-title = Последний шаг
confirm-body = Нажмите кнопку, и письма начнут приходить на этот адрес:
confirm-lists =
    { $count ->
        [one] Вы подписываетесь на рассылку:
        [few] Вы подписываетесь на рассылки:
        [many] Вы подписываетесь на рассылки:
       *[other] Вы подписываетесь на рассылки:
    }
confirm-button = Да, присылайте мне письма
confirm-not-you = Не просили об этом? Просто закройте страницу. Пока кнопка не нажата, мы ничего не пришлём.
confirmed-title = Добро пожаловать!
confirmed-body = Ваш адрес подтверждён. Следующее письмо придёт и вам.
confirmed-preferences = Изменить, что вы получаете
confirmed-home = На главную страницу

## Ссылка больше не действует

expired-title = Срок действия ссылки истёк
expired-body = Ради безопасности наши ссылки действуют ограниченное время. Ничего не изменилось.
expired-again = Заполните форму ещё раз, и мы пришлём новую ссылку.
expired-button = К форме
used-title = Эта ссылка уже использована
used-body = Больше ничего делать не нужно: всё, для чего она служила, уже сделано.
gone-title = Здесь больше ничего нет
gone-body = То, к чему вела эта ссылка, удалено. Вы можете подписаться снова в любое время.

## A link in a test letter

sample-title = Это проба
sample-body = Ссылка взята из пробного письма. Ничего не изменилось.

## Отписка

unsubscribe-title = Отписаться от рассылки?
unsubscribe-body = Нажмите кнопку, и мы сразу перестанем писать. Без вопросов и без прощальных писем.
unsubscribe-list = Рассылка: { $list }
unsubscribe-button = Отписаться
unsubscribe-all-button = Отписаться от всего
unsubscribe-fewer = Или выберите, какие письма оставить
unsubscribed-title = Вы отписались
unsubscribed-body = Писем из этой рассылки больше не будет. Ещё может дойти то, что уже отправлено.
unsubscribed-all-body = Писем от нас больше не будет. Ещё может дойти то, что уже отправлено.
unsubscribed-reason-label = Не скажете ли почему?
unsubscribed-reason-hint = По желанию. Ответы читают люди.
unsubscribed-reason-button = Отправить
unsubscribed-reason-thanks = Спасибо. Мы записали ваш ответ.
unsubscribed-rejoin = Это вышло случайно? Подпишитесь снова

## Настройки

preferences-title = Ваши настройки
preferences-lead = Эти настройки относятся к адресу { $email }. Никому не передавайте ссылку на эту страницу: по ней настройки может изменить кто угодно.
preferences-lists-label = Письма, которые вы получаете
preferences-lists-empty = Сейчас вы ни на что не подписаны.
preferences-lists-count =
    { $count ->
        [one] Вы подписаны на { $count } рассылку.
        [few] Вы подписаны на { $count } рассылки.
        [many] Вы подписаны на { $count } рассылок.
       *[other] Вы подписаны на { $count } рассылки.
    }
preferences-language-label = Язык писем
preferences-name-label = Ваше имя
preferences-tracking-label = Можно учитывать, какие ссылки я открываю
preferences-tracking-hint = Выключено, пока вы сами не включите. Так мы узнаём, о чём стоит писать.
preferences-save = Сохранить
preferences-saved = Сохранено.
preferences-frequency-label = Как часто
preferences-frequency-each = Каждое письмо отдельно
preferences-frequency-each-hint = Сразу после отправки.
preferences-frequency-weekly = Одно письмо в неделю
preferences-frequency-weekly-hint = В нём собрано всё, что прислали ваши рассылки. Срочные новости приходят сразу.
preferences-changed-joined = Теперь вы подписаны на рассылку «{ $list }».
preferences-changed-left = Вы отписались от рассылки «{ $list }».
preferences-changed-name = Ваше имя изменено.
preferences-changed-language = Теперь письма приходят на этом языке: { $language }.
preferences-changed-answers = Ваши ответы изменены.
preferences-changed-each = Теперь каждое письмо приходит отдельно. Если за эту неделю для вас уже что-то собрано, оно ещё придёт одним письмом.
preferences-changed-weekly = Теперь вы получаете одно письмо в неделю.
preferences-unchanged = Ничего не изменено.
preferences-pause-title = Сделать перерыв
preferences-pause-body = Вы остаётесь подписаны, но какое-то время не получаете писем. То, что разослано за это время, позже не присылается.
preferences-pause-label = На какое время
preferences-pause-2w = Две недели
preferences-pause-1m = Один месяц
preferences-pause-3m = Три месяца
preferences-pause-6m = Шесть месяцев
preferences-pause-until-label = Или до этого дня
preferences-pause-until-hint = В пределах года. Оставьте пустым, если подходит срок выше.
preferences-pause-button = Приостановить письма
preferences-pause-change-button = Изменить перерыв
preferences-paused = Писем не будет до { $date }. С этого дня они снова начнут приходить сами.
preferences-pause-past = Выберите день позже сегодняшнего.
preferences-pause-too-long = Перерыв длится не больше года. Выберите более ранний день.
preferences-pause-unknown = Не удалось прочитать дату. Выберите её в календаре или напишите так: 2027-03-01.
preferences-resume-button = Закончить перерыв сейчас
preferences-resumed = Письма снова приходят.
preferences-came-back = Письма снова могут приходить. Теперь выберите рассылки.
preferences-stays-suppressed = Здесь это снять нельзя: письма к вам возвращались, были отмечены как спам или остановлены нами. Напишите нам.
preferences-state-pending = ждёт вашего подтверждения
preferences-state-confirmed = вы её получаете
preferences-state-unsubscribed = вы от неё отписались
preferences-leave-title = Отписаться от всего
preferences-leave-body = Вы сразу отпишетесь от всех рассылок. Мы сохраним отметку о вашем желании, чтобы никто не добавил вас снова по ошибке.
preferences-leave-button = Отписаться от всех рассылок
preferences-suppressed-title = Вы не получаете наших писем
preferences-suppressed-body = На этот адрес ничего не отправляется: так было решено. Если хотите снова получать письма, скажите об этом здесь, а затем выберите рассылки.
preferences-come-back-button = Снова получать письма
preferences-export-title = Выгрузить мои данные
preferences-export-body = Файл со всем, что мы знаем об этом адресе: имя, рассылки, а также когда и на что вы дали согласие.
preferences-export-button = Скачать файл
preferences-erase-title = Удалить мои данные
preferences-erase-body = Мы удалим ваш адрес, имя и выбранные рассылки. Восстановить удалённое нельзя.
preferences-erase-button = Удалить мои данные…
erase-title = Удалить все ваши данные?
erase-body = Вы отпишетесь от всех рассылок, а ваши данные будут удалены навсегда. Возможно, сначала стоит скачать копию.
erase-kept = Останутся только числа в наших отчётах: они никого не называют.
erase-kept-address = Сам адрес останется в списке тех, кому мы никогда не пишем, чтобы его никто не добавил снова по ошибке.
erase-confirm-label = Да, удалите мои данные навсегда
erase-confirm-missing = Поставьте отметку, если вы действительно хотите удалить данные.
erase-button = Удалить данные
erase-cancel = Оставить данные
erased-title = Ваши данные удалены
erased-body = Адреса, имени и выбранных рассылок у нас больше нет. Будем рады, если когда-нибудь вы подпишетесь снова.

## Что не так в форме

form-errors-title =
    { $count ->
        [one] Пожалуйста, исправьте { $count } ошибку:
        [few] Пожалуйста, исправьте { $count } ошибки:
        [many] Пожалуйста, исправьте { $count } ошибок:
       *[other] Пожалуйста, исправьте { $count } ошибки:
    }
field-email-missing = Пожалуйста, укажите адрес электронной почты.
field-email-malformed = Это не похоже на адрес электронной почты. Он должен выглядеть так: name@example.com.
field-email-too-long = Адрес слишком длинный. Наибольшая длина адреса, знаков: { $max }.
field-name-too-long = Имя слишком длинное. Наибольшая длина, знаков: { $max }.
field-name-malformed = В имени не бывает переносов строки и управляющих знаков. Пожалуйста, напишите его одной строкой.
field-lists-missing = Пожалуйста, выберите хотя бы одну рассылку.
field-list-unknown = На эту рассылку подписаться нельзя.
field-language-unknown = Пожалуйста, выберите один из предложенных языков.
field-consent-missing = Пожалуйста, поставьте отметку: без вашего согласия мы не вправе вам писать.
field-answer-missing = Пожалуйста, ответьте.
field-answer-unknown = Пожалуйста, выберите один из вариантов.
field-answer-too-long = Слишком длинно. Пожалуйста, не более { $max } знаков.
form-wait =
    { $seconds ->
        [one] Пожалуйста, подождите { $seconds } секунду и попробуйте снова.
        [few] Пожалуйста, подождите { $seconds } секунды и попробуйте снова.
        [many] Пожалуйста, подождите { $seconds } секунд и попробуйте снова.
       *[other] Пожалуйста, подождите { $seconds } секунды и попробуйте снова.
    }
form-too-many-attempts = Слишком много попыток. Пожалуйста, попробуйте немного позже.
form-too-quick = Форма отправлена быстрее, чем её может заполнить человек. Пожалуйста, отправьте её ещё раз.
form-stale = Страница была открыта слишком долго. Пожалуйста, отправьте форму ещё раз.
