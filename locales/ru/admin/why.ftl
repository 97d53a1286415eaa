### Why one person got one campaign, or did not.

## The page

admin-why-title = Почему получено или нет
admin-why-question = { $email }: получена ли рассылка «{ $subject }»?
admin-why-question-now = { $email }: будет ли получена рассылка «{ $subject }»?
admin-why-facts = На чём основан ответ
# On the page of a subscriber: a form to choose a campaign.
admin-why-choose = Почему письмо получено или нет?
admin-why-choose-hint = Выберите рассылку, чтобы узнать, получил ли её подписчик (или получит ли) и почему.
admin-why-campaign = Рассылка
admin-why-campaign-option = { $subject } ({ $state })
admin-why-no-campaigns = Рассылок пока нет.
admin-why-explain = Объяснить
admin-why-link = Почему?
admin-why-link-of = Почему: { $name }
admin-why-other = Другая рассылка
admin-why-digest-open = Открыть дайджест
# For screen readers, before a fact.
admin-why-for = За отправку:
admin-why-against = Против отправки:

## The recipients of a campaign, by address

admin-why-find = Найти получателя
admin-why-find-hint = Имя, адрес или его часть. Если адреса нет среди получателей, будет объяснено почему.
admin-why-found = Найдено
admin-why-found-none = Ни у кого нет такого имени или адреса
admin-why-found-none-next = Введите адрес целиком, чтобы узнать, что о нём известно.
admin-why-found-first = Показаны первые найденные. Введите имя или адрес подробнее.
admin-why-not-a-recipient = не получатель
admin-why-subscriber = Открыть подписчика
admin-why-all-deliveries = Все доставки

## The answer, in one sentence

admin-why-sent = Рассылка получена { $date }.
admin-why-sent-in-digest = Рассылка получена в еженедельном дайджесте { $date }.
admin-why-complained = Рассылка получена и отмечена как спам. Об этом сообщено { $date }.
admin-why-bounced = Рассылка не получена: { $date } письмо вернулось.
admin-why-failed = Рассылка не получена: письмо не удалось доставить, последняя попытка не удалась { $date }.
admin-why-uncertain = Получена ли рассылка, неизвестно: отправка прервалась, это обнаружено { $date }.
admin-why-sending = Рассылка ещё не получена: письмо как раз передаётся SMTP-серверу.
admin-why-waiting = Рассылка ещё не получена: письмо ждёт отправки.
admin-why-waiting-until = Рассылка ещё не получена: письмо будет отправлено { $date }.
admin-why-deferred = Рассылка ещё не получена: SMTP-сервер попросил повторить позже. Следующая попытка { $date }.
admin-why-waiting-for-digest = Рассылка ещё не получена: она войдёт в еженедельный дайджест.
admin-why-campaign-paused = Рассылка ещё не получена: она приостановлена.
admin-why-campaign-cancelled = Рассылка не получена: она отменена { $date }.
admin-why-never-started = Рассылка не получена: её отменили до запуска.
admin-why-eligible = Подписчик получил бы рассылку, если бы она началась сейчас.
admin-why-eligible-on = Подписчик получит рассылку после запуска { $date }, если до тех пор ничего не изменится.
admin-why-eligible-for-digest = Подписчик получил бы рассылку в еженедельном дайджесте, если бы она началась сейчас.
admin-why-not-on-lists = Рассылка не получена: подписчика не было ни в одном из её списков.
admin-why-now-not-on-lists = Сейчас подписчик не получил бы рассылку: его нет ни в одном из её списков.
admin-why-not-confirmed = Рассылка не получена: подписка на список «{ $list }» не была подтверждена.
admin-why-now-not-confirmed = Сейчас подписчик не получил бы рассылку: подписка на список «{ $list }» не подтверждена.
admin-why-unsubscribed = Рассылка не получена: { $date } подписчик отписался от списка «{ $list }».
admin-why-now-unsubscribed = Сейчас подписчик не получил бы рассылку: { $date } он отписался от списка «{ $list }».
admin-why-left-lists = Рассылка не получена: подписчик отписался от её списков раньше, чем до него дошла очередь.
admin-why-joined-later = Рассылка не получена: подписчик вошёл в список «{ $list }» { $date }, уже после её запуска.
admin-why-suppressed = Рассылка не получена: адрес в стоп-листе с { $date } ({ $reason }).
admin-why-now-suppressed = Сейчас подписчик не получил бы рассылку: адрес в стоп-листе с { $date } ({ $reason }).
admin-why-was-suppressed = Рассылка не получена: когда подошла очередь, адрес был в стоп-листе.
admin-why-was-suppressed-lifted = Рассылка не получена. Скорее всего, адрес тогда был в стоп-листе: его убрали оттуда { $date }.
admin-why-paused = Рассылка не получена: подписчик приостановил письма до { $date }.
admin-why-paused-then = Рассылка не получена: подписчик приостановил письма.
admin-why-now-paused = Подписчик не получил бы рассылку: он приостановил письма до { $date }.
admin-why-not-in-segment = Рассылка не получена, скорее всего потому, что подписчика не было в сегменте «{ $segment }»: сейчас его там нет.
admin-why-was-not-in-segment = Рассылка не получена, скорее всего потому, что тогда подписчика не было в сегменте «{ $segment }». Сейчас он там есть.
admin-why-now-not-in-segment = Сейчас подписчик не получил бы рассылку: его нет в сегменте «{ $segment }».
admin-why-nothing-kept = Дайджест не получен: для этого подписчика в нём ничего не было.
admin-why-now-nothing-kept = Подписчик не получил бы дайджест: для него в нём ничего нет.
admin-why-no-digest = Рассылка не получена: еженедельный дайджест с ней не был отправлен.
admin-why-skipped = Рассылка не получена: { $words }.
admin-why-erased = Уже неизвестно: владелец этого адреса попросил удалить его данные, а с ними и сведения о полученном.
admin-why-not-a-subscriber = Рассылка не получена: подписчика с таким адресом нет.
admin-why-not-recorded = Уже неизвестно: сведения о том, кто получил эту рассылку, хранятся ограниченное время, и оно прошло.
admin-why-unexplained = Рассылка не получена. Причина не записана.

## The facts, each a sentence or a line

admin-why-fact-draft = Рассылка пока черновик.
admin-why-fact-scheduled = Рассылка запланирована на { $date }.
admin-why-fact-failed-to-start = Рассылка не запустилась: { $reason }
admin-why-fact-started = Рассылка запущена { $date }.
admin-why-fact-paused = Рассылка запущена { $date } и приостановлена.
admin-why-fact-paused-why = Рассылка запущена { $date } и приостановлена: { $reason }
admin-why-fact-cancelled = Рассылка запущена { $date } и отменена.
admin-why-fact-never-started = Рассылка отменена до запуска.
admin-why-fact-audience = Получатели отобраны к { $date }. Кто подписался позже, в их число не входит.
admin-why-fact-audience-to-come = Получатели ещё отбираются.
admin-why-fact-no-lists = Списки рассылки удалены, а с ними и сведения о подписках.
admin-why-fact-list-confirmed = { $list }: подписка с { $date }.
admin-why-fact-list-pending = { $list }: запрос подписки { $date }, но без подтверждения.
admin-why-fact-list-unsubscribed = { $list }: отписка { $date }.
admin-why-fact-list-none = { $list }: нет в списке.
admin-why-fact-since-confirmed = { $list }: подписка { $date }, уже после запуска.
admin-why-fact-since-pending = { $list }: запрос подписки { $date }, уже после запуска.
admin-why-fact-since-unsubscribed = { $list }: отписка { $date }, уже после запуска.
admin-why-fact-segment-in = Рассылка идёт сегменту «{ $segment }». Сейчас подписчик в нём есть; кто был в нём раньше, не записывается.
admin-why-fact-segment-out = Рассылка идёт сегменту «{ $segment }». Сейчас подписчика в нём нет; кто был в нём раньше, не записывается.
admin-why-fact-kept =
    { $count ->
        [0] В дайджесте нет рассылок для этого подписчика.
        [one] В дайджесте { $count } рассылка для этого подписчика.
        [few] В дайджесте { $count } рассылки для этого подписчика.
       *[other] В дайджесте { $count } рассылок для этого подписчика.
    }
# $key is the address, or @ and its domain. $note is what an admin or a relay said.
admin-why-fact-suppressed = { $key } в стоп-листе с { $date }: { $reason }.
admin-why-fact-suppressed-note = { $key } в стоп-листе с { $date }: { $reason } ({ $note }).
admin-why-fact-suppressed-later = { $key } в стоп-листе с { $date }, уже после запуска: { $reason }.
admin-why-fact-suppressed-later-note = { $key } в стоп-листе с { $date }, уже после запуска: { $reason } ({ $note }).
admin-why-fact-not-suppressed = Адреса нет в стоп-листе.
admin-why-fact-suppression-lifted = Адрес убран из стоп-листа { $date }.
admin-why-fact-pause = Письма приостановлены до { $date }.
admin-why-fact-not-paused = Письма не приостановлены.
admin-why-fact-digest-to-come = Подписчик получает еженедельный дайджест; рассылка войдёт в следующий.
admin-why-fact-digest-made = Подписчик получает еженедельный дайджест; рассылка вошла в него.
admin-why-fact-digest-none = Подписчик получает еженедельный дайджест, но дайджест с этой рассылкой не был отправлен.
admin-why-fact-would-be-in-digest = Подписчик получает еженедельный дайджест; рассылка вошла бы в него.
admin-why-fact-language-own = Язык подписчика: { $own }. Письмо на нём есть.
admin-why-fact-language-other = Язык подписчика: { $own }. Письма на нём нет, отправляется на языке: { $used }.
admin-why-fact-local-time = По часовому поясу подписчика письмо должно уйти { $date }.
# $state is a state of a delivery, such as sent.
admin-why-fact-delivery = Доставка: { $state }, с { $date }.
admin-why-fact-attempts =
    { $count ->
        [one] { $count } попытка отправки.
        [few] { $count } попытки отправки.
       *[other] { $count } попыток отправки.
    }
admin-why-fact-attempts-since =
    { $count ->
        [one] { $count } попытка отправки, первая { $date }.
        [few] { $count } попытки отправки, первая { $date }.
       *[other] { $count } попыток отправки, первая { $date }.
    }
admin-why-fact-next-attempt = Следующая попытка { $date }.
admin-why-fact-reply = Ответ SMTP-сервера: { $reply }
admin-why-fact-no-delivery = Подписчика нет среди получателей.
admin-why-fact-folded = От этой рассылки хранятся только числа: отдельные доставки удалены по истечении срока хранения.
admin-why-fact-delayed = Отправка всей рассылки задерживается с { $date }: { $reason }.
admin-why-fact-delayed-detail = Отправка всей рассылки задерживается с { $date }: { $reason } ({ $detail }).
admin-why-fact-domain =
    { $connections ->
        [one] Для { $domain } установлено ограничение: { $connections } письмо одновременно.
        [few] Для { $domain } установлено ограничение: { $connections } письма одновременно.
       *[other] Для { $domain } установлено ограничение: { $connections } писем одновременно.
    }
admin-why-fact-domain-rate =
    { $rate ->
        [one] Для { $domain } установлено ограничение: { $rate } письмо в секунду.
        [few] Для { $domain } установлено ограничение: { $rate } письма в секунду.
       *[other] Для { $domain } установлено ограничение: { $rate } писем в секунду.
    }
# $what is what came back, such as a hard bounce.
admin-why-fact-feedback = { $what }, { $date }.
admin-why-fact-feedback-reason = { $what }, { $date }: { $reason }.
admin-why-fact-address-changed = Адрес изменён { $date }. Отправленное раньше ушло на прежний адрес.
