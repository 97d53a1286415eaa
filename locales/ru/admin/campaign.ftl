### One campaign: its page, the questions before it is moved, its checks. The names of its
### states are in common.ftl.

## What it is made of, and for whom

admin-campaign-to = Кому: { $lists }
admin-campaign-from-post = из публикации <a href="{ $href }">{ $post }</a>
admin-campaign-from-digest =
    дайджест из { $posts ->
        [one] { $posts } публикации
       *[other] { $posts } публикаций
    } и { $events ->
        [one] { $events } события
       *[other] { $events } событий
    }
admin-campaign-from-markdown = собственный текст
admin-campaign-from-mjml = собственный MJML
admin-campaign-from-html = собственный HTML
admin-campaign-from-weekly =
    { $count ->
        [one] еженедельный дайджест из { $count } рассылки
       *[other] еженедельный дайджест из { $count } рассылок
    }

## Buttons

admin-campaign-pause = Приостановить
admin-campaign-resume = Продолжить
admin-campaign-duplicate = Создать копию
admin-campaign-cancel = Отменить рассылку
admin-campaign-cancel-ask = Отменить…
admin-campaign-cancel-question = Отменить эту рассылку?
admin-campaign-cancel-unsent = «{ $subject }» никогда не будет отправлено. Позже можно создать копию.
admin-campaign-cancel-text =
    { $count ->
        [one] { $count } письмо ещё не отправлено и не будет отправлено. Отправленные письма отозвать нельзя, а продолжить рассылку будет невозможно.
        [few] { $count } письма ещё не отправлены и не будут отправлены. Отправленные письма отозвать нельзя, а продолжить рассылку будет невозможно.
       *[other] { $count } писем ещё не отправлены и не будут отправлены. Отправленные письма отозвать нельзя, а продолжить рассылку будет невозможно.
    }
admin-campaign-go-back = Назад
admin-campaign-delete = Удалить черновик
admin-campaign-delete-question = Удалить этот черновик?
admin-campaign-delete-text = Черновик «{ $subject }» и его содержание будут удалены безвозвратно. Публикация, из которой он создан, останется.

## Paused by itself

admin-campaign-paused-title = Приостановлена автоматически
# $reason has no full stop.
admin-campaign-paused-since = { $reason } – с { $when }
admin-campaign-suppressions = Кого эта рассылка внесла в стоп-лист
admin-campaign-rejections = Одинаковые отказы
# Whom or what a rejection is about.
admin-campaign-about-mailbox = причина: ящик получателя
admin-campaign-about-domain = причина: домен получателя
admin-campaign-about-sender-address = причина: адрес отправителя
admin-campaign-about-sender-helo = причина: имя SMTP-сервера (HELO)
admin-campaign-about-sender-auth = причина: проверка подлинности отправителя
admin-campaign-about-sender-reputation = причина: репутация отправителя
admin-campaign-about-sender-content = причина: содержание письма
admin-campaign-about-sender-size = причина: размер письма
admin-campaign-about-sender-rate = причина: скорость отправки
admin-campaign-about-sender-policy = причина: правило принимающего сервера
admin-campaign-about-relay = причина: SMTP-сервер
admin-campaign-about-path = причина: путь к серверу
admin-campaign-about-unclear = причина неясна
# How many suppressions of the recipients were taken back, and what a user decided then.
admin-campaign-effects =
    { $count ->
        [0] До приостановки рассылки никто не попал из-за этого в стоп-лист.
        [one] При приостановке рассылки из стоп-листа убран { $count } адрес.
        [few] При приостановке рассылки из стоп-листа убраны { $count } адреса.
       *[other] При приостановке рассылки из стоп-листа убрано { $count } адресов.
    }
admin-campaign-effects-kept =
    { $count ->
        [0] До приостановки рассылки никто не попал из-за этого в стоп-лист; вы решили оставить их в стоп-листе.
        [one] При приостановке рассылки из стоп-листа убран { $count } адрес; вы решили оставить их в стоп-листе.
        [few] При приостановке рассылки из стоп-листа убраны { $count } адреса; вы решили оставить их в стоп-листе.
       *[other] При приостановке рассылки из стоп-листа убрано { $count } адресов; вы решили оставить их в стоп-листе.
    }
admin-campaign-effects-put-back =
    { $count ->
        [0] До приостановки рассылки никто не попал из-за этого в стоп-лист; вы решили вернуть их.
        [one] При приостановке рассылки из стоп-листа убран { $count } адрес; вы решили вернуть их.
        [few] При приостановке рассылки из стоп-листа убраны { $count } адреса; вы решили вернуть их.
       *[other] При приостановке рассылки из стоп-листа убрано { $count } адресов; вы решили вернуть их.
    }
admin-campaign-rejections-known =
    { $count ->
        [one] Речь о { $count } получателе, известном к моменту приостановки. Если их вернуть, письма им будут отправлены снова; если оставить в стоп-листе, писем они больше не получат.
       *[other] Речь о { $count } получателях, известных к моменту приостановки. Если их вернуть, письма им будут отправлены снова; если оставить в стоп-листе, писем они больше не получат.
    }
admin-campaign-put-back = Вернуть
admin-campaign-keep = Оставить в стоп-листе
admin-campaign-keep-ask = Оставить в стоп-листе…
admin-campaign-keep-question = Оставить их в стоп-листе?
admin-campaign-keep-text =
    { $count ->
        [one] { $count } адрес не будет получать ваши письма, пока вы не уберёте его в разделе «Стоп-лист».
        [few] { $count } адреса не будут получать ваши письма, пока вы не уберёте их в разделе «Стоп-лист».
       *[other] { $count } адресов не будут получать ваши письма, пока вы не уберёте их в разделе «Стоп-лист».
    }

## Before and while it is sent

admin-campaign-not-started = Не запустилась
admin-campaign-starts = Запустится автоматически { $when }
# $time: a date and a time of day.
admin-campaign-local = Каждый подписчик получит её { $time } по своему часовому поясу.
admin-campaign-local-sending = Каждый читатель получит её { $time } по своему часовому поясу; те, кто ещё ждёт, показаны как отложенные.
admin-campaign-late = Это время уже прошло; рассылка запустится, как только станет возможно.
admin-campaign-quiet = Часы тишины
admin-campaign-quiet-text = Отправка остановлена до их окончания, затем продолжится автоматически.
# The heading of its progress, and of its results.
admin-campaign-mail-out = Отправка
admin-campaign-mail-was-out = Отчёт
admin-campaign-started-at = Запущена { $when }
admin-campaign-ended-at = завершена { $when }
admin-campaign-done-of = <span data-done>{ $done }</span> из <span data-total>{ $total }</span>
admin-campaign-percent = { $percent } %
admin-campaign-percent-done = выполнено { $percent } %
admin-campaign-rate = <span data-rate>{ $rate }</span> в минуту
# $left: a duration.
admin-campaign-left = осталось: <span data-left>{ $left }</span>
admin-campaign-seconds =
    { $count ->
        [one] { $count } секунда
        [few] { $count } секунды
       *[other] { $count } секунд
    }
admin-campaign-minutes =
    { $count ->
        [one] { $count } минута
        [few] { $count } минуты
       *[other] { $count } минут
    }
# With one decimal.
admin-campaign-hours = { $hours },{ $tenths } часа
admin-campaign-collecting = Получатели ещё собираются; их число растёт.
admin-campaign-in-digest =
    { $count ->
        [one] { $count } подписчик дайджеста получит её <a href="{ $href }">в своём дайджесте</a>.
        [few] { $count } подписчика дайджеста получат её <a href="{ $href }">в своём дайджесте</a>.
       *[other] { $count } подписчиков дайджеста получат её <a href="{ $href }">в своём дайджесте</a>.
    }
admin-campaign-in-next-digest =
    { $count ->
        [one] { $count } подписчик дайджеста получит её в следующем дайджесте.
        [few] { $count } подписчика дайджеста получат её в следующем дайджесте.
       *[other] { $count } подписчиков дайджеста получат её в следующем дайджесте.
    }
admin-campaign-charts = Графики и домены
admin-campaign-deliveries = Все доставки
admin-campaign-archive = Открыть в архиве

## Not reached, or uncertain

admin-campaign-unreached = Не доставлено: { $count }
admin-campaign-unreached-text = Эти письма были отклонены или возвращены. При повторной отправке пропускаются адреса, о которых известно, что их не существует, и люди, которые отписались.
admin-campaign-retry = Повторить
admin-campaign-retry-ask = Повторить…
admin-campaign-retry-question = Повторить неудавшиеся доставки?
admin-campaign-retry-text =
    { $count ->
        [one] Отправка { $count } письма будет повторена – если получатель всё ещё подписан и не находится в стоп-листе.
       *[other] Отправка { $count } писем будет повторена – тем получателям, которые всё ещё подписаны и не находятся в стоп-листе.
    }
admin-campaign-uncertain = Неизвестно, доставлено ли: { $count }
admin-campaign-uncertain-text = Соединение или процесс отправки прервались во время передачи письма SMTP-серверу или прямо перед ней, и ответ неизвестен. Каждое из этих писем могло дойти или не дойти, поэтому автоматически они повторно не отправляются.
admin-campaign-uncertain-view = Показать их
admin-campaign-resend = Отправить снова
admin-campaign-resend-ask = Отправить снова…
admin-campaign-resend-question = Отправить эти письма снова?
admin-campaign-resend-text =
    { $count ->
        [one] Неизвестно, доставлено ли { $count } письмо. Некоторые могут получить письмо дважды; у него тот же Message-ID, поэтому многие почтовые программы покажут его один раз.
        [few] Неизвестно, доставлены ли { $count } письма. Некоторые могут получить письмо дважды; у него тот же Message-ID, поэтому многие почтовые программы покажут его один раз.
       *[other] Неизвестно, доставлено ли { $count } писем. Некоторые могут получить письмо дважды; у него тот же Message-ID, поэтому многие почтовые программы покажут его один раз.
    }

## Its email

admin-campaign-email = Письмо
admin-campaign-mail-language = Язык письма
admin-campaign-from = От
admin-campaign-subject = Тема
admin-campaign-translations = Перевод по блокам
admin-campaign-file = Файл
admin-campaign-files-missing = Нет прикреплённого файла
admin-campaign-files-missing-text = Файл удалён, и без него рассылка не начнётся. Верните его из корзины или уберите здесь; всё остальное тем временем можно менять.
admin-campaign-file-take-off = Убрать
admin-campaign-file-take-off-named = Убрать { $file }
admin-campaign-file-is-off = Файл { $file } больше не прикреплён
admin-campaign-copy-misses = Удалённых файлов нет и в копии: { $files }
admin-campaign-embeds-pictures = Изображения находятся внутри письма.
admin-campaign-calendar-publish = К письму приложены события в файле календаря.
admin-campaign-calendar-request = Это приглашение на событие.
admin-campaign-calendar-cancel = Событие убирается из календарей читателей.
admin-event-news = В календарях читателей
admin-event-news-text =
    { $count ->
        [one] { $count } получатель получил это в календарь. Каждая кнопка создаёт для них черновик, который вы проверяете и запускаете; кто с тех пор отписался, ничего не получит.
        [few] { $count } получателя получили это в календарь. Каждая кнопка создаёт для них черновик, который вы проверяете и запускаете; кто с тех пор отписался, ничего не получит.
       *[many] { $count } получателей получили это в календарь. Каждая кнопка создаёт для них черновик, который вы проверяете и запускаете; кто с тех пор отписался, ничего не получит.
    }
admin-event-news-same = как было отправлено
admin-event-news-changed = с тех пор изменилось
admin-event-news-gone = больше не показывается
admin-event-news-update = Подготовить обновление для получивших ({ $count })
admin-event-news-cancel = Подготовить отмену для получивших ({ $count })
admin-event-news-made = Черновик создан.
admin-event-news-made-text = Ничего не отправится, пока вы его не запустите.
admin-campaign-show-as = Показать как
# $language: the name of a language in itself.
admin-campaign-mail-frame = Письмо на языке: { $language }
admin-campaign-no-mail = Показать письмо не удалось.
# The title of an empty preview, and what it says above the reason.
admin-campaign-preview-title = Предпросмотра нет
admin-campaign-preview-none = Предпросмотра пока нет.

## Its audience and its checks

admin-campaign-audience = Аудитория сейчас
admin-campaign-nobody = В этих списках ещё никто не подтвердил подписку.
admin-campaign-count-now = Посчитать сейчас
admin-campaign-not-counted = Ещё не посчитано
admin-campaign-audience-unchecked = Получатели будут проверены, когда их число станет известно.
# Beside a number of subscribers.
admin-campaign-on-list = в списке «{ $name }»
# Beside the name of a segment, below the lists.
admin-campaign-of-these = из них
admin-campaign-aside-weekly = получат её в еженедельном дайджесте
admin-campaign-aside-paused = на паузе (не получат)
admin-campaign-checks = Проверка перед отправкой
admin-campaign-checks-then = Проверка при запуске
admin-campaign-no-problems = Проблем не найдено
admin-campaign-slow-checks = Ссылки, SMTP-сервер и домен
admin-campaign-checks-title = Проверка – { $subject }
admin-campaign-checks-heading = Ссылки, SMTP-сервер, домен
admin-campaign-checks-good = Ссылки работают, SMTP-сервер отвечает, домен настроен правильно

## Test

admin-campaign-test = Пробное письмо
admin-campaign-test-to = Кому
admin-campaign-test-hint = Один или несколько адресов через запятую.
admin-campaign-test-as-hint = Письмо заполняется тем, что известно об этом подписчике; его ссылки ничего не меняют.
admin-campaign-test-send = Отправить
admin-campaign-test-sent = Пробное письмо отправлено
admin-campaign-test-sent-to = Кому: { $addresses }. Языки: { $languages }.
admin-campaign-test-invalid = «{ $text }» – это не адрес эл. почты.
admin-campaign-test-nobody = Укажите хотя бы один адрес.
# $count is 10.
admin-campaign-test-too-many = Пробное письмо можно отправить не более чем на { $count } адресов.

## Start

admin-campaign-send = Отправка
admin-campaign-fix-first = Сначала <a href="#checks">исправьте ошибки</a>.
admin-campaign-start-ask = Запустить сейчас…
admin-campaign-start-question = Запустить эту рассылку?
admin-campaign-start = Начать отправку
admin-campaign-start-text =
    { $count ->
        [one] «{ $subject }» уйдёт { $count } подписчику (списки: { $lists }). Отправленные письма отозвать нельзя.
        [few] «{ $subject }» уйдёт { $count } подписчикам (списки: { $lists }). Отправленные письма отозвать нельзя.
       *[other] «{ $subject }» уйдёт { $count } подписчикам (списки: { $lists }). Отправленные письма отозвать нельзя.
    }
# What is confirmed before the start; the labels of sender and subject are above.
admin-campaign-summary-to = Кому
admin-campaign-summary-segment = Из них только сегмент { $segment }
# The conditions of a segment that was not saved by a name.
admin-campaign-summary-conditions = Из них только: { $conditions }
admin-campaign-summary-recipients = Получатели
admin-campaign-summary-weekly =
    { $count ->
        [one] из них { $count } получит её в еженедельном дайджесте
        [few] из них { $count } получат её в еженедельном дайджесте
       *[other] из них { $count } получат её в еженедельном дайджесте
    }
admin-campaign-summary-paused =
    { $count ->
        [one] ещё { $count } на паузе и её не получит
        [few] ещё { $count } на паузе и её не получат
       *[other] ещё { $count } на паузе и её не получат
    }
admin-campaign-summary-when = Когда
admin-campaign-summary-now = Сейчас
admin-campaign-summary-delay =
    { $count ->
        [one] Через { $count } секунду; до этого отправку можно отменить
        [few] Через { $count } секунды; до этого отправку можно отменить
       *[other] Через { $count } секунд; до этого отправку можно отменить
    }
admin-campaign-summary-quiet = Часы тишины: первое письмо уйдёт, когда они закончатся
# A start that can be undone. $seconds counts down; “s” is short for seconds.
admin-campaign-is-starting = Отправка скоро начнётся
admin-campaign-starts-in = Отправка начнётся через <span data-starts-in>{ $seconds }</span> с
admin-campaign-starts-in-text = Пока ничего не отправлено.
admin-campaign-undo = Отменить отправку
admin-campaign-undone = Отправка отменена
admin-campaign-undone-text = Ничего не отправлено. Рассылка снова стала черновиком.
admin-campaign-started = Запущена
admin-campaign-started-text =
    { $count ->
        [one] Она уйдёт { $count } подписчику.
       *[other] Она уйдёт { $count } подписчикам.
    }
admin-campaign-schedule-for = Запланировать на
admin-campaign-schedule-hint = Часовой пояс: { $zone }. Запустится автоматически.
admin-campaign-schedule-locally = По часовому поясу каждого подписчика
admin-campaign-schedule-locally-hint = Для подписчиков с атрибутом time_zone, например Europe/Berlin.
admin-campaign-schedule = Запланировать
admin-campaign-schedule-none = Выберите день и время.
admin-campaign-schedule-past = Это время уже прошло; запустите рассылку сейчас или выберите время позже.
admin-campaign-is-scheduled = Запланирована
admin-campaign-scheduled-at = Запустится { $when }.
admin-campaign-scheduled-local = Каждый подписчик получит её в это время по своему часовому поясу.
admin-campaign-unschedule = Отменить запуск
admin-campaign-unscheduled = Запуск отменён
admin-campaign-unscheduled-text = Рассылка снова стала черновиком.

## Limits

admin-campaign-limits = Ограничения отправки
admin-campaign-quiet-from = Часы тишины с
admin-campaign-quiet-until = До
admin-campaign-hourly-limit = Писем в час (не больше)
admin-campaign-limits-hint = Часы тишины – по часовому поясу { $zone }. Чтобы не ограничивать, оставьте поля пустыми.
admin-campaign-limits-saved = Действует со следующего письма.

## Outcomes

admin-campaign-is-paused = Приостановлена
admin-campaign-is-paused-text = Письма, уже переданные SMTP-серверу, будут доставлены; другие не отправляются.
admin-campaign-resumed = Отправка продолжается
admin-campaign-is-cancelled = Отменена
admin-campaign-duplicated = Копия создана как новый черновик
admin-campaign-resend-unopened-ask = Отправить ещё раз тем, кто не открыл…
admin-campaign-resend-unopened-question = Создать черновик для тех, кто не открыл?
admin-campaign-resend-unopened = Создать черновик
admin-campaign-resend-unopened-text = Согласились, получили рассылку и не открыли её: { $count }. Получатели, о которых этого узнать нельзя: { $unknown }; им ничего не отправится. Некоторые из первых могли прочитать письмо в программе, которая не загружает картинки. Будет создан черновик, ничего не отправится.
admin-campaign-resend-unopened-done = Черновик создан
admin-campaign-resend-unopened-next = Измените тему, проверьте письмо и запустите его, когда всё готово.
admin-campaign-is-deleted = Черновик удалён
admin-campaign-queued = Снова в очереди
admin-campaign-queued-text =
    { $count ->
        [one] { $count } письмо.
        [few] { $count } письма.
       *[other] { $count } писем.
    }
admin-campaign-kept = Оставлены в стоп-листе
admin-campaign-kept-text =
    { $count ->
        [one] В стоп-лист добавлен { $count } адрес.
        [few] В стоп-лист добавлены { $count } адреса.
       *[other] В стоп-лист добавлено { $count } адресов.
    }
admin-campaign-is-put-back = Возвращены
admin-campaign-lifted =
    { $count ->
        [one] Из стоп-листа убран { $count } адрес.
        [few] Из стоп-листа убраны { $count } адреса.
       *[other] Из стоп-листа убрано { $count } адресов.
    }
admin-campaign-lifted-none = Никого из них не было в стоп-листе.

## Why it waits

admin-campaign-delay-relay-away = Ждём SMTP-сервер
admin-campaign-delay-relay-refuses = SMTP-сервер отклоняет все письма
admin-campaign-delay-connection-limit = SMTP-сервер больше не принимает соединений
admin-campaign-delay-warm-up = Сегодняшний лимит прогрева исчерпан
admin-campaign-delay-throttled = Домены получателей просят отправлять медленнее
admin-campaign-delay-domain-limit = Достигнуты лимиты доменов получателей
admin-campaign-delay-quiet-hours = Часы тишины
admin-campaign-delay-hourly-limit = Достигнут лимит писем в час
admin-campaign-delay-local-time = Ждём местного времени каждого читателя
admin-campaign-delay-retries = Ждём повторной попытки
admin-campaign-delay-paused = Приостановлена автоматически
admin-campaign-delay-no-worker = Процесс отправки не запущен
# The line below: $detail has no full stop, $remedy is one of the sentences that follow.
admin-campaign-delayed-detail = { $detail } – с { $since }. { $remedy }
admin-campaign-delayed = С { $since }. { $remedy }
admin-campaign-remedy-resume = Устраните причину, затем продолжите рассылку.
admin-campaign-remedy-fix = Устраните причину, и рассылка продолжится сама.
admin-campaign-remedy-none = Отправка продолжится автоматически.

## Before something is saved that campaigns are about to mail

admin-campaign-waits-title = Изменить то, что отправит рассылка?
admin-campaign-waits-yes = Сохранить изменение
# $subject: the campaign; $when: a date and a time; $who: an address.
admin-campaign-waits-scheduled = Рассылка «{ $subject }» запустится { $when } и уйдёт с этим изменением.
admin-campaign-waits-scheduled-approved = Рассылка «{ $subject }» запустится { $when }, её одобрил пользователь { $who }. Это изменение отменит одобрение: без нового рассылка не запустится.
admin-campaign-waits-approved = Рассылку «{ $subject }» одобрил пользователь { $who }. Это изменение отменит одобрение.
