### Слова писем, которые отправляет сам сайт, и обрамление рассылок.

mail-signature = { $site }
mail-link-fallback = Если кнопка не работает, скопируйте этот адрес в браузер:

## Подтверждение

mail-confirm-subject = Пожалуйста, подтвердите адрес: { $site }
mail-confirm-preheader = Одно нажатие – и вы подписаны.
mail-confirm-heading = Это ваш адрес?
mail-confirm-body = Кто-то – скорее всего, вы – попросил присылать на этот адрес письма. Отправитель: { $site }. Пожалуйста, подтвердите, что адрес ваш.
mail-confirm-lists =
    { $count ->
        [one] Выбранная рассылка:
        [few] Выбранные рассылки:
        [many] Выбранные рассылки:
       *[other] Выбранные рассылки:
    }
mail-confirm-button = Подтвердить адрес
mail-confirm-expiry =
    { $hours ->
        [one] Ссылка действует в течение { $hours } часа.
        [few] Ссылка действует в течение { $hours } часов.
        [many] Ссылка действует в течение { $hours } часов.
       *[other] Ссылка действует в течение { $hours } часа.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] Ссылка действует в течение { $days } дня.
        [few] Ссылка действует в течение { $days } дней.
        [many] Ссылка действует в течение { $days } дней.
       *[other] Ссылка действует в течение { $days } дня.
    }
mail-confirm-ignore = Если это были не вы, ничего не делайте. Без подтверждения писем не будет, и мы удалим этот адрес.
mail-confirm-never = Больше никогда не присылать таких писем на этот адрес

## Welcome

mail-welcome-subject = Добро пожаловать: { $site }
mail-welcome-preheader = Теперь вы подписаны.
mail-welcome-heading = Добро пожаловать
mail-welcome-body = Спасибо, что подписались на { $site }. Следующее письмо придёт на этот адрес.
mail-welcome-lists =
    { $count ->
        [one] Вы подписаны на рассылку:
       *[other] Вы подписаны на рассылки:
    }
mail-welcome-button = Мои настройки
mail-welcome-leave = В любое время вы можете изменить настройки или отписаться одним нажатием.

## Уже подписаны

mail-already-subject = Вы уже подписаны: { $site }
mail-already-preheader = Ничего делать не нужно.
mail-already-heading = Вы уже подписаны
mail-already-body = Кто-то – скорее всего, вы – указал этот адрес в форме на сайте «{ $site }». Он уже подписан, поэтому ничего не изменилось.
mail-already-hint = Если письма не доходят, загляните в папку «Спам» и добавьте наш адрес в контакты.
mail-already-button = Мои настройки
mail-already-ignore = Если это были не вы, беспокоиться не о чем: по форме нельзя узнать, что вы подписаны.

## Ссылка для входа

mail-sign-in-subject = Ссылка для входа: { $site }
mail-sign-in-preheader = Она действует один раз и недолго.
mail-sign-in-heading = Вход
mail-sign-in-body = Нажмите кнопку, чтобы войти на сайт «{ $site }».
mail-sign-in-button = Войти
mail-sign-in-expiry =
    { $minutes ->
        [one] Ссылка действует один раз, в течение { $minutes } минуты.
        [few] Ссылка действует один раз, в течение { $minutes } минут.
        [many] Ссылка действует один раз, в течение { $minutes } минут.
       *[other] Ссылка действует один раз, в течение { $minutes } минуты.
    }
mail-sign-in-ignore = Если вы об этом не просили, ничего не делайте: без ссылки никто не сможет войти с вашим адресом.

## Учётная запись изменена

mail-account-subject = Ваша учётная запись изменена: { $site }
mail-account-heading = Ваша учётная запись изменена
mail-account-password-set = Для вашей учётной записи задан новый пароль.
mail-account-password-removed = Пароль вашей учётной записи удалён. Теперь вы входите по ссылке из письма.
mail-account-passkey-added = Для вашей учётной записи добавлен новый ключ доступа.
mail-account-passkey-removed = Ключ доступа вашей учётной записи удалён.
mail-account-second-step-on = Для вашей учётной записи включён двухфакторный вход.
mail-account-second-step-off = Для вашей учётной записи отключён двухфакторный вход.
mail-account-token-made = Для вашей учётной записи создан новый API-токен.
mail-account-provider-linked = С вашей учётной записью связана учётная запись организации: по ней можно войти от вашего имени.
mail-account-provider-unlinked = Связь вашей учётной записи с учётной записью организации удалена.
mail-account-reset = Вход в вашу учётную запись сброшен: пароль и двухфакторный вход удалены, сеансы завершены.
mail-account-not-you = Если это были вы, ничего делать не нужно. Если нет, сразу войдите, задайте новый пароль и сообщите владельцу сайта.
mail-account-button = Моя учётная запись
mail-account-reason = Это письмо получают все, кто работает на сайте «{ $site }», когда меняются их данные для входа.

## Что мы храним о вас

mail-my-data-subject = Ваши данные: { $site }
mail-my-data-heading = Посмотреть или удалить свои данные
mail-my-data-body = Кто-то – скорее всего, вы – запросил на сайте «{ $site }» просмотр или удаление данных, связанных с этим адресом. Ссылка действует один день.
mail-my-data-button = Посмотреть или удалить данные
mail-my-data-ignore = Если это были не вы, ничего не делайте. Запросить это письмо может тот, кому вы переслали наше письмо, но получаете его только вы.

## Обрамление рассылки

mail-campaign-reason =
    { $count ->
        [one] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылку: { $lists }.
        [few] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылки: { $lists }.
        [many] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылки: { $lists }.
       *[other] Вы получили это письмо, потому что подписались на сайте «{ $site }» на рассылки: { $lists }.
    }
mail-weekly-title = Итоги недели: { $site }
mail-weekly-preheader = Что за неделю прислали ваши рассылки.
mail-weekly-reason = Вы получили это письмо, потому что выбрали одно письмо в неделю на сайте «{ $site }». Если отписаться, вы выйдете из рассылок, новости которых в нём собраны; в настройках можно снова получать каждое письмо отдельно.
mail-campaign-unsubscribe = Отписаться
mail-campaign-preferences = Настройки
mail-campaign-view = Открыть в браузере
mail-campaign-read-more = Читать дальше
mail-digest-title = Новости: { $site }
mail-campaign-posts = Последние публикации
mail-campaign-events = Ближайшие события
# $event: the title of an event in the calendars of readers.
mail-event-changed = Изменение: { $event }
mail-event-changed-text = Это событие изменилось. Теперь оно такое:
mail-event-cancelled = Отмена: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) не состоится.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = читатель

## Надписи текстовой части

mail-text-links = Ссылки

## Is this your new address?

mail-address-subject = Это ваш новый адрес? { $site }
mail-address-body = Вы попросили присылать письма на этот адрес. Пожалуйста, подтвердите, что он ваш.
mail-address-button = Подтвердить новый адрес
mail-address-ignore = Если это были не вы, ничего не делайте, и ничего не изменится.
mail-address-changed-subject = Ваш адрес изменён: { $site }
mail-address-changed-body = Отныне наши письма приходят вам на другой адрес. Об этом попросили по ссылке, присланной на этот адрес, и подтвердили с нового.
mail-address-changed-other = Это были не вы? Тогда, пожалуйста, ответьте на это письмо.

## Ссылки прежней системы

mail-old-link-subject = Ваши подписки: { $site }
mail-old-link-heading = Выберите, что получать, или отпишитесь
mail-old-link-body = Кто-то – скорее всего, вы – открыл ссылку из старого письма и запросил на сайте «{ $site }» ссылку на настройки этого адреса. Там можно отписаться или изменить подписки.
mail-old-link-button = Открыть мои подписки
mail-old-link-ignore = Если это были не вы, ничего не делайте. Ничего не изменилось.

## Приглашение

mail-invitation-subject = Приглашение: { $site }
mail-invitation-preheader = Откройте ссылку, чтобы принять его.
mail-invitation-heading = Вас пригласили на сайт «{ $site }»
mail-invitation-body = { $inviter } приглашает вас работать на сайте «{ $site }». Нажмите кнопку, чтобы принять приглашение и войти.
mail-invitation-button = Принять приглашение
mail-invitation-expiry =
    { $days ->
        [one] Ссылка действует один раз, в течение { $days } дня.
        [few] Ссылка действует один раз, в течение { $days } дней.
        [many] Ссылка действует один раз, в течение { $days } дней.
       *[other] Ссылка действует один раз, в течение { $days } дня.
    }
mail-invitation-ask = После этого попросите { $inviter } отправить приглашение ещё раз.
mail-invitation-ignore = Если вы не ждали этого письма, не обращайте на него внимания: без ссылки никто не сможет войти с вашим адресом.

## Уведомления

mail-notice-campaign-finished = Рассылка отправлена: { $name }
mail-notice-campaign-finished-text = Отправлено: { $done }. Не доставлено: { $failed }.
mail-notice-campaign-failed-to-start = Рассылка не началась: { $name }
mail-notice-campaign-failed-to-start-text = Она была запланирована и не смогла начаться. Ничего не отправлено. Исправьте ошибку, затем запустите или запланируйте её снова.
mail-notice-approval-requested = Нужно одобрение: { $name }
mail-notice-approval-requested-text = Рассылка не начнётся, пока её не одобрит второй человек. Посмотрите её и одобрите на её странице, если последнее изменение внесли не вы.
mail-notice-comment-added = Новый комментарий: { $name }
mail-notice-comment-added-text = Вам ответили или упомянули вас. Откройте, чтобы прочитать комментарий и ответить.
mail-notice-campaign-paused = Рассылка приостановлена: { $name }
mail-notice-campaign-paused-text = Она приостановлена автоматически. Посмотрите причину, затем продолжите или отмените её.
mail-notice-series-paused = Серия приостановлена: { $name }
mail-notice-series-paused-text = Она приостановлена автоматически. Посмотрите причину, затем продолжите или завершите её.
mail-notice-series-step = Серия: { $name }
mail-notice-series-step-text = Читатель дошёл до шага этой серии, о котором вам сообщают.
mail-notice-series-email-failed = Серия: { $name }, письмо не отправлено
mail-notice-series-email-failed-text = Читатель не получит это письмо, возможно, сегодня и другие. Отчёт шага показывает, кто именно.
mail-notice-too-many-bounces = Слишком много возвратов или жалоб: { $name }
mail-notice-too-many-bounces-text = Рассылка приостановлена автоматически, чтобы почтовые службы вас не заблокировали. Прежде чем продолжить, проверьте, откуда взяты адреса.
mail-notice-import-finished = Импорт завершён: { $name }
mail-notice-import-finished-text = Добавлено: { $done }. Не удалось импортировать: { $failed }.
mail-notice-import-failed = Импорт не удался: { $name }
mail-notice-import-failed-text = То, что импортировано до этого, сохранено. Подробности – на странице импорта.
mail-notice-domain-record-missing = DNS-запись отсутствует или неверна: { $name }
mail-notice-domain-record-missing-text = Раньше она была опубликована. Без неё почтовые службы могут отклонять ваши письма или помечать их как спам.
mail-notice-disk-nearly-full = Диск почти заполнен
mail-notice-disk-nearly-full-text = Когда он заполнится, ничего нельзя будет сохранить и ничего не будет отправлено. Освободите место.
mail-notice-task-failing = Не работает фоновая задача: { $name }
mail-notice-task-failing-text = То, что от неё зависит, ждёт. Откройте проверку системы.
mail-notice-backup-failed = Не удалось сделать резервную копию
mail-notice-backup-failed-text = Плановая резервная копия базы данных не создана. Попытки повторяются каждые 15 минут; мы сообщаем об этом один раз.
mail-notice-counts-corrected = Числа подписчиков были неверны и исправлены
mail-notice-counts-corrected-text = Из чисел, которые страницы показывают о списках, подписчиках и метках, некоторые расходились с базой данных: { $done }. Теперь они верны, и ни одно письмо из-за этого не ушло кому-то другому. Они названы в журнале обработчика. Если это повторится, сообщите нам, пожалуйста.
mail-notice-feed-failing = Лента не читается: { $name }
mail-notice-feed-failing-text = Её не удалось прочитать три раза подряд. Попытки продолжаются; до тех пор рассылки не показывают из неё ничего нового.
mail-notice-ab-test-decided = A/B-тест решён: { $name }
mail-notice-ab-test-decided-text = Остальные читатели получают победителя. Числа — на странице рассылки.
mail-notice-ab-test-waits = A/B-тест ждёт вас: { $name }
mail-notice-ab-test-waits-text = Числа его не решили. Выберите, что получат остальные читатели; до тех пор они не получают ничего.
mail-notice-reason = Причина: { $reason }.
mail-notice-button = Открыть
mail-notice-why = Вы получили это письмо, потому что работаете на сайте «{ $site }».
mail-notice-choose = Выбрать, о чём вас уведомлять
